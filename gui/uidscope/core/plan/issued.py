"""The UIDs already issued, each for one intention and one old value: a table that only grows.

An intention that is undone leaves its UIDs here, so that redo brings back the same ones and nobody
else ever gets them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from uidscope.core.errors import UidscopeError, UsageError
from uidscope.core.plan.earlier import EarlierUids
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.row_overrides import RowOverrides
from uidscope.core.uid.registry import is_under_dicom_root
from uidscope.core.uid.schemes import MAIN_DOMAIN, Scheme, derivation_domain, is_target_domain, role_domain
from uidscope.core.uid.syntax import is_well_formed

_MOST_ATTEMPTS: Final = 100


class IssuedUids:
    """Every UID issued so far; not for several threads at once."""

    def __init__(self, earlier: EarlierUids | None = None) -> None:
        self._earlier = earlier or EarlierUids()
        self._by_key: dict[tuple[str, bytes], dict[str, str]] = {}
        self._issued: dict[str, tuple[str, bytes]] = {}
        self._places: dict[tuple[str, bytes], tuple[str, bytes]] = {}
        self._of_earlier = frozenset(
            new for of_old in self._earlier.by_old.values() for new in of_old.values()
        )

    def __contains__(self, uid: str) -> bool:
        return uid in self._issued

    def issued_for(self, row: RowKey) -> str | None:
        """Return the UID issued for a row; None where none was yet."""
        return self._by_key.get((row.intention, row.domain), {}).get(row.old)

    def row_of(self, uid: str, old: str) -> RowKey | None:
        """Return the row that a UID was issued for in the place of an old one; None where it was not."""
        intention, domain = self._issued.get(uid, ("", b""))
        row = RowKey(intention, old, domain)
        return row if self.issued_for(row) == uid else None

    def is_taken(self, uid: str, row: RowKey) -> bool:
        """Say whether a UID was issued, now or in an earlier export, for anything but this row."""
        if uid in self._issued:
            return self.issued_for(row) != uid
        return uid in self._of_earlier and uid not in self._earlier.by_old.get(row.old, {}).values()

    def rows(self) -> Iterator[tuple[RowKey, str]]:
        """Yield the whole table: what each UID was issued for, and the UID."""
        for (intention, domain), of_domain in self._by_key.items():
            for old, new in of_domain.items():
                yield RowKey(intention, old, domain), new

    def restore(self, rows: Iterable[tuple[RowKey, str]]) -> None:
        """Take what another table of this kind had issued (``rows``)."""
        for row, new in rows:
            self._by_key.setdefault((row.intention, row.domain), {})[row.old] = new
            self._issued[new] = (row.intention, row.domain)

    def obtain(
        self,
        key: RowKey,
        kind: str,
        scheme: Scheme,
        is_loaded: Callable[[str], bool],
        typed: Collection[str] = (),
    ) -> str:
        """Return the UID of this key: the one that earlier exports gave, else made by the scheme.

        A new one passes every rule on writing, lies outside 1.2.840.10008, is no loaded UID, was never
        issued before and is none of those ``typed`` by hand. Raises ``UsageError`` where what must be
        the same as earlier is loaded, or is not clear, and ``UidscopeError`` where the scheme cannot make
        such a one.
        """
        # One pair for all rows of a domain: a million UIDs point to it.
        pair = (key.intention, key.domain)
        place = self._places.setdefault(pair, pair)
        of_domain = self._by_key.setdefault(place, {})
        new = of_domain.get(key.old)
        if new is None:
            earlier = self._find_earlier(key, kind)
            if earlier is not None and is_loaded(earlier):
                raise _done_before(key.old, earlier)
            new = of_domain[key.old] = earlier or self._make(key, kind, scheme, is_loaded, typed)
            self._issued[new] = place
        return new

    def _find_earlier(self, key: RowKey, kind: str) -> str | None:
        """What earlier exports made of this; a second intention over it needs another."""
        known = key.domain in (MAIN_DOMAIN, derivation_domain(1), role_domain(kind))
        if not key.old or not (known or is_target_domain(key.domain)):
            return None
        any_kind = key.domain != role_domain(kind)
        earlier = self._earlier.find(key.old, kind, any_kind=any_kind)
        return None if earlier in self._issued else earlier

    def _make(
        self,
        key: RowKey,
        kind: str,
        scheme: Scheme,
        is_loaded: Callable[[str], bool],
        typed: Collection[str],
    ) -> str:
        for attempt in range(_MOST_ATTEMPTS):
            uid = scheme.new_uid(kind, key.old, key.domain, attempt)
            fit = is_well_formed(uid) and not is_under_dicom_root(uid)
            if not fit or uid in self._issued or uid in self._of_earlier or uid in typed:
                continue
            if not is_loaded(uid):
                return uid
            if scheme.repeatable:
                raise _done_before(key.old, uid)
        raise UidscopeError(f"The scheme “{scheme.name}” makes no UID that is sound and not yet taken.")


def _done_before(old: str, new: str) -> UsageError:
    return UsageError(
        f"{old or 'What has no UID'} becomes {new}, which is loaded already: this was done before. Load the"
        " originals alone, or, for derived-series, give another derivation number."
    )


@dataclass(frozen=True, slots=True)
class Issuer:
    """The table of issued UIDs together with the scheme that makes new ones for it."""

    issued: IssuedUids
    scheme: Scheme
    is_loaded: Callable[[str], bool]

    overrides: RowOverrides = field(default_factory=RowOverrides)

    def new_uid(self, intention: str, kind: str, old: str, domain: bytes = MAIN_DOMAIN) -> str | None:
        """Return the UID that stands for ``old`` in this intention and domain (``IssuedUids.obtain``).

        That is the one typed by hand where there is one, and None where the user switched the row off.
        """
        return self.uid_of(RowKey(intention, old, domain), kind)

    def uid_of(self, row: RowKey, kind: str) -> str | None:
        """Return the new UID of a row, as ``new_uid`` does."""
        overrides = self.overrides
        if overrides.kept and row in overrides.kept:
            return None
        if overrides.by_hand and row in overrides.by_hand:
            return overrides.met.setdefault(row, overrides.by_hand[row])
        return self.issued.obtain(row, kind, self.scheme, self.is_loaded, overrides.typed)
