"""Files made to break a reader: each is one line of the result, and the next file is read."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import pytest

from tests.builders import ct_series, encoded, write_folder
from tests.cli.running import run_cli
from tests.core.export.requests import state_of
from uidscope.core.errors import UidscopeError
from uidscope.core.read.byte_window import memory_window
from uidscope.core.read.read_file import read_file
from uidscope.core.read.record import BROKEN, FileRecord, NotLoaded
from uidscope.core.read.structure import StructureFault, parse_structure

CHECKOUT = Path(__file__).resolve().parents[2]

_UNDEFINED = b"\xff\xff\xff\xff"
_ITEM, _ITEM_END, _SEQUENCE_END = b"\xfe\xff\x00\xe0", b"\xfe\xff\x0d\xe0", b"\xfe\xff\xdd\xe0"
_SEQUENCE = b"\x40\x00\x30\xa7"  # Content Sequence, behind an image

HEADS = {
    "explicit": (encoded(ct_series(1)[0]), b"SQ\0\0"),
    "implicit": (encoded(ct_series(1)[0], transfer_syntax="implicit-le"), b""),
}


def nested(encoding: str, depth: int, *, undefined: bool) -> bytes:
    """An image with sequences in sequences behind it."""
    head, vr = HEADS[encoding]
    if undefined:
        opening = _SEQUENCE + vr + _UNDEFINED + _ITEM + _UNDEFINED
        return head + opening * depth + (_ITEM_END + bytes(4) + _SEQUENCE_END + bytes(4)) * depth
    sizes = [0]
    for _ in range(depth - 1):
        sizes.append(sizes[-1] + 16 + len(vr))
    return head + b"".join(
        _SEQUENCE + vr + (size + 8).to_bytes(4, "little") + _ITEM + size.to_bytes(4, "little")
        for size in reversed(sizes)
    )


def inspected(folder: Path, *more: str) -> tuple[int, dict[str, Any]]:
    result = run_cli("inspect", str(folder), "--format", "json", "--quiet", *more)
    found: dict[str, Any] = json.loads(result.stdout)
    return result.exit_code, found


@pytest.mark.parametrize("undefined", [True, False])
@pytest.mark.parametrize("encoding", HEADS)
@pytest.mark.parametrize("depth", [10, 63, 65, 300, 5000])
def test_any_depth_of_nesting_is_read_or_named_within_a_second(
    tmp_path: Path, depth: int, encoding: str, undefined: bool
) -> None:
    data = nested(encoding, depth, undefined=undefined)
    path = tmp_path / "deep.dcm"
    path.write_bytes(data)
    start = time.process_time()
    read = read_file(0, "deep.dcm", str(path))
    if depth <= 64:
        assert isinstance(read, FileRecord)
        assert read.faults == ()
        parse_structure(memory_window(data))
    else:
        assert isinstance(read, NotLoaded)
        assert read.reason == "too-deep"
        with pytest.raises(StructureFault) as fault:
            parse_structure(memory_window(data))
        assert fault.value.code == "too-deep"
    assert time.process_time() - start < 1


def test_a_hostile_file_among_others_costs_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "source"
    write_folder(ct_series(3), folder)
    (folder / "deep.dcm").write_bytes(nested("explicit", 5000, undefined=True))
    before = state_of(folder)
    status, found = inspected(folder)
    assert status == 0
    assert found["counts"]["loaded"] == 3
    assert [(each["file"], each["reason"]) for each in found["not_loaded"]] == [("deep.dcm", "too-deep")]
    assert state_of(folder) == before


@pytest.mark.parametrize("encoding", HEADS)
def test_an_undefined_length_that_is_never_closed_is_shown_and_never_exported(
    tmp_path: Path, encoding: str
) -> None:
    head, vr = HEADS[encoding]
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "open.dcm").write_bytes(head + _SEQUENCE + vr + _UNDEFINED + _ITEM + _UNDEFINED)
    read = read_file(0, "open.dcm", str(folder / "open.dcm"))
    assert isinstance(read, FileRecord)
    assert read.flags & BROKEN
    status, found = inspected(folder)
    assert status == 1
    assert [each["rule"] for each in found["findings"] if each["severity"] == "error"] == ["FILE-02"]
    target = tmp_path / "out"
    result = run_cli("regenerate", str(folder), "--out", str(target), "--as", "copy", "--quiet")
    assert result.exit_code != 0
    assert not target.exists()


BOMB = """
import sys
from tests.peak_memory import peak_memory
from uidscope.core.read.read_file import read_file
from uidscope.core.read.structure import parse_structure, StructureFault
from uidscope.core.read.byte_window import open_window
print(read_file(0, "bomb", sys.argv[1]).reason)
try:
    with open_window(sys.argv[1]) as window:
        parse_structure(window)
except StructureFault as fault:
    print(fault.code)
print(peak_memory() >> 20)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the most memory of a process is asked the POSIX way")
def test_a_deflate_bomb_holds_little_memory(tmp_path: Path) -> None:
    """One megabyte that would be a gigabyte; in a process of its own."""
    whole = encoded(ct_series(1)[0], transfer_syntax="deflated")
    start = parse_structure(memory_window(whole)).data_start
    deflater = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = bytes(1 << 20)
    first = b"\x08\0\x05\0CS\x0a\0ISO_IR 100\x98\0\2\0OB\0\0\xfe\xff\xff\x7f"
    bomb = deflater.compress(first) + b"".join(deflater.compress(block) for _ in range(1024))
    path = tmp_path / "bomb.dcm"
    path.write_bytes(whole[:start] + bomb + deflater.flush())
    assert path.stat().st_size < 2 << 20
    ended = subprocess.run(
        [sys.executable, "-c", BOMB, str(path)], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    reason, code, peak = ended.stdout.split()
    assert (reason, code) == ("too-large", "too-large")
    assert int(peak) <= 256


@pytest.mark.parametrize("encoding", HEADS)
def test_a_million_empty_items_end_soon(tmp_path: Path, encoding: str) -> None:
    head, vr = HEADS[encoding]
    items = (_ITEM + bytes(4)) * 1_000_000
    path = tmp_path / "items.dcm"
    path.write_bytes(head + _SEQUENCE + vr + _UNDEFINED + items + _SEQUENCE_END + bytes(4))
    start = time.process_time()
    read = read_file(0, "items.dcm", str(path))
    assert isinstance(read, FileRecord) or read.reason == "too-large"
    with contextlib.suppress(UidscopeError):
        parse_structure(memory_window(path.read_bytes()))
    assert time.process_time() - start < 10
