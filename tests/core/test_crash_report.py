"""A report of an error tells where it happened, and nothing of any patient."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from uidscope.core.crash_report import (
    crash_folder,
    delete_reports,
    keep_crash,
    left_reports,
    read_report,
    report_text,
)
from uidscope.core.errors import InputError
from uidscope.core.read.find_files import resolve_sources

CANARY = "CANARY^PATIENT"


def failing(name: str) -> None:
    inner = {"name": name}
    raise KeyError(f"no {inner['name']} in /data/{name}/IM1")


def caught(name: str = CANARY) -> BaseException:
    try:
        try:
            failing(name)
        except KeyError as error:
            error.add_note(name)
            raise ValueError(name) from error
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_holds_types_places_and_versions_and_no_values() -> None:
    text = report_text(caught(), {"Qt": "6.0.0"})
    assert CANARY not in text
    assert "CANARY" not in text
    assert "/data" not in text
    for part in ("builtins.ValueError", "builtins.KeyError", "test_crash_report.py", "failing", "Qt 6.0.0"):
        assert part in text
    assert str(Path(__file__).parent) not in text


def test_a_path_of_the_program_begins_with_its_package() -> None:
    with pytest.raises(InputError) as caught_here:
        resolve_sources([f"/nowhere/{CANARY}"])
    text = report_text(caught_here.value)
    assert "  uidscope/core/read/find_files.py:" in text
    assert CANARY not in text


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_report_is_readable_by_its_user_alone() -> None:
    path = keep_crash(caught())
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(crash_folder()).st_mode) == 0o700


def test_reports_are_found_read_and_deleted() -> None:
    assert left_reports() == ()
    path = keep_crash(caught())
    assert left_reports() == (path,)
    assert "ValueError" in read_report(path)
    delete_reports()
    assert left_reports() == ()
    assert read_report(path) == ""


def test_the_same_error_is_kept_once_and_few_are_kept() -> None:
    same = caught()
    assert keep_crash(same)
    assert not keep_crash(same)
    for number in range(30):
        keep_crash(type(f"Error{number}", (Exception,), {})())
    reports = left_reports()
    assert 0 < len(reports) <= 10
    assert "Error29" in read_report(reports[-1])


def test_keeping_never_raises(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("uidscope.core.crash_report.crash_folder", lambda: str(tmp_path / "file" / "x"))
    assert keep_crash(caught()) == ""


def test_an_end_that_python_does_not_hear_of_is_kept_too() -> None:
    program = (
        "import os\nfrom uidscope.core.crash_report import fatal_ends_kept\n"
        f"def deadly(name): os.abort()\nwith fatal_ends_kept(): deadly({CANARY!r})\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert ended.returncode != 0
    (path,) = left_reports()
    text = read_report(path)
    assert "Aborted" in text or "abort" in text.lower()
    assert "deadly" in text
    assert "CANARY" not in text
    assert len(os.listdir(crash_folder())) == 1


def test_an_end_in_order_leaves_nothing() -> None:
    program = "from uidscope.core.crash_report import fatal_ends_kept\nwith fatal_ends_kept(): pass\n"
    subprocess.run([sys.executable, "-c", program], check=True)
    assert os.listdir(crash_folder()) == []


def test_what_a_killed_program_left_is_no_report() -> None:
    program = (
        "import os, signal\nfrom uidscope.core.crash_report import fatal_ends_kept\n"
        "with fatal_ends_kept(): os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 9
    assert left_reports() == ()
    assert os.listdir(crash_folder()) == []
