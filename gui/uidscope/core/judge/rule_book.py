"""All checks in their order, and every rule by its code."""

from __future__ import annotations

from typing import Final

from uidscope.core.judge import (
    class_rules,
    concatenation_rules,
    dicomdir_rules,
    duplicate_rules,
    encoding_rules,
    entity_rules,
    evidence_rules,
    file_meta_rules,
    file_rules,
    frame_rules,
    hierarchy_rules,
    leftover_rules,
    number_rules,
    reference_rules,
    syntax_rules,
    target_rules,
    use_rules,
)
from uidscope.core.judge.rule import Check, Rule
from uidscope.core.judge.rule_table import rule, rules

CHECKS: Final[tuple[Check, ...]] = (
    *file_rules.CHECKS,
    *syntax_rules.CHECKS,
    *use_rules.CHECKS,
    *class_rules.CHECKS,
    *hierarchy_rules.CHECKS,
    *entity_rules.CHECKS,
    *frame_rules.CHECKS,
    *number_rules.CHECKS,
    *file_meta_rules.CHECKS,
    *encoding_rules.CHECKS,
    *reference_rules.CHECKS,
    *target_rules.CHECKS,
    *evidence_rules.CHECKS,
    *dicomdir_rules.CHECKS,
    *concatenation_rules.CHECKS,  # this and the next ones may have to read files again
    *duplicate_rules.CHECKS,
    *leftover_rules.CHECKS,
)


def judged_rules() -> tuple[Rule, ...]:
    """Return the rules that a check decides, in the order of the checks."""
    return tuple(rule(code) for check in CHECKS for code in check.codes)


__all__ = ["CHECKS", "judged_rules", "rule", "rules"]
