"""Undo and redo of a plan.

Every plan that ever stood is kept as it was, so that redo brings back the same intentions and, with
them, the same issued UIDs.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.intention import Decision, Intention, Plan
from uidscope.core.plan.output import REPAIR

StepCode = Literal[
    "added",
    "fixes-added",
    "taken-out",
    "changed",
    "row-off",
    "row-on",
    "row-set",
    "decided",
    "undecided",
    "acknowledged",
    "refused",
    "leftovers-on",
    "leftovers-off",
]


class Step(NamedTuple):
    """One change of the plan, for the words: what was done with which intention.

    ``rows`` are those switched off or on, or the one that got ``uid`` by hand (empty: no longer); the
    intention is then that of the first of them. ``decisions`` are those taken or taken back. ``findings``
    is how many are mended by several intentions, of which the step has the first. What is about the whole
    plan has its last intention.
    """

    code: StepCode
    intention: Intention
    rows: tuple[RowKey, ...] = ()
    uid: str = ""
    decisions: tuple[Decision, ...] = ()
    findings: int = 0


class PlanHistory:
    """A plan, the steps that led to it, and those that were taken back.

    Every step makes what had been undone impossible to redo.
    """

    def __init__(self, plan: Plan | None = None) -> None:
        self._plans = [plan or Plan()]
        self._steps: list[Step] = []
        self._at = 0

    @property
    def plan(self) -> Plan:
        """The plan as it stands."""
        return self._plans[self._at]

    @property
    def next_undo(self) -> Step | None:
        """The step that ``undo`` would take back."""
        return self._steps[self._at - 1] if self._at else None

    @property
    def next_redo(self) -> Step | None:
        """The step that ``redo`` would bring back."""
        return self._steps[self._at] if self._at < len(self._steps) else None

    @property
    def plan_before(self) -> Plan | None:
        """The plan that ``undo`` would go back to; None where there is nothing to undo."""
        return self._plans[self._at - 1] if self._at else None

    @property
    def plan_after(self) -> Plan | None:
        """The plan that ``redo`` would bring back; None where there is nothing to redo."""
        return self._plans[self._at + 1] if self._at < len(self._steps) else None

    def add(
        self, intention: Intention, *, acknowledged: bool | None = None, replace_leftovers: bool | None = None
    ) -> Plan:
        """Put an intention at the end of the plan, with what is to hold of the whole plan from then on."""
        plan = with_intention(
            self.plan, intention, acknowledged=acknowledged, replace_leftovers=replace_leftovers
        )
        return self._take(Step("added", intention), plan)

    def add_fixes(self, intentions: Sequence[Intention], findings: int) -> Plan:
        """Put at least one intention at the end of the plan, which together mend so many findings."""
        plan = replace(self.plan, intentions=(*self.plan.intentions, *intentions))
        return self._take(Step("fixes-added", intentions[0], findings=findings), plan)

    def take_out(self, intention: Intention) -> Plan:
        """Take an intention out of the plan, wherever it stands; its UIDs stay issued."""
        return self._take(Step("taken-out", intention), without_intention(self.plan, intention))

    def change(self, intention: Intention) -> Plan:
        """Put an intention in the place of the one with the same id, so that its UIDs stay the same."""
        return self._take(Step("changed", intention), with_changed(self.plan, intention))

    def switch_off(self, rows: Iterable[RowKey]) -> Plan:
        """Leave the old UIDs of some rows as they are."""
        return self._switch("row-off", tuple(rows))

    def switch_on(self, rows: Iterable[RowKey]) -> Plan:
        """Let rows that were switched off give new UIDs again, the same as before."""
        return self._switch("row-on", tuple(rows))

    def set_by_hand(self, row: RowKey, uid: str) -> Plan:
        """Give a row the UID that the user typed; an empty one brings the issued UID back."""
        step = Step("row-set", self._intention_of(row), (row,), uid)
        return self._take(step, with_typed(self.plan, row, uid))

    def decide(self, decisions: Iterable[Decision]) -> Plan:
        """Say what references mean; a decision takes the place of an earlier one about the same UID."""
        taken = tuple(decisions)
        step = Step("decided", self._last_intention, decisions=taken)
        return self._take(step, with_decisions(self.plan, taken)) if taken else self.plan

    def leave_open(self, uids: Iterable[str]) -> Plan:
        """Take back what was decided about some UIDs."""
        wanted = set(uids)
        taken_back = tuple(each for each in self.plan.decisions if each.uid in wanted)
        step = Step("undecided", self._last_intention, decisions=taken_back)
        return self._take(step, without_decisions(self.plan, wanted)) if taken_back else self.plan

    def acknowledge(self, *, acknowledged: bool = True) -> Plan:
        """Let what somebody has put their name to change too, or no longer."""
        step = Step("acknowledged" if acknowledged else "refused", self._last_intention)
        return self._take(step, with_acknowledged(self.plan, acknowledged=acknowledged))

    def set_leftovers(self, *, replaced: bool) -> Plan:
        """Let the new UIDs also replace the old ones that stand in texts, or no longer."""
        step = Step("leftovers-on" if replaced else "leftovers-off", self._last_intention)
        return self._take(step, with_leftovers(self.plan, replaced=replaced))

    def undo(self) -> Step | None:
        """Take the last step back and say which; None where there is none."""
        step = self.next_undo
        if step is not None:
            self._at -= 1
        return step

    def redo(self) -> Step | None:
        """Bring back the step undone last and say which; None where there is none."""
        step = self.next_redo
        if step is not None:
            self._at += 1
        return step

    def _switch(self, code: Literal["row-off", "row-on"], rows: tuple[RowKey, ...]) -> Plan:
        if not rows:
            return self.plan
        step = Step(code, self._intention_of(rows[0]), rows)
        return self._take(step, with_rows(self.plan, rows, kept=code == "row-off"))

    def _take(self, step: Step, plan: Plan) -> Plan:
        self._plans[self._at + 1 :] = [plan]
        self._steps[self._at :] = [step]
        self._at += 1
        return plan

    @property
    def _last_intention(self) -> Intention:
        return self.plan.intentions[-1] if self.plan.intentions else REPAIR

    def _intention_of(self, row: RowKey) -> Intention:
        """The intention of a row; all repairs of a plan give their rows together."""
        found = (each for each in self.plan.intentions if each.id == row.intention)
        return next(found, REPAIR)


def with_intention(
    plan: Plan,
    intention: Intention,
    *,
    acknowledged: bool | None = None,
    replace_leftovers: bool | None = None,
) -> Plan:
    """Return the plan with an intention at its end; what is None stays as it is."""
    if acknowledged is not None:
        plan = with_acknowledged(plan, acknowledged=acknowledged)
    if replace_leftovers is not None:
        plan = with_leftovers(plan, replaced=replace_leftovers)
    return replace(plan, intentions=(*plan.intentions, intention))


def with_decisions(plan: Plan, decisions: Iterable[Decision]) -> Plan:
    """Return the plan with some decisions, each in the place of an earlier one about the same UID."""
    by_uid = {decision.uid: decision for decision in decisions}
    return replace(plan, decisions=(*_others(plan, by_uid), *by_uid.values()))


def without_decisions(plan: Plan, uids: Container[str]) -> Plan:
    """Return the plan without what was decided about some UIDs."""
    return replace(plan, decisions=_others(plan, uids))


def with_acknowledged(plan: Plan, *, acknowledged: bool) -> Plan:
    """Return the plan in which what somebody has put their name to may change, or not."""
    return replace(plan, acknowledged=acknowledged)


def with_leftovers(plan: Plan, *, replaced: bool) -> Plan:
    """Return the plan in which old UIDs in texts are replaced too, or not."""
    return replace(plan, replace_leftovers=replaced)


def without_intention(plan: Plan, intention: Intention) -> Plan:
    """Return the plan without an intention; what was said of its rows stays and means nothing then."""
    left = tuple(each for each in plan.intentions if each.id != intention.id)
    return replace(plan, intentions=left)


def with_changed(plan: Plan, intention: Intention) -> Plan:
    """Return the plan with an intention in the place of the one with the same id."""
    changed = tuple(intention if each.id == intention.id else each for each in plan.intentions)
    return replace(plan, intentions=changed)


def with_rows(plan: Plan, rows: Iterable[RowKey], *, kept: bool) -> Plan:
    """Return the plan with some rows switched off (``kept``) or on."""
    return replace(plan, kept=plan.kept.union(rows) if kept else plan.kept.difference(rows))


def with_typed(plan: Plan, row: RowKey, uid: str) -> Plan:
    """Return the plan with a UID typed for a row, which is on then; an empty one takes it away again."""
    others = tuple(each for each in plan.by_hand if each[0] != row)
    if not uid:
        return replace(plan, by_hand=others)
    return replace(plan, by_hand=(*others, (row, uid)), kept=plan.kept - {row})


def _others(plan: Plan, uids: Container[str]) -> tuple[Decision, ...]:
    return tuple(decision for decision in plan.decisions if decision.uid not in uids)
