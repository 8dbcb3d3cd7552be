"""A plan as the user sees it before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from uidscope.core.catalog.plan_questions import reference_counts
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.edit import Edit, Put, Remove, SetValue
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.read.attributes import SPECIFIC_CHARACTER_SET
from uidscope.core.read.character_sets import decode_text
from uidscope.core.read.structure import FileStructure


class PlanRow(NamedTuple):
    """One entry of the map, and how many references of any kind name the old UID in what is loaded."""

    entry: MapEntry
    references: int


class FileChange(NamedTuple):
    """One change in one file; ``before`` or ``after`` is empty where there is nothing."""

    path: str
    before: str
    after: str
    reason: str


def plan_rows(catalog: Catalog, uid_map: UidMap, offset: int = 0, limit: int | None = None) -> list[PlanRow]:
    """Return a page of the map: studies and series first, then the others, then the instances."""
    end = None if limit is None else offset + limit
    entries = list(islice(uid_map.entries(), offset, end))
    counts = reference_counts(catalog, {entry.old for entry in entries if entry.old})
    return [PlanRow(entry, counts.get(entry.old, 0)) for entry in entries]


def file_changes(structure: FileStructure, edits: Iterable[Edit]) -> tuple[FileChange, ...]:
    """Return what edits do to one file, in their order, as text."""
    return tuple(_change(structure, edit) for edit in edits)


def _change(structure: FileStructure, edit: Edit) -> FileChange:
    if isinstance(edit, SetValue):
        return FileChange(edit.path, edit.old, edit.value.decode("latin-1"), edit.reason)
    if isinstance(edit, Put):
        dataset = structure.meta if edit.in_meta else structure.dataset
        element = dataset.find(edit.tag) if dataset is not None else None
        before = "" if element is None else _text(structure, structure.value(element))
        return FileChange(edit.path, before, _text(structure, edit.value), edit.reason)
    if isinstance(edit, Remove) and not edit.element.items:
        return FileChange(edit.path, _text(structure, structure.value(edit.element)), "", edit.reason)
    return FileChange(edit.path, "", "", edit.reason)


def _text(structure: FileStructure, raw_value: bytes) -> str:
    element = structure.dataset.find(SPECIFIC_CHARACTER_SET)
    return decode_text(raw_value, b"" if element is None else structure.value(element))
