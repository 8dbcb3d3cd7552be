"""The edits of one file put into its bytes: what changes is new, all else are spans of the source.

Lengths around a change are made right at every level (PS3.5 7.1, 7.5): those of sequences and items
that have one, and group lengths that the file has.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final, NamedTuple

from uidscope.core.export.segments import Segment, Span, total_size
from uidscope.core.plan.edits.edit import AddItem, Edit, Put, Remove, RemoveItem, SetValue
from uidscope.core.plan.edits.element_bytes import ByteOrder, encoded_element, length_field, padded
from uidscope.core.read.structure import Dataset, Element, FileStructure, Item

META_GROUP_LENGTH: Final = 0x0002_0000
_ITEM_TAG: Final = 0xFFFE_E000
_NO_META: Final = Dataset((), True, False, {})


class _Replacement(NamedTuple):
    """Bytes of the source from ``start`` to ``end`` (none where something is inserted) become these."""

    start: int
    end: int
    tag: int
    segments: list[Segment]


class Splice:
    """The edits of one file, by where they are, and the pieces they make of its two data sets.

    Each edit names an element object of this structure. Raises ``UsageError`` where a value outgrows its
    length field.
    """

    def __init__(self, structure: FileStructure, edits: Iterable[Edit]) -> None:
        self._structure = structure
        self._window = structure.window
        self._by_start: dict[int, SetValue | Remove] = {}
        self._dropped_items: dict[int, set[int]] = {}
        self._added_items: dict[int, list[bytes]] = {}
        self._puts: dict[int, Put] = {}
        self._meta_puts: dict[int, Put] = {}
        for edit in edits:
            self._take(edit)
        for element in self._meta.elements:  # said anew, by the size of what is written
            if element.tag == META_GROUP_LENGTH:
                self._by_start[element.header_start] = Remove(element, "", "")
        self._starts = sorted({*self._by_start, *self._dropped_items, *self._added_items})

    @property
    def _meta(self) -> Dataset:
        return self._structure.meta or _NO_META

    @property
    def changes_dataset(self) -> bool:
        """Whether anything behind the file meta changes."""
        return bool(self._puts) or (bool(self._starts) and self._starts[-1] >= self._structure.data_start)

    def meta(self) -> list[Segment]:
        """Return the pieces of the file meta, its group length first."""
        elements = self._meta.elements
        end = self._structure.data_start
        start = elements[0].header_start if elements else end
        body = self._region(self._meta, start, end, self._meta_puts)
        length = total_size(body).to_bytes(4, "little")
        return [_encoded(META_GROUP_LENGTH, "UL", length, self._meta), *body]

    def top_level(self) -> list[Segment]:
        """Return the pieces of the data set, with the padding behind it."""
        structure = self._structure
        return self._region(structure.dataset, structure.data_start, self._window.size, self._puts)

    def _take(self, edit: Edit) -> None:
        match edit:
            case Put():
                (self._meta_puts if edit.in_meta else self._puts)[edit.tag] = edit
            case RemoveItem():
                self._dropped_items.setdefault(edit.sequence.header_start, set()).add(edit.item)
            case AddItem():
                self._added_items.setdefault(edit.sequence.header_start, []).append(edit.item)
            case SetValue() | Remove():
                before = self._by_start.setdefault(edit.element.header_start, edit)
                if before != edit:
                    raise ValueError(f"two different edits of {edit.path}")

    def _region(self, dataset: Dataset, start: int, end: int, puts: dict[int, Put]) -> list[Segment]:
        """Return the pieces of one data set that lies from ``start`` to ``end``."""
        replacements = {
            element.header_start: _Replacement(
                element.header_start, element.end, element.tag, self._element(element, dataset)
            )
            for element in self._touched(dataset)
        }
        insertions: list[_Replacement] = []
        for put in puts.values():
            segments: list[Segment] = [_encoded(put.tag, put.vr, put.value, dataset)]
            present = [element for element in dataset.elements if element.tag == put.tag]
            for element in present:
                replacements[element.header_start] = _Replacement(
                    element.header_start, element.end, put.tag, segments
                )
            if not present:
                at = _place_for(put.tag, dataset, start)
                insertions.append(_Replacement(at, at, put.tag, segments))
        self._mend_group_lengths(dataset, replacements, insertions)
        return _joined([*insertions, *replacements.values()], start, end)

    def _mend_group_lengths(
        self, dataset: Dataset, replacements: dict[int, _Replacement], insertions: list[_Replacement]
    ) -> None:
        changed_groups = {change.tag >> 16 for change in (*replacements.values(), *insertions)}
        group_lengths = [element for element in dataset.elements if not element.tag & 0xFFFF]
        for element in group_lengths:
            group = element.tag >> 16
            if group not in changed_groups or element.header_start in replacements:
                continue
            if element.value_end - element.value_start != 4:
                continue
            length = sum(total_size(change.segments) for change in insertions if change.tag >> 16 == group)
            for other in dataset.elements:
                if other.tag >> 16 == group and other.tag & 0xFFFF:
                    change = replacements.get(other.header_start)
                    length += total_size(change.segments) if change else other.end - other.header_start
            value = length.to_bytes(4, _order(dataset))
            replacements[element.header_start] = _Replacement(
                element.header_start, element.end, element.tag, [self._header(element, dataset, 4) + value]
            )

    def _element(self, element: Element, dataset: Dataset) -> list[Segment]:
        edit = self._by_start.get(element.header_start)
        if edit is not None and edit.element != element:
            raise ValueError(f"{edit.path} is not an element of this file")
        if isinstance(edit, Remove):
            return []
        if isinstance(edit, SetValue):
            if element.undefined_length:
                raise ValueError(f"{edit.path} has no length, so its value cannot be set")
            value = padded(element.vr, edit.value)
            return [self._header(element, dataset, len(value)) + value]
        return self._sequence(element, dataset)

    def _sequence(self, sequence: Element, dataset: Dataset) -> list[Segment]:
        dropped = self._dropped_items.get(sequence.header_start, set())
        added = self._added_items.get(sequence.header_start, [])
        is_there = bool(sequence.items) or (bool(added) and sequence.vr == "SQ")
        if not is_there or max(dropped, default=0) > len(sequence.items):
            raise ValueError(f"an edit inside {sequence.tag:08X} names something that is not there")
        body: list[Segment] = []
        for number, item in enumerate(sequence.items, start=1):
            if number not in dropped:
                body += self._item(item)
        body += added
        if sequence.undefined_length:
            opening = Span(sequence.header_start, sequence.value_start)
            return [opening, *body, Span(sequence.value_end, sequence.end)]
        return [self._header(sequence, dataset, total_size(body)), *body]

    def _item(self, item: Item) -> list[Segment]:
        if not self._touches(item.value_start, item.value_end):
            return [Span(item.header_start, item.end)]
        body = self._region(item.dataset, item.value_start, item.value_end, {})
        if item.undefined_length:
            opening = Span(item.header_start, item.value_start)
            return [opening, *body, Span(item.value_end, item.end)]
        tag = self._window.at(item.header_start, 4)
        return [tag + length_field(_ITEM_TAG, "", total_size(body), 4, _order(item.dataset)), *body]

    def _header(self, element: Element, dataset: Dataset, length: int) -> bytes:
        """Return an element's header as it stands, but with another length."""
        before_length = element.value_start - element.length_size - element.header_start
        field = length_field(element.tag, element.vr, length, element.length_size, _order(dataset))
        return self._window.at(element.header_start, before_length) + field

    def _touches(self, start: int, end: int) -> bool:
        return bisect_left(self._starts, start) < bisect_left(self._starts, end)

    def _touched(self, dataset: Dataset) -> list[Element]:
        """Return the elements that an edit names, or that hold one that it names, in order."""
        elements = dataset.elements
        touched: list[Element] = []
        if not elements:
            return touched
        position = bisect_left(self._starts, elements[0].header_start)
        last = bisect_left(self._starts, elements[-1].end)
        while position < last:
            index = bisect_right(elements, self._starts[position], key=_header_start) - 1
            touched.append(elements[index])
            position = bisect_left(self._starts, elements[index].end, position + 1)
        return touched


def _joined(replacements: list[_Replacement], start: int, end: int) -> list[Segment]:
    """Return the bytes from ``start`` to ``end`` with the replacements in place."""
    segments: list[Segment] = []
    at = start
    for replacement in sorted(replacements, key=lambda one: (one.start, one.end, one.tag)):
        if replacement.start > at:
            segments.append(Span(at, replacement.start))
        segments += replacement.segments
        at = replacement.end
    if end > at:
        segments.append(Span(at, end))
    return segments


def _place_for(tag: int, dataset: Dataset, start: int) -> int:
    """Return where an element of this tag is inserted to stand in the order of tags."""
    elements = dataset.elements
    behind = elements[-1].end if elements else start
    return next((element.header_start for element in elements if element.tag > tag), behind)


def _encoded(tag: int, vr: str, value: bytes, dataset: Dataset) -> bytes:
    return encoded_element(tag, vr, value, explicit=dataset.explicit, order=_order(dataset))


def _order(dataset: Dataset) -> ByteOrder:
    return "big" if dataset.big_endian else "little"


def _header_start(element: Element) -> int:
    return element.header_start
