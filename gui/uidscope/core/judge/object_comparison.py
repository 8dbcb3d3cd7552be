"""Two files that hold objects, compared element by element.

What only says how an object is written does not count: transfer syntax, preamble, group 2, padding,
group lengths, the form of lengths, byte order, character set, offset tables, and (0028,0004) and
(0028,0006) as decoding changes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from uidscope.core.progress import CancelToken
from uidscope.core.read.byte_window import ByteWindow, open_window
from uidscope.core.read.pixel_content import (
    PixelComparison,
    PixelContent,
    compare_pixels,
    pixel_content,
)
from uidscope.core.read.same_value import ElementAt, items_of, same_value
from uidscope.core.read.structure import PIXEL_DATA, Dataset, Element, FileStructure, parse_structure
from uidscope.core.uid.attribute_levels import AttributeLevel, attribute_level
from uidscope.core.uid.dictionary import keyword

_SPECIFIC_CHARACTER_SET: Final = 0x0008_0005
_SOP_CLASS_UID: Final = 0x0008_0016
_PHOTOMETRIC_INTERPRETATION: Final = 0x0028_0004
_PLANAR_CONFIGURATION: Final = 0x0028_0006

# What only says how an object is written.
ENCODING_ALONE: Final = frozenset(
    {
        0x0008_0001,  # Length to End, retired
        _SPECIFIC_CHARACTER_SET,
        0x7FE0_0001,  # Extended Offset Table, its lengths, and the length of encapsulated data
        0x7FE0_0002,
        0x7FE0_0003,
        0xFFFC_FFFC,  # Data Set Trailing Padding
    }
)
# What is measured, drawn or spoken, as PS3.4 Z leaves it out where bulk data are not wanted.
_BULK: Final = frozenset(
    {
        PIXEL_DATA,
        0x0028_7FE0,  # Pixel Data Provider URL
        0x0042_0011,  # Encapsulated Document
        0x5400_1010,  # Waveform Data
        0x5600_0020,  # Spectroscopy Data
        0x7FE0_0008,  # Float Pixel Data
        0x7FE0_0009,  # Double Float Pixel Data
    }
)
_REPEATING_BULK: Final = frozenset({0x5000_200C, 0x5000_3000, 0x6000_3000})  # audio, curve, overlay
_COLOUR: Final = ("RGB", "YBR_")


@dataclass(slots=True)
class DifferingAttribute:
    """An attribute that two objects do not have in common, however often it differs.

    ``pattern`` is its element path without item numbers, ``path`` the first place where it differs.
    ``level`` is that of the element of the top level it lies in, but ``private`` where it lies in a
    private element or is one.
    """

    pattern: str
    path: str
    level: AttributeLevel
    is_bulk: bool
    times: int = 1

    @property
    def is_conflict(self) -> bool:
        """Whether the objects cannot be one for it: it is the object's own."""
        return self.level == "instance"


@dataclass(frozen=True, slots=True)
class ObjectComparison:
    """How two objects differ; ``attributes`` are by pattern, in the order of their tags."""

    attributes: tuple[DifferingAttribute, ...]
    pixels: PixelComparison

    @property
    def other_bulk(self) -> bool:
        """Whether pixel data or other bulk content differ."""
        return self.pixels.verdict == "different" or any(
            each.is_bulk and each.is_conflict for each in self.attributes
        )

    @property
    def other_object(self) -> bool:
        """Whether an attribute of the object itself differs."""
        return any(each.is_conflict for each in self.attributes)

    @property
    def same_content(self) -> bool:
        """Whether nothing differs but how the object is written."""
        return not self.attributes and self.pixels.verdict in ("equal", "none")

    @property
    def one_object(self) -> bool:
        """Whether both are shown to be one object: nothing differs that is the object's own."""
        return not self.other_object and self.pixels.verdict in ("equal", "none")


class OpenObject:
    """A file that is taken apart and open; its pixel data are read when they are first asked for."""

    def __init__(self, structure: FileStructure, cancel: CancelToken) -> None:
        self.structure = structure
        self.cancel = cancel

    @cached_property
    def pixels(self) -> PixelContent | None:
        """What the pixel data say."""
        return pixel_content(self.structure, self.cancel)

    @property
    def sop_class_uid(self) -> str:
        """The SOP class as the data set states it."""
        return self.text(_SOP_CLASS_UID)

    @property
    def is_encapsulated(self) -> bool:
        """Whether the pixel data stand in fragments."""
        element = self.structure.dataset.find(PIXEL_DATA)
        return element is not None and element.undefined_length

    def text(self, tag: int) -> str:
        """Return an element of the top level as text, '' where it is absent."""
        element = self.structure.dataset.find(tag)
        return "" if element is None else self.structure.text(element)


@contextmanager
def opened_object(path: str, cancel: CancelToken) -> Iterator[OpenObject]:
    """Open a file, links followed, and take it apart.

    Raises ``InputError`` where it cannot be read, ``StructureFault`` where it is cut off or broken.
    """
    with open_window(path, follow_links=True) as window:
        yield OpenObject(parse_structure(window), cancel)


def compare_objects(left: OpenObject, right: OpenObject) -> ObjectComparison:
    """Compare two objects. Raises ``InputError`` where a file cannot be read any more, ``Cancelled``."""
    pixels = compare_pixels(left.pixels, right.pixels)
    comparer = _Comparer(left.sop_class_uid or right.sop_class_uid, left.cancel)
    skipped = {PIXEL_DATA} | changed_by_decoding(left, right, pixels)
    comparer.datasets(
        DatasetPart(left.structure.dataset, left.structure.window, b""),
        DatasetPart(right.structure.dataset, right.structure.window, b""),
        _Place("", "", None),
        frozenset(skipped),
    )
    return ObjectComparison(tuple(comparer.found.values()), pixels)


def changed_by_decoding(left: OpenObject, right: OpenObject, pixels: PixelComparison) -> set[int]:
    """Return the attributes of PS3.3 C.7.6.3.1 that a decoder rightly writes anew."""
    changed = set()
    recoded = left.is_encapsulated != right.is_encapsulated or (
        left.is_encapsulated and left.structure.transfer_syntax != right.structure.transfer_syntax
    )
    if recoded or pixels.verdict == "equal":
        changed.add(_PLANAR_CONFIGURATION)
    if recoded and all(each.text(_PHOTOMETRIC_INTERPRETATION).startswith(_COLOUR) for each in (left, right)):
        changed.add(_PHOTOMETRIC_INTERPRETATION)
    return changed


class DatasetPart(NamedTuple):
    """A data set, the bytes it lies in, and the character set that holds around it."""

    dataset: Dataset
    window: ByteWindow
    raw_character_set: bytes


class _Place(NamedTuple):
    """Where in the objects a data set lies; ``level`` is that of all in it, None at the top."""

    pattern: str
    path: str
    level: AttributeLevel | None


@dataclass(slots=True)
class _Comparer:
    sop_class_uid: str
    cancel: CancelToken
    found: dict[str, DifferingAttribute] = field(default_factory=dict)

    def datasets(
        self, left: DatasetPart, right: DatasetPart, place: _Place, skipped: frozenset[int] = frozenset()
    ) -> None:
        """Compare the elements of two data sets; of an element that stands twice the first counts."""
        self.cancel.raise_if_cancelled()
        left_fields, right_fields = fields_of(left), fields_of(right)
        for tag in sorted(left_fields.keys() | right_fields.keys()):
            if tag not in skipped and tag not in ENCODING_ALONE and tag & 0xFFFF:  # group lengths
                self._elements(left_fields.get(tag), right_fields.get(tag), tag, place)

    def _elements(self, left: ElementAt | None, right: ElementAt | None, tag: int, place: _Place) -> None:
        name = keyword(tag)
        level = place.level or attribute_level(tag, self.sop_class_uid)
        here = _Place(place.pattern + name, place.path + name, "private" if tag & 0x0001_0000 else level)
        if left is None or right is None:
            self._differs(here, tag)
        elif "SQ" in (left.element.vr, right.element.vr):
            self._sequences(left, right, tag, here)
        elif not same_value(left, right, self.cancel):
            self._differs(here, tag)

    def _sequences(self, left: ElementAt, right: ElementAt, tag: int, place: _Place) -> None:
        left_items, right_items = items_of(left), items_of(right)
        if left_items is None or right_items is None or len(left_items[0]) != len(right_items[0]):
            self._differs(place, tag)
            return
        for number, pair in enumerate(zip(left_items[0], right_items[0], strict=True), 1):
            inside = _Place(f"{place.pattern}[].", f"{place.path}[{number}].", place.level)
            left_part = DatasetPart(pair[0].dataset, left_items[1], left.raw_character_set)
            right_part = DatasetPart(pair[1].dataset, right_items[1], right.raw_character_set)
            self.datasets(left_part, right_part, inside)

    def _differs(self, place: _Place, tag: int) -> None:
        known = self.found.get(place.pattern)
        if known is not None:
            known.times += 1
            return
        is_bulk = tag in _BULK or tag & 0xFF01_FFFF in _REPEATING_BULK
        level = place.level or "instance"
        self.found[place.pattern] = DifferingAttribute(place.pattern, place.path, level, is_bulk)


def fields_of(part: DatasetPart) -> dict[int, ElementAt]:
    """Return the elements of a data set by tag; of one that stands twice the first."""
    raw_character_set = part.raw_character_set
    own = part.dataset.find(_SPECIFIC_CHARACTER_SET)
    if own is not None:
        raw_character_set = part.window.at(own.value_start, own.value_end - own.value_start).strip(b" \0")
    found: dict[int, ElementAt] = {}
    element: Element
    for element in part.dataset.elements:
        if element.tag not in found:
            found[element.tag] = ElementAt(part.window, element, part.dataset, raw_character_set)
    return found
