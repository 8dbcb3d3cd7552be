"""Items added to the walk by their layout and items that are walked: the same, whatever they hold."""

from __future__ import annotations

import random
import struct
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import FileDataset

from tests.builders import Encoding, ct_series, encoded_dataset, enhanced_ct, rt_set, sr
from uidscope.core.read.item_layout import ItemLayout, ItemMemo
from uidscope.core.read.walk import Walk
from uidscope.core.read.walker import FIRST_READ, HeaderWalker, TooDeep

UNDEFINED = 0xFFFFFFFF
_LONG = frozenset((b"OB", b"SQ", b"UN", b"UT"))


def walked(data: bytes, encoding: str, items: ItemMemo | None, first_read: int = FIRST_READ) -> Walk | None:
    """The walk; None where it is too deep."""
    walker = HeaderWalker(
        data[:first_read], 0, len(data), lambda start, length: data[start : start + length], items
    )
    try:
        return walker.run(0, encoding)
    except TooDeep:
        return None


def objects() -> list[FileDataset]:
    images = ct_series(40)
    return [rt_set(images=images).structure_set, sr(images), enhanced_ct(images)]


@pytest.mark.parametrize("encoding", ["explicit-le", "implicit-le", "explicit-be"])
@pytest.mark.parametrize("open_ended", [False, True])
@pytest.mark.parametrize("index", range(3))
def test_the_items_of_an_object_are_known_and_the_walk_is_the_same(
    encoding: Encoding, open_ended: bool, index: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = []
    add = ItemLayout.add

    def counted(*of: object) -> int:
        added.append(add(*of))  # type: ignore[arg-type]
        return added[-1]

    monkeypatch.setattr(ItemLayout, "add", counted)
    data = encoded_dataset(objects()[index], encoding, undefined_lengths=open_ended)
    plain, memo = walked(data, encoding, None), ItemMemo()
    for first_read in (FIRST_READ, 64, 1000):
        assert walked(data, encoding, memo, first_read) == plain
    assert sum(each >= 0 for each in added) > 60


# An element of an item: tag, VR and value, which for a sequence are its items.
_Element = tuple[int, bytes, "bytes | Sequence[Sequence[_Element]]"]

_VALUES: tuple[_Element, ...] = (
    (0x00080005, b"CS", b"ISO_IR 100"),
    (0x00080100, b"SH", b"121322"),
    (0x00080100, b"LO", b"121320"),
    (0x00080100, b"UN", b"121320"),
    (0x00080104, b"LO", b"a meaning "),
    (0x00081150, b"UI", b"1.2.840.10008.5.1.4.1.1.2\0"),
    (0x00081155, b"UI", b"1.2.3.40"),
    (0x00081155, b"UN", b"1.2.3.40"),
    (0x00081155, b"UI", b""),
    (0x00090010, b"LO", b"GEMS_PARM_01"),
    (0x00430010, b"LO", b"GEMS_PARM_01"),
    (0x00430010, b"LO", b"SOMEBODY ELSE "),
    (0x00430010, b"UI", b"1.2.3.44"),
    (0x00430010, b"UI", b"GEMS_PARM_01"),
    (0x00430010, b"AE", b"GEMS_PARM_01"),
    (0x00430010, b"UN", b"GEMS_PARM_01"),
    (0x00431061, b"UN", b"1.2.3.45"),
    (0x00431061, b"UI", b"1.2.3.46"),
    (0x00280030, b"DS", b"0.5\\0.5 "),
    (0x00280030, b"DS", b"0.55\\0.55 "),
    (0x00287FE0, b"UT", b"https://x "),
    (0x30060050, b"DS", b"1.0\\2.0\\3.0\\" * 4),
    (0x7FE00010, b"OB", b"\0\1"),
    (0x00091000, b"ZZ", b"later ed"),
    (0x00000000, b"\0\0", b""),
    (0xFFFEE00D, b"CS", b"x "),
)
_SEQUENCES = (
    (0x00081140, b"SQ"),
    (0x0040A170, b"SQ"),
    (0x00081140, b"UN"),
    (0x00431062, b"SQ"),
    (0x00430010, b"SQ"),
)


def encoded_elements(elements: Sequence[_Element], encoding: str, chance: random.Random) -> bytes:
    order = ">" if encoding.endswith("be") else "<"
    parts = []
    for tag, vr, value in elements:
        parts.append(struct.pack(order + "HH", tag >> 16, tag & 0xFFFF))
        inner = "implicit-le" if vr == b"UN" and not isinstance(value, bytes) else encoding
        is_open = not isinstance(value, bytes) and chance.random() < 0.3
        raw = value if isinstance(value, bytes) else encoded_items(value, inner, chance, is_open=is_open)
        length = UNDEFINED if is_open else len(raw)
        if encoding.startswith("implicit"):
            parts.append(struct.pack(order + "I", length))
        elif vr in _LONG:
            parts.append(vr + bytes(2) + struct.pack(order + "I", length))
        else:
            parts.append(vr + struct.pack(order + "H", len(raw)))
        parts.append(raw)
    return b"".join(parts)


def encoded_items(
    items: Sequence[Sequence[_Element]], encoding: str, chance: random.Random, *, is_open: bool
) -> bytes:
    order = ">" if encoding.endswith("be") else "<"
    parts = []
    open_items = chance.random() < 0.3
    for item in items:
        raw = encoded_elements(item, encoding, chance)
        length = UNDEFINED if open_items else len(raw)
        parts.append(struct.pack(order + "HHI", 0xFFFE, 0xE000, length) + raw)
        if open_items:
            parts.append(struct.pack(order + "HHI", 0xFFFE, 0xE00D, 0))
    if is_open:
        parts.append(struct.pack(order + "HHI", 0xFFFE, 0xE0DD, 0))
    return b"".join(parts)


def some_elements(chance: random.Random, depth: int) -> list[_Element]:
    elements: list[_Element] = [chance.choice(_VALUES[:-2]) for _ in range(chance.randrange(5))]
    if chance.random() < 0.05:
        elements.append(chance.choice(_VALUES))
    if depth and chance.random() < 0.7:
        tag, vr = chance.choice(_SEQUENCES)
        first = some_elements(chance, depth - 1)
        items = [first if chance.random() < 0.8 else some_elements(chance, depth - 1) for _ in range(5)]
        elements.append((tag, vr, items))
    chance.shuffle(elements)
    return elements if chance.random() < 0.2 else sorted(elements, key=lambda element: element[0])


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**64), st.sampled_from(["explicit-le", "implicit-le", "explicit-be"]))
def test_items_of_any_make_are_walked_the_same_with_a_memo(number: int, encoding: str) -> None:
    chance = random.Random(number)
    memo = ItemMemo()
    for _ in range(3):
        seed = chance.randrange(2**32)
        elements = some_elements(chance, 3)
        for _ in range(3):
            data = encoded_elements(elements, encoding, random.Random(seed))
            if chance.random() < 0.3 and data:
                spoilt = bytearray(data)
                for _ in range(chance.choice((1, 2, 8))):
                    spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
                data = bytes(spoilt)
            cut = data[: chance.randrange(len(data) + 1)] if chance.random() < 0.2 else data
            first_read = chance.choice((8, 64, 500, FIRST_READ))
            assert walked(cut, encoding, memo, first_read) == walked(cut, encoding, None, first_read)


@pytest.mark.parametrize("encoding", ["explicit-le", "implicit-le", "explicit-be"])
def test_items_of_stated_and_of_undefined_length_are_told_apart_wherever_the_first_read_ends(
    encoding: str,
) -> None:
    order = ">" if encoding == "explicit-be" else "<"
    leaf: list[_Element] = [(0x00081155, b"UI", b"1.2.3.40"), (0x30060050, b"DS", b"1.0\\2.0\\3.0\\" * 2)]
    raw = encoded_elements(leaf, encoding, random.Random(0))
    stated = struct.pack(order + "HHI", 0xFFFE, 0xE000, len(raw)) + raw
    end = struct.pack(order + "HHI", 0xFFFE, 0xE00D, 0)
    undefined = struct.pack(order + "HHI", 0xFFFE, 0xE000, UNDEFINED) + raw + end
    start = encoded_elements([(0x00081140, b"SQ", b"")], encoding, random.Random(0))[:-4]
    inner = [
        start + struct.pack(order + "I", 3 * len(item)) + 3 * item for item in (stated, undefined, stated)
    ]
    items = [struct.pack(order + "HHI", 0xFFFE, 0xE000, len(item)) + item for item in inner]
    data = start + struct.pack(order + "I", sum(map(len, items))) + b"".join(items)
    plain = walked(data, encoding, None)
    assert plain is not None
    assert (plain.faults, len(plain.values)) == ([], 9)
    for first_read in range(8, len(data)):
        memo = ItemMemo()
        for _ in range(2):
            assert walked(data, encoding, memo, first_read) == plain
