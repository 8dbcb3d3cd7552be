"""One file, read completely, as the example that a layout of headers is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from uidscope.core.read import attributes
from uidscope.core.read.attributes import PIXEL_DATA, profile_tags
from uidscope.core.read.byte_window import ByteWindow
from uidscope.core.read.file_bytes import FileBytes
from uidscope.core.read.header_layout import Freedom, HeaderLayout, Part, Use
from uidscope.core.read.make_record import META_UI, OWN_UIDS, make_record
from uidscope.core.read.record import FileRecord
from uidscope.core.read.structure import LONG_VRS, Dataset, Element, parse_structure
from uidscope.core.read.walker import FIRST_READ, ReadAt
from uidscope.core.uid.dictionary import private_vr, standard_vr

_LONGEST_HEADER: Final = 1 << 18
_LONGEST_META: Final = FIRST_READ - 512

_KNOWN_VRS: Final = LONG_VRS | frozenset(
    "AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US".split()  # noqa: SIM905 - as in PS3.5
)
_META_INSTANCE: Final = 0x00020003
_CODE_VALUE: Final = 0x00080100
# They decide how the file is read, which values its profile has and how long its pixels are.
_META_FIXED: Final = frozenset({0x00020002, 0x00020010})
_FIXED: Final = frozenset(
    {
        0x00080016,
        attributes.SPECIFIC_CHARACTER_SET,
        attributes.SAMPLES_PER_PIXEL,
        attributes.PHOTOMETRIC_INTERPRETATION,
        attributes.NUMBER_OF_FRAMES,
        attributes.ROWS,
        attributes.COLUMNS,
        attributes.BITS_ALLOCATED,
    }
)


class NotKept(Exception):
    """No layout can be made of this file."""


class Target(NamedTuple):
    """Where the value of a part stands in what was read.

    As ``FileStart.meta[meta]``, ``Walk.values[value]`` or ``Walk.keys[key]``; the others are -1.
    """

    meta: int
    value: int
    key: int


class _Place(NamedTuple):
    """An element with a value, not a sequence.

    ``may_grow``: nothing around it states a length. ``is_first``: of its data set.
    """

    element: Element
    dataset: Dataset
    is_nested: bool
    may_grow: bool
    is_first: bool


class Example:
    """A file that was read the long way, its header held in memory.

    ``targets`` has an entry for each part of the ``layout``; ``None`` where nobody wants the value.
    Raises NotKept where the file is not plain enough to stand for others, UidscopeError where it is not
    sound and what ``read_at`` raises.
    """

    def __init__(self, record: FileRecord, head: bytes, read_at: ReadAt) -> None:
        self.size = record.stamp.size
        self.head = head
        self._read_on = read_at
        self._parse()
        if self.header_end > len(head):
            # All that follows looks at the same bytes, even if the file is written to meanwhile.
            self.head = read_at(0, self.header_end)
            self._parse()
        data = FileBytes(self.size, self.read_at, self.head)
        start = data.start()
        if start is None or start.data_start > _LONGEST_META:
            raise NotKept
        self.start = start
        self.walk, encoding = data.walk(start)
        self.record = make_record(record.source, record.path, record.stamp, start, self.walk, encoding)
        if self.record != record:
            raise NotKept
        if any(pattern in OWN_UIDS for pattern, _, _ in record.values):
            raise NotKept  # oddly encoded, so that its bytes are part of the record
        places = [*self._meta_places(), *self._dataset_places()]
        ui_targets = self._ui_targets()
        if not {place.element.value_start for place in places}.issuperset(ui_targets):
            raise NotKept
        if not {place.element.tag for place in places if not place.is_nested}.issuperset(self.walk.keys):
            raise NotKept
        self.targets = [self._target(place, ui_targets) for place in places]
        self.layout = self._layout(places)

    def read_at(self, offset: int, length: int) -> bytes:
        """Bytes of the file, those of the header from memory."""
        if offset + length <= len(self.head):
            return self.head[offset : offset + length]
        return self._read_on(offset, length)

    def _parse(self) -> None:
        structure = parse_structure(ByteWindow(self.read_at, self.size))
        if structure.preamble is None or structure.meta is None or not structure.meta.explicit:
            raise NotKept
        elements = structure.dataset.elements
        if structure.encoding == "deflated" or not elements or structure.dataset_end != self.size:
            raise NotKept
        pixels = [element for element in elements if element.tag in PIXEL_DATA]
        if pixels and (len(pixels) > 1 or pixels[0] is not elements[-1]):
            raise NotKept
        self.meta = structure.meta
        self.dataset = structure.dataset
        self.pixels = pixels[0] if pixels else None
        self.header_end = pixels[0].value_start if pixels else self.size
        if self.header_end > _LONGEST_HEADER:
            raise NotKept

    def _meta_places(self) -> Iterator[_Place]:
        tags = [element.tag for element in self.meta.elements]
        if len(set(tags)) != len(tags):
            raise NotKept
        for element in self.meta.elements:
            if element.vr == "SQ":
                raise NotKept
            may_grow = element.tag == _META_INSTANCE
            yield _checked(_Place(element, self.meta, is_nested=False, may_grow=may_grow, is_first=False))

    def _dataset_places(self) -> list[_Place]:
        items = _count_items(self.dataset)
        if items != len(self.walk.parents) - 1:
            raise NotKept
        places = _places(self.dataset, is_nested=False, may_grow=True)
        return [_checked(place) for place in places if place.element is not self.pixels]

    def _ui_targets(self) -> dict[int, Target]:
        found = {
            field.offset: Target(index, -1, -1)
            for index, field in enumerate(self.start.meta)
            if field.tag in META_UI
        }
        for index, (_, _, offset, _) in enumerate(self.walk.values):
            found[offset] = Target(-1, index, -1)
        return found

    def _target(self, place: _Place, ui_targets: dict[int, Target]) -> Target | None:
        element = place.element
        target = ui_targets.get(element.value_start)
        if target is not None or place.is_nested or element.tag not in self.walk.keys:
            return target
        return Target(-1, -1, element.tag)

    def _layout(self, places: list[_Place]) -> HeaderLayout:
        raw_class = next((raw for pattern, raw, _, _ in self.walk.values if pattern == "SOPClassUID"), None)
        profile = profile_tags(raw_class)
        parts: list[Part] = []
        position = 0
        for place, target in zip(places, self.targets, strict=True):
            element = place.element
            parts.append(
                Part(
                    self.head[position : element.value_start - element.length_size],
                    element.length_size,
                    place.dataset.big_endian,
                    element.vr,
                    self.head[element.value_start : element.value_end],
                    Freedom.NOTHING,
                    self._freedom(place),
                    self._use(target, profile),
                )
            )
            position = element.value_end
        tail = self.head[position : self.header_end]
        return HeaderLayout(tuple(parts), tail)

    def _freedom(self, place: _Place) -> Freedom:
        element, tag = place.element, place.element.tag
        fixed = (_CODE_VALUE,) if place.is_nested else _META_FIXED if tag >> 16 == 2 else _FIXED
        if tag in fixed or _may_be_sequence(place):
            return Freedom.NOTHING
        if tag >> 16 & 1 and tag & 0xFFFF <= 0xFF:  # a private creator says what its block means
            return Freedom.NOTHING
        if element.written_vr == "UN" and tag in self.walk.keys:
            return Freedom.NOTHING
        return Freedom.LENGTH if place.may_grow and not place.is_first else Freedom.VALUE

    def _use(self, target: Target | None, profile: frozenset[int]) -> Use:
        if target is None:
            return Use.NOBODY
        if target.key >= 0:
            if target.key == attributes.INSTANCE_NUMBER:
                return Use.OWN
            return Use.OTHER if target.key in profile else Use.NOBODY
        name = self.start.meta[target.meta].path if target.meta >= 0 else self.walk.values[target.value][0]
        return Use.OWN if name in OWN_UIDS else Use.OTHER


def _checked(place: _Place) -> _Place:
    element = place.element
    if element.undefined_length:
        raise NotKept
    if place.dataset.explicit and element.written_vr not in _KNOWN_VRS:
        raise NotKept
    return place


def _places(dataset: Dataset, *, is_nested: bool, may_grow: bool) -> Iterator[_Place]:
    for index, element in enumerate(dataset.elements):
        if element.vr == "SQ":
            for item in element.items:
                grows = may_grow and element.undefined_length and item.undefined_length
                yield from _places(item.dataset, is_nested=True, may_grow=grows)
        else:
            yield _Place(element, dataset, is_nested, may_grow, index == 0)


def _count_items(dataset: Dataset) -> int:
    return sum(1 + _count_items(item.dataset) for element in dataset.elements for item in element.items)


def _may_be_sequence(place: _Place) -> bool:
    """Whether the element would be entered if its value began with an item."""
    element = place.element
    if element.written_vr not in ("", "UN"):
        return False
    if element.tag >> 16 & 1:
        creator = place.dataset.creator(element.tag)
        return bool(creator) and private_vr(creator, element.tag) == "SQ"
    return standard_vr(element.tag) == "SQ"
