"""Plans with rows switched off and UIDs typed, derived with a fixed time."""

from __future__ import annotations

from collections.abc import Iterable

from tests.core.plan.carried_out import NOW, UUIDS
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.rows import rows_of_uid
from uidscope.core.plan.told.notes import sentence
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.uid.schemes import Scheme

SOUND = "2.25.329800735698586629295641978511506172918"
ALSO_SOUND = "2.25.109268923418247532318425164238652234752"


def derive_plan(
    catalog: Catalog, plan: Plan, issued: IssuedUids | None = None, scheme: Scheme = UUIDS
) -> UidMap:
    """The map of a plan; whatever it has to say has words."""
    uid_map = derive_map(catalog, plan, issued or IssuedUids(), scheme, now=lambda: NOW)
    for note in (*uid_map.notes, *uid_map.decisions, *uid_map.conflicts):
        assert sentence(note)
    return uid_map


def row_for(catalog: Catalog, plan: Plan, old: str) -> RowKey:
    """The one row that an old UID has in a plan."""
    issued = IssuedUids()
    (row,) = rows_of_uid(derive_plan(catalog, plan, issued), issued, old)
    return row


def rows_for(catalog: Catalog, plan: Plan, olds: Iterable[str]) -> frozenset[RowKey]:
    return frozenset(row_for(catalog, plan, old) for old in olds)


def new_uids(uid_map: UidMap) -> dict[str, str]:
    return {entry.old: entry.new for entry in uid_map.entries()}


def codes(notes: Iterable[object]) -> list[str]:
    return [note.code for note in notes]  # type: ignore[attr-defined]
