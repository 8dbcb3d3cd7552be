"""The records of a DICOMDIR that name files, one after the other (PS3.3 F.3, PS3.10 8.6).

They are hints: nothing is opened that a record names, offsets between records are not followed, and
what cannot be read ends the list.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from struct import Struct
from typing import Final, NamedTuple

from uidscope.core.read.byte_window import LARGEST_BLOCK, ByteWindow
from uidscope.core.read.encoding import find_start, guess_encoding, is_deflated
from uidscope.core.read.structure import DEEPEST_LEVEL, LONG_VRS
from uidscope.core.uid.syntax import strip_value

_TRANSFER_SYNTAX: Final = 0x0002_0010
_RECORDS: Final = 0x0004_1220
_IN_USE: Final = 0x0004_1410
_FILE_ID: Final = 0x0004_1500
_CLASS: Final = 0x0004_1510
_INSTANCE: Final = 0x0004_1511
_FILE_TRANSFER_SYNTAX: Final = 0x0004_1512
_WANTED: Final = frozenset({_IN_USE, _FILE_ID, _CLASS, _INSTANCE, _FILE_TRANSFER_SYNTAX})
_LONGEST_VALUE: Final = 1024

_ITEM: Final = 0xFFFE_E000
_ITEM_END: Final = 0xFFFE_E00D
_SEQUENCE_END: Final = 0xFFFE_E0DD
_UNDEFINED: Final = 0xFFFF_FFFF
_LONG_VRS: Final = frozenset(vr.encode() for vr in LONG_VRS)


class DirectoryRecord(NamedTuple):
    """A record that names a file.

    ``file_id`` holds the components of the path below the folder of the DICOMDIR, as the file states
    them. The UIDs are stripped text, empty where the record gives none.
    """

    file_id: tuple[str, ...]
    class_uid: str
    instance_uid: str
    transfer_syntax: str


def directory_records(window: ByteWindow) -> Iterator[DirectoryRecord]:
    """Yield the records in use that name a file, in the order of the DICOMDIR.

    A DICOMDIR that is cut off or broken gives those before the fault. Raises what the window raises.
    """
    start = find_start(window.at(0, LARGEST_BLOCK), window.size)
    if start is None or start.truncated:
        return
    transfer_syntax = strip_value(start.raw(_TRANSFER_SYNTAX) or b"")
    first = window.at(start.data_start, 8)
    if is_deflated(first, transfer_syntax):
        return
    reader = _Reader(window, guess_encoding(first, transfer_syntax))
    try:
        yield from reader.records(start.data_start)
    except _Stop:
        return


class _Stop(Exception):
    """What follows cannot be read."""


class _Header(NamedTuple):
    """One element: its tag, where the value begins, and its length."""

    tag: int
    start: int
    length: int
    is_unknown: bool  # written as UN, whose items are implicit (PS3.5 6.2.2)


class _Reader:
    """Steps through elements and items by their lengths; every step goes forward."""

    def __init__(self, window: ByteWindow, encoding: str) -> None:
        order = ">" if encoding == "explicit-be" else "<"
        self._window = window
        self._explicit = encoding != "implicit-le"
        self._order = order
        self._tag = Struct(order + "HH").unpack_from
        self._short = Struct(order + "H").unpack_from
        self._long = Struct(order + "I").unpack_from

    def records(self, at: int) -> Iterator[DirectoryRecord]:
        """The records of the directory record sequence of the data set that begins here."""
        while at < self._window.size:
            header = self._header(at)
            if header.tag == _RECORDS:
                yield from self._items(header)
                return
            at = self._behind(header, 0)

    def _items(self, sequence: _Header) -> Iterator[DirectoryRecord]:
        at = sequence.start
        end = self._window.size if sequence.length == _UNDEFINED else at + sequence.length
        while at < end:
            tag, length = self._item(at)
            if tag != _ITEM:
                return
            record, at = self._record(at + 8, length)
            if record is not None:
                yield record

    def _record(self, at: int, length: int) -> tuple[DirectoryRecord | None, int]:
        """One record, None where it names no file or is not in use, and the offset behind it."""
        end = self._window.size if length == _UNDEFINED else at + length
        values: dict[int, bytes] = {}
        while at < end:
            header = self._header(at)
            if header.tag == _ITEM_END:
                at = header.start
                break
            if header.tag in _WANTED and header.length <= _LONGEST_VALUE:
                values.setdefault(header.tag, self._bytes(header.start, header.length))
            at = self._behind(header, 1)
        file_id = os.fsdecode(values.get(_FILE_ID, b"").strip(b" \0"))
        if not file_id or values.get(_IN_USE, b"\xff\xff") == b"\0\0":
            return None, at
        record = DirectoryRecord(
            tuple(component.strip(" ") for component in file_id.split("\\")),
            strip_value(values.get(_CLASS, b"")),
            strip_value(values.get(_INSTANCE, b"")),
            strip_value(values.get(_FILE_TRANSFER_SYNTAX, b"")),
        )
        return record, at

    def _header(self, at: int, *, implicit: bool = False) -> _Header:
        head = self._window.at(at, 12)
        if len(head) < 8:
            raise _Stop
        group, element = self._tag(head, 0)
        tag = group << 16 | element
        vr = head[4:6]
        if implicit or not self._explicit or not (vr.isalpha() and vr.isupper()):
            return _Header(tag, at + 8, self._long(head, 4)[0], is_unknown=False)
        if vr in _LONG_VRS:
            if len(head) < 12:
                raise _Stop
            return _Header(tag, at + 12, self._long(head, 8)[0], is_unknown=vr == b"UN")
        return _Header(tag, at + 8, self._short(head, 6)[0], is_unknown=False)

    def _item(self, at: int) -> tuple[int, int]:
        head = self._bytes(at, 8)
        group, element = self._tag(head, 0)
        return group << 16 | element, self._long(head, 4)[0]

    def _bytes(self, at: int, length: int) -> bytes:
        found = self._window.at(at, length)
        if len(found) < length:
            raise _Stop
        return found

    def _behind(self, header: _Header, depth: int, *, implicit: bool = False) -> int:
        """The offset behind an element."""
        if header.length != _UNDEFINED:
            return header.start + header.length
        if depth > DEEPEST_LEVEL:
            raise _Stop
        implicit = implicit or header.is_unknown
        at = header.start
        while True:
            tag, length = self._item(at)
            at += 8
            if tag == _SEQUENCE_END:
                return at
            if tag != _ITEM:
                raise _Stop
            at = self._behind_item(at, depth, implicit=implicit) if length == _UNDEFINED else at + length

    def _behind_item(self, at: int, depth: int, *, implicit: bool) -> int:
        """The offset behind an item of undefined length."""
        while True:
            header = self._header(at, implicit=implicit)
            if header.tag == _ITEM_END:
                return header.start
            at = self._behind(header, depth + 1, implicit=implicit)
