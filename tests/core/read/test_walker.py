"""The walker against pydicom, against cut and mutated bytes, and with windows of every size."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO

from tests.builders import Encoding, ct_series, encoded, rt_set, seg, sr
from uidscope.core.read.encoding import find_start, guess_encoding, inflate
from uidscope.core.read.walk import Walk, numbered_path
from uidscope.core.read.walker import FIRST_READ, HeaderWalker, TooDeep

ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)


def walk_bytes(data: bytes, first_read: int = FIRST_READ) -> Walk:
    start = find_start(data, len(data))
    assert start is not None
    transfer_syntax = (start.raw(0x00020010) or b"").decode("latin-1").strip(" \0")
    first = start.data_start
    if transfer_syntax == "1.2.840.10008.1.2.1.99":
        data, _ = inflate(data[first:], len(data))
        first = 0
    head = data[: max(first_read, first + 8)]
    walker = HeaderWalker(head, 0, len(data), lambda offset, length: data[offset : offset + length])
    return walker.run(first, guess_encoding(data[first : first + 8], transfer_syntax))


def pydicom_uids(dataset: Dataset, prefix: str = "") -> Iterator[tuple[str, str]]:
    for element in dataset:
        path = prefix + (element.keyword or f"{int(element.tag):08X}")
        if element.VR == "SQ":
            for number, item in enumerate(element.value, 1):
                yield from pydicom_uids(item, f"{path}[{number}].")
        elif element.VR == "UI":
            values = [element.value] if isinstance(element.value, str) else list(element.value or [""])
            for value in values:
                yield path, str(value)


def numbered(walk: Walk) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for pattern, raw, _, item in walk.values:
        for value in raw.rstrip(b"\0").split(b"\\"):
            found[numbered_path(walk, pattern, item), value.decode("ascii")] += 1
    return found


def objects() -> list[Dataset]:
    images = ct_series(2)
    rt = rt_set(2)
    return [images[0], rt.structure_set, rt.plan, rt.dose, seg(images), sr(images)]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("index", range(6))
def test_every_uid_is_found_with_its_path_as_pydicom_finds_it(encoding: Encoding, index: int) -> None:
    data = encoded(objects()[index], transfer_syntax=encoding)
    walk = walk_bytes(data)
    assert walk.faults == []
    assert numbered(walk) == Counter(pydicom_uids(dcmread(DicomBytesIO(data))))


@pytest.mark.parametrize("first_read", [8, 9, 16, 63, 64, 200, 333, 1000, 2000, 5000])
@pytest.mark.parametrize("encoding", [each for each in ENCODINGS if each != "deflated"])
def test_the_size_of_the_first_read_changes_nothing(encoding: Encoding, first_read: int) -> None:
    data = encoded(rt_set(3).structure_set, transfer_syntax=encoding)
    whole, small = walk_bytes(data), walk_bytes(data, first_read)
    assert small.values == whole.values
    assert small.keys == whole.keys


def test_offsets_point_at_the_values() -> None:
    data = encoded(rt_set(2).plan, transfer_syntax="explicit-le")
    for _, raw, offset, _ in walk_bytes(data).values:
        assert data[offset : offset + len(raw)] == raw


@pytest.mark.parametrize("encoding", ["explicit-le", "implicit-le", "explicit-be"])
def test_a_file_cut_at_any_byte_is_noticed_or_ends_at_an_element(encoding: Encoding) -> None:
    data = encoded(rt_set(1).structure_set, transfer_syntax=encoding)
    start = find_start(data, len(data))
    assert start is not None
    whole = walk_bytes(data)
    ends_of_elements = 0
    for cut in range(start.data_start + 8, len(data)):
        walk = walk_bytes(data[:cut])
        if walk.faults:
            assert {rule for rule, _, _ in walk.faults} <= {"FILE-01", "FILE-02"}
        else:
            ends_of_elements += 1
        assert walk.values == whole.values[: len(walk.values)]
    top_level = len(dcmread(DicomBytesIO(data)))
    assert ends_of_elements < top_level


def nested(depth: int, *, undefined: bool) -> bytes:
    inner = b""
    for _ in range(depth):
        if undefined:
            item = b"\xfe\xff\x00\xe0\xff\xff\xff\xff" + inner + b"\xfe\xff\x0d\xe0\0\0\0\0"
            inner = b"\x08\x00\x40\x11SQ\0\0\xff\xff\xff\xff" + item + b"\xfe\xff\xdd\xe0\0\0\0\0"
        else:
            item = b"\xfe\xff\x00\xe0" + len(inner).to_bytes(4, "little") + inner
            inner = b"\x08\x00\x40\x11SQ\0\0" + len(item).to_bytes(4, "little") + item
    return inner


@pytest.mark.parametrize("undefined", [True, False])
@pytest.mark.parametrize(
    ("depth", "allowed"), [(10, True), (63, True), (64, True), (65, False), (5000, False)]
)
def test_nesting_is_bounded(depth: int, allowed: bool, undefined: bool) -> None:
    data = nested(depth, undefined=undefined)
    walker = HeaderWalker(data, 0, len(data), lambda offset, length: data[offset : offset + length])
    if allowed:
        assert walker.run(0, "explicit-le").faults == []
    else:
        with pytest.raises(TooDeep):
            walker.run(0, "explicit-le")


def element(tag: bytes, vr: bytes, value: bytes) -> bytes:
    return tag + vr + len(value).to_bytes(2, "little") + value


def walk_explicit(data: bytes) -> Walk:
    return HeaderWalker(data, 0, len(data), lambda offset, length: data[offset : offset + length]).run(
        0, "explicit-le"
    )


def test_an_element_that_stands_twice_is_named() -> None:
    data = element(b"\x08\0\x18\0", b"UI", b"1.2.3.40") * 2
    walk = walk_explicit(data)
    assert walk.faults == [("FILE-04", "SOPInstanceUID", "stands 2 times")]
    assert len(walk.values) == 2


def test_raw_bytes_come_as_they_are() -> None:
    raw = b" 1.2.03\0\0"
    assert walk_explicit(element(b"\x08\0\x18\0", b"UI", raw)).values == [("SOPInstanceUID", raw, 8, 0)]


def test_zero_bytes_behind_the_last_element_are_no_fault() -> None:
    walk = walk_explicit(element(b"\x08\0\x18\0", b"UI", b"1.2.3.40") + bytes(100))
    assert walk.faults == []


def test_a_length_past_its_parent_is_file_02_and_what_lies_inside_is_still_read() -> None:
    item = b"\xfe\xff\x00\xe0" + (500).to_bytes(4, "little") + element(b"\x08\0\x55\x11", b"UI", b"1.2.3.40")
    data = b"\x08\0\x40\x11SQ\0\0" + len(item).to_bytes(4, "little") + item + bytes(600)
    walk = walk_explicit(data)
    assert [rule for rule, _, _ in walk.faults] == ["FILE-02"]
    assert [value[:2] for value in walk.values] == [
        ("ReferencedImageSequence[].ReferencedSOPInstanceUID", b"1.2.3.40")
    ]


def test_a_sequence_written_as_un_is_walked() -> None:
    uid = b"\x08\0\x55\x11\x08\0\0\0" + b"1.2.3.40"  # implicit little endian inside
    item = b"\xfe\xff\x00\xe0" + len(uid).to_bytes(4, "little") + uid
    data = b"\x08\0\x40\x11UN\0\0" + len(item).to_bytes(4, "little") + item
    assert [value[0] for value in walk_explicit(data).values] == [
        "ReferencedImageSequence[].ReferencedSOPInstanceUID"
    ]


@pytest.mark.parametrize("vr", [b"LO", b"AE", b"ZZ", b"UN\0\0", b"OB\0\0"])
def test_a_private_uid_written_as_un_is_found_by_its_creator_of_whatever_vr(vr: bytes) -> None:
    """A writer that does not know the group writes all of it as UN, the creator too."""

    def creator(name: bytes) -> bytes:
        return b"\x43\0\x10\0" + vr + len(name).to_bytes(2 if len(vr) == 2 else 4, "little") + name

    value = b"\x43\0\x61\x10UN\0\0" + (8).to_bytes(4, "little") + b"1.2.3.40"
    data = creator(b"GEMS_PARM_01") + value
    assert walk_explicit(data).values == [("00431061", b"1.2.3.40", len(data) - 8, 0)]
    assert walk_explicit(creator(b"SOMEONE ELSE") + value).values == []


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_mutated_bytes_end_in_a_walk_or_a_reason(data: st.DataObject) -> None:
    encoding = data.draw(st.sampled_from(["explicit-le", "implicit-le", "explicit-be"]))
    original = bytearray(_seed(encoding))
    generator = random.Random(data.draw(st.integers(0, 2**32)))
    for _ in range(generator.randint(1, 8)):
        original[generator.randrange(200, len(original))] = generator.randrange(256)
    mutant = bytes(original)
    if find_start(mutant, len(mutant)) is None:
        return
    try:
        walk = walk_bytes(mutant, first_read=generator.choice([64, 1024, 8192]))
    except TooDeep:
        return
    assert {rule for rule, _, _ in walk.faults} <= {"FILE-01", "FILE-02", "FILE-04"}
    assert all(offset + len(raw) <= len(mutant) for _, raw, offset, _ in walk.values)


_SEEDS: dict[str, bytes] = {}


def _seed(encoding: str) -> bytes:
    if encoding not in _SEEDS:
        _SEEDS[encoding] = encoded(rt_set(1).structure_set, transfer_syntax=encoding)  # type: ignore[arg-type]
    return _SEEDS[encoding]
