"""What the user can do with the plan, verb by verb: each makes a task that derives the map anew.

A step changes the plan only once its map is there: cancelled or failed, it leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.plan.copy_choices import KEEP_ALL, CopyChoices
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.history import (
    PlanHistory,
    Step,
    with_acknowledged,
    with_changed,
    with_decisions,
    with_intention,
    with_leftovers,
    with_rows,
    with_typed,
    without_decisions,
)
from uidscope.core.plan.intention import Decision, Intention, Into, Plan, Selector, new_intention
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.provenance_choices import NOTHING_CHOSEN, ProvenanceChoices
from uidscope.core.plan.selection import selectors_for
from uidscope.core.plan.told.notes import sentence
from uidscope.core.plan.told.open_decisions import DecisionRule, decided_by_rule
from uidscope.core.plan.told.row_groups import rows_of_group
from uidscope.core.plan.told.step_words import step_sentence
from uidscope.core.plan.typed_uid import check_new_uid
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
    """How an intention is meant (see `Intention`); without a scheme UIDs are made as the last time.

    `selectors` stand beside those of the places of the tree. `acknowledged` and `replace_leftovers` are of
    the whole plan (see `Plan`); None leaves them as they are.
    """

    with_referrers: bool = False
    renew: bool = False
    series_description: str | None = None
    derivation: int = 1
    into: Into | None = None
    choices: CopyChoices = KEEP_ALL
    new_frame_of_reference: bool = False
    provenance: ProvenanceChoices = field(default=NOTHING_CHOSEN)
    selectors: tuple[Selector, ...] = ()
    acknowledged: bool | None = None
    replace_leftovers: bool | None = None
    scheme: SchemeOptions | None = None


def intention_with(kind: str, selectors: tuple[Selector, ...], options: PlanOptions) -> Intention:
    """The intention that some options come to. Raises `UsageError` as `new_intention` does."""
    return new_intention(
        kind,
        (*selectors, *options.selectors),
        with_referrers=options.with_referrers,
        renew=options.renew,
        series_description=options.series_description,
        derivation=options.derivation,
        into=options.into,
        choices=options.choices,
        new_frame_of_reference=options.new_frame_of_reference,
        provenance=options.provenance,
    )


def add_intention(
    state: WorkState,
    runner: TaskRunner,
    kind: str,
    nodes: Sequence[Node],
    options: PlanOptions = PlanOptions(),
) -> None:
    """Put an intention about these places of the tree, and what the options select, into the plan.

    Without either it is about everything.
    """
    catalog, history, issued = state.catalog, state.history, state.issued
    if catalog is None:
        return
    scheme = options.scheme or state.scheme
    acknowledged, leftovers = options.acknowledged, options.replace_leftovers

    def work(_progress: ProgressCallback, cancel: CancelToken) -> tuple[Intention, UidMap | None]:
        intention = intention_with(kind, selectors_for(catalog, nodes), options)
        plan = with_intention(history.plan, intention, acknowledged=acknowledged, replace_leftovers=leftovers)
        return intention, _derive(catalog, issued, plan, scheme, cancel)

    def done(result: tuple[Intention, UidMap | None]) -> None:
        intention, uid_map = result
        if state.history is history:
            history.add(intention, acknowledged=acknowledged, replace_leftovers=leftovers)
            state.scheme = scheme
            state.set_plan(history, uid_map)
            state.planned.emit()

    runner.run(Task(PLAN, work, done=done))


def add_fixes(
    state: WorkState,
    runner: TaskRunner,
    repairs: Sequence[tuple[Selector, ...]],
    findings: int,
    planned: Callable[[], None],
) -> None:
    """Put repairs, each by its selectors, which mend so many findings, into the plan as one step.

    `planned` is called once they are there.
    """
    catalog, history, issued, scheme = state.catalog, state.history, state.issued, state.scheme

    def work(_progress: ProgressCallback, cancel: CancelToken) -> tuple[list[Intention], UidMap | None]:
        intentions = [new_intention("repair", selectors) for selectors in repairs]
        plan = replace(history.plan, intentions=(*history.plan.intentions, *intentions))
        return intentions, _derive(catalog, issued, plan, scheme, cancel)

    def done(result: tuple[list[Intention], UidMap | None]) -> None:
        intentions, uid_map = result
        if state.history is history:
            history.add_fixes(intentions, findings)
            state.set_plan(history, uid_map)
            state.planned.emit()
            planned()

    runner.run(Task(PLAN, work, done=done))


def include_referrers(state: WorkState, runner: TaskRunner, included: Intention) -> None:
    """Put an intention that takes along what refers to it in the place of the one with the same id."""
    _change(
        state,
        runner,
        lambda plan, _cancel: _Change(with_changed(plan, included), lambda history: history.change(included)),
    )


def switch_rows(state: WorkState, runner: TaskRunner, rows: Iterable[RowKey], *, on: bool) -> None:
    """Let rows of the map give new UIDs, or leave their old UIDs as they are."""
    chosen = tuple(rows)
    _change(state, runner, lambda plan, _cancel: _switched(plan, chosen, on=on))


def switch_group(state: WorkState, runner: TaskRunner, group: str, *, on: bool) -> None:
    """Switch every row of one kind of entity on or off."""
    uid_map, issued = state.uid_map, state.issued
    if uid_map is None:
        return

    def change(plan: Plan, cancel: CancelToken) -> _Change | None:
        rows = rows_of_group(uid_map, issued, group, switched_off=on, token=cancel)
        return _switched(plan, rows, on=on)

    _change(state, runner, change)


def set_by_hand(state: WorkState, runner: TaskRunner, row: RowKey, uid: str) -> None:
    """Give a row the UID that the user typed; an empty one brings the one that was made back."""
    _change(
        state,
        runner,
        lambda plan, _cancel: _Change(
            with_typed(plan, row, uid), lambda history: history.set_by_hand(row, uid)
        ),
    )


def objection_to_typed(catalog: Catalog, issued: IssuedUids, plan: Plan, row: RowKey, text: str) -> str:
    """What speaks against a UID typed for a row, as a sentence; empty where nothing does.

    With no text the one that was made comes back, where another had been typed.
    """
    if not text and any(typed == row for typed, _ in plan.by_hand):
        return ""
    fault = check_new_uid(catalog, issued, plan, row, text)
    return "" if fault is None else sentence(fault)


def decide(state: WorkState, runner: TaskRunner, decisions: Iterable[Decision]) -> None:
    """Say which object references to a UID mean that different objects bear."""
    taken = tuple(decisions)
    _change(state, runner, lambda plan, _cancel: _decided(plan, taken))


def decide_by_rule(state: WorkState, runner: TaskRunner, rule: DecisionRule) -> None:
    """Decide by one rule what is open, as far as it tells the objects apart."""
    catalog, uid_map = state.catalog, state.uid_map
    if catalog is None or uid_map is None:
        return
    _change(
        state,
        runner,
        lambda plan, cancel: _decided(plan, decided_by_rule(catalog, uid_map, rule, cancel)),
    )


def leave_open(state: WorkState, runner: TaskRunner, uid: str) -> None:
    """Take back what was decided about a UID."""
    _change(
        state,
        runner,
        lambda plan, _cancel: _Change(
            without_decisions(plan, (uid,)), lambda history: history.leave_open((uid,))
        ),
    )


def acknowledge(state: WorkState, runner: TaskRunner) -> None:
    """Let what somebody has put their name to change too."""
    _change(
        state,
        runner,
        lambda plan, _cancel: _Change(
            with_acknowledged(plan, acknowledged=True), lambda history: history.acknowledge()
        ),
    )


def set_leftovers(state: WorkState, runner: TaskRunner, *, replaced: bool) -> None:
    """Let the new UIDs also replace the old ones that stand in texts, or no longer."""
    _change(
        state,
        runner,
        lambda plan, _cancel: _Change(
            with_leftovers(plan, replaced=replaced),
            lambda history: history.set_leftovers(replaced=replaced),
        ),
    )


def undo(state: WorkState, runner: TaskRunner) -> None:
    """Take the last step of the plan back; its UIDs stay issued and come back with `redo`."""
    _step(state, runner, lambda history: history.plan_before, PlanHistory.undo)


def redo(state: WorkState, runner: TaskRunner) -> None:
    """Bring back the step of the plan that was taken back last, with the same UIDs."""
    _step(state, runner, lambda history: history.plan_after, PlanHistory.redo)


def clear_plan(state: WorkState, runner: TaskRunner) -> None:
    """Take every step of the plan back; `redo` still brings them again, one by one."""
    history = state.history

    def done(_result: object) -> None:
        if state.history is history:
            while history.undo() is not None:
                pass
            state.set_plan(history, None)

    runner.run(Task(PLAN, lambda _progress, _cancel: None, done=done))


def remap(state: WorkState, runner: TaskRunner, *, is_saved: bool = False) -> None:
    """Derive the map of the plan anew, as after more was loaded; UIDs already issued stay.

    ``is_saved`` says that the plan comes from its project, as it stands there.
    """
    catalog, history, issued = state.catalog, state.history, state.issued

    def work(_progress: ProgressCallback, cancel: CancelToken) -> UidMap | None:
        return _derive(catalog, issued, history.plan, state.scheme, cancel)

    def done(uid_map: UidMap | None) -> None:
        if state.history is history:
            state.set_plan(history, uid_map)
            if is_saved:
                state.set_saved()

    runner.run(Task(PLAN, work, done=done))


def undo_text(state: WorkState, *, whole_paths: bool = False) -> str:
    """What `undo` would do, as "Undo: new derived series from CT axial"; empty where there is nothing.

    Of a file its name is told, or its path where there is room for it, as in a tool tip.
    """
    return _step_text(state, state.history.next_undo, plan_words().undo, whole_paths=whole_paths)


def redo_text(state: WorkState, *, whole_paths: bool = False) -> str:
    """What `redo` would do, in the same way; empty where there is nothing."""
    return _step_text(state, state.history.next_redo, plan_words().redo, whole_paths=whole_paths)


class _Change(NamedTuple):
    """The plan after a step, and the step itself."""

    plan: Plan
    take: Callable[[PlanHistory], object]


def _change(
    state: WorkState, runner: TaskRunner, change: Callable[[Plan, CancelToken], _Change | None]
) -> None:
    """Derive the map behind a step, and take the step then; None: there is nothing to do.

    What the plan is, is asked when the task's turn comes: another one may wait before it.
    """
    catalog, history, issued = state.catalog, state.history, state.issued

    def work(_progress: ProgressCallback, cancel: CancelToken) -> tuple[_Change, UidMap | None] | None:
        changed = change(history.plan, cancel)
        if changed is None or changed.plan == history.plan:
            return None
        return changed, _derive(catalog, issued, changed.plan, state.scheme, cancel)

    def done(result: tuple[_Change, UidMap | None] | None) -> None:
        if result is not None and state.history is history:
            changed, uid_map = result
            changed.take(history)
            state.set_plan(history, uid_map)

    runner.run(Task(PLAN, work, done=done))


def _switched(plan: Plan, rows: tuple[RowKey, ...], *, on: bool) -> _Change | None:
    if not rows:
        return None
    return _Change(
        with_rows(plan, rows, kept=not on),
        lambda history: history.switch_on(rows) if on else history.switch_off(rows),
    )


def _decided(plan: Plan, decisions: tuple[Decision, ...]) -> _Change | None:
    if not decisions:
        return None
    return _Change(with_decisions(plan, decisions), lambda history: history.decide(decisions))


def _step(
    state: WorkState,
    runner: TaskRunner,
    plan_beyond: Callable[[PlanHistory], Plan | None],
    take: Callable[[PlanHistory], Step | None],
) -> None:
    """Derive the map on the other side of a step, and take the step then.

    Which step that is, is asked when the task's turn comes: another one may wait before it.
    """
    catalog, history, issued = state.catalog, state.history, state.issued

    def work(_progress: ProgressCallback, cancel: CancelToken) -> tuple[Plan, UidMap | None] | None:
        plan = plan_beyond(history)
        return None if plan is None else (plan, _derive(catalog, issued, plan, state.scheme, cancel))

    def done(result: tuple[Plan, UidMap | None] | None) -> None:
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


def _step_text(state: WorkState, step: Step | None, said: Callable[[str], str], *, whole_paths: bool) -> str:
    if step is None or state.catalog is None:
        return ""
    selectors = step.intention.selectors
    return said(
        step_sentence(step, plan_words().selection(state.catalog, selectors, whole_paths=whole_paths))
    )
