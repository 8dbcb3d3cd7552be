"""What pixel data say, as a digest that does not depend on how they are written (PS3.5 8.1, 8.2, A.4, G).

Native pixel data of either byte order and RLE Lossless are digested by the values of their samples;
what any other method has compressed, by the bytes of its fragments. Nothing is held whole in memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice
from struct import Struct
from typing import Final, Literal, NamedTuple

from uidscope.core.progress import CancelToken
from uidscope.core.read.attributes import BITS_ALLOCATED, COLUMNS, NUMBER_OF_FRAMES, ROWS, SAMPLES_PER_PIXEL
from uidscope.core.read.byte_window import LARGEST_BLOCK
from uidscope.core.read.same_value import WORD_SIZES, swapped
from uidscope.core.read.structure import PIXEL_DATA, Element, FileStructure

PixelVerdict = Literal["none", "equal", "different", "not compared"]
PixelForm = Literal["", "decoded values", "stored bytes"]

RLE_LOSSLESS: Final = "1.2.840.10008.1.2.5"

_PLANAR_CONFIGURATION: Final = 0x0028_0006
_WHOLE_BYTES: Final = frozenset({8, 16, 32, 64})
_MOST_PLANES: Final = 64
_ITEM_HEADER: Final = Struct("<HHI")
_RLE_HEADER: Final = Struct("<16I")


class PixelContent(NamedTuple):
    """What is in (7FE0,0010) of an object.

    ``digests`` has more than one where the bytes may be read in two ways. ``form`` says what was
    digested, ``transfer_syntax`` what the bytes are compressed with where they were not decoded.
    """

    digests: frozenset[bytes]
    form: PixelForm
    transfer_syntax: str


class PixelComparison(NamedTuple):
    """Whether two objects have the same pixel data, and by what that was seen."""

    verdict: PixelVerdict
    form: PixelForm


class _CannotDecode(Exception):
    """The bytes are not what RLE Lossless asks for."""


def compare_pixels(left: PixelContent | None, right: PixelContent | None) -> PixelComparison:
    """Compare the pixel data of two objects; None stands for an object without any.

    Not compared are data that different methods compressed, at least one of which is not decoded here.
    """
    if left is None or right is None:
        return PixelComparison(
            "none" if left is right else "different", "" if left is right else "stored bytes"
        )
    form: PixelForm = "decoded values" if left.form == right.form == "decoded values" else "stored bytes"
    if left.form == right.form and left.digests & right.digests:
        return PixelComparison("equal", form)
    if left.form != right.form or left.transfer_syntax != right.transfer_syntax:
        return PixelComparison("not compared", "")
    return PixelComparison("different", form)


def pixel_content(structure: FileStructure, cancel: CancelToken) -> PixelContent | None:
    """Digest the pixel data of an object, or return None where it has no (7FE0,0010).

    Raises ``Cancelled`` and what the window raises.
    """
    element = structure.dataset.find(PIXEL_DATA)
    if element is None:
        return None
    reader = _Reader(structure, element, cancel)
    if not element.undefined_length:
        return PixelContent(reader.native(), "decoded values", "")
    if structure.transfer_syntax == RLE_LOSSLESS:
        try:
            return PixelContent(frozenset({reader.run_length_encoded()}), "decoded values", "")
        except _CannotDecode:
            pass
    return PixelContent(frozenset({reader.fragments()}), "stored bytes", structure.transfer_syntax)


class _Geometry(NamedTuple):
    """How samples lie in pixel data; ``sample_bytes`` is 0 where samples are no whole bytes, or not known."""

    pixels: int  # of one frame
    samples: int
    sample_bytes: int
    by_plane: bool
    length: int  # of all frames, in bytes

    @property
    def planes(self) -> int:
        return self.samples * self.sample_bytes


class _Planes:
    """Digests samples byte by byte of their significance: one digest a plane, as RLE has its segments.

    Planes follow one another as in PS3.5 G.2: sample by sample, the most significant byte first.
    """

    def __init__(self, number: int) -> None:
        self._digests = [hashlib.sha256() for _ in range(number)]

    def add(self, plane: int, values: bytes) -> None:
        self._digests[plane].update(values)

    def digest(self, behind: bytes = b"") -> bytes:
        """The digest of all planes, and of what stands behind the last frame."""
        return hashlib.sha256(b"".join(each.digest() for each in self._digests) + behind).digest()


class _Reader:
    def __init__(self, structure: FileStructure, element: Element, cancel: CancelToken) -> None:
        self._structure = structure
        self._window = structure.window
        self._element = element
        self._cancel = cancel
        self._geometry = self._find_geometry()

    def native(self) -> frozenset[bytes]:
        """The digests of native pixel data."""
        if not self._structure.dataset.big_endian:
            return frozenset({self._native(1)})
        word = WORD_SIZES.get(self._element.written_vr, 1)
        # Of samples that take several words of OW, some writers turn the words around, others the sample.
        sample = self._geometry.sample_bytes
        return frozenset(self._native(size) for size in {word, max(word, sample)})

    def _native(self, word_size: int) -> bytes:
        start, end = self._element.value_start, self._element.value_end
        geometry = self._geometry
        behind = min(end, start + geometry.length) if geometry.length else end
        if not geometry.sample_bytes:
            planes = _Planes(1)
            for block in self._blocks(start, behind, 8, word_size):
                planes.add(0, block)
        elif geometry.by_plane:
            planes = self._color_by_plane(start, behind, word_size)
        else:
            planes = _Planes(geometry.planes)
            self._add_samples(planes, 0, geometry.planes, (start, behind), word_size)
        return planes.digest(self._digest_behind(self._word_end(behind, word_size), end))

    def _color_by_plane(self, start: int, end: int, word_size: int) -> _Planes:
        geometry = self._geometry
        planes = _Planes(geometry.planes)
        plane_length = geometry.pixels * geometry.sample_bytes
        for number, at in enumerate(range(start, end, plane_length)):
            first = number % geometry.samples * geometry.sample_bytes
            span = (at, min(at + plane_length, end))
            self._add_samples(planes, first, geometry.sample_bytes, span, word_size)
        return planes

    def _add_samples(
        self, planes: _Planes, first: int, number: int, span: tuple[int, int], word_size: int
    ) -> None:
        """Add samples that follow one another to ``number`` planes from ``first`` on."""
        size = self._geometry.sample_bytes
        for block in self._blocks(*span, number, word_size):
            for plane in range(number):
                sample, significance = divmod(plane, size)
                planes.add(first + plane, block[sample * size + size - 1 - significance :: number])

    def _blocks(self, start: int, end: int, unit: int, word_size: int) -> Iterator[bytes]:
        """The bytes in pieces of whole units, in little endian order.

        Words may lie across the bounds (of 8-bit samples in OW), and then units are single bytes.
        """
        head = (start - self._element.value_start) % word_size
        missing = end - start
        length = LARGEST_BLOCK - LARGEST_BLOCK % (unit * 8)
        for block in self._window.blocks(start - head, self._word_end(end, word_size), length):
            self._cancel.raise_if_cancelled()
            values = swapped(block, word_size)[head:][:missing]
            yield values
            head = 0
            missing -= len(values)

    def _word_end(self, offset: int, word_size: int) -> int:
        """Where the word ends that a value ends in."""
        start, end = self._element.value_start, self._element.value_end
        return min(end, start - -(offset - start) // word_size * word_size)

    def _digest_behind(self, start: int, end: int) -> bytes:
        """What stands behind the last frame, unless it is padding."""
        if not any(any(block) for block in self._window.blocks(start, end)):
            return b""
        digest = hashlib.sha256()
        for block in self._window.blocks(start, end):
            digest.update(block)
        return digest.digest()

    def run_length_encoded(self) -> bytes:
        """The digest of RLE Lossless pixel data. Raises ``_CannotDecode``."""
        geometry = self._geometry
        if not geometry.planes:
            raise _CannotDecode
        planes = _Planes(geometry.planes)
        for start, end in self._fragments():
            if end - start < _RLE_HEADER.size:
                raise _CannotDecode
            number, *offsets = _RLE_HEADER.unpack(self._window.at(start, _RLE_HEADER.size))
            if number != geometry.planes or number > len(offsets):
                raise _CannotDecode
            ends = [*offsets[1:number], end - start]
            for plane in range(number):
                self._add_segment(planes, plane, start + offsets[plane], min(start + ends[plane], end))
        return planes.digest()

    def _add_segment(self, planes: _Planes, plane: int, start: int, end: int) -> None:
        missing = self._geometry.pixels
        for values in _unpacked(self._window.blocks(start, end)):
            self._cancel.raise_if_cancelled()
            planes.add(plane, values[:missing])
            missing -= len(values)
            if missing <= 0:
                return
        raise _CannotDecode

    def fragments(self) -> bytes:
        """The digest of the bytes of all fragments, however the frames are cut into them."""
        digest = hashlib.sha256()
        for start, end in self._fragments():
            for block in self._window.blocks(start, end):
                self._cancel.raise_if_cancelled()
                digest.update(block)
        return digest.digest()

    def _fragments(self) -> Iterator[tuple[int, int]]:
        """Where the fragments lie that follow the offset table (PS3.5 A.4)."""
        return islice(self._items(), 1, None)

    def _items(self) -> Iterator[tuple[int, int]]:
        at = self._element.value_start
        while at + _ITEM_HEADER.size <= self._element.value_end:
            *_, length = _ITEM_HEADER.unpack(self._window.at(at, _ITEM_HEADER.size))
            at += _ITEM_HEADER.size
            yield at, at + length
            at += length

    def _find_geometry(self) -> _Geometry:
        bits = self._number(BITS_ALLOCATED)
        samples = self._number(SAMPLES_PER_PIXEL) or 1
        pixels = self._number(ROWS) * self._number(COLUMNS)
        length = (pixels * samples * bits * self._number_of_frames() + 7) // 8
        sample_bytes = bits // 8 if bits in _WHOLE_BYTES and pixels else 0
        if samples * sample_bytes > _MOST_PLANES:
            sample_bytes = 0
        by_plane = samples > 1 and self._number(_PLANAR_CONFIGURATION) == 1
        return _Geometry(pixels, samples, sample_bytes, by_plane, length)

    def _number(self, tag: int) -> int:
        element = self._structure.dataset.find(tag)
        if element is None or element.value_end - element.value_start != 2:
            return 0
        order: Literal["little", "big"] = "big" if self._structure.dataset.big_endian else "little"
        return int.from_bytes(self._structure.value(element), order)

    def _number_of_frames(self) -> int:
        element = self._structure.dataset.find(NUMBER_OF_FRAMES)
        text = self._structure.text(element) if element is not None else ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _unpacked(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Undo the runs of one RLE segment (PS3.5 G.3.2)."""
    held = b""
    for block in blocks:
        packed = held + block
        values = bytearray()
        at = 0
        while at < len(packed):
            count = packed[at]
            end = at + 2 + count if count < 128 else at + 2
            if count == 128:
                at += 1
                continue
            if end > len(packed):
                break
            values += packed[at + 1 : end] if count < 128 else packed[at + 1 : end] * (257 - count)
            at = end
        held = packed[at:]
        yield bytes(values)
