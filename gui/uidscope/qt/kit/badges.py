"""Badges: what is to be said of an entity, as shape, word and colour together."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QObject

from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.number_text import number_text


class BadgeKind(enum.Enum):
    """The ten badges, the gravest first."""

    ERROR = "error"
    CONFLICT = "conflict"
    TRUNCATED = "truncated"
    PLANNED = "planned"
    BROKEN = "broken"
    WARNING = "warning"
    DUPLICATE = "duplicate"
    OFFLINE = "offline"
    NOTE = "note"
    VERIFIED = "verified"

    @property
    def icon(self) -> str:
        """The name of its shape among the icons."""
        return self.value

    @property
    def verdict(self) -> Verdict:
        return _VERDICTS[self]


_VERDICTS = {
    BadgeKind.ERROR: Verdict.ERROR,
    BadgeKind.CONFLICT: Verdict.ERROR,
    BadgeKind.TRUNCATED: Verdict.ERROR,
    BadgeKind.PLANNED: Verdict.PLAN,
    BadgeKind.BROKEN: Verdict.WARNING,
    BadgeKind.WARNING: Verdict.WARNING,
    BadgeKind.DUPLICATE: Verdict.INFO,
    BadgeKind.OFFLINE: Verdict.INFO,
    BadgeKind.NOTE: Verdict.INFO,
    BadgeKind.VERIFIED: Verdict.OK,
}
_GRAVITY = {kind: place for place, kind in enumerate(BadgeKind)}
# These are counted even where there is but one at the entity itself: "1 error", yet "conflict".
_ALWAYS_COUNTED = frozenset({BadgeKind.ERROR, BadgeKind.WARNING, BadgeKind.NOTE, BadgeKind.BROKEN})


@dataclass(frozen=True, slots=True)
class Badge:
    """So many of one kind: `own` where they sit at the entity itself, else rolled up from below it.

    A count of 0 says the word alone. `severity` is what they weigh where that is not what their kind does: a
    broken reference may be an error. `including` are those among them that have a name of their own, which
    only speech tells.
    """

    kind: BadgeKind
    count: int = 1
    own: bool = True
    severity: BadgeKind | None = None
    including: tuple["Badge", ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Whose colour it has."""
        return (self.severity or self.kind).verdict


def gravest_first(badges: Iterable[Badge]) -> tuple[Badge, ...]:
    """The badges in the order in which they are shown; at equal gravity the entity's own come first."""
    return tuple(sorted(badges, key=lambda badge: (_gravity(badge), not badge.own)))


def _gravity(badge: Badge) -> tuple[int, int]:
    """Those that weigh what their kind does not stand behind what weighs the same."""
    if badge.verdict is badge.kind.verdict:
        return _GRAVITY[badge.kind], 0
    return _GRAVITY[badge.severity or badge.kind], 1


def badge_text(badge: Badge) -> str:
    """What stands in the badge: "3 errors", "conflict"."""
    alone = badge.own and badge.count <= 1 and badge.kind not in _ALWAYS_COUNTED
    if badge.count == 0 or alone:
        return _words().alone(badge.kind)
    return _words().one(badge.kind) if badge.count == 1 else _words().many(badge.kind, badge.count)


def badge_count_text(badge: Badge) -> str:
    """The number alone, for a badge that has no room for its word; empty where it has no number."""
    return number_text(badge.count) if badge.count else ""


def badge_speech(badge: Badge) -> str:
    """What tool tips and screen readers say: the words spelled out, "2 broken references"."""
    said = _words().broken_references(badge.count) if badge.kind is BadgeKind.BROKEN else badge_text(badge)
    if not badge.including:
        return said
    return _words().including(said, ", ".join(map(badge_speech, badge.including)))


def badges_speech(badges: Iterable[Badge]) -> str:
    """All of them in words, however many fit into the cell: "2 errors, 1 warning".

    Of a kind that the entity has itself too, those rolled up are said to be below: "error, 2 errors below".
    """
    ordered = gravest_first(badges)
    own = {badge.kind for badge in ordered if badge.own}
    return ", ".join(
        badge_speech(badge) if badge.own or badge.kind not in own else _words().below(badge_speech(badge))
        for badge in ordered
    )


@cache
def _words() -> "BadgeWords":
    return BadgeWords()


class BadgeWords(QObject):
    """The words of the badges. A QObject, for only there Qt's tools find the plural forms."""

    def alone(self, kind: BadgeKind) -> str:
        """The word without a number."""
        match kind:
            case BadgeKind.ERROR:
                words = self.tr("error")
            case BadgeKind.CONFLICT:
                words = self.tr("conflict")
            case BadgeKind.TRUNCATED:
                words = self.tr("truncated")
            case BadgeKind.PLANNED:
                words = self.tr("planned")
            case BadgeKind.BROKEN:
                words = self.tr("broken ref")
            case BadgeKind.WARNING:
                words = self.tr("warning")
            case BadgeKind.DUPLICATE:
                words = self.tr("duplicate")
            case BadgeKind.OFFLINE:
                words = self.tr("offline")
            case BadgeKind.NOTE:
                words = self.tr("note")
            case BadgeKind.VERIFIED:
                words = self.tr("verified")
        return words

    def one(self, kind: BadgeKind) -> str:
        """The word for exactly one."""
        match kind:
            case BadgeKind.ERROR:
                words = self.tr("1 error")
            case BadgeKind.CONFLICT:
                words = self.tr("1 conflict")
            case BadgeKind.TRUNCATED:
                words = self.tr("1 truncated")
            case BadgeKind.PLANNED:
                words = self.tr("1 planned")
            case BadgeKind.BROKEN:
                words = self.tr("1 broken ref")
            case BadgeKind.WARNING:
                words = self.tr("1 warning")
            case BadgeKind.DUPLICATE:
                words = self.tr("1 duplicate")
            case BadgeKind.OFFLINE:
                words = self.tr("1 offline")
            case BadgeKind.NOTE:
                words = self.tr("1 note")
            case BadgeKind.VERIFIED:
                words = self.tr("1 verified")
        return words

    def many(self, kind: BadgeKind, count: int) -> str:
        """The words for several, in the plural form that the language has for this count."""
        match kind:
            case BadgeKind.ERROR:
                words = self.tr("%Ln errors", "", count)
            case BadgeKind.CONFLICT:
                words = self.tr("%Ln conflicts", "", count)
            case BadgeKind.TRUNCATED:
                words = self.tr("%Ln truncated", "", count)
            case BadgeKind.PLANNED:
                words = self.tr("%Ln planned", "", count)
            case BadgeKind.BROKEN:
                words = self.tr("%Ln broken refs", "", count)
            case BadgeKind.WARNING:
                words = self.tr("%Ln warnings", "", count)
            case BadgeKind.DUPLICATE:
                words = self.tr("%Ln duplicates", "", count)
            case BadgeKind.OFFLINE:
                words = self.tr("%Ln offline", "", count)
            case BadgeKind.NOTE:
                words = self.tr("%Ln notes", "", count)
            case BadgeKind.VERIFIED:
                words = self.tr("%Ln verified", "", count)
        return words

    def below(self, said: str) -> str:
        """A badge that is about what lies below the entity."""
        return self.tr("%1 below").replace("%1", said)

    def including(self, said: str, named: str) -> str:
        """A badge, and what those among them are called that have a name of their own."""
        return self.tr("%1 (including %2)").replace("%1", said).replace("%2", named)

    def broken_references(self, count: int) -> str:
        """The badge of broken references spelled out."""
        if count == 0:
            return self.tr("broken reference")
        return self.tr("1 broken reference") if count == 1 else self.tr("%Ln broken references", "", count)
