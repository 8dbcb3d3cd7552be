"""From findings to the plan: what mends them is planned at once, or asked about first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from uidscope.core.catalog.findings import KeptFinding
from uidscope.core.plan.told.fix import Fix, fix_of, fix_of_rule
from uidscope.core.plan.told.fix_all import AllFixes, fixes_of_all
from uidscope.core.progress import CancelToken, ProgressCallback
from uidscope.qt.planning.plan_operations import PlanOptions, add_fixes, add_intention
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner

FIX: Final = "fix"
"""The name of the task that looks for what mends a finding."""


def add_fix(
    state: WorkState,
    runner: TaskRunner,
    finding: KeptFinding | str,
    ask: Callable[[Fix], None],
    none_found: Callable[[], None] = lambda: None,
) -> None:
    """Put what mends a finding, or all findings of a rule by its code, into the plan, as one step.

    Where something is to be asked before, `ask` is called with what is known; where nothing in a plan mends
    it, `none_found`.
    """
    catalog = state.catalog
    if catalog is None:
        return

    def work(_progress: ProgressCallback, cancel: CancelToken) -> Fix | None:
        if isinstance(finding, str):
            return fix_of_rule(catalog, finding, cancel)
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


def add_all_fixes(state: WorkState, runner: TaskRunner, told: Callable[[AllFixes], None]) -> None:
    """Put what mends any finding and asks nothing into the plan, as one step.

    `told` is called with what that is once it is planned, or at once where there is nothing.
    """
    catalog = state.catalog
    if catalog is None:
        return

    def done(fixes: AllFixes) -> None:
        if state.catalog is not catalog:
            return
        if fixes.repairs:
            add_fixes(state, runner, fixes.repairs, fixes.planned, lambda: told(fixes))
        else:
            told(fixes)

    runner.run(Task(FIX, lambda _progress, cancel: fixes_of_all(catalog, cancel), done=done))
