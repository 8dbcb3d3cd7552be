"""Windows on files: any read in any order, and only regular files, without waiting or following."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.errors import InputError
from uidscope.core.read.byte_window import (
    LARGEST_BLOCK,
    ByteWindow,
    inflated_window,
    memory_window,
    open_window,
    shown,
)

DATA = bytes(number * 7 % 251 for number in range(LARGEST_BLOCK + 30_000))

reads = st.lists(
    st.tuples(st.integers(0, len(DATA) + 10), st.one_of(st.integers(0, 20), st.integers(0, len(DATA)))),
    max_size=12,
)


@given(reads)
def test_any_reads_in_any_order(asked: list[tuple[int, int]]) -> None:
    window = memory_window(DATA)
    for offset, length in asked:
        assert window.at(offset, length) == DATA[offset : offset + length]
        buffer, base = window.around(offset, length)
        assert buffer[offset - base :][:length] == DATA[offset : offset + length]


@given(st.integers(0, 40_000), st.integers(0, 40_000), st.integers(1, 9000))
def test_blocks_are_the_span_in_pieces(start: int, end: int, length: int) -> None:
    pieces = list(memory_window(DATA).blocks(start, end, length))
    assert b"".join(pieces) == DATA[start:end]
    assert all(0 < len(piece) <= length for piece in pieces)


def test_a_reader_in_a_row_is_asked_for_larger_and_larger_blocks() -> None:
    asked: list[int] = []

    def read(offset: int, length: int) -> bytes:
        asked.append(length)
        return DATA[offset : offset + length]

    window = ByteWindow(read, len(DATA))
    for offset in range(0, len(DATA), 100):
        window.at(offset, 100)
    assert len(asked) < 10
    assert asked == sorted(asked)


def test_a_file_is_read_and_closed(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(DATA)
    with open_window(str(path)) as window:
        assert window.size == len(DATA)
        assert window.at(5, 10) == DATA[5:15]
    with pytest.raises(InputError, match="cannot be read"):
        window.at(LARGEST_BLOCK, 20_000)


@pytest.mark.parametrize("what", ["missing", "folder", "link", "pipe"])
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, what: str) -> None:
    path = tmp_path / what
    if what == "folder":
        path.mkdir()
    elif what == "link":
        path.symlink_to(tmp_path / "target")
        (tmp_path / "target").write_bytes(DATA)
    elif what == "pipe":
        os.mkfifo(path)
    with pytest.raises(InputError, match=what), open_window(str(path)):
        pass


def test_a_link_is_followed_where_asked(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(DATA)
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with open_window(str(tmp_path / "link"), follow_links=True) as window:
        assert window.size == len(DATA)


@given(st.integers(0, 60), st.integers(0, 60))
def test_an_inflated_window_is_one_stream(offset: int, length: int) -> None:
    head, body = b"head of the file", b"what was deflated, and is not any more"
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    file = memory_window(head + deflater.compress(body) + deflater.flush())
    window = inflated_window(file, len(head))
    assert window.size == len(head + body)
    assert window.at(offset, length) == (head + body)[offset : offset + length]


def test_a_deflated_stream_that_ends_too_early_is_refused() -> None:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    stream = deflater.compress(os.urandom(1000)) + deflater.flush()
    with pytest.raises(InputError, match="not complete"):
        inflated_window(memory_window(stream[:-5]), 0)


def test_undecodable_names_can_be_shown() -> None:
    assert shown(b"caf\xe9.dcm") == "caf\\udce9.dcm"
