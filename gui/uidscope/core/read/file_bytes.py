"""The bytes of a file that is read once: where its data set begins, and the walk of it."""

from __future__ import annotations

from uidscope.core.read.encoding import (
    FileStart,
    find_start,
    guess_encoding,
    inflate,
    is_deflated,
    meta_fits,
)
from uidscope.core.read.item_layout import ItemMemo
from uidscope.core.read.walk import Walk
from uidscope.core.read.walker import FIRST_READ, HeaderWalker, ReadAt
from uidscope.core.uid.syntax import strip_value

_META_TRANSFER_SYNTAX = 0x00020010


class FileBytes:
    """The bytes of a file: the first ones at hand, the others when asked for."""

    def __init__(
        self, size: int, read: ReadAt, head: bytes | None = None, items: ItemMemo | None = None
    ) -> None:
        self._items = items
        self.size = size
        self._read = read
        self.head = read(0, min(size, FIRST_READ)) if head is None else head

    def read_at(self, offset: int, length: int) -> bytes:
        """``length`` bytes from ``offset``; fewer only where the file ends."""
        data = self._read(offset, length)
        while len(data) < length:  # a read of a share may give less than asked
            more = self._read(offset + len(data), length - len(data))
            if not more:
                break
            data += more
        return data

    def start(self) -> FileStart | None:
        """What stands before the data set; ``None``: this is no DICOM."""
        start = find_start(self.head, self.size)
        if start is not None and not meta_fits(start, len(self.head), self.size):
            self.head = self.read_at(0, min(self.size, 1 << 20))
            start = find_start(self.head, self.size)
        return start

    def walk(self, start: FileStart) -> tuple[Walk, str]:
        """The walk of the data set and the word for its encoding."""
        transfer_syntax = strip_value(start.raw(_META_TRANSFER_SYNTAX) or b"")
        if start.truncated:
            walk = Walk()
            walk.faults.append(("FILE-01", "meta", "the file ends inside the file meta information"))
            return walk, "explicit-le"
        first = self.head[start.data_start : start.data_start + 8]
        if is_deflated(first, transfer_syntax):
            data, complete = inflate(self.read_at(start.data_start, self.size - start.data_start), self.size)
            walker = HeaderWalker(
                data, 0, len(data), lambda offset, length: data[offset : offset + length], self._items
            )
            walk = walker.run(0, guess_encoding(data[:8], ""))
            if not complete and not walk.faults:
                walk.faults.append(("FILE-01", "", "the deflated data set is not complete"))
            return walk, "deflated"
        encoding = guess_encoding(first, transfer_syntax)
        walker = HeaderWalker(self.head, 0, self.size, self.read_at, self._items)
        return walker.run(start.data_start, encoding), encoding
