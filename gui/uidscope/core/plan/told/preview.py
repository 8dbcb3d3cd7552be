"""A plan as the user sees it before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from struct import Struct
from typing import Final, Literal, NamedTuple

from uidscope.core.catalog.plan_questions import reference_counts
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.edits.carried_value import vr_of
from uidscope.core.plan.edits.edit import AddItem, Edit, Put, Remove, SetValue
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.read.attributes import SPECIFIC_CHARACTER_SET
from uidscope.core.read.character_sets import decode_text
from uidscope.core.read.structure import FileStructure

NUMBERS: Final = {"FD": "d", "FL": "f", "SL": "i", "SS": "h", "UL": "I", "US": "H"}


class PlanRow(NamedTuple):
    """One entry of the map, and how many references of any kind name the old UID in what is loaded."""

    entry: MapEntry
    references: int


class Amount(NamedTuple):
    """How much a value holds that is no text."""

    of: Literal["bytes", "items"]
    number: int


class FileChange(NamedTuple):
    """One change in one file; ``before`` or ``after`` is empty where there is nothing, or no text.

    ``does`` says whether an element, or an item, goes away, comes, gets another value, or stays; of one
    that stays ``amount`` tells what its text cannot.
    """

    path: str
    before: str
    after: str
    reason: str
    does: Literal["changed", "added", "removed", "unchanged"] = "changed"
    amount: Amount | None = None


def plan_rows(catalog: Catalog, uid_map: UidMap, offset: int = 0, limit: int | None = None) -> list[PlanRow]:
    """Return a page of the map: studies and series first, then the others, then the instances."""
    end = None if limit is None else offset + limit
    return rows_of_entries(catalog, list(islice(uid_map.entries(), offset, end)))


def switched_off_rows(catalog: Catalog, uid_map: UidMap) -> list[PlanRow]:
    """Return the rows that the user switched off as they would be, in the order of ``switched_off``."""
    return rows_of_entries(catalog, [off.entry for off in uid_map.switched_off])


def rows_of_entries(catalog: Catalog, entries: Collection[MapEntry]) -> list[PlanRow]:
    """Return entries of the map, on or off, with their references."""
    counts = reference_counts(catalog, {entry.old for entry in entries if entry.old})
    return [PlanRow(entry, counts.get(entry.old, 0)) for entry in entries]


def file_changes(structure: FileStructure, edits: Iterable[Edit]) -> tuple[FileChange, ...]:
    """Return what edits do to one file, in their order, as text."""
    every = list(edits)
    own = structure.dataset.find(SPECIFIC_CHARACTER_SET)
    before = after = b"" if own is None else structure.value(own)
    for edit in every:
        if isinstance(edit, Put) and edit.tag == SPECIFIC_CHARACTER_SET:
            after = edit.value
    return tuple(_change(structure, edit, before, after) for edit in every)


def _change(structure: FileStructure, edit: Edit, set_before: bytes, set_after: bytes) -> FileChange:
    if isinstance(edit, SetValue):
        return FileChange(edit.path, edit.old, edit.value.decode("latin-1"), edit.reason)
    if isinstance(edit, Put):
        dataset = structure.meta if edit.in_meta else structure.dataset
        element = dataset.find(edit.tag) if dataset is not None else None
        before = after = ""
        if edit.vr != "SQ":
            raw_before = b"" if element is None else structure.value(element)
            before = value_text(structure, edit.vr, raw_before, set_before)
            after = value_text(structure, edit.vr, edit.value, set_after)
        return FileChange(edit.path, before, after, edit.reason, "added" if element is None else "changed")
    if isinstance(edit, AddItem):
        return FileChange(edit.path, "", "", edit.reason, "added")
    before = ""
    if isinstance(edit, Remove) and not edit.element.items:
        before = value_text(structure, vr_of(edit.element), structure.value(edit.element), set_before)
    return FileChange(edit.path, before, "", edit.reason, "removed")


def value_text(structure: FileStructure, vr: str, raw_value: bytes, character_set: bytes) -> str:
    """Return a value as text; numbers joined by a backslash, without a piece of one at the end."""
    code = NUMBERS.get(vr)
    if code is None:
        return decode_text(raw_value, character_set)
    number = Struct(f"{'>' if structure.dataset.big_endian else '<'}{code}")
    whole = len(raw_value) - len(raw_value) % number.size
    return "\\".join(str(each) for (each,) in number.iter_unpack(raw_value[:whole]))
