"""Which findings have a name of their own beside their severity: what tree and lists tell apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from uidscope.core.catalog.finding import Severity

NamedKind = Literal["conflict", "duplicate", "broken", "truncated"]
FindingKind = Severity | NamedKind
"""What a finding is called: by its rule where that has a name, else by its severity."""

_RULES: Final[Mapping[NamedKind, tuple[str, ...]]] = {
    "conflict": ("ENT-01", "ENT-05", "ENT-06", "ENT-07"),
    "duplicate": ("ENT-02", "ENT-03", "ENT-04"),
    "broken": ("ENT-50", "ENT-51", "ENT-52", "ENT-53", "ENT-54", "ENT-58"),
    "truncated": ("FILE-01",),
}
_NAMED: Final[Mapping[str, NamedKind]] = {rule: kind for kind, rules in _RULES.items() for rule in rules}


def finding_kind(rule: str, severity: Severity) -> FindingKind:
    """Return what a finding of a rule is called."""
    return _NAMED.get(rule, severity)


def kind_in_sql(rule: str, severity: str) -> str:
    """Return the expression of the same, of columns that hold a finding's rule and severity."""
    named = "".join(
        f" WHEN {rule} IN ({', '.join(map(repr, codes))}) THEN '{kind}'" for kind, codes in _RULES.items()
    )
    return f"CASE{named} ELSE {severity} END"
