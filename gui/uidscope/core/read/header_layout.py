"""What the headers of a series have in common, as bytes, and how another header is held against it.

The objects of a series have the same elements in the same order, and most have the same values. A
layout keeps those bytes; one comparison of a long stretch then stands for reading each of its elements.
What differs from object to object is passed over by its length, or taken where the record needs it.
A header that fits has the elements of the layout, no other and nowhere else.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from struct import Struct
from typing import Final, NamedTuple

from uidscope.core.read.stretch import Stretch, Unpack
from uidscope.core.read.walker import FIRST_READ, UNDEFINED, ReadAt

# A longer value is passed over, not compared, wherever its value does not matter.
_LONGEST_COMPARED: Final = 1024
# Numbers as text and UIDs: where the values of a series differ, their lengths do too sooner or later.
_OF_ANY_LENGTH: Final = frozenset({"DS", "IS", "UI"})

# What of a dotted number stands behind its first point (``loose_numbers``) takes no less with it.
SHORTEST_NUMBER: Final = 9
# What was taken is in lists by its use; nobody's are these.
_SEARCHED, _UNWANTED = 0, 3

# By its size, and whether it is big endian.
_LENGTHS: Final = {
    (2, False): Struct("<H"),
    (4, False): Struct("<I"),
    (2, True): Struct(">H"),
    (4, True): Struct(">I"),
}


class Freedom(IntEnum):
    """What may differ in an element without changing how the file is read."""

    NOTHING = 0
    VALUE = 1
    LENGTH = 2  # and the value


class Use(IntEnum):
    """Whom a value matters to."""

    NOBODY = 0
    OWN = 1  # differs in every object: its own UIDs and its number
    OTHER = 2


class Part(NamedTuple):
    """One element with a value, or a sequence without items.

    ``before`` is all that stands between the value in front and this one's length field: its tag and VR,
    and headers and delimiters of sequences and items. ``free`` says what has differed so far, ``may`` what
    is allowed to.
    """

    before: bytes
    length_size: int
    big_endian: bool
    vr: str
    value: bytes
    free: Freedom
    may: Freedom
    use: Use


# The values that differ, by their use and in the order of the file, and those that could hold a number that
# is no UI element's (None: not all are at hand); where the header ends; bytes of the file, and their offset.
Fit = tuple[list[bytes], list[bytes], list[bytes] | None, int, bytes, int]


class _Step(NamedTuple):
    """A stretch of fixed length, and the element of any length behind it, if there is one.

    ``compare`` gives the bytes that must be ``expected``. ``taken`` has the start, end and use of each
    value to take within the stretch, ``_SEARCHED`` where it is to be searched for numbers; ``passed_to`` says
    the same of the element behind it. The last step has none.
    """

    compare: Unpack
    expected: tuple[bytes, ...]
    span: int
    taken: tuple[tuple[int, int, int], ...]
    length_of: Unpack
    length_size: int
    use: int
    passed_to: int


class HeaderLayout:
    """The parts of a header, and what stands behind the last of them."""

    __slots__ = ("_frame", "_steps", "parts", "tail")

    def __init__(self, parts: tuple[Part, ...], tail: bytes) -> None:
        self.parts = tuple([_without_long_value(part) for part in parts])
        self.tail = tail
        self._frame = hash((tail, *[part[:3] for part in parts]))
        self._steps: tuple[_Step, ...] = ()

    def merged(self, other: HeaderLayout) -> HeaderLayout | None:
        """The layout that both headers fit; ``None`` where they differ in what must not."""
        if self._frame != other._frame or len(self.parts) != len(other.parts) or self.tail != other.tail:
            return None
        parts: list[Part] = []
        for mine, theirs in zip(self.parts, other.parts, strict=True):
            both = _both(mine, theirs)
            if both is None:
                return None
            parts.append(both)
        return HeaderLayout(tuple(parts), self.tail)

    def mostly_differs(self) -> bool:
        """Whether more than half of the values differ, so that little is gained."""
        return 2 * sum(part.free > Freedom.NOTHING for part in self.parts) > len(self.parts)

    def fit(self, head: bytes, size: int, read_at: ReadAt) -> Fit | None:
        """Hold the header of a file that begins with ``head`` against this one; ``None``: it differs."""
        if not self._steps:
            self._steps = _compiled(self.parts, self.tail)
        taken: tuple[list[bytes], ...] = ([], [], [], [])
        beyond = 0
        buffer, base, offset = head, 0, 0
        for compare, expected, span, wanted, length_of, length_size, use, passed_to in self._steps:
            try:
                found = compare(buffer, offset)
            except struct.error:
                base += offset
                buffer, offset = _read_on(read_at, base, span + length_size, size), 0
                if len(buffer) < span + length_size:
                    return None
                found = compare(buffer, 0)
            if found != expected:
                return None
            for start, end, its_use in wanted:
                taken[its_use].append(buffer[offset + start : offset + end])
            offset += span
            if length_size:
                (length,) = length_of(buffer, offset)
                offset += length_size
                if length == UNDEFINED:
                    return None
                if use:
                    if offset + length > len(buffer):
                        base += offset
                        buffer, offset = _read_on(read_at, base, length, size), 0
                        if len(buffer) < length:
                            return None
                    taken[use].append(buffer[offset : offset + length])
                value = buffer[offset : offset + length]
                taken[passed_to].append(value)
                offset += length
                beyond += length - len(value)
        if base + offset > size:
            return None
        searched = None if beyond else taken[_SEARCHED]
        return taken[Use.OWN], taken[Use.OTHER], searched, base + offset, buffer, base


def _read_on(read_at: ReadAt, position: int, need: int, size: int) -> bytes:
    """The bytes from ``position``, as many as are needed and some more; none that the file has not."""
    if position + need > size:
        return b""
    return read_at(position, min(max(need, FIRST_READ), size - position))


def _without_long_value(part: Part) -> Part:
    if len(part.value) <= _LONGEST_COMPARED or part.may is Freedom.NOTHING or part.free is Freedom.LENGTH:
        return part
    return part._replace(free=part.may)


def _both(mine: Part, theirs: Part) -> Part | None:
    """A part that is like both, ``None`` where there can be none."""
    if mine[:3] != theirs[:3] or mine.use != theirs.use:
        return None
    may = min(mine.may, theirs.may)
    free = max(mine.free, theirs.free)
    if len(mine.value) != len(theirs.value):
        free = Freedom.LENGTH
    elif mine.value != theirs.value and free is Freedom.NOTHING:
        free = may if mine.vr in _OF_ANY_LENGTH else Freedom.VALUE
    return None if free > may else mine._replace(free=free, may=may)


def _compiled(parts: tuple[Part, ...], tail: bytes) -> tuple[_Step, ...]:
    steps: list[_Step] = []
    stretch, taken = Stretch(), list[tuple[int, int, int]]()
    for part in parts:
        stretch.hold(part.before)
        length = _LENGTHS[part.length_size, part.big_endian]
        if part.free is Freedom.LENGTH:
            compare, expected = stretch.comparison(part.length_size)
            step = _Step(
                compare,
                expected,
                stretch.span,
                tuple(taken),
                length.unpack_from,
                part.length_size,
                int(part.use),
                _UNWANTED if part.vr == "UI" else _SEARCHED,
            )
            steps.append(step)
            stretch, taken = Stretch(), []
            continue
        stretch.hold(length.pack(len(part.value)))
        if part.free is Freedom.NOTHING:
            stretch.hold(part.value)
            continue
        if part.use:
            taken.append((stretch.span, stretch.span + len(part.value), int(part.use)))
        if part.vr != "UI" and len(part.value) >= SHORTEST_NUMBER:
            taken.append((stretch.span, stretch.span + len(part.value), _SEARCHED))
        stretch.skip(len(part.value))
    stretch.hold(tail)
    compare, expected = stretch.comparison(0)
    steps.append(_Step(compare, expected, stretch.span, tuple(taken), compare, 0, Use.NOBODY, _UNWANTED))
    return tuple(steps)
