"""Undo and redo of a plan.

Every plan that ever stood is kept as it was, so that redo brings back the same intentions and, with
them, the same issued UIDs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NamedTuple

from uidscope.core.plan.intention import Intention, Plan


class Step(NamedTuple):
    """One change of the plan, for the words: what was done with which intention."""

    code: Literal["added"]
    intention: Intention


class PlanHistory:
    """A plan, the steps that led to it, and those that were taken back."""

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

    def add(self, intention: Intention) -> Plan:
        """Put an intention at the end of the plan. What had been undone cannot be redone then."""
        plan = replace(self.plan, intentions=(*self.plan.intentions, intention))
        self._plans[self._at + 1 :] = [plan]
        self._steps[self._at :] = [Step("added", intention)]
        self._at += 1
        return plan

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
