"""The bytes of one file (or of an inflated one) by offset, a moving window of them in memory.

Plain reads, no memory map: a share that vanishes must be an error, not the end of the process.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Final

from uidscope.core.errors import InputError
from uidscope.core.read.encoding import inflate
from uidscope.core.read.platform_io import NotRegular, open_regular, read_at

ReadAt = Callable[[int, int], bytes]

FIRST_BLOCK: Final = 8192  # most headers fit
LARGEST_BLOCK: Final = 256 * 1024


class ByteWindow:
    """Read-only bytes by offset.

    ``read_at(offset, length)`` returns what there is of these bytes: fewer only at the end.
    """

    __slots__ = ("_base", "_block", "_buffer", "_read_at", "size")

    def __init__(self, read_at: ReadAt, size: int) -> None:
        self.size = size
        self._read_at = read_at
        self._buffer = b""
        self._base = 0
        self._block = FIRST_BLOCK

    def at(self, offset: int, length: int) -> bytes:
        """Return ``length`` bytes from ``offset``; fewer only where the stream ends."""
        start = offset - self._base
        if start < 0 or start + length > len(self._buffer):
            if length > LARGEST_BLOCK:
                return self._read_at(offset, length)
            self._move(offset, length)
            start = 0
        return self._buffer[start : start + length]

    def around(self, offset: int, length: int) -> tuple[bytes, int]:
        """Return a buffer that holds the asked bytes (as far as there are any) and its own offset.

        For a reader that takes many small values in a row and slices the buffer itself.
        """
        start = offset - self._base
        if start < 0 or start + length > len(self._buffer):
            self._move(offset, length)
        return self._buffer, self._base

    def blocks(self, start: int, end: int, length: int = LARGEST_BLOCK) -> Iterator[bytes]:
        """Yield the bytes from ``start`` to ``end`` in pieces of at most ``length``."""
        while start < end:
            block = self._read_at(start, min(length, end - start))
            if not block:
                return
            yield block
            start += len(block)

    def _move(self, offset: int, length: int) -> None:
        # Reading on in a row doubles the block; a jump (over pixel data) starts small again.
        in_a_row = self._base <= offset <= self._base + len(self._buffer) and self._buffer
        self._block = min(self._block * 2, LARGEST_BLOCK) if in_a_row else FIRST_BLOCK
        self._buffer = self._read_at(offset, max(length, self._block))
        self._base = offset


def open_for_reading(path: str | bytes, *, follow_links: bool = False) -> int:
    """Open a regular file as ``open_regular`` does; raises ``InputError``."""
    try:
        return open_regular(path, follow_links=follow_links)
    except NotRegular as error:
        raise InputError(f"{shown(path)} is not a regular file.") from error
    except OSError as error:
        raise _unreadable(path, error) from error


def descriptor_window(descriptor: int, path: str | bytes) -> ByteWindow:
    """Return a window on an open file; ``path`` is for the errors (``InputError``) of its reads."""

    def read(offset: int, length: int) -> bytes:
        try:
            return _read_fully(descriptor, offset, length)
        except OSError as error:
            raise _unreadable(path, error) from error

    return ByteWindow(read, os.fstat(descriptor).st_size)


@contextlib.contextmanager
def open_window(path: str | bytes, *, follow_links: bool = False) -> Iterator[ByteWindow]:
    """Open a regular file for reading, as a window, and close it at the end. Raises ``InputError``."""
    descriptor = open_for_reading(path, follow_links=follow_links)
    try:
        yield descriptor_window(descriptor, path)
    finally:
        os.close(descriptor)


def memory_window(stream: bytes | bytearray | memoryview) -> ByteWindow:
    """Return a window on bytes in memory."""
    view = memoryview(stream)

    def read(offset: int, length: int) -> bytes:
        return bytes(view[offset : offset + length])

    return ByteWindow(read, len(view))


def inflated_window(window: ByteWindow, start: int) -> ByteWindow:
    """Return the stream whose bytes before ``start`` are the file's, and whose rest is inflated.

    Raises ``InflatedTooLarge`` past the bound of ``encoding.inflate``, and ``InputError`` where the
    deflated bytes are damaged or end too early.
    """
    inflated, complete = inflate(window.at(start, window.size - start), window.size)
    if not complete:
        raise InputError("The deflated data set is not complete.")
    head = window.at(0, start)

    def read(offset: int, length: int) -> bytes:
        if offset >= start:
            return inflated[offset - start : offset - start + length]
        return (head[offset:] + inflated[: max(0, offset + length - start)])[:length]

    return ByteWindow(read, start + len(inflated))


def shown(path: str | bytes) -> str:
    """Return a path as text that any stream can print: undecodable bytes as ``\\udcXX``."""
    return os.fsdecode(path).encode("utf-8", "backslashreplace").decode("utf-8")


def _read_fully(descriptor: int, offset: int, length: int) -> bytes:
    """Read until ``length`` or the end: one call may return less on a network file system."""
    block = read_at(descriptor, length, offset)
    if len(block) == length or not block:
        return block
    parts = [block]
    have = len(block)
    while have < length and (block := read_at(descriptor, length - have, offset + have)):
        parts.append(block)
        have += len(block)
    return b"".join(parts)


def _unreadable(path: str | bytes, error: OSError) -> InputError:
    return InputError(f"{shown(path)} cannot be read: {error.strerror or 'input error'}.")
