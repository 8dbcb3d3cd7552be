"""All checks in their order, and every rule by its code."""

from __future__ import annotations

from typing import Final

from uidscope.core.judge import (
    duplicate_rules,
    file_meta_rules,
    file_rules,
    hierarchy_rules,
    reference_rules,
    syntax_rules,
    use_rules,
)
from uidscope.core.judge.rule import Check, Rule
from uidscope.core.judge.rule_table import rule, rules

CHECKS: Final[tuple[Check, ...]] = (
    *file_rules.CHECKS,
    *syntax_rules.CHECKS,
    *use_rules.CHECKS,
    *hierarchy_rules.CHECKS,
    *file_meta_rules.CHECKS,
    *reference_rules.CHECKS,
    *duplicate_rules.CHECKS,  # last, since it may have to read files again
)


def judged_rules() -> tuple[Rule, ...]:
    """Return the rules that a check decides, in the order of the checks."""
    return tuple(rule(code) for check in CHECKS for code in check.codes)


__all__ = ["CHECKS", "judged_rules", "rule", "rules"]
