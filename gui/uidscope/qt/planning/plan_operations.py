"""What the user can do with the plan, verb by verb: each makes a task that derives the map anew.

A step changes the plan only once its map is there: cancelled or failed, it leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.plan.history import PlanHistory, Step
from uidscope.core.plan.intention import Intention, Plan, new_intention
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.selection import selectors_for
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import CancelToken, ProgressCallback
from uidscope.core.uid.schemes import SchemeOptions, make_scheme
from uidscope.qt.planning.plan_words import plan_words
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner

PLAN: Final = "plan"
"""The name of every task that derives a map."""


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """How an intention is meant (see `Intention`); without a scheme UIDs are made as the last time."""

    with_referrers: bool = False
    renew: bool = False
    series_description: str | None = None
    scheme: SchemeOptions | None = None


def add_intention(
    state: WorkState,
    runner: TaskRunner,
    kind: str,
    nodes: Sequence[Node],
    options: PlanOptions = PlanOptions(),
) -> None:
    """Put an intention about these places of the tree into the plan; without places, about everything."""
    catalog, history, issued = state.catalog, state.history, state.issued
    if catalog is None:
        return
    scheme = options.scheme or state.scheme

    def work(_progress: ProgressCallback, cancel: CancelToken) -> tuple[Intention, UidMap | None]:
        intention = new_intention(
            kind,
            selectors_for(catalog, nodes),
            with_referrers=options.with_referrers,
            renew=options.renew,
            series_description=options.series_description,
        )
        return intention, _derive(catalog, issued, _with(history.plan, intention), scheme, cancel)

    def done(result: tuple[Intention, UidMap | None]) -> None:
        intention, uid_map = result
        if state.history is history:
            history.add(intention)
            state.scheme = scheme
            state.set_plan(history, uid_map)

    runner.run(Task(PLAN, work, done=done))


def undo(state: WorkState, runner: TaskRunner) -> None:
    """Take the last step of the plan back; its UIDs stay issued and come back with `redo`."""
    _step(state, runner, lambda history: history.next_undo, _plan_before, PlanHistory.undo)


def redo(state: WorkState, runner: TaskRunner) -> None:
    """Bring back the step of the plan that was taken back last, with the same UIDs."""
    _step(state, runner, lambda history: history.next_redo, _plan_after, PlanHistory.redo)


def clear_plan(state: WorkState, runner: TaskRunner) -> None:
    """Take every step of the plan back; `redo` still brings them again, one by one."""
    history = state.history

    def done(_result: object) -> None:
        if state.history is history:
            while history.undo() is not None:
                pass
            state.set_plan(history, None)

    runner.run(Task(PLAN, lambda _progress, _cancel: None, done=done))


def remap(state: WorkState, runner: TaskRunner) -> None:
    """Derive the map of the plan anew, as after more was loaded; UIDs already issued stay."""
    catalog, history, issued = state.catalog, state.history, state.issued

    def work(_progress: ProgressCallback, cancel: CancelToken) -> UidMap | None:
        return _derive(catalog, issued, history.plan, state.scheme, cancel)

    def done(uid_map: UidMap | None) -> None:
        if state.history is history:
            state.set_plan(history, uid_map)

    runner.run(Task(PLAN, work, done=done))


def undo_text(state: WorkState) -> str:
    """What `undo` would do, as "Undo: new derived series from CT axial"; empty where there is nothing."""
    return _step_text(state, state.history.next_undo, plan_words().undo)


def redo_text(state: WorkState) -> str:
    """What `redo` would do; empty where there is nothing."""
    return _step_text(state, state.history.next_redo, plan_words().redo)


def _step(
    state: WorkState,
    runner: TaskRunner,
    next_step: Callable[[PlanHistory], Step | None],
    plan_with: Callable[[Plan, Step], Plan],
    take: Callable[[PlanHistory], Step | None],
) -> None:
    """Derive the map on the other side of a step, and take the step then.

    Which step that is, is asked when the task's turn comes: another one may wait before it.
    """
    catalog, history, issued = state.catalog, state.history, state.issued

    def work(_progress: ProgressCallback, cancel: CancelToken) -> tuple[Step, UidMap | None] | None:
        step = next_step(history)
        if step is None:
            return None
        return step, _derive(catalog, issued, plan_with(history.plan, step), state.scheme, cancel)

    def done(result: tuple[Step, UidMap | None] | None) -> None:
        if result is not None and state.history is history:
            take(history)
            state.set_plan(history, result[1])

    runner.run(Task(PLAN, work, done=done))


def _derive(
    catalog: Catalog | None, issued: IssuedUids, plan: Plan, scheme: SchemeOptions, cancel: CancelToken
) -> UidMap | None:
    """The map of a plan, None for an empty one."""
    if catalog is None or not plan.intentions:
        return None
    return derive_map(catalog, plan, issued, make_scheme(scheme), token=cancel)


def _with(plan: Plan, intention: Intention) -> Plan:
    return Plan((*plan.intentions, intention))


def _plan_before(plan: Plan, step: Step) -> Plan:
    """The plan as it was before its last step."""
    match step.code:
        case "added":
            return Plan(plan.intentions[:-1])
        case _:
            assert_never(step.code)


def _plan_after(plan: Plan, step: Step) -> Plan:
    """The plan as it is after a step."""
    match step.code:
        case "added":
            return _with(plan, step.intention)
        case _:
            assert_never(step.code)


def _step_text(state: WorkState, step: Step | None, said: Callable[[str], str]) -> str:
    if step is None or state.catalog is None:
        return ""
    return said(plan_words().intention(state.catalog, step.intention))
