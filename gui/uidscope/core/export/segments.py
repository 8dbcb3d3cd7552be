"""A file to be written as a list of pieces: literal bytes, and spans to be copied from the source."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from uidscope.core.errors import InputError
from uidscope.core.export.durable import preallocate
from uidscope.core.read.byte_window import ByteWindow
from uidscope.core.read.platform_io import read_at

# A shorter span is cheaper to read and write together with its neighbours than by a call of its own.
_SHORTEST_SPAN: Final = 32 * 1024
_BLOCK: Final = 1024 * 1024
_MOST_TOGETHER: Final = 64  # pieces; every system takes more by one call

# The file system or the system cannot copy between these two files; reading and writing always can.
_NOT_SUPPORTED: Final = frozenset(
    number
    for name in ("EXDEV", "EINVAL", "ENOSYS", "EOPNOTSUPP", "ENOTSUP", "EPERM", "EBADF", "ETXTBSY")
    if (number := getattr(errno, name, None)) is not None
)


class Span(NamedTuple):
    """The bytes of the source from ``start`` to ``end``."""

    start: int
    end: int


Segment = Span | bytes


def total_size(segments: Iterable[Segment]) -> int:
    """Return how many bytes these pieces make."""
    return sum(
        segment.end - segment.start if isinstance(segment, Span) else len(segment) for segment in segments
    )


def coalesce(segments: Iterable[Segment], window: ByteWindow) -> tuple[Segment, ...]:
    """Join neighbours: spans that touch become one, and short spans become literal bytes."""
    joined: list[Segment] = []
    literals: list[bytes] = []
    for segment in _touching_spans_joined(segments):
        if isinstance(segment, bytes):
            literals.append(segment)
        elif segment.end - segment.start < _SHORTEST_SPAN:
            literals.append(window.at(segment.start, segment.end - segment.start))
        else:
            if literals:
                joined.append(b"".join(literals))
                literals = []
            joined.append(segment)
    if literals:
        joined.append(b"".join(literals))
    return tuple(joined)


def _touching_spans_joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    before: Segment | None = None
    for segment in segments:
        if isinstance(segment, Span) and isinstance(before, Span) and before.end == segment.start:
            before = Span(before.start, segment.end)
        else:
            if before is not None:
                yield before
            before = segment
    if before is not None:
        yield before


def write_segments(segments: Iterable[Segment], source: int, target: int) -> None:
    """Write the pieces one behind the other to ``target``, a new and empty file, in constant memory.

    Both are descriptors. Raises ``InputError`` where the source cannot be read or has become
    shorter, and ``OSError`` where the target cannot be written.
    """
    segments = tuple(segments)
    size = total_size(segments)
    preallocate(target, size)
    if size <= _BLOCK and len(segments) <= _MOST_TOGETHER and hasattr(os, "writev"):
        _write_together(source, target, segments)
        return
    for segment in segments:
        if isinstance(segment, Span):
            _copy_span(source, target, segment)
        else:
            _write_fully(target, segment)


def _write_together(source: int, target: int, segments: tuple[Segment, ...]) -> None:
    """Write a small file by one call."""
    pieces = [
        b"".join(_blocks(source, segment)) if isinstance(segment, Span) else segment for segment in segments
    ]
    written = os.writev(target, pieces)
    if written < sum(map(len, pieces)):
        _write_fully(target, b"".join(pieces)[written:])


def _copy_span(source: int, target: int, span: Span) -> None:
    start = span.start
    if span.end - start > _BLOCK and hasattr(os, "copy_file_range"):
        start = _copy_inside_system(source, target, span)
    for block in _blocks(source, Span(start, span.end)):
        _write_fully(target, block)


def _blocks(source: int, span: Span) -> Iterator[bytes]:
    """Read the bytes of a span, some at a time."""
    start = span.start
    while start < span.end:
        try:
            block = read_at(source, min(_BLOCK, span.end - start), start)
        except OSError as error:
            raise InputError(f"A source can no longer be read: {error.strerror}.") from error
        if not block:
            raise InputError("A source became shorter while it was read; rescan.")
        yield block
        start += len(block)


def _copy_inside_system(source: int, target: int, span: Span) -> int:
    """Copy as much as the system can by itself; return the offset from which it could not.

    A file server may copy without sending the bytes here and back; for one block of a local file it
    takes longer than reading and writing.
    """
    start = span.start
    try:
        while start < span.end:
            copied = os.copy_file_range(source, target, span.end - start, offset_src=start)
            if not copied:
                break
            start += copied
    except OSError as error:
        if error.errno not in _NOT_SUPPORTED:
            raise
    return start


def _write_fully(target: int, literal: bytes) -> None:
    rest = memoryview(literal)
    while rest:
        rest = rest[os.write(target, rest) :]
