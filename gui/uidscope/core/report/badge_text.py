"""A badge of the tree in the words of a report: how many findings, and what they are called."""

from __future__ import annotations

from typing import Final

from uidscope.core.catalog.finding_kinds import FindingKind
from uidscope.core.catalog.told_badges import ToldBadge
from uidscope.core.report.counted import counted
from uidscope.core.uid.phrases import phrase

_NOUNS: Final[dict[FindingKind, str]] = {
    "error": "error",
    "warning": "warning",
    "info": "note",
    "conflict": "conflict",
    "duplicate": "duplicate",
    "broken": "broken reference",
    "truncated": "truncated file",
}


def badge_text(badge: ToldBadge) -> str:
    """Return ``3 errors (including 1 conflict)``, in the language that holds."""
    said = counted(badge.findings, _NOUNS[badge.kind])
    if not badge.including:
        return said
    named = ", ".join(counted(each.findings, _NOUNS[each.kind]) for each in badge.including)
    return phrase("{} (including {})").format(said, named)
