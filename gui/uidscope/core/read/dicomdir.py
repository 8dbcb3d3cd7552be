"""The records of a DICOMDIR that name files, one after the other (PS3.3 F.3, PS3.10 8.6).

They are hints: nothing is opened that a record names, and what cannot be read ends the list. The records
are read one behind the other; offsets say only which stands below which, and a cycle of them is cut.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from struct import Struct
from typing import Final, Literal, NamedTuple

from uidscope.core.read.byte_window import LARGEST_BLOCK, ByteWindow
from uidscope.core.read.character_sets import decode_text
from uidscope.core.read.encoding import find_start, guess_encoding, is_deflated
from uidscope.core.read.structure import DEEPEST_LEVEL, LONG_VRS
from uidscope.core.uid.syntax import strip_value

_TRANSFER_SYNTAX: Final = 0x0002_0010
_RECORDS: Final = 0x0004_1220
_NEXT: Final = 0x0004_1400
_IN_USE: Final = 0x0004_1410
_LOWER: Final = 0x0004_1420
_TYPE: Final = 0x0004_1430
_FILE_ID: Final = 0x0004_1500
_CLASS: Final = 0x0004_1510
_INSTANCE: Final = 0x0004_1511
_FILE_TRANSFER_SYNTAX: Final = 0x0004_1512
_CHARACTER_SET: Final = 0x0008_0005
_PATIENT_ID: Final = 0x0010_0020
_STUDY: Final = 0x0020_000D
_SERIES: Final = 0x0020_000E
_WANTED: Final = frozenset(
    {_NEXT, _IN_USE, _LOWER, _TYPE, _FILE_ID, _CLASS, _INSTANCE, _FILE_TRANSFER_SYNTAX}
    | {_CHARACTER_SET, _PATIENT_ID, _STUDY, _SERIES}
)
# A patient, study and series stand above an object; no standard record lies deeper (PS3.3 F.4).
_MOST_ABOVE: Final = 8
_LONGEST_VALUE: Final = 1024

_ITEM: Final = 0xFFFE_E000
_ITEM_END: Final = 0xFFFE_E00D
_SEQUENCE_END: Final = 0xFFFE_E0DD
_UNDEFINED: Final = 0xFFFF_FFFF
_LONG_VRS: Final = frozenset(vr.encode() for vr in LONG_VRS)


class EntityRecord(NamedTuple):
    """What a record of a patient, study or series gives as its Patient ID or UID; empty where it does not."""

    level: Literal["patient", "study", "series"]
    value: str


class DirectoryRecord(NamedTuple):
    """A record that names a file.

    ``file_id`` holds the components of the path below the folder of the DICOMDIR, as the file states
    them. The UIDs are stripped text, empty where the record gives none. ``above`` are the records in use
    that the offsets place above this one, the nearest first, as far as they say whose they are.
    """

    file_id: tuple[str, ...]
    class_uid: str
    instance_uid: str
    transfer_syntax: str
    above: tuple[EntityRecord, ...] = ()


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
    items: dict[int, _Item] = {}
    with suppress(_Stop):
        for item in reader.items(start.data_start):
            items[item.offset] = item
    above = _items_above(items)
    for item in items.values():
        if record := _record(item):
            yield record._replace(above=tuple(_entities_above(item, above)))


class _Item(NamedTuple):
    """One record as it stands: its offset, those of its neighbours, 0 for none, and its values by tag."""

    offset: int
    next: int
    lower: int
    raw_values: dict[int, bytes]

    @property
    def in_use(self) -> bool:
        return self.raw_values.get(_IN_USE, b"\xff\xff") != b"\0\0"

    def text(self, tag: int) -> str:
        return strip_value(self.raw_values.get(tag, b""))


def _record(item: _Item) -> DirectoryRecord | None:
    """None where it names no file or is not in use."""
    file_id = os.fsdecode(item.raw_values.get(_FILE_ID, b"").strip(b" \0"))
    if not file_id or not item.in_use:
        return None
    return DirectoryRecord(
        tuple(component.strip(" ") for component in file_id.split("\\")),
        item.text(_CLASS),
        item.text(_INSTANCE),
        item.text(_FILE_TRANSFER_SYNTAX),
    )


def _items_above(items: dict[int, _Item]) -> dict[int, _Item]:
    """Item -> the one whose lower-level records it is among; the first that claims it has it."""
    above: dict[int, _Item] = {}
    for item in items.values():
        lower = items.get(item.lower)
        while lower is not None and lower.offset not in above:
            above[lower.offset] = item
            lower = items.get(lower.next)
    return above


def _entities_above(item: _Item, above: dict[int, _Item]) -> Iterator[EntityRecord]:
    upper = above.get(item.offset)
    for _ in range(_MOST_ABOVE):
        if upper is None:
            return
        entity = _entity(upper)
        if entity is not None and upper.in_use:
            yield entity
        upper = above.get(upper.offset)


def _entity(item: _Item) -> EntityRecord | None:
    match item.text(_TYPE):
        case "PATIENT":
            raw_id = item.raw_values.get(_PATIENT_ID, b"")
            patient_id = decode_text(raw_id, item.raw_values.get(_CHARACTER_SET, b""))
            return EntityRecord("patient", patient_id)
        case "STUDY":
            return EntityRecord("study", item.text(_STUDY))
        case "SERIES":
            return EntityRecord("series", item.text(_SERIES))
    return None


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

    def items(self, at: int) -> Iterator[_Item]:
        """The items of the directory record sequence of the data set that begins here."""
        while at < self._window.size:
            header = self._header(at)
            if header.tag == _RECORDS:
                yield from self._items_of(header)
                return
            at = self._behind(header, 0)

    def _items_of(self, sequence: _Header) -> Iterator[_Item]:
        at = sequence.start
        end = self._window.size if sequence.length == _UNDEFINED else at + sequence.length
        while at < end:
            tag, length = self._tag_and_length(at)
            if tag != _ITEM:
                return
            raw_values, behind = self._raw_values(at + 8, length)
            yield _Item(at, self._offset(raw_values, _NEXT), self._offset(raw_values, _LOWER), raw_values)
            at = behind

    def _offset(self, raw_values: dict[int, bytes], tag: int) -> int:
        raw = raw_values.get(tag, b"")
        return int(self._long(raw)[0]) if len(raw) == 4 else 0

    def _raw_values(self, at: int, length: int) -> tuple[dict[int, bytes], int]:
        """The values wanted of one item, and the offset behind it."""
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
        return values, at

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

    def _tag_and_length(self, at: int) -> tuple[int, int]:
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
            tag, length = self._tag_and_length(at)
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
