"""What the user makes of the rules, verb by verb: each gives the catalog other settings, in a task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from uidscope.core.catalog.rule_settings import Ignore, RuleSettings, set_rule_settings
from uidscope.core.judge.rule_settings import with_ignore, with_profile, without_ignore
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner

RULES: Final = "rules"
"""The name of every task that changes the rule settings."""


def choose_profile(state: WorkState, runner: TaskRunner, name: str) -> None:
    """Judge by another profile; what the user ignores stays ignored."""
    _change(state, runner, lambda settings: with_profile(settings, name))


def take_rules(state: WorkState, runner: TaskRunner, rules: RuleSettings) -> None:
    """Judge by these severities; what is ignored meanwhile stays ignored."""
    _change(state, runner, lambda settings: replace(rules, ignores=settings.ignores))


def ignore(state: WorkState, runner: TaskRunner, what: Ignore) -> None:
    """Set findings aside, for a reason."""
    _change(state, runner, lambda settings: with_ignore(settings, what))


def show_again(state: WorkState, runner: TaskRunner, rule: str, reason: str) -> None:
    """Show again what was ignored of a rule for this reason."""
    _change(state, runner, lambda settings: without_ignore(settings, rule, reason))


def _change(state: WorkState, runner: TaskRunner, changed: Callable[[RuleSettings], RuleSettings]) -> None:
    """Failed or cancelled, it leaves everything as it was.

    What holds is asked when its turn comes: a change that waits must not undo the one before it.
    """

    def work(_progress: object, _cancel: object) -> RuleSettings:
        catalog, settings = state.catalog, changed(state.rule_settings)
        if catalog is not None:
            set_rule_settings(catalog, settings)
        return settings

    def done(settings: RuleSettings) -> None:
        state.set_rule_settings(settings)

    runner.run(Task(RULES, work, done=done))
