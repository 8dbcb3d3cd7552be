"""Objects whose pixel data stand in fragments: run-length encoded, or whatever bytes are given."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import groupby
from struct import pack

from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate

from tests.builders.files import encoded
from tests.builders.raw_bytes import with_raw_value

RLE_LOSSLESS = "1.2.840.10008.1.2.5"
JPEG_LS_LOSSLESS = "1.2.840.10008.1.2.4.80"
JPEG_2000_LOSSLESS = "1.2.840.10008.1.2.4.90"


def encapsulated(dataset: Dataset, fragments: Sequence[bytes], transfer_syntax: str) -> bytes:
    """The bytes of a file that holds the dataset with these fragments as its pixel data, each a frame."""
    dataset = copy.deepcopy(dataset)
    dataset.PixelData = encapsulate(list(fragments))
    dataset["PixelData"].VR = "OB"
    dataset["PixelData"].is_undefined_length = True
    padded = transfer_syntax.encode("ascii") + bytes(len(transfer_syntax) % 2)
    return with_raw_value(encoded(dataset), "meta.TransferSyntaxUID", padded)


def run_length_encoded(dataset: Dataset) -> bytes:
    """The bytes of a file that holds the dataset in RLE Lossless (PS3.5 G).

    Its native pixel data are little endian samples of whole bytes, color by pixel or by plane.
    """
    sample_bytes = dataset.BitsAllocated // 8
    samples = dataset.SamplesPerPixel
    pixels = dataset.Rows * dataset.Columns
    length = pixels * samples * sample_bytes
    frames = int(dataset.get("NumberOfFrames", 1))
    by_plane = dataset.get("PlanarConfiguration", 0) == 1
    fragments = []
    for start in range(0, frames * length, length):
        frame = dataset.PixelData[start : start + length]
        segments = []
        for sample in range(samples):
            values = (
                frame[sample * pixels * sample_bytes : (sample + 1) * pixels * sample_bytes]
                if by_plane
                else b"".join(
                    frame[at : at + sample_bytes]
                    for at in range(sample * sample_bytes, length, samples * sample_bytes)
                )
            )
            segments += [_packed(values[significance::sample_bytes]) for significance in range(sample_bytes)][
                ::-1
            ]
        fragments.append(_rle_header(segments) + b"".join(segments))
    return encapsulated(dataset, fragments, RLE_LOSSLESS)


def _rle_header(segments: Sequence[bytes]) -> bytes:
    offsets = [64 + sum(map(len, segments[:number])) for number in range(len(segments))]
    return pack("<16I", len(segments), *offsets, *[0] * (15 - len(offsets)))


def _packed(values: bytes) -> bytes:
    """Runs of three and more as runs, all else as it is; padded to an even length."""
    packed = bytearray()
    literal = bytearray()

    def flush() -> None:
        for start in range(0, len(literal), 128):
            piece = literal[start : start + 128]
            packed.extend([len(piece) - 1, *piece])
        literal.clear()

    for value, members in groupby(values):
        count = len(list(members))
        if count < 3:
            literal.extend([value] * count)
            continue
        flush()
        for start in range(0, count, 128):
            run = min(128, count - start)
            packed.extend([0, value] if run == 1 else [257 - run, value])
    flush()
    return bytes(packed) + bytes(len(packed) % 2)
