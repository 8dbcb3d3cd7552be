"""How a stage gets to what scenes begin with."""

from __future__ import annotations

from typing import Final

from docs.gallery.faulty_archive import CONFLICT, LEADING_ZERO, LEADING_ZERO_TOO, PROJECTION
from docs.gallery.scene import Setting
from docs.gallery.stage import Stage

from uidscope.core.catalog.lookup import occurrences_below
from uidscope.core.catalog.plan_questions import absolute_paths
from uidscope.core.catalog.tree import Node
from uidscope.core.uid.scheme_parts import SchemeOptions
from uidscope.qt.planning.plan_operations import PlanOptions, add_intention

_SCHEME: Final = SchemeOptions("date-counter", "1.3.6.1.4.1.32473.4.2")


def prepare(stage: Stage, setting: Setting) -> None:
    """Bring a fresh stage there."""
    if setting is Setting.EMPTY:
        return
    stage.load_archive()
    if setting is Setting.PLAN:
        _plan(stage, "derived-series", [stage.node(PROJECTION)], series_description="MIP 8 mm")
        _plan(stage, "instances", [stage.node(LEADING_ZERO), stage.node(LEADING_ZERO_TOO)])
    elif setting is Setting.OPEN:
        _plan(stage, "instances", [_sent_by_workstation(stage)])


def _plan(stage: Stage, kind: str, nodes: list[Node], *, series_description: str | None = None) -> None:
    options = PlanOptions(
        with_referrers=kind == "instances", series_description=series_description, scheme=_SCHEME
    )
    add_intention(stage.window.state, stage.window.runner, kind, nodes, options)
    stage.settle()


def _sent_by_workstation(stage: Stage) -> Node:
    """One of two different images that bear one UID."""
    copies = occurrences_below(stage.catalog, stage.node(CONFLICT))
    paths = absolute_paths(stage.catalog, copies)
    return next(Node("file", copy) for copy in copies if "workstation-3" in paths[copy])
