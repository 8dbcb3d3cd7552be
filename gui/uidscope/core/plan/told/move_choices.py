"""The loaded studies and series that objects can be moved into, as one searches for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from uidscope.core.catalog.lookup import matching
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import (
    ROOT,
    Node,
    PatientRow,
    SeriesRow,
    StudyRow,
    child_ids,
    level_below,
    path_to,
    row,
)
from uidscope.core.plan.intention import Into


class MoveChoice(NamedTuple):
    """One place to move into, with the rows above it; ``series`` is None where it is the study itself."""

    into: Into
    patient: PatientRow
    study: StudyRow
    series: SeriesRow | None


class MoveChoices(NamedTuple):
    """The first of the places found, each study before its series; ``is_cut``: there are more."""

    found: tuple[MoveChoice, ...]
    is_cut: bool


def move_choices(catalog: Catalog, text: str = "", limit: int = 200) -> MoveChoices:
    """Return the places that hold a text, or all; what has no UID cannot be moved into.

    A patient's match brings all its studies, a study's all its series, an object's its series.
    """
    nodes = matching(catalog, text) if text.strip() else [ROOT]
    found: dict[Into, MoveChoice] = {}
    for node in _places(catalog, nodes):
        choice = _choice(catalog, node)
        if choice is None or choice.into in found:
            continue
        if len(found) == limit:
            return MoveChoices(tuple(found.values()), is_cut=True)
        found[choice.into] = choice
    return MoveChoices(tuple(found.values()), is_cut=False)


def _places(catalog: Catalog, nodes: Iterable[Node]) -> Iterator[Node]:
    """The studies and series at, above and below some nodes."""
    for node in nodes:
        if node.level in ("instance", "file"):
            yield from (step for step in path_to(catalog, node) if step.level in ("study", "series"))
            continue
        if node.level == "series":
            yield from (step for step in path_to(catalog, node) if step.level == "study")
        yield from _down_to_series(catalog, node)


def _down_to_series(catalog: Catalog, node: Node) -> Iterator[Node]:
    if node.level in ("study", "series"):
        yield node
    below = level_below(node)
    if below in ("patient", "study", "series"):
        for id_ in child_ids(catalog, node):
            yield from _down_to_series(catalog, Node(below, id_))


def _choice(catalog: Catalog, node: Node) -> MoveChoice | None:
    rows = [row(catalog, step) for step in path_to(catalog, node)]
    match rows:
        case [PatientRow() as patient, StudyRow() as study] if study.uid:
            return MoveChoice(Into("study", study.uid), patient, study, None)
        case [PatientRow() as patient, StudyRow() as study, SeriesRow() as series] if series.uid:
            return MoveChoice(Into("series", series.uid), patient, study, series)
    return None
