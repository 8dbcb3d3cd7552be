"""The items of a sequence that are laid out alike, and how another is held against them.

Where all tags, VRs and lengths are those of an item that was walked before, so are its UIDs' places and
the items within it: one comparison then stands for the walk. Only in the item itself may an element have
any length; further in it would change the lengths around it.
"""

from __future__ import annotations

import struct
from struct import Struct
from typing import Final, NamedTuple

from uidscope.core.read.dialect import (
    DULL,
    LONG,
    SQ,
    UI,
    UN,
    Dialect,
    PathNames,
    keys_of,
    note_creator,
    vr_of_unknown,
)
from uidscope.core.read.stretch import Stretch, Unpack
from uidscope.core.read.walk import Walk

_UNDEFINED: Final = 0xFFFFFFFF
_LONGEST_ITEM: Final = 1 << 14
_MOST_LAYOUTS: Final = 4  # of items of one length
_MOST_LENGTHS: Final = 64
_MOST_SEQUENCES: Final = 1024
_MOST_BYTES: Final = 1 << 24  # of all the items that layouts were made of
_ANY_LENGTH: Final = -1
# A longer value, or a number as text, is taken to have another length in every item.
_LONGEST_FIXED: Final = 16
_NUMBERS: Final = (b"DS", b"IS")
MOST_ITEMS: Final = _LONGEST_ITEM // 8  # that a layout can have

# To make a layout takes as long as so many items that fit save.
_PRICE: Final = 10
_FIRST_CREDIT: Final = 4 * _PRICE
_MOST_CREDIT: Final = 16 * _PRICE


class _Uid(NamedTuple):
    """A UI value within a stretch: its path, where it lies, and its item, 0 for the one laid out."""

    name: str
    start: int
    end: int
    item: int


class _Step(NamedTuple):
    """A stretch of fixed length, and the element of any length behind it, if there is one."""

    compare: Unpack
    expected: tuple[bytes, ...]
    span: int
    uids: tuple[_Uid, ...]
    length_of: Unpack
    length_size: int


class _Unusual(Exception):
    """No layout can be made of this item."""


class ItemLayout:
    """How the items of one sequence are laid out, made from one that was walked without a fault.

    ``raw`` holds the item's data set, with the delimiter if it has one. ``length`` is that which the items
    that may fit state, -1 where it may be any but the undefined one. Layouts of one shape are alike.
    """

    __slots__ = ("_is_open", "_ordinals", "_parents", "_purposes", "_steps", "length", "shape")

    def __init__(self, dialect: Dialect, names: PathNames, raw: bytes, *, is_open: bool) -> None:
        collector = _Collector(dialect, raw)
        if collector.dataset(0, len(raw), names, 0, is_open=is_open) != len(raw):
            raise _Unusual
        self._is_open = is_open
        self._steps = collector.steps()
        self._parents = tuple(collector.parents)
        self._ordinals = tuple(collector.ordinals)
        self._purposes = tuple(collector.purposes)
        fixed = len(raw) if len(self._steps) == 1 else _ANY_LENGTH
        self.length = _UNDEFINED if is_open else fixed
        self.shape = tuple([(step.expected, step.span, step.uids) for step in self._steps])

    def add(
        self, walk: Walk, buffer: bytes, base: int, start: int, end: int, parent: int, number: int
    ) -> int:
        """Add the item at ``start`` to the walk if it fits, and give the offset behind it; -1: it does not.

        ``end`` is where it must end, or, of undefined length, where at most. Offsets count in the buffer,
        which holds the bytes from ``base`` on.
        """
        item = len(walk.parents)
        found: list[tuple[str, bytes, int, int]] = []
        offset = start
        try:
            for compare, expected, span, uids, length_of, length_size in self._steps:
                if compare(buffer, offset) != expected:
                    return -1
                for path, first, last, inner in uids:
                    at = offset + first
                    found.append((path, buffer[at : offset + last], base + at, item + inner))
                offset += span
                if length_size:
                    (length,) = length_of(buffer, offset)
                    if length == _UNDEFINED:
                        return -1
                    offset += length_size + length
        except struct.error:
            return -1
        if offset > end if self._is_open else offset != end:
            return -1
        walk.values += found
        walk.parents.append(parent)
        walk.ordinals.append(number)
        if self._parents:
            walk.parents.extend([item + each for each in self._parents])
            walk.ordinals.extend(self._ordinals)
        for reference, raw in self._purposes:
            walk.purposes.setdefault(item + reference if reference >= 0 else parent, raw)
        return offset


class ItemMemo:
    """The layouts of the items met so far, by the sequence they stand in. Bounded; threads may share one."""

    def __init__(self) -> None:
        self._siblings: dict[tuple[bool, bool, str], Siblings] = {}
        self._bytes = 0

    def siblings(self, dialect: Dialect, names: PathNames) -> Siblings:
        """What is known of the items of the sequence whose elements have these names."""
        key = (dialect.explicit, dialect.big_endian, names.prefix)
        siblings = self._siblings.get(key)
        if siblings is None:
            if len(self._siblings) >= _MOST_SEQUENCES:
                self._siblings.clear()
            siblings = self._siblings[key] = Siblings()
        return siblings

    def learn(
        self, siblings: Siblings, dialect: Dialect, names: PathNames, raw: bytes, *, is_open: bool
    ) -> None:
        """Keep the layout of an item that was walked; ``raw`` is all of it, its delimiter included."""
        if siblings.learn(dialect, names, raw, is_open=is_open):
            self._bytes += len(raw)
            if self._bytes > _MOST_BYTES:
                self._bytes = 0
                self._siblings.clear()


class Siblings:
    """The layouts of the items of one sequence, wherever it was met; at first there are none."""

    __slots__ = ("_credit", "_is_new", "layouts")

    def __init__(self) -> None:
        self.layouts: dict[int, tuple[ItemLayout, ...]] = {}
        self._credit = _FIRST_CREDIT
        self._is_new = True

    def add(
        self,
        walk: Walk,
        buffer: bytes,
        base: int,
        start: int,
        length: int,
        most: int,
        parent: int,
        number: int,
    ) -> int:
        """Add the item to the walk if it is like one before; offsets and result as of ``ItemLayout.add``.

        ``length`` is the item's; ``most`` is where it must end at the latest.
        """
        layouts = self.layouts.get(length)
        if length == _UNDEFINED:
            end = most
        else:
            end = start + length
            layouts = layouts or self.layouts.get(_ANY_LENGTH)
        if end > most or not layouts:
            return -1
        for layout in layouts:
            behind = layout.add(walk, buffer, base, start, end, parent, number)
            if behind >= 0:
                if layouts[0] is not layout:
                    others = [each for each in layouts if each is not layout]
                    self.layouts[layout.length] = (layout, *others)
                if self._credit < _MOST_CREDIT:
                    self._credit += 1
                return behind
        return -1

    def learn(self, dialect: Dialect, names: PathNames, raw: bytes, *, is_open: bool) -> bool:
        """Keep the layout of an item, and say whether one was kept."""
        if self._is_new:  # most sequences have but one item
            self._is_new = False
            return False
        if self._credit < _PRICE or len(raw) > _LONGEST_ITEM:
            return False
        self._credit -= _PRICE
        try:
            layout = ItemLayout(dialect, names, raw, is_open=is_open)
        except _Unusual:
            return False
        if len(self.layouts) >= _MOST_LENGTHS:
            self.layouts.clear()
        others = self.layouts.get(layout.length, ())
        if any(layout.shape == other.shape for other in others):
            return False
        self.layouts[layout.length] = (layout, *others[: _MOST_LAYOUTS - 1])
        return True


class _Part(NamedTuple):
    """An element with a value; the numbers are offsets in the item.

    ``is_free``: its value may have any length; ``is_fixed``: it must be the same; ``name``: of a UI.
    """

    length_field: int
    start: int
    end: int
    is_free: bool
    is_fixed: bool
    name: str
    item: int


class _Collector:
    """Lists the elements of an item; gives up on what the walk might see in another way."""

    def __init__(self, dialect: Dialect, raw: bytes) -> None:
        self._dialect = dialect
        self._raw = raw
        self._parts: list[_Part] = []
        self.parents: list[int] = []
        self.ordinals: list[int] = []
        self.purposes: list[tuple[int, bytes]] = []

    def dataset(self, position: int, end: int, names: PathNames, item: int, *, is_open: bool) -> int:
        """List one data set; gives the offset behind it, and behind its delimiter."""
        dialect, raw = self._dialect, self._raw
        keys = keys_of(dialect, names, 1)
        creators: dict[int, str] = {}
        seen: set[int] = set()
        while position < end:
            if position + 8 > end:
                raise _Unusual
            tag, kind, start, length = self._header(position, end, creators)
            if tag in seen:
                raise _Unusual
            seen.add(tag)
            if tag in dialect.delimiters:
                if is_open and tag == dialect.item_end:
                    return position + 8
                raise _Unusual
            is_creator = bool(tag & dialect.odd_group) and tag < dialect.creators_below
            if is_creator and kind in (UI, SQ):  # a creator of a VR it cannot have
                raise _Unusual
            if kind == SQ:
                position = self._sequence(start, length, end, names.below(tag), item)
                continue
            position = start + length
            if length == _UNDEFINED or position > end:
                raise _Unusual
            is_key = tag in keys and kind == DULL
            if is_key:
                reference = self.parents[item - 1] if item else -1
                self.purposes.append((reference, raw[start:position]))
            elif is_creator:
                note_creator(dialect, creators, tag, raw[start:position])
            self._parts.append(
                _Part(
                    start - (2 if dialect.explicit and kind in (DULL, UI) else 4),
                    start,
                    position,
                    not item and not is_key and not is_creator and self._varies(kind, start, length),
                    is_key or is_creator,
                    names[tag] if kind == UI else "",
                    item,
                )
            )
        if is_open:
            raise _Unusual
        return position

    def _varies(self, kind: int, start: int, length: int) -> bool:
        if kind == UI:
            return False
        number = self._dialect.explicit and kind == DULL and self._raw[start - 4 : start - 2] in _NUMBERS
        return number or length > _LONGEST_FIXED

    def _header(self, position: int, end: int, creators: dict[int, str]) -> tuple[int, int, int, int]:
        """Tag, kind, where the value begins, and its length."""
        dialect, raw = self._dialect, self._raw
        if not dialect.explicit:
            tag, length = dialect.unpack_header(raw, position)
            if tag in dialect.ui:
                return tag, UI, position + 8, length
            if tag in dialect.sq or (length == _UNDEFINED and not tag & 1):
                return tag, SQ, position + 8, length
            if tag & 1 and vr_of_unknown(dialect, tag, creators):
                raise _Unusual
            kind = DULL
            start = position + 8
        else:
            tag, vr, length = dialect.unpack_header(raw, position)
            kind, start = dialect.kinds[vr], position + 8
            if kind in (LONG, SQ, UN):
                start += 4
                if start > end:
                    raise _Unusual
                (length,) = dialect.unpack_length(raw, position + 8)
            elif kind not in (DULL, UI) and tag not in dialect.delimiters:
                raise _Unusual
            if kind == UN and (length == _UNDEFINED or vr_of_unknown(dialect, tag, creators)):
                raise _Unusual
        if tag in (0, dialect.provider_url) or tag in dialect.pixel_data:
            raise _Unusual
        return tag, kind, start, length

    def _sequence(self, position: int, length: int, limit: int, names: PathNames, parent: int) -> int:
        is_open = length == _UNDEFINED
        end = limit if is_open else position + length
        if end > limit:
            raise _Unusual
        dialect, number = self._dialect, 0
        while is_open or position < end:
            if position + 8 > end:
                raise _Unusual
            tag, item_length = dialect.unpack_item(self._raw, position)
            position += 8
            if tag == dialect.sequence_end and is_open:
                return position
            if tag != dialect.item:
                raise _Unusual
            number += 1
            self.parents.append(parent)
            self.ordinals.append(number)
            item = len(self.parents)
            if item_length == _UNDEFINED:
                position = self.dataset(position, end, names, item, is_open=True)
            elif position + item_length > end:
                raise _Unusual
            else:
                position = self.dataset(position, position + item_length, names, item, is_open=False)
        return position

    def steps(self) -> tuple[_Step, ...]:
        """The item as stretches to compare."""
        raw, order = self._raw, ">" if self._dialect.big_endian else "<"
        lengths = {2: Struct(order + "H"), 4: Struct(order + "I")}
        steps: list[_Step] = []
        stretch, uids, position = Stretch(), list[_Uid](), 0
        for part in self._parts:
            if part.is_free:
                size = part.start - part.length_field
                stretch.hold(raw[position : part.length_field])
                compare, expected = stretch.comparison(size)
                length_of = lengths[size].unpack_from
                steps.append(_Step(compare, expected, stretch.span, tuple(uids), length_of, size))
                stretch, uids = Stretch(), []
            elif part.is_fixed:
                stretch.hold(raw[position : part.end])
            else:
                stretch.hold(raw[position : part.start])
                if part.name:
                    end = stretch.span + part.end - part.start
                    uids.append(_Uid(part.name, stretch.span, end, part.item))
                stretch.skip(part.end - part.start)
            position = part.end
        stretch.hold(raw[position:])
        compare, expected = stretch.comparison(0)
        steps.append(_Step(compare, expected, stretch.span, tuple(uids), compare, 0))
        return tuple(steps)
