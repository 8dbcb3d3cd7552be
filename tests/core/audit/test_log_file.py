"""The audit log's files: whole lines, old files making room, several programs at once, kills, full disks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uidscope.core.audit.log_file import AuditLogFile


def record(number: int, room: int = 0) -> dict[str, Any]:
    return {"EventIdentification": {}, "number": number, "room": "x" * room}


def numbers(log: AuditLogFile) -> list[int]:
    return [each["number"] for each in log.records().records]


def test_records_come_back_in_their_order(tmp_path: Path) -> None:
    log = AuditLogFile(str(tmp_path / "audit"))
    for number in range(5):
        log.append(record(number))
    assert numbers(log) == [0, 1, 2, 3, 4]
    assert log.records().damaged == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        log = AuditLogFile(str(tmp_path / "user" / "data" / "audit"), most_bytes=100)
        for number in range(4):
            log.append(record(number, 60))
    finally:
        os.umask(before)
    for folder in (tmp_path / "user", tmp_path / "user" / "data", tmp_path / "user" / "data" / "audit"):
        assert folder.stat().st_mode & 0o777 == 0o700
    for file in (tmp_path / "user" / "data" / "audit").iterdir():
        assert file.stat().st_mode & 0o777 == 0o600, file.name


@settings(deadline=None)
@given(
    rooms=st.lists(st.integers(0, 400), max_size=40),
    most_bytes=st.integers(1, 900),
    most_files=st.integers(1, 5),
)
def test_the_newest_stay_and_no_file_grows_past_its_size(
    rooms: list[int], most_bytes: int, most_files: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = AuditLogFile(folder, most_bytes=most_bytes, most_files=most_files)
        for number, room in enumerate(rooms):
            log.append(record(number, room))
        kept = numbers(log)
        assert kept == list(range(len(rooms)))[len(rooms) - len(kept) :]
        assert not rooms or kept
        sizes = [os.path.getsize(path) for path in log.paths()]
        assert len(sizes) <= most_files
        longest = len(json.dumps(record(99, 400)))
        assert all(size <= max(most_bytes, longest) for size in sizes)
        if len(kept) < len(rooms):
            assert len(sizes) == most_files, "nothing goes before there are as many files as may be"


def test_two_programs_write_whole_lines(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from uidscope.core.audit.log_file import AuditLogFile\n"
        "log = AuditLogFile(sys.argv[1], most_bytes=20_000)\n"
        "for number in range(100):\n"
        "    record = {'EventIdentification': {}, 'who': sys.argv[2], 'number': number, 'room': 'x' * 300}\n"
        "    log.append(record)\n"
    )
    folder = str(tmp_path / "audit")
    running = [subprocess.Popen([sys.executable, "-c", program, folder, who]) for who in ("a", "b", "c")]
    assert [each.wait(60) for each in running] == [0, 0, 0]
    found = AuditLogFile(folder, most_bytes=20_000).records()
    assert found.damaged == 0
    for who in ("a", "b", "c"):
        mine = [each["number"] for each in found.records if each["who"] == who]
        assert mine == sorted(mine)
    assert all(each["room"] == "x" * 300 for each in found.records)
    assert len(found.records) > 150


def test_what_a_kill_cut_short_stays_alone_on_its_line(tmp_path: Path) -> None:
    log = AuditLogFile(str(tmp_path / "audit"))
    log.append(record(1))
    whole = Path(log.paths()[0]).read_bytes()
    for cut in range(1, len(whole)):
        Path(log.paths()[0]).write_bytes(whole + whole[:cut])
        log.append(record(2))
        assert numbers(log)[0] == 1
        assert numbers(log)[-1] == 2
        assert len(log.records().records) + log.records().damaged == 3


def test_a_full_disk_is_an_error_and_the_log_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = AuditLogFile(str(tmp_path / "audit"))
    log.append(record(1))
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:10]))
    with pytest.raises(OSError, match="10 of"):
        log.append(record(2))
    monkeypatch.undo()
    log.append(record(3))
    assert numbers(log) == [1, 3]
    assert log.records().damaged == 1


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="this system opens what a link leads to")
def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine")
    folder = tmp_path / "audit"
    folder.mkdir()
    (folder / "audit.jsonl").symlink_to(elsewhere)
    log = AuditLogFile(str(folder))
    with pytest.raises(OSError, match="symbolic link"):
        log.append(record(1))
    assert elsewhere.read_text() == "mine"
