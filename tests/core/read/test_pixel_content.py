"""Pixel data that are the same, however they are written."""

from __future__ import annotations

import copy
import random
from struct import pack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import FileDataset

from tests.builders import (
    JPEG_2000_LOSSLESS,
    JPEG_LS_LOSSLESS,
    ct_series,
    encapsulated,
    encoded,
    run_length_encoded,
    with_raw_value,
)
from tests.builders.compressed import RLE_LOSSLESS
from uidscope.core.errors import Cancelled
from uidscope.core.progress import CancelToken
from uidscope.core.read.byte_window import LARGEST_BLOCK, memory_window
from uidscope.core.read.pixel_content import PixelComparison, PixelContent, compare_pixels, pixel_content
from uidscope.core.read.structure import parse_structure

EQUAL = PixelComparison("equal", "decoded values")
DIFFERENT = PixelComparison("different", "decoded values")


def content(file: bytes) -> PixelContent:
    found = pixel_content(parse_structure(memory_window(file)), CancelToken())
    assert found is not None
    return found


def compared(left: bytes, right: bytes) -> PixelComparison:
    forwards = compare_pixels(content(left), content(right))
    assert forwards == compare_pixels(content(right), content(left))
    return forwards


def image(
    rows: int = 3, columns: int = 5, *, bits: int = 16, samples: int = 1, frames: int = 1, seed: int = 1
) -> FileDataset:
    """An image with these numbers of everything, and random values."""
    dataset = ct_series(1)[0]
    dataset.Rows, dataset.Columns = rows, columns
    dataset.BitsAllocated = bits
    dataset.SamplesPerPixel = samples
    dataset.NumberOfFrames = frames
    if samples > 1:
        dataset.PlanarConfiguration = 0
    length = rows * columns * samples * frames * bits // 8
    values = random.Random(seed).choices([0, 0, 0, 1, 255], k=length)
    dataset.PixelData = bytes(values) + bytes(length % 2)
    return dataset


def by_plane(dataset: FileDataset) -> FileDataset:
    """The same image with its colours plane by plane."""
    other = copy.deepcopy(dataset)
    size = dataset.BitsAllocated // 8
    length = dataset.Rows * dataset.Columns * dataset.SamplesPerPixel * size
    planes = b""
    for start in range(0, length * int(dataset.NumberOfFrames), length):
        frame = dataset.PixelData[start : start + length]
        for sample in range(dataset.SamplesPerPixel):
            at = range(sample * size, length, dataset.SamplesPerPixel * size)
            planes += b"".join(frame[each : each + size] for each in at)
    other.PlanarConfiguration = 1
    other.PixelData = planes + bytes(len(planes) % 2)
    return other


images = st.builds(
    image,
    st.integers(1, 5),
    st.integers(1, 5),
    bits=st.sampled_from([8, 16, 32]),
    samples=st.sampled_from([1, 3]),
    frames=st.integers(1, 3),
    seed=st.integers(0, 99),
)


@given(images)
@settings(max_examples=60, deadline=None)
def test_every_way_to_write_is_equal(dataset: FileDataset) -> None:
    native = encoded(dataset)
    ways = [
        encoded(dataset, transfer_syntax="implicit-le"),
        encoded(dataset, transfer_syntax="explicit-be"),
        encoded(dataset, transfer_syntax="deflated"),
        run_length_encoded(dataset),
    ]
    if dataset.SamplesPerPixel > 1:
        planes = by_plane(dataset)
        ways += [encoded(planes), encoded(planes, transfer_syntax="explicit-be"), run_length_encoded(planes)]
    assert [compared(native, way) for way in ways] == [EQUAL] * len(ways)


@given(images, st.data())
@settings(max_examples=40, deadline=None)
def test_one_other_byte_is_a_difference_in_every_way(dataset: FileDataset, data: st.DataObject) -> None:
    length = dataset.Rows * dataset.Columns * dataset.SamplesPerPixel * dataset.NumberOfFrames
    at = data.draw(st.integers(0, length * dataset.BitsAllocated // 8 - 1))
    other = copy.deepcopy(dataset)
    values = bytearray(dataset.PixelData)
    values[at] ^= 0x55
    other.PixelData = bytes(values)
    for way in (
        encoded(other),
        encoded(other, transfer_syntax="explicit-be"),
        run_length_encoded(other),
    ):
        assert compared(encoded(dataset), way) == DIFFERENT


def test_big_endian_samples_of_two_words_are_read_in_both_ways() -> None:
    """Some writers turn the words of OW around, others the whole sample."""
    dataset = image(bits=32)
    whole_samples = b"".join(
        dataset.PixelData[at : at + 4][::-1] for at in range(0, len(dataset.PixelData), 4)
    )
    big = encoded(dataset, transfer_syntax="explicit-be")
    assert compared(encoded(dataset), big) == EQUAL
    assert compared(encoded(dataset), with_raw_value(big, "PixelData", whole_samples)) == EQUAL


def test_padding_behind_the_last_frame_does_not_count() -> None:
    native = encoded(image())
    raw = image().PixelData
    assert compared(native, with_raw_value(native, "PixelData", raw + bytes(10))) == EQUAL
    assert compared(native, with_raw_value(native, "PixelData", raw + b"\0\1")) == DIFFERENT


def test_pixels_that_are_missing_are_a_difference() -> None:
    native = encoded(image())
    cut = with_raw_value(native, "PixelData", image().PixelData[:-2])
    assert compared(native, cut) == DIFFERENT


def test_pixels_in_long_values() -> None:
    dataset = image(300, LARGEST_BLOCK // 600, samples=3, bits=16)
    assert len(dataset.PixelData) > 2 * LARGEST_BLOCK
    assert compared(encoded(dataset), encoded(dataset, transfer_syntax="explicit-be")) == EQUAL
    other = copy.deepcopy(dataset)
    other.PixelData = dataset.PixelData[:-1] + bytes([dataset.PixelData[-1] ^ 1])
    assert compared(encoded(dataset), encoded(other)) == DIFFERENT


def test_samples_that_are_no_whole_bytes() -> None:
    dataset = image(3, 7, bits=1)
    dataset.PixelData = b"\x12\x34\x01\x00"  # 21 bits and a pad
    native = encoded(dataset)
    assert compared(native, encoded(dataset, transfer_syntax="explicit-be")) == EQUAL
    assert compared(native, with_raw_value(native, "PixelData", b"\x12\x34\x03\x00")) == DIFFERENT


def test_of_unknown_geometry_the_bytes_count() -> None:
    dataset = image()
    del dataset.Rows
    native = encoded(dataset)
    assert compared(native, encoded(dataset, transfer_syntax="explicit-be")) == EQUAL
    assert (
        compared(native, with_raw_value(native, "PixelData", dataset.PixelData[:-1] + b"\x77")) == DIFFERENT
    )


def test_the_same_compression_is_compared_by_its_bytes() -> None:
    one = encapsulated(image(), [b"stream", b"of two"], JPEG_LS_LOSSLESS)
    cut = encapsulated(image(), [b"st", b"ream", b"of", b" two"], JPEG_LS_LOSSLESS)
    other = encapsulated(image(), [b"stream", b"of 2!!"], JPEG_LS_LOSSLESS)
    assert compared(one, cut) == ("equal", "stored bytes")
    assert compared(one, other) == ("different", "stored bytes")


def test_different_compressions_are_not_compared() -> None:
    jpeg_ls = encapsulated(image(), [b"stream"], JPEG_LS_LOSSLESS)
    jpeg_2000 = encapsulated(image(), [b"others"], JPEG_2000_LOSSLESS)
    assert compared(jpeg_ls, jpeg_2000) == ("not compared", "")
    assert compared(jpeg_ls, encoded(image())) == ("not compared", "")
    assert compared(jpeg_ls, run_length_encoded(image())) == ("not compared", "")


def test_no_pixel_data() -> None:
    dataset = image()
    del dataset.PixelData
    assert pixel_content(parse_structure(memory_window(encoded(dataset))), CancelToken()) is None
    assert compare_pixels(None, None) == ("none", "")
    assert compare_pixels(content(encoded(image())), None).verdict == "different"


@pytest.mark.parametrize(
    "fragment",
    [
        b"\0" * 10,
        pack("<16I", 1, 64, *[0] * 14) + b"\1\1\1",  # one segment where two are due
        pack("<16I", 2, 64, 66, *[0] * 13) + b"\xff\1\xff\1",  # segments that end too early
        pack("<16I", 2, 9000, 66, *[0] * 13) + b"\xff\1\xff\1",  # a segment that is not there
    ],
)
def test_broken_run_lengths_are_compared_by_their_bytes(fragment: bytes) -> None:
    broken = encapsulated(image(), [fragment + bytes(len(fragment) % 2)], RLE_LOSSLESS)
    assert content(broken).form == "stored bytes"
    assert compared(broken, broken) == ("equal", "stored bytes")
    assert compared(broken, run_length_encoded(image())).verdict == "not compared"


def test_digesting_can_be_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    for file in (encoded(image()), run_length_encoded(image())):
        with pytest.raises(Cancelled):
            pixel_content(parse_structure(memory_window(file)), token)
