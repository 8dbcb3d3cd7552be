"""Rows of the map that the user switched off or gave a UID by hand, while a map is derived."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from uidscope.core.plan.entry import RowKey


@dataclass(frozen=True, slots=True)
class RowOverrides:
    """What the user wants otherwise: the rows to leave as they are, and the UIDs typed for others.

    ``met`` gathers the rows of ``by_hand`` that the map being derived really has: an intention taken out
    of the plan leaves its rows here, and they mean nothing then.
    """

    kept: frozenset[RowKey] = frozenset()
    by_hand: dict[RowKey, str] = field(default_factory=dict)
    met: dict[RowKey, str] = field(default_factory=dict)

    @property
    def typed(self) -> Collection[str]:
        """The UIDs typed, which nothing else may get."""
        return self.by_hand.values()

    def kept_among(self, rows: Iterable[RowKey]) -> tuple[RowKey, ...]:
        """Return those of some rows that are switched off."""
        return tuple(row for row in rows if row in self.kept) if self.kept else ()
