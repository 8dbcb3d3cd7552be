"""From a finding to the plan: what mends it is planned at once, or asked about first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from uidscope.core.catalog.findings import KeptFinding
from uidscope.core.plan.told.fix import Fix, fix_of
from uidscope.core.progress import CancelToken, ProgressCallback
from uidscope.qt.planning.plan_operations import PlanOptions, add_intention
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner

FIX: Final = "fix"
"""The name of the task that looks for what mends a finding."""


def add_fix(
    state: WorkState,
    runner: TaskRunner,
    finding: KeptFinding,
    ask: Callable[[Fix], None],
    none_found: Callable[[], None] = lambda: None,
) -> None:
    """Put what mends a finding into the plan.

    Where something is to be asked before, `ask` is called with what is known; where nothing in a plan mends
    it, `none_found`.
    """
    catalog = state.catalog
    if catalog is None:
        return

    def work(_progress: ProgressCallback, cancel: CancelToken) -> Fix | None:
        return fix_of(catalog, finding, cancel)

    def done(fix: Fix | None) -> None:
        if state.catalog is not catalog:
            return
        if fix is None:
            none_found()
        elif fix.asks:
            ask(fix)
        else:
            offer = fix.offers[0]
            add_intention(state, runner, offer.kind, (), PlanOptions(selectors=offer.selectors))

    runner.run(Task(FIX, work, done=done))
