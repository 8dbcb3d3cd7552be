"""Pieces to a file: joined, copied by whatever the system can do, and never more than the source has."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.errors import InputError
from uidscope.core.export.segments import Segment, Span, coalesce, total_size, write_segments
from uidscope.core.read.byte_window import memory_window

SOURCE = os.urandom(3_000_000)

spans = st.tuples(st.integers(0, len(SOURCE)), st.integers(0, 90_000)).map(
    lambda span: Span(span[0], min(span[0] + span[1], len(SOURCE)))
)
pieces: st.SearchStrategy[list[Segment]] = st.lists(st.one_of(spans, st.binary(max_size=50)), max_size=12)


def bytes_of(segments: list[Segment] | tuple[Segment, ...]) -> bytes:
    return b"".join(
        SOURCE[segment.start : segment.end] if isinstance(segment, Span) else segment for segment in segments
    )


@pytest.fixture
def source() -> Iterator[int]:
    with tempfile.TemporaryFile() as file:
        file.write(SOURCE)
        file.flush()
        yield file.fileno()


def copied(segments: list[Segment], source: int) -> bytes:
    with tempfile.TemporaryFile() as target:
        write_segments(segments, source, target.fileno())
        target.seek(0)
        return target.read()


@given(pieces)
def test_joining_keeps_the_bytes(segments: list[Segment]) -> None:
    joined = coalesce(segments, memory_window(SOURCE))
    assert bytes_of(joined) == bytes_of(segments)
    assert total_size(joined) == len(bytes_of(segments))


def test_neighbours_become_one_and_short_spans_literal() -> None:
    segments: list[Segment] = [b"ab", Span(0, 10), b"cd", Span(100, 50_000), Span(50_000, 90_000)]
    assert coalesce(segments, memory_window(SOURCE)) == (b"ab" + SOURCE[:10] + b"cd", Span(100, 90_000))


SEGMENTS: list[Segment] = [b"head", Span(5, 2_500_000), b"middle", Span(10, 20), Span(2_999_999, 3_000_000)]


def test_a_long_span_is_copied(source: int) -> None:
    assert copied(SEGMENTS, source) == bytes_of(SEGMENTS)


@pytest.mark.parametrize("number", [errno.EXDEV, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL, None])
def test_where_the_system_cannot_copy_bytes_are_read_and_written(
    source: int, monkeypatch: pytest.MonkeyPatch, number: int | None
) -> None:
    def cannot(*_: Any, **__: Any) -> int:
        if number is None:
            return 0
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "copy_file_range", cannot, raising=False)
    assert copied(SEGMENTS, source) == bytes_of(SEGMENTS)


def test_writes_that_take_only_a_part_go_on(source: int, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda target, data: write(target, bytes(data[:70_001])))
    segments: list[Segment] = [b"head", Span(5, 900_000)]
    assert copied(segments, source) == bytes_of(segments)


def test_a_full_disk_is_an_error(source: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "copy_file_range", full, raising=False)
    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        copied(SEGMENTS, source)


@pytest.mark.parametrize("end", [3_000_001, 5_000_000])
def test_a_source_that_became_shorter_is_an_error(source: int, end: int) -> None:
    with pytest.raises(InputError, match="shorter"):
        copied([Span(10, end)], source)
