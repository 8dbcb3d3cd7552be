"""How an element that we write looks in bytes (PS3.5 6.2, 7.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from uidscope.core.errors import UsageError
from uidscope.core.read.structure import LONG_VRS
from uidscope.core.uid.dictionary import keyword

LONGEST_16_BIT_VALUE: Final = 65_534
_LONGEST_32_BIT_VALUE: Final = 0xFFFF_FFFE
_ITEM: Final = 0xFFFE_E000
_PADDED_WITH_NUL: Final = (LONG_VRS - {"UC", "UR", "UT"}) | {"UI"}

ByteOrder = Literal["little", "big"]


def padded(vr: str, value: bytes) -> bytes:
    """Return a value of even length: a NUL behind UI and binary values, a space behind text."""
    if len(value) % 2 == 0:
        return value
    return value + (b"\0" if vr in _PADDED_WITH_NUL else b" ")


def encoded_element(tag: int, vr: str, value: bytes, *, explicit: bool, order: ByteOrder) -> bytes:
    """Return a whole element; the value is padded. Raises ``UsageError`` where it is too long."""
    value = padded(vr, value)
    header = tag_bytes(tag, order)
    size = 4 if vr in LONG_VRS else 2
    if not explicit:
        return header + length_field(tag, vr, len(value), 4, order) + value
    header += vr.encode("ascii") + (b"\0\0" if size == 4 else b"")
    return header + length_field(tag, vr, len(value), size, order) + value


def encoded_item(elements: Iterable[bytes], order: ByteOrder) -> bytes:
    """Return a whole item, of defined length, that holds these whole elements (PS3.5 7.5.1)."""
    body = b"".join(elements)
    return tag_bytes(_ITEM, order) + length_field(_ITEM, "", len(body), 4, order) + body


def tag_bytes(tag: int, order: ByteOrder) -> bytes:
    """Return a tag as its two numbers of 16 bits; so is a value of VR AT written."""
    return (tag >> 16).to_bytes(2, order) + (tag & 0xFFFF).to_bytes(2, order)


def length_field(tag: int, vr: str, length: int, size: int, order: ByteOrder) -> bytes:
    """Return a length in ``size`` bytes.

    Raises ``UsageError`` where it does not fit; a UI value must fit into 16 bits in any encoding, since
    it may be written in another one later.
    """
    longest = LONGEST_16_BIT_VALUE if size == 2 or vr == "UI" else _LONGEST_32_BIT_VALUE
    if length > longest:
        raise UsageError(f"{keyword(tag)} would grow to {length:,} bytes; it may have {longest:,} at most.")
    return length.to_bytes(size, order)
