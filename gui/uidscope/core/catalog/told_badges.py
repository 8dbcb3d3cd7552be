"""A node's badges as they are told: by what findings are called, or by severity where that is too much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from uidscope.core.catalog.finding import SEVERITIES, Severity
from uidscope.core.catalog.finding_kinds import FindingKind
from uidscope.core.catalog.tree import Badges

MOST_KINDS: Final = 2
"""So many badges are seen at once: where there are more kinds, counts by severity leave the least unsaid."""


class KindCount(NamedTuple):
    """How many findings there are of a kind, and the gravest severity among them."""

    kind: FindingKind
    severity: Severity
    findings: int


class ToldBadge(NamedTuple):
    """How many findings are about a node itself (``own``), or else about what is below it.

    ``kind`` is what they are called together, ``severity`` the gravest of them, ``including`` what those
    are called that have a name of their own and are told by their severity here.
    """

    kind: FindingKind
    severity: Severity
    findings: int
    own: bool
    including: tuple[KindCount, ...] = ()


def told_badges(badges: Badges) -> tuple[ToldBadge, ...]:
    """Tell each finding of a node once: own and below apart, the gravest severity first.

    What is the node's own is told by kind unless that alone makes more than ``MOST_KINDS``; what is below
    it, unless both together do. Otherwise the kinds of one severity are told together, by that severity.
    """
    own = [KindCount(badge.kind, badge.severity, badge.own) for badge in badges if badge.own]
    below = [KindCount(badge.kind, badge.severity, badge.below) for badge in badges if badge.below]
    return (
        *_told(own, own=True, together=_has_too_many_kinds(own)),
        *_told(below, own=False, together=_has_too_many_kinds([*own, *below])),
    )


def _has_too_many_kinds(counts: Iterable[KindCount]) -> bool:
    return len({each.kind for each in counts}) > MOST_KINDS


def _told(counts: Sequence[KindCount], *, own: bool, together: bool) -> list[ToldBadge]:
    found: dict[FindingKind, list[KindCount]] = defaultdict(list)
    for each in sorted(counts, key=lambda each: SEVERITIES.index(each.severity)):
        found[each.severity if together and not _is_apart(each, counts) else each.kind].append(each)
    return [
        ToldBadge(
            kind,
            some[0].severity,
            sum(each.findings for each in some),
            own,
            tuple(each for each in some if each.kind != kind),
        )
        for kind, some in found.items()
    ]


def _is_apart(one: KindCount, counts: Iterable[KindCount]) -> bool:
    """Whether a kind shares its severity with no other, and has no other severity."""
    return all((each.kind == one.kind) == (each.severity == one.severity) for each in counts)
