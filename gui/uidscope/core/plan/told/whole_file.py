"""Every element of one file before and after: what changes at its place among what stays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from uidscope.core.plan.edits.carried_value import vr_of
from uidscope.core.plan.edits.edit import AddItem, Edit, Put, Remove, RemoveItem, SetValue
from uidscope.core.plan.told.preview import NUMBERS, Amount, FileChange, value_text
from uidscope.core.read.attributes import SPECIFIC_CHARACTER_SET
from uidscope.core.read.same_value import TEXT_VRS
from uidscope.core.read.structure import Dataset, Element, FileStructure, walk_elements

MOST_UNCHANGED: Final = 20_000
_LONGEST_READ: Final = 512  # bytes of a value that stays


class _Place(NamedTuple):
    """Where a line stands: what is added comes before the element at its offset, the innermost first."""

    offset: int
    is_there: bool
    inner: int = 0
    tag: int = 0


def whole_file(
    structure: FileStructure, edits: Sequence[Edit], changes: Sequence[FileChange]
) -> tuple[FileChange, ...]:
    """Return every element in the order of the file; ``changes`` are what ``file_changes`` says of ``edits``.

    All that changes is there, and at most ``MOST_UNCHANGED`` that stay; what lies in something that goes
    away is told with it. A long value that stays is told by its beginning.
    """
    lines = [(_place(structure, edit), change) for edit, change in zip(edits, changes, strict=True)]
    gone = sorted(span for edit in edits for span in _replaced(structure, edit))
    starts = [start for start, _ in gone]
    own = structure.dataset.find(SPECIFIC_CHARACTER_SET)
    character_set = b"" if own is None else structure.value(own)
    unchanged = 0
    for path, element in _elements(structure):
        at = bisect_right(starts, element.header_start) - 1
        if at >= 0 and element.header_start < gone[at][1]:
            continue
        lines.append((_Place(element.header_start, True), _line(structure, path, element, character_set)))
        unchanged += 1
        if unchanged == MOST_UNCHANGED:
            break
    return tuple(change for _, change in sorted(lines, key=lambda line: line[0]))


def _elements(structure: FileStructure) -> Iterator[tuple[str, Element]]:
    if structure.meta is not None:
        yield from ((path, element) for path, element, _ in walk_elements(structure.meta, "meta."))
    yield from ((path, element) for path, element, _ in walk_elements(structure.dataset))


def _place(structure: FileStructure, edit: Edit) -> _Place:
    match edit:
        case SetValue() | Remove():
            return _Place(edit.element.header_start, True)
        case RemoveItem():
            return _Place(edit.sequence.items[edit.item - 1].header_start, True)
        case AddItem():
            return _Place(edit.sequence.value_end, False, -edit.sequence.header_start)
        case Put():
            dataset = _dataset(structure, edit)
            there = None if dataset is None else dataset.find(edit.tag)
            if there is not None:
                return _Place(there.header_start, True)
            later = () if dataset is None else dataset.elements
            end = structure.data_start if edit.in_meta else structure.dataset_end
            offset = next((each.header_start for each in later if each.tag > edit.tag), end)
            return _Place(offset, False, 0, edit.tag)


def _replaced(structure: FileStructure, edit: Edit) -> Iterator[tuple[int, int]]:
    """The bytes of which an edit tells in a line of its own."""
    match edit:
        case SetValue():
            yield edit.element.header_start, edit.element.value_start
        case Remove():
            yield edit.element.header_start, edit.element.end
        case RemoveItem():
            item = edit.sequence.items[edit.item - 1]
            yield item.header_start, item.end
        case Put():
            dataset = _dataset(structure, edit)
            there = None if dataset is None else dataset.find(edit.tag)
            if there is not None:
                yield there.header_start, there.end


def _dataset(structure: FileStructure, edit: Put) -> Dataset | None:
    return structure.meta if edit.in_meta else structure.dataset


def _line(structure: FileStructure, path: str, element: Element, character_set: bytes) -> FileChange:
    vr, length = vr_of(element), element.value_end - element.value_start
    if vr == "SQ":
        return FileChange(path, "", "", "", "unchanged", Amount("items", len(element.items)))
    if length and vr not in TEXT_VRS and vr not in NUMBERS:
        return FileChange(path, "", "", "", "unchanged", Amount("bytes", length))
    raw_value = structure.window.at(element.value_start, min(length, _LONGEST_READ))
    text = value_text(structure, vr, raw_value, character_set).rstrip(" \0")
    text += "…" if length > _LONGEST_READ else ""
    return FileChange(path, text, text, "", "unchanged")
