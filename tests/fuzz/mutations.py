"""Ways to spoil a file: each takes the bytes and where its elements stood, and changes the bytes in place.

Where one mutation has moved the bytes, the places of the next are no longer right; that is welcome.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Sequence
from typing import Final

from tests.fuzz.seeds import Place, Seed

Mutation = Callable[[random.Random, bytearray, Sequence[Place], Seed], None]

_VRS: Final = (
    "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "OB", "OD", "OF", "OL", "OV",
    "OW", "PN", "SH", "SL", "SQ", "SS", "ST", "SV", "TM", "UC", "UI", "UL", "UN", "UR", "US", "UT", "UV",
    "ZZ", "QQ", "  ", "\0\0", "ui",
)  # fmt: skip
_TAGS: Final = (
    0x0000_0000, 0x0002_0000, 0x0002_0010, 0x0004_1220, 0x0004_1400, 0x0004_1500, 0x0008_0000, 0x0008_0005,
    0x0008_0016, 0x0008_0018, 0x0008_1140, 0x0008_1155, 0x0009_0010, 0x0009_1001, 0x0020_000D, 0x0020_000E,
    0x0020_0052, 0x0028_0008, 0x0028_0010, 0x0029_0010, 0x0029_1140, 0x0040_A730, 0x0400_0561, 0x5200_9230,
    0x7FE0_0008, 0x7FE0_0010, 0xFFFC_FFFC, 0xFFFE_E000, 0xFFFE_E00D, 0xFFFE_E0DD, 0xFFFF_FFFF,
)  # fmt: skip
_LENGTHS: Final = (
    0, 1, 2, 7, 8, 63, 64, 65, 0x7FFF, 0xFFFE, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE,
    0xFFFF_FFFF,
)  # fmt: skip
_SYNTAXES: Final = (
    b"1.2.840.10008.1.2\0",
    b"1.2.840.10008.1.2.1\0",
    b"1.2.840.10008.1.2.2\0",
    b"1.2.840.10008.1.2.1.99",
    b"1.2.840.10008.1.2.4.50",
    b"1.2.840.10008.1.2.5\0",
    b"1.2.3",
)
_VALUES: Final = (
    b"", b"\0", b" ", b"\\", b"\\\\\\", b"\0" * 64, b"1" * 65, b"1." * 40, b"../../x", b"\xff\xfe", b"=1+1",
    b"1.2.840.10008.1.2", b"1.02.3", b"0.0", b"-1", b"\xe2\x80\xae1.2", b"\x1b$B", b"1.2.3\\1.2.4",
    b"\n1.2.3",
)  # fmt: skip
_MAGICS: Final = (
    b"MZ",
    b"\x7fELF",
    b"\xcf\xfa\xed\xfe",
    b"#!/bin/sh\n",
    b"PK\3\4",
    b"%PDF-",
    b"II*\0",
    b"MM\0*",
)
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFE_E000, 0xFFFE_E00D, 0xFFFE_E0DD
_LARGEST: Final = 1 << 16  # of a mutant, so that many can be tried
_DEPTHS: Final = (1, 2, 10, 62, 63, 64, 65, 66, 130, 300)


def mutant(chance: random.Random, seed: Seed, other: Seed) -> bytes:
    """One file: the seed with one to four mutations, ``other`` being what is spliced in."""
    data = bytearray(seed.stream)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        chance.choice(MUTATIONS)(chance, data, seed.places, other)
    del data[_LARGEST:]
    if not seed.deflated:
        return bytes(data)
    deflater = zlib.compressobj(1, wbits=-zlib.MAX_WBITS)
    return seed.head + deflater.compress(data) + deflater.flush()


def _anywhere(chance: random.Random, data: bytearray) -> int:
    return chance.randrange(len(data)) if data else 0


def _place(chance: random.Random, places: Sequence[Place]) -> Place:
    return chance.choice(places) if places else Place(0, 4, 4, 8, 8, False, False)


def _number(place: Place, number: int, size: int) -> bytes:
    return number.to_bytes(size, "big" if place.big_endian else "little")


def _tag_bytes(place: Place, tag: int) -> bytes:
    return _number(place, tag >> 16, 2) + _number(place, tag & 0xFFFF, 2)


def _flip_bits(chance: random.Random, data: bytearray, _: Sequence[Place], __: Seed) -> None:
    for _times in range(chance.choice((1, 1, 2, 8)) if data else 0):
        data[_anywhere(chance, data)] ^= 1 << chance.randrange(8)


def _set_bytes(chance: random.Random, data: bytearray, _: Sequence[Place], __: Seed) -> None:
    for _times in range(chance.choice((1, 1, 2, 8)) if data else 0):
        data[_anywhere(chance, data)] = chance.choice((0, 0xFF, 0x7F, 0x80, chance.randrange(256)))


def _insert_bytes(chance: random.Random, data: bytearray, _: Sequence[Place], __: Seed) -> None:
    at = _anywhere(chance, data)
    data[at:at] = chance.randbytes(chance.choice((1, 2, 3, 8, 100)))


def _delete_bytes(chance: random.Random, data: bytearray, _: Sequence[Place], __: Seed) -> None:
    at = _anywhere(chance, data)
    del data[at : at + chance.choice((1, 2, 3, 8, 100))]


def _truncate(chance: random.Random, data: bytearray, _: Sequence[Place], __: Seed) -> None:
    del data[_anywhere(chance, data) :]


def _set_length(chance: random.Random, data: bytearray, places: Sequence[Place], _: Seed) -> None:
    place = _place(chance, places)
    largest = (1 << 8 * place.length_size) - 1
    old = place.end - place.value_start
    near = (old + chance.choice((-8, -2, -1, 1, 2, 8)), len(data), len(data) - place.value_start)
    length = min(max(0, chance.choice((*_LENGTHS, *near))), largest)
    data[place.length_at : place.length_at + place.length_size] = _number(place, length, place.length_size)


def _set_vr(chance: random.Random, data: bytearray, places: Sequence[Place], _: Seed) -> None:
    place = _place(chance, places)
    data[place.start + 4 : place.start + 6] = chance.choice(_VRS).encode()


def _set_tag(chance: random.Random, data: bytearray, places: Sequence[Place], _: Seed) -> None:
    place = _place(chance, places)
    data[place.start : place.start + 4] = _tag_bytes(place, chance.choice(_TAGS))


def _set_value(chance: random.Random, data: bytearray, places: Sequence[Place], _: Seed) -> None:
    """Another value of the same length, or the value that is asked for and the length that follows it."""
    place = _place(chance, places)
    value, length = chance.choice(_VALUES), place.end - place.value_start
    if chance.random() < 0.5:
        data[place.value_start : place.end] = value.ljust(length, b"\0")[:length]
    else:
        data[place.value_start : place.end] = value
        new = _number(place, len(value), place.length_size)
        data[place.length_at : place.length_at + place.length_size] = new


def _repeat_element(chance: random.Random, data: bytearray, places: Sequence[Place], _: Seed) -> None:
    place = _place(chance, places)
    data[place.end : place.end] = bytes(data[place.start : place.end]) * chance.choice((1, 1, 2, 50))


def _remove_element(chance: random.Random, data: bytearray, places: Sequence[Place], _: Seed) -> None:
    place = _place(chance, places)
    del data[place.start : place.end]


def _exchange_elements(chance: random.Random, data: bytearray, places: Sequence[Place], _: Seed) -> None:
    first, second = sorted((_place(chance, places), _place(chance, places)), key=lambda place: place.start)
    if first.end <= second.start:
        earlier, later = bytes(data[first.start : first.end]), bytes(data[second.start : second.end])
        data[second.start : second.end] = earlier
        data[first.start : first.end] = later


def _splice(chance: random.Random, data: bytearray, places: Sequence[Place], other: Seed) -> None:
    """Elements of another file between two of this one."""
    place, first = _place(chance, places), _place(chance, other.places)
    last = _place(chance, other.places)
    data[place.end : place.end] = other.stream[first.start : max(first.end, last.end)]


def _cross(chance: random.Random, data: bytearray, places: Sequence[Place], other: Seed) -> None:
    """The first part of this file and the last of another."""
    data[_place(chance, places).start :] = other.stream[_place(chance, other.places).start :]


def _insert_delimiter(chance: random.Random, data: bytearray, places: Sequence[Place], _: Seed) -> None:
    place = _place(chance, places)
    tag = chance.choice((_ITEM, _ITEM_END, _SEQUENCE_END))
    length = chance.choice((0, 0, 4, 8, 0xFFFF_FFFF))
    at = chance.choice((place.start, place.value_start, place.end))
    data[at:at] = _tag_bytes(place, tag) + _number(place, length, 4)


def _nest(chance: random.Random, data: bytearray, places: Sequence[Place], _: Seed) -> None:
    """Put an element into sequences in sequences, closed or not."""
    place = _place(chance, places)
    inside, depth = bytes(data[place.start : place.end]), chance.choice(_DEPTHS)
    vr = chance.choice((b"SQ\0\0", b"UN\0\0")) if place.explicit else b""
    tag = _tag_bytes(place, chance.choice((0x0008_1140, 0x0040_A730, 0x0009_1001)))
    if chance.random() < 0.5:
        undefined = b"\xff" * 4
        opening = tag + vr + undefined + _tag_bytes(place, _ITEM) + undefined
        closing = _tag_bytes(place, _ITEM_END) + bytes(4) + _tag_bytes(place, _SEQUENCE_END) + bytes(4)
        inside = opening * depth + inside + closing * chance.choice((depth, depth, 0, depth - 1))
    else:
        for _level in range(depth):
            item = _tag_bytes(place, _ITEM) + _number(place, len(inside), 4) + inside
            inside = tag + vr + _number(place, len(item), 4) + item
    data[place.start : place.end] = inside


def _many_items(chance: random.Random, data: bytearray, places: Sequence[Place], _: Seed) -> None:
    place = _place(chance, places)
    items = (_tag_bytes(place, _ITEM) + bytes(4)) * chance.choice((10, 1000))
    closing = _tag_bytes(place, _SEQUENCE_END) + bytes(4)
    vr = b"SQ\0\0" if place.explicit else b""
    whole = _tag_bytes(place, 0x0008_1140) + vr + b"\xff" * 4 + items + closing
    data[place.end : place.end] = whole


def _set_syntax(chance: random.Random, data: bytearray, _: Sequence[Place], __: Seed) -> None:
    at = data.find(b"\x02\0\x10\0UI")
    if at >= 0:
        length, syntax = int.from_bytes(data[at + 6 : at + 8], "little"), chance.choice(_SYNTAXES)
        data[at + 6 : at + 8 + length] = len(syntax).to_bytes(2, "little") + syntax


def _set_preamble(chance: random.Random, data: bytearray, _: Sequence[Place], __: Seed) -> None:
    magic = chance.choice(_MAGICS)
    data[: len(magic)] = magic


def _append(chance: random.Random, data: bytearray, _: Sequence[Place], __: Seed) -> None:
    data += chance.choice(
        (bytes(1), bytes(7), bytes(8), bytes(1000), b"\0\1", chance.randbytes(20), b" " * 8)
    )


MUTATIONS: Final[tuple[Mutation, ...]] = (
    _flip_bits, _set_bytes, _insert_bytes, _delete_bytes, _truncate, _set_length, _set_length, _set_vr,
    _set_vr, _set_tag, _set_tag, _set_value, _repeat_element, _remove_element, _exchange_elements, _splice,
    _cross, _insert_delimiter, _nest, _many_items, _set_syntax, _set_preamble, _append,
)  # fmt: skip
