"""The rows of a map as the user picks them, by what stands in them: to switch off, on, or to type a UID."""

from __future__ import annotations

from collections.abc import Collection

from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import UsageError
from uidscope.core.plan.entry import MapEntry, RowKey
from uidscope.core.plan.history import with_rows, with_typed
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import CancelToken
from uidscope.core.uid.schemes import SchemeOptions, make_scheme


def row_of(uid_map: UidMap, issued: IssuedUids, entry: MapEntry) -> RowKey | None:
    """Return the row of an entry of the map; None for what is no new UID of ours.

    Several entries may be one row: what becomes the same is switched off together.
    """
    if not entry.is_new_uid:
        return None
    return uid_map.by_hand.get(entry.new) or issued.row_of(entry.new, entry.old)


def rows_of_uid(uid_map: UidMap, issued: IssuedUids, old: str) -> tuple[RowKey, ...]:
    """Return every row in which an old UID gets a new one, or would, were it not switched off.

    Raises ``UsageError`` where the plan has none.
    """
    rows = {row_of(uid_map, issued, entry) for entry in uid_map.entries() if entry.old == old}
    found = {row for row in rows if row is not None}
    found |= {off.row for off in uid_map.switched_off if off.entry.old == old}
    if not found:
        raise UsageError(f"Nothing in the plan gives {old} a new UID.")
    return tuple(sorted(found))


def with_rows_of_uids(
    catalog: Catalog,
    plan: Plan,
    kept: Collection[str],
    typed: Collection[tuple[str, str]],
    token: CancelToken | None = None,
) -> Plan:
    """Return a plan in which the rows of some old UIDs are switched off, and others get the UIDs typed.

    ``typed`` are pairs of an old and a new UID; whether the new ones may stand, ``derive_map`` says.
    Raises ``UsageError`` for an old UID that the plan does not replace, and for a typed one in the place
    of an old one that becomes several.
    """
    if not kept and not typed:
        return plan
    # What a row is known by does not depend on how UIDs are made: none of the real ones is spent here.
    issued = IssuedUids()
    uid_map = derive_map(catalog, plan, issued, make_scheme(SchemeOptions()), token=token)
    for old in kept:
        plan = with_rows(plan, rows_of_uid(uid_map, issued, old), kept=True)
    for old, new in typed:
        rows = rows_of_uid(uid_map, issued, old)
        if len(rows) > 1:
            raise UsageError(
                f"{old} becomes {len(rows)} different UIDs here: it is not clear which is meant."
            )
        if plan.kept.intersection(rows) or any(row in rows for row, _ in plan.by_hand):
            raise UsageError(f"What becomes of {old} is said twice.")
        plan = with_typed(plan, rows[0], new)
    return plan


def parse_typed(text: str) -> tuple[str, str]:
    """Read ``OLD=NEW`` as the command line gives it. Raises ``UsageError``."""
    old, _, new = text.partition("=")
    if not old or not new:
        raise UsageError(f"“{text}” sets no UID: write OLD=NEW.")
    return old, new
