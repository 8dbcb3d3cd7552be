"""Files that no edit touches: the same bytes, but for a preamble that another program would open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.export.makers import EXPLICIT_LE, Leaf, encode, part10
from tests.core.export.requests import files_of, request_for
from uidscope.core.export.export import export
from uidscope.core.export.request import Place
from uidscope.core.export.rewrite import copy_unchanged
from uidscope.core.export.segment_view import SegmentView
from uidscope.core.read.byte_window import memory_window

_DATASET = encode((Leaf(0x0008_0018, "UI", b"1.2.3"), Leaf(0x7FE0_0010, "OB", b"\1\2" * 9)), EXPLICIT_LE)


def _copied(content: bytes) -> tuple[bytes, list[str]]:
    window = memory_window(content)
    rewritten = copy_unchanged(window)
    view = SegmentView(rewritten.segments, window)
    assert rewritten.size == view.size == len(content)
    return view.read(0, view.size), [change.reason for change in rewritten.changes]


@pytest.mark.parametrize(
    ("beginning", "reason"),
    [(b"MZ", "preamble-executable"), (b"PK", "preamble-archive"), (b"%PDF", "preamble-archive")],
)
def test_a_preamble_that_could_be_run_or_opened_is_zeroed_and_told(beginning: bytes, reason: str) -> None:
    preamble = beginning.ljust(128, b"x")
    copied, reasons = _copied(part10(_DATASET, preamble=preamble))
    assert copied == part10(_DATASET)
    assert reasons == [reason]


@pytest.mark.parametrize("beginning", [b"", b"II*\0", b"MM\0*", b"any text"])
def test_any_other_preamble_is_the_same(beginning: bytes) -> None:
    content = part10(_DATASET, preamble=beginning.ljust(128, b"\0"))
    assert _copied(content) == (content, [])


@pytest.mark.parametrize("content", [_DATASET, b"MZ" + bytes(300), b"PK"])
def test_what_has_no_preamble_is_the_same(content: bytes) -> None:
    assert _copied(content) == (content, [])


@pytest.mark.parametrize("layout", ["keep", "media"])
def test_a_bare_file_gets_a_head_for_media_and_nowhere_else(tmp_path: Path, layout: str) -> None:
    (tmp_path / "source").mkdir()
    nodes = (
        Leaf(0x0008_0016, "UI", b"1.2.840.10008.5.1.4.1.1.7"),
        Leaf(0x0008_0018, "UI", b"1.2.3.4"),
        Leaf(0x0010_0020, "LO", b"TEST-1"),
        Leaf(0x0020_000D, "UI", b"1.2.3"),
        Leaf(0x0020_000E, "UI", b"1.2.3.5"),
        Leaf(0x0028_0010, "US", b"\1\0"),
    )
    bare, whole = encode(nodes, EXPLICIT_LE), part10(encode(nodes, EXPLICIT_LE))
    (tmp_path / "source" / "bare").write_bytes(bare)
    (tmp_path / "source" / "whole").write_bytes(whole)
    files = tuple(
        replace(file, place=Place("TEST-1", "1.2.3", "1.2.3.5", "OT"))
        for file in files_of(tmp_path / "source", changed="unchanged")
    )
    result = export(request_for(tmp_path / "source", tmp_path / "out", files=files, layout=layout))
    of_bare, of_whole = ((tmp_path / "out" / file.output).read_bytes() for file in result.files)
    assert of_whole == whole
    assert of_bare[128:132] == b"DICM" if layout == "media" else of_bare == bare
    assert of_bare.endswith(bare)
