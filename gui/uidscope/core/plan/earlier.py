"""What earlier exports made of old UIDs, so that the next delivery makes the same of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from uidscope.core.errors import UsageError
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.keys.entity_elements import map_kind
from uidscope.core.uid.registry import is_registered, is_under_dicom_root
from uidscope.core.uid.syntax import is_well_formed

_LISTS: Final = "The lists of old and new UIDs"
# One list may give several new UIDs for one old one, each for some files or one of several entities.
_OF_SOME: Final = ("occurrences", "other")


@dataclass(frozen=True, slots=True)
class EarlierUids:
    """Old UIDs, by the kind of entity, and what they became; ``divided`` are those of several new ones."""

    by_old: dict[str, dict[str, str]] = field(default_factory=dict)
    divided: frozenset[tuple[str, str]] = frozenset()

    def find(self, old: str, kind: str, *, any_kind: bool) -> str | None:
        """Return what an old UID became; with ``any_kind``, also as the name of another kind of entity.

        Raises ``UsageError`` where it became several.
        """
        kind = map_kind(kind)
        if (old, kind) in self.divided:
            raise UsageError(f"{_LISTS} give several new ones for {old}: it is not clear which.")
        of_old = self.by_old.get(old, {})
        return of_old.get(kind) or (next(iter(of_old.values()), None) if any_kind else None)


def earlier_uids(entries: Iterable[MapEntry]) -> EarlierUids:
    """Put together what one or more lists say.

    Raises ``UsageError`` for a new UID that nobody may write, for one that stands for two old ones, and
    for an old one that two lists give two new ones; an empty old UID says nothing and is passed over.
    """
    by_old: dict[str, dict[str, str]] = {}
    of_new: dict[str, str] = {}
    divided: set[tuple[str, str]] = set()
    for entry in entries:
        if not entry.is_new_uid or not entry.old:
            continue
        if not is_well_formed(entry.new) or is_under_dicom_root(entry.new) or is_registered(entry.old):
            raise UsageError(f"{_LISTS} turn {entry.old} into {entry.new}: that may not be.")
        if of_new.setdefault(entry.new, entry.old) != entry.old:
            raise UsageError(f"{_LISTS} turn {of_new[entry.new]} and {entry.old} both into {entry.new}.")
        before = by_old.setdefault(entry.old, {}).setdefault(entry.kind, entry.new)
        if before == entry.new:
            continue
        if entry.scope not in _OF_SOME:
            raise UsageError(f"{_LISTS} turn {entry.old} into {before} and into {entry.new}.")
        divided.add((entry.old, entry.kind))
    return EarlierUids(by_old, frozenset(divided))
