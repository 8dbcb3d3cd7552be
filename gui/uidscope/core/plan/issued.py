"""The UIDs already issued, each for one intention and one old value: a table that only grows.

An intention that is undone leaves its UIDs here, so that redo brings back the same ones and nobody
else ever gets them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from uidscope.core.errors import UidscopeError, UsageError
from uidscope.core.plan.earlier import EarlierUids
from uidscope.core.uid.registry import is_under_dicom_root
from uidscope.core.uid.schemes import MAIN_DOMAIN, Scheme, derivation_domain, role_domain
from uidscope.core.uid.syntax import is_well_formed

_MOST_ATTEMPTS: Final = 100


class IssueKey(NamedTuple):
    """What a new UID is for.

    ``old`` is the value it replaces, empty where the entity had none. ``domain`` is ``MAIN_DOMAIN``
    but where one old value becomes several new ones, or is empty: then it tells them apart, in words
    that stay the same whatever the order of files.
    """

    intention: str
    old: str
    domain: bytes = MAIN_DOMAIN


class IssuedUids:
    """Every UID issued so far; not for several threads at once."""

    def __init__(self, earlier: EarlierUids | None = None) -> None:
        self._earlier = earlier or EarlierUids()
        self._by_key: dict[tuple[str, bytes], dict[str, str]] = {}
        self._issued: set[str] = set()
        self._of_earlier = frozenset(
            new for of_old in self._earlier.by_old.values() for new in of_old.values()
        )

    def __contains__(self, uid: str) -> bool:
        return uid in self._issued

    def obtain(self, key: IssueKey, kind: str, scheme: Scheme, is_loaded: Callable[[str], bool]) -> str:
        """Return the UID of this key: the one that earlier exports gave, else made by the scheme.

        A new one passes every rule on writing, lies outside 1.2.840.10008, is no loaded UID and was
        never issued before. Raises ``UsageError`` where what must be the same as earlier is
        loaded, or is not clear, and ``UidscopeError`` where the scheme cannot make such a one.
        """
        of_domain = self._by_key.setdefault((key.intention, key.domain), {})
        new = of_domain.get(key.old)
        if new is None:
            earlier = self._find_earlier(key, kind)
            if earlier is not None and is_loaded(earlier):
                raise _done_before(key.old, earlier)
            new = of_domain[key.old] = earlier or self._make(key, kind, scheme, is_loaded)
            self._issued.add(new)
        return new

    def _find_earlier(self, key: IssueKey, kind: str) -> str | None:
        """What earlier exports made of this; a second intention over it needs another."""
        if not key.old or key.domain not in (MAIN_DOMAIN, derivation_domain(1), role_domain(kind)):
            return None
        any_kind = key.domain != role_domain(kind)
        earlier = self._earlier.find(key.old, kind, any_kind=any_kind)
        return None if earlier in self._issued else earlier

    def _make(self, key: IssueKey, kind: str, scheme: Scheme, is_loaded: Callable[[str], bool]) -> str:
        for attempt in range(_MOST_ATTEMPTS):
            uid = scheme.new_uid(kind, key.old, key.domain, attempt)
            fit = is_well_formed(uid) and not is_under_dicom_root(uid)
            if not fit or uid in self._issued or uid in self._of_earlier:
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

    def new_uid(self, intention: str, kind: str, old: str, domain: bytes = MAIN_DOMAIN) -> str:
        """Return the UID that stands for ``old`` in this intention and domain (``IssuedUids.obtain``)."""
        return self.issued.obtain(IssueKey(intention, old, domain), kind, self.scheme, self.is_loaded)
