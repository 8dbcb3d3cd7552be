"""The bytes of a file outside its pixel data, and UIDs that stand among them as text.

Where a UID stands in a UI element the walker and ``structure`` tell; here is what they pass over: private
elements, free text, binary values and encapsulated documents.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator
from struct import Struct
from typing import TYPE_CHECKING, Final, NamedTuple

from uidscope.core.read.byte_window import ByteWindow
from uidscope.core.read.encoding import find_start, inflate
from uidscope.core.read.platform_io import open_regular, read_at

if TYPE_CHECKING:
    from uidscope.core.read.structure import Element

LONGEST_PIECE: Final = 1 << 20
MOST_BYTES: Final = 64 << 20  # of one file, or of one value
OVERLAP: Final = 128  # twice the longest UID

_FIRST_READ: Final = 8192
_NEXT_READ: Final = 65536
_NUMBER: Final = re.compile(r"\[\d+\]")
_RUN: Final = re.compile(rb"[0-9.]{3,}")
_UNDEFINED: Final = 0xFFFF_FFFF

ReadAt = Callable[[int, int], bytes]


class UidPlace(NamedTuple):
    """A UID that stands in an element of another VR; ``pattern`` is its path without item numbers."""

    pattern: str
    uid: str


def bytes_outside_pixels(path: str, encoding: str, size: int, modified_ns: int) -> Iterator[bytes]:
    """Yield what a file holds outside its pixel data, in pieces of at most ``LONGEST_PIECE`` or so.

    A long run of bytes comes in several pieces, of which each begins with the last ``OVERLAP`` bytes of
    the one before. No more than ``MOST_BYTES`` are given, and nothing behind encapsulated pixel data.
    ``encoding`` is that of the record; a deflated data set is inflated. A file of another size or time
    gives nothing. Raises OSError, and InflatedTooLarge.
    """
    descriptor = open_regular(path, follow_links=True)
    try:
        status = os.fstat(descriptor)
        if (status.st_size, status.st_mtime_ns) != (size, modified_ns):
            return

        yield from pieces_outside_pixels(
            lambda offset, length: read_at(descriptor, length, offset), size, encoding
        )
    finally:
        os.close(descriptor)


def pieces_outside_pixels(read: ReadAt, size: int, encoding: str) -> Iterator[bytes]:
    """Yield the same of a file that is open: ``read(offset, length)`` brings its bytes.

    Raises InflatedTooLarge, and what ``read`` raises.
    """
    if encoding == "deflated":
        yield from _of_deflated(read, size)
    else:
        yield from _pieces(read, size, _FORMS[encoding])


def uids_in_text(window: ByteWindow, uids: Collection[str]) -> Iterator[UidPlace]:
    """Yield where these UIDs stand in elements that are no UI elements, in the order of the file.

    Pixel data and the file meta are left out, and so is what lies behind the first ``MOST_BYTES`` of a
    value. Raises ``StructureFault`` and what the window raises.
    """
    from uidscope.core.read.structure import (  # noqa: PLC0415 - few files have such UIDs
        PIXEL_DATA,
        parse_structure,
        walk_elements,
    )

    structure = parse_structure(window)
    wanted = frozenset(uids)
    for path, element, _ in walk_elements(structure.dataset):
        if element.vr == "UI" or element.items or element.tag == PIXEL_DATA:
            continue
        found = numbers_in_value(structure.window, element) & wanted
        if found:
            pattern = _NUMBER.sub("[]", path)
            for uid in sorted(found):
                yield UidPlace(pattern, uid)


class _Form(NamedTuple):
    """How (7FE0,0010) and its length are written."""

    tag: bytes
    explicit: bool
    length: Struct


_FORMS: Final = {
    "explicit-le": _Form(b"\xe0\x7f\x10\0", True, Struct("<I")),
    "implicit-le": _Form(b"\xe0\x7f\x10\0", False, Struct("<I")),
    "explicit-be": _Form(b"\x7f\xe0\0\x10", True, Struct(">I")),
}
_PIXEL_VRS: Final = (b"OW\0\0", b"OB\0\0")


def _of_deflated(read: ReadAt, size: int) -> Iterator[bytes]:
    start = find_start(read(0, _NEXT_READ), size)
    if start is None:
        return
    data, _ = inflate(read(start.data_start, size - start.data_start), size)
    yield read(0, start.data_start)
    yield from _pieces(lambda at, length: data[at : at + length], len(data), _FORMS["explicit-le"])


def _pieces(read: ReadAt, size: int, form: _Form) -> Iterator[bytes]:
    at, buffer, left = 0, read(0, min(size, _FIRST_READ)), MOST_BYTES
    while buffer:
        header, behind = _pixel_data(buffer, at, size, form)
        if behind:
            yield buffer[:header]
            left -= header
            if behind >= size or left <= 0:
                return
            at, buffer = behind, read(behind, _FIRST_READ)
            continue
        more = b""
        if at + len(buffer) < size:
            more = read(at + len(buffer), max(_NEXT_READ, len(buffer)))
        if more and len(buffer) < LONGEST_PIECE:
            buffer += more
            continue
        yield buffer
        left -= len(buffer)
        if not more or left <= 0:
            return
        at += len(buffer) - OVERLAP
        buffer = buffer[-OVERLAP:] + more


def _pixel_data(buffer: bytes, at: int, size: int, form: _Form) -> tuple[int, int]:
    """Where pixel data begin in the buffer, and the offset in the file behind them; (0, 0) for none.

    Four bytes of any value may look like the tag: what follows them must be a header that fits.
    """
    index = buffer.find(form.tag)
    while 0 <= index <= len(buffer) - 12:
        if form.explicit:
            fits, header = buffer[index + 4 : index + 8] in _PIXEL_VRS, 12
        else:
            fits, header = True, 8
        (length,) = form.length.unpack_from(buffer, index + header - 4)
        behind = size if length == _UNDEFINED else at + index + header + length
        if fits and behind <= size:
            return index, behind
        index = buffer.find(form.tag, index + 1)
    return 0, 0


def numbers_in_value(window: ByteWindow, element: Element) -> set[str]:
    """Return the dotted numbers that stand in a value, each as a whole one of its own.

    What lies behind the first ``MOST_BYTES`` of the value is left out.
    """
    found: set[str] = set()
    before = b""
    end = min(element.value_end, element.value_start + MOST_BYTES)
    for block in window.blocks(element.value_start, end):
        text = before + block
        found.update(run.strip(b".").decode("ascii") for run in _RUN.findall(text))
        before = text[-OVERLAP:]
    return found
