"""Where a file's data set begins and how it is written (PS3.10 7.1, PS3.5 10).

What the first bytes are counts; the declared transfer syntax decides only where they leave it open.
"""

from __future__ import annotations

import zlib
from struct import Struct
from typing import Literal, NamedTuple

from uidscope.core.uid.dictionary import keyword

IMPLICIT_LE = "1.2.840.10008.1.2"
EXPLICIT_BE = "1.2.840.10008.1.2.2"
DEFLATED = frozenset({"1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.4.95", "1.2.840.10008.1.2.4.205"})

_LARGEST_META = 1 << 20
_INFLATE_FLOOR = 64 << 20
_INFLATE_RATIO = 20

ByteOrder = Literal["little", "big"]
_ENCODINGS: tuple[tuple[ByteOrder, bool], ...] = (("little", True), ("little", False), ("big", True))

_SHORT = Struct("<HH2sH").unpack_from
_LENGTH = Struct("<I").unpack_from
_IMPLICIT = Struct("<HHI").unpack_from
_WITH_LONG_LENGTH = frozenset(b"OB OD OF OL OV OW SQ SV UC UN UR UT UV".split())
_VRS = (
    frozenset(b"AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US".split()) | _WITH_LONG_LENGTH
)


class InflatedTooLarge(Exception):
    """A deflated data set grows past the bound."""


class MetaField(NamedTuple):
    """One element of group 0002: its tag, the value's bytes and their offset."""

    tag: int
    raw: bytes
    offset: int

    @property
    def path(self) -> str:
        """The element path, ``meta.`` and the keyword."""
        return "meta." + keyword(self.tag)


class FileStart(NamedTuple):
    """What stands before the data set.

    ``preamble`` is empty where there is none; ``truncated`` says that the file ends inside group 0002.
    """

    preamble: bytes
    meta: tuple[MetaField, ...]
    data_start: int
    truncated: bool

    def raw(self, tag: int) -> bytes | None:
        """The raw value of a file meta element, ``None`` where it is absent."""
        return next((field.raw for field in self.meta if field.tag == tag), None)


def find_start(head: bytes, size: int) -> FileStart | None:
    """Tell where the data set of a file that begins with ``head`` starts; ``None``: no DICOM.

    ``size`` is the file's. With ``DICM`` at byte 128 it is DICOM; without, the bytes must begin with a
    plausible element of group 0002 or 0008 and go on for three elements, in any encoding.
    """
    if head[128:132] == b"DICM":
        return _read_meta(head, 132, size, head[:128])
    if head[:2] == b"\2\0" and _goes_on(head, size, explicit=True):
        return _read_meta(head, 0, size, b"")
    for order, explicit in _ENCODINGS:
        if int.from_bytes(head[:2], order) == 8 and _goes_on(head, size, explicit=explicit, order=order):
            return FileStart(b"", (), 0, truncated=False)
    return None


def is_deflated(first: bytes, transfer_syntax: str) -> bool:
    """Say whether a data set is deflated as declared; ``first`` is how it begins.

    Group 0008 at the start is none: as a stored block it would contradict its own length (RFC 1951 3.2.4).
    """
    begins_plainly = (first[:2] == b"\x08\0" and first[3:4] == b"\0") or first[:3] == b"\0\x08\0"
    return transfer_syntax in DEFLATED and not begins_plainly


def guess_encoding(first: bytes, transfer_syntax: str) -> str:
    """``explicit-le``, ``implicit-le`` or ``explicit-be``, from the first element and the declaration."""
    declared = {IMPLICIT_LE: "implicit-le", EXPLICIT_BE: "explicit-be"}.get(transfer_syntax, "explicit-le")
    if len(first) < 8:
        return declared
    little, big = int.from_bytes(first[:2], "little"), int.from_bytes(first[:2], "big")
    has_vr = first[4:6] in _VRS
    if has_vr:
        # Group 0004 is a DICOMDIR's, which is never big endian (PS3.10 8.6): these are the bytes of 0400.
        is_big = big < little and (big != 4 or declared == "explicit-be")
        return "explicit-be" if is_big else "explicit-le"
    if first[4:6].isalpha() and first[4:6].isupper() and declared != "implicit-le":
        return declared
    return "implicit-le"


def inflate(raw: bytes, file_size: int) -> tuple[bytes, bool]:
    """The inflated data set (raw deflate, PS3.5 A.5) and whether it is complete.

    Raises InflatedTooLarge past the larger of 64 MiB and 20 times the file.
    """
    bound = max(_INFLATE_FLOOR, _INFLATE_RATIO * file_size)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(raw, bound + 1)
    except zlib.error:
        return _inflate_what_is_sound(raw, bound), False
    if len(data) > bound:
        raise InflatedTooLarge
    return data, inflater.eof


def _inflate_what_is_sound(raw: bytes, bound: int) -> bytes:
    """As much as can be inflated before the stream breaks."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    data = bytearray()
    try:
        for start in range(0, len(raw), 1024):
            data += inflater.decompress(raw[start : start + 1024], bound + 1 - len(data))
            if len(data) > bound:
                raise InflatedTooLarge
    except zlib.error:
        pass
    return bytes(data)


def _read_meta(head: bytes, position: int, size: int, preamble: bytes) -> FileStart:
    fields: list[MetaField] = []
    explicit = head[position + 4 : position + 6] in _VRS
    while position + 8 <= min(len(head), _LARGEST_META) and head[position : position + 2] == b"\2\0":
        if explicit:
            group, element, vr, length = _SHORT(head, position)
            position += 8
            if vr not in _VRS and not (vr.isalpha() and vr.isupper()):
                (length,) = _LENGTH(head, position - 4)  # no VR at all: as if written implicitly
            elif vr in _WITH_LONG_LENGTH or (vr not in _VRS and not length):  # or of a later edition
                if position + 4 > len(head):
                    return FileStart(preamble, tuple(fields), position, truncated=True)
                (length,) = _LENGTH(head, position)
                position += 4
        else:
            group, element, length = _IMPLICIT(head, position)
            position += 8
        if position + length > size:
            return FileStart(preamble, tuple(fields), size, truncated=True)
        fields.append(MetaField(group << 16 | element, head[position : position + length], position))
        position += length
    cut = position + 8 > size and position < size
    return FileStart(preamble, tuple(fields), position, truncated=cut or (position >= size and not fields))


def meta_fits(start: FileStart, held: int, size: int) -> bool:
    """Whether the bytes held were enough to see the end of group 0002."""
    return start.data_start + 8 <= held or held >= min(size, _LARGEST_META)


def _goes_on(head: bytes, size: int, *, explicit: bool, order: ByteOrder = "little") -> bool:
    """Whether three plausible elements in rising order stand at the start."""
    position, last = 0, -1
    for _ in range(3):
        if position + 8 > min(len(head), size):
            return False
        tag = int.from_bytes(head[position : position + 2], order) << 16
        tag |= int.from_bytes(head[position + 2 : position + 4], order)
        length = int.from_bytes(head[position + 4 : position + 8], order)
        if explicit:
            vr = head[position + 4 : position + 6]
            if vr not in _VRS:
                return False
            length = int.from_bytes(head[position + 6 : position + 8], order)
            if vr in _WITH_LONG_LENGTH:
                length = int.from_bytes(head[position + 8 : position + 12], order)
                position += 4
        if tag <= last or not 2 <= tag >> 16 <= 0x50 or position + 8 + length > size:
            return False
        last = tag
        position += 8 + length
    return True
