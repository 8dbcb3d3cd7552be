"""The elements of two files side by side: each that stands in either, and whether both say the same.

``object_comparison`` tells what differs; here is everything, in the order of the tags, for reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Literal

from uidscope.core.judge.object_comparison import (
    ENCODING_ALONE,
    DatasetPart,
    OpenObject,
    changed_by_decoding,
    fields_of,
)
from uidscope.core.progress import CancelToken
from uidscope.core.read.pixel_content import PixelComparison, PixelVerdict, compare_pixels
from uidscope.core.read.same_value import ElementAt, items_of, same_value
from uidscope.core.read.structure import PIXEL_DATA, Dataset, Item
from uidscope.core.uid.attribute_levels import AttributeLevel, attribute_level
from uidscope.core.uid.dictionary import keyword

PairState = Literal["same", "differs", "only-first", "only-second", "not-compared"]
PairLevel = AttributeLevel | Literal["file-meta"]

MOST_PAIRS: Final = 100_000
# Longer values that say the same are not looked at for the bytes that say it.
_LONGEST_LOOKED_AT: Final = 1 << 16

_PIXEL_STATES: Final[dict[PixelVerdict, PairState]] = {
    "none": "same",
    "equal": "same",
    "different": "differs",
    "not compared": "not-compared",
}
_EMPTY: Final = Dataset((), explicit=True, big_endian=False, creators={})


@dataclass(slots=True)
class ElementPair:
    """One element of two files; None where it is absent.

    ``path`` is the element path with item numbers, ``meta.`` before those of the file meta. A sequence is
    the same where all in it is, and comes before it. ``is_encoding``: the element only says how the object
    is written. ``written_alike``: the bytes are the same too, as far as they were looked at.
    """

    path: str
    tag: int
    level: PairLevel
    first: ElementAt | None
    second: ElementAt | None
    state: PairState
    is_encoding: bool
    written_alike: bool = True


@dataclass(slots=True)
class PairedElements:
    """The first ``MOST_PAIRS`` elements; ``cut`` says that there are more."""

    pixels: PixelComparison
    pairs: list[ElementPair] = field(default_factory=list)
    cut: bool = False


def paired_elements(first: OpenObject, second: OpenObject, most: int = MOST_PAIRS) -> PairedElements:
    """Return the elements of two open files. Values are read piece by piece, never whole.

    Raises ``InputError`` where a file cannot be read any more, and ``Cancelled``.
    """
    pixels = compare_pixels(first.pixels, second.pixels)
    classes = (first.sop_class_uid, second.sop_class_uid)
    recoded = frozenset(changed_by_decoding(first, second, pixels))
    pairing = _Pairing(classes, recoded, pixels, first.cancel, most, PairedElements(pixels))
    try:
        pairing.datasets(_meta(first), _meta(second), "meta.", "file-meta")
        pairing.datasets(_data_set(first), _data_set(second), "", None)
    except _Full:
        pairing.found.cut = True
    return pairing.found


def _meta(opened: OpenObject) -> DatasetPart:
    return DatasetPart(opened.structure.meta or _EMPTY, opened.structure.window, b"")


def _data_set(opened: OpenObject) -> DatasetPart:
    return DatasetPart(opened.structure.dataset, opened.structure.window, b"")


class _Full(Exception):
    """There are as many pairs as there may be."""


@dataclass(slots=True)
class _Pairing:
    classes: tuple[str, str]
    recoded: frozenset[int]
    pixels: PixelComparison
    cancel: CancelToken
    most: int
    found: PairedElements

    def datasets(self, first: DatasetPart, second: DatasetPart, before: str, level: PairLevel | None) -> bool:
        """Pair the elements of two data sets; say whether all are the same."""
        self.cancel.raise_if_cancelled()
        first_fields, second_fields = fields_of(first), fields_of(second)
        states = [
            self._elements(first_fields.get(tag), second_fields.get(tag), tag, before, level)
            for tag in sorted(first_fields.keys() | second_fields.keys())
        ]
        return all(states)

    def _elements(
        self,
        first: ElementAt | None,
        second: ElementAt | None,
        tag: int,
        before: str,
        level: PairLevel | None,
    ) -> bool:
        at_top = level is None
        pair = ElementPair(
            before + keyword(tag),
            tag,
            "private" if tag & 0x0001_0000 else level or self._level(tag),
            first,
            second,
            "only-second" if first is None else "only-first" if second is None else "same",
            is_encoding=tag in ENCODING_ALONE or not tag & 0xFFFF or (at_top and tag in self.recoded),
        )
        self._append(pair)
        if first is not None and second is not None:
            if tag == PIXEL_DATA and at_top:
                pair.state = _PIXEL_STATES[self.pixels.verdict]
                pair.written_alike = pair.state == "same" and self.pixels.form == "stored bytes"
            elif "SQ" not in (first.element.vr, second.element.vr):
                pair.state = "same" if same_value(first, second, self.cancel) else "differs"
                pair.written_alike = pair.state == "same" and _same_bytes(first, second)
        with self._whole(pair):
            inside = self._items(pair)
            if pair.state == "same" and not inside:
                pair.state = "differs"
        return pair.state == "same" or pair.is_encoding

    def _level(self, tag: int) -> AttributeLevel:
        """What both classes say that the element is about, else the object itself."""
        one, other = (attribute_level(tag, class_uid) for class_uid in self.classes)
        return one if one == other else "instance"

    def _items(self, pair: ElementPair) -> bool:
        """Pair what stands in the items of two sequences, item by item; say whether all is the same."""
        fields = [each for each in (pair.first, pair.second) if each is not None]
        if "SQ" not in [each.element.vr for each in fields]:
            return True
        first, second = _opened(pair.first), _opened(pair.second)
        if first is None or second is None:
            return False
        same = len(first) == len(second)
        for number in range(max(len(first), len(second))):
            one, other = (items[number] if number < len(items) else _NOTHING for items in (first, second))
            same &= self.datasets(one, other, f"{pair.path}[{number + 1}].", pair.level)
        return same

    def _append(self, pair: ElementPair) -> None:
        if len(self.found.pairs) >= self.most:
            raise _Full
        self.found.pairs.append(pair)

    @contextmanager
    def _whole(self, pair: ElementPair) -> Iterator[None]:
        """A sequence that is not gone through to its end is not called the same."""
        try:
            yield
        except _Full:
            pair.state = "not-compared" if pair.state == "same" else pair.state
            raise


_NOTHING: Final = DatasetPart(_EMPTY, None, b"")  # type: ignore[arg-type]  # no element, so no byte is asked for


def _opened(sequence: ElementAt | None) -> list[DatasetPart] | None:
    """The items of a sequence; none of one that is absent, None for what is no sequence."""
    if sequence is None:
        return []
    opened = items_of(sequence)
    if opened is None:
        return None
    items: tuple[Item, ...] = opened[0]
    return [DatasetPart(item.dataset, opened[1], sequence.raw_character_set) for item in items]


def _same_bytes(first: ElementAt, second: ElementAt) -> bool:
    if first.element.written_vr != second.element.written_vr or first.length != second.length:
        return False
    return first.length > _LONGEST_LOOKED_AT or first.raw() == second.raw()
