"""Faults put into the bytes of a written file, which the library that wrote it would not write.

An element is named by its path, as in findings: keywords, or eight hex digits for an element that has
none, items counted from 1, `meta.` before an element of the file meta information. Deflated datasets are
opaque here; their file meta is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, overload

from pydicom.datadict import tag_for_keyword
from pydicom.uid import ExplicitVRBigEndian, ImplicitVRLittleEndian

_UNDEFINED = 0xFFFFFFFF
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_META_GROUP_LENGTH, _TRANSFER_SYNTAX = 0x00020000, 0x00020010
_LONG_VRS = {b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"}

_ByteOrder = Literal["little", "big"]


@dataclass(frozen=True, slots=True)
class _Number:
    """A length where it stands in the file."""

    offset: int
    size: int
    order: _ByteOrder

    def of(self, data: bytes) -> int:
        return int.from_bytes(data[self.offset : self.offset + self.size], self.order)

    def put(self, data: bytes, value: int) -> bytes:
        return data[: self.offset] + value.to_bytes(self.size, self.order) + data[self.offset + self.size :]


@dataclass(frozen=True, slots=True)
class _Encoding:
    implicit: bool
    order: _ByteOrder = "little"


@dataclass(frozen=True, slots=True)
class _Element:
    """An element or an item; `value_end` lies before the delimiter where the length is undefined."""

    tag: int
    start: int
    length: _Number
    value_start: int
    value_end: int
    end: int
    inside: _Encoding


@dataclass(frozen=True, slots=True)
class _Place:
    """An element, and the lengths of all that it stands in, which change where its size does."""

    element: _Element
    enclosing: list[_Number]


@overload
def with_raw_value(file: Path, path: str, raw: bytes) -> Path: ...
@overload
def with_raw_value(file: bytes, path: str, raw: bytes) -> bytes: ...
def with_raw_value(file: Path | bytes, path: str, raw: bytes) -> Path | bytes:
    """Give an element these very bytes as its value: no pad is added, none is taken away.

    Its own length and those around it follow. A Path is rewritten in place and returned; of bytes a
    changed copy is returned. Raises LookupError where the file has no such element.
    """
    if isinstance(file, Path):
        file.write_bytes(with_raw_value(file.read_bytes(), path, raw))
        return file
    place = _find(file, path)
    element = place.element
    changed = _spliced(file, element.value_start, element.value_end, raw, place.enclosing)
    return element.length.put(changed, len(raw))


def with_element_twice(data: bytes, path: str) -> bytes:
    """Let the element stand a second time right behind itself."""
    place = _find(data, path)
    element = place.element
    return _spliced(data, element.end, element.end, data[element.start : element.end], place.enclosing)


def with_declared_length(data: bytes, path: str, length: int) -> bytes:
    """Let the element declare another length than it has; nothing else changes."""
    return _find(data, path).element.length.put(data, length)


def truncated(file: Path, n: int) -> Path:
    """Cut the file to its first n bytes, or by -n bytes at its end where n is negative."""
    file.write_bytes(file.read_bytes()[:n])
    return file


def executable_preamble(magic: bytes = b"MZ") -> bytes:
    """128 bytes that begin as a program or an archive does; give them to a dataset as its `preamble`."""
    return magic.ljust(128, b"\x00")


def _spliced(data: bytes, start: int, end: int, new: bytes, enclosing: list[_Number]) -> bytes:
    growth = len(new) - (end - start)
    changed = data[:start] + new + data[end:]
    for number in enclosing:  # each stands before the change, so its offset holds
        changed = number.put(changed, number.of(data) + growth)
    return changed


def _find(data: bytes, path: str) -> _Place:
    """Raises LookupError where there is no such element."""
    start, encoding, meta_length = _layout(data)
    end, enclosing = len(data), list[_Number]()
    if path.startswith("meta."):
        start, end, encoding = _meta_start(data), start, _Encoding(implicit=False)
        enclosing += [meta_length] if meta_length else []
    *steps, last = path.removeprefix("meta.").split(".")
    for step in steps:
        keyword, _, number = step.rstrip("]").partition("[")
        sequence = _child(data, start, end, encoding, _tag(keyword))
        items = [item for item in _items(data, sequence) if item.tag == _ITEM]
        if not 1 <= int(number) <= len(items):
            raise LookupError(f"no item {number} in {keyword}")
        item = items[int(number) - 1]
        enclosing += [part.length for part in (sequence, item) if part.length.of(data) != _UNDEFINED]
        start, end, encoding = item.value_start, item.value_end, item.inside
    return _Place(_child(data, start, end, encoding, _tag(last)), enclosing)


def _tag(name: str) -> int:
    tag = tag_for_keyword(name)
    return int(name, 16) if tag is None else tag


def _child(data: bytes, start: int, end: int, encoding: _Encoding, tag: int) -> _Element:
    for element in _elements(data, start, end, encoding):
        if element.tag == tag:
            return element
    raise LookupError(f"no element {tag:08X} there")


def _meta_start(data: bytes) -> int:
    return 132 if data[128:132] == b"DICM" else 0


def _layout(data: bytes) -> tuple[int, _Encoding, _Number | None]:
    """Where the dataset begins, how it is encoded, and where the length of the file meta stands."""
    start = _meta_start(data)
    transfer_syntax, meta_length = "", None
    for element in _elements(data, start, len(data), _Encoding(implicit=False)):
        if element.tag >> 16 != 2:
            break
        if element.tag == _META_GROUP_LENGTH:
            meta_length = _Number(element.value_start, 4, "little")
        if element.tag == _TRANSFER_SYNTAX:
            transfer_syntax = data[element.value_start : element.value_end].rstrip(b"\0").decode("ascii")
        start = element.end
    if transfer_syntax:
        encoding = _Encoding(
            implicit=transfer_syntax == ImplicitVRLittleEndian,
            order="big" if transfer_syntax == ExplicitVRBigEndian else "little",
        )
    else:  # a bare dataset begins with group 0008 and, where it is explicit, a VR in letters
        order: _ByteOrder = "big" if data[start] == 0 else "little"
        encoding = _Encoding(implicit=not data[start + 4 : start + 6].isalpha(), order=order)
    return start, encoding, meta_length


def _elements(data: bytes, start: int, end: int, encoding: _Encoding) -> Iterator[_Element]:
    while start < end:
        element = _element(data, start, encoding)
        yield element
        start = element.end


def _element(data: bytes, start: int, encoding: _Encoding) -> _Element:
    group = int.from_bytes(data[start : start + 2], encoding.order)
    tag = group << 16 | int.from_bytes(data[start + 2 : start + 4], encoding.order)
    vr = data[start + 4 : start + 6]
    inside = encoding
    if group == 0xFFFE or encoding.implicit:
        length = _Number(start + 4, 4, encoding.order)
    elif vr in _LONG_VRS:
        length = _Number(start + 8, 4, encoding.order)
        if vr == b"UN":
            inside = _Encoding(implicit=True)  # PS3.5 6.2.2
    else:
        length = _Number(start + 6, 2, encoding.order)
    value_start = length.offset + length.size
    if length.of(data) != _UNDEFINED:
        value_end = end = value_start + length.of(data)
        return _Element(tag, start, length, value_start, value_end, end, inside)
    value_end = value_start
    closing = _ITEM_END if tag == _ITEM else _SEQUENCE_END
    # Items of the content of an item are elements; those of a sequence, and fragments, are items.
    for part in _elements(data, value_start, len(data), inside):
        value_end = part.start
        if part.tag == closing:
            return _Element(tag, start, length, value_start, value_end, part.end, inside)
    raise LookupError(f"element {tag:08X} is never closed")


def _items(data: bytes, sequence: _Element) -> Iterator[_Element]:
    return _elements(data, sequence.value_start, sequence.value_end, sequence.inside)
