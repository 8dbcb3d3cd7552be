"""The watch over every test finds what it is there to find."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

import platformdirs
import pytest

from tests.builders import ct_series
from tests.watch import LogRecords, SourceFolders, left_running, running


@pytest.fixture
def sources(tmp_path: Path) -> SourceFolders:
    return SourceFolders(tmp_path)


def test_an_untouched_source_has_no_changes(sources: SourceFolders) -> None:
    folder = sources(ct_series(2), files={"notes/read.txt": b"text"})
    assert sorted(path.name for path in folder.rglob("*")) == ["0001.dcm", "0002.dcm", "notes", "read.txt"]
    (folder / "0001.dcm").read_bytes()
    assert sources.changes() == []


def test_a_changed_byte_is_found_even_where_the_time_is_set_back(sources: SourceFolders) -> None:
    file = sources(ct_series(1)) / "0001.dcm"
    times = file.stat()
    file.write_bytes(file.read_bytes()[:-1] + b"\x7f")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    (line,) = sources.changes()
    assert line.startswith("0001.dcm: ")


def test_a_changed_time_a_new_and_a_lost_name_are_found(sources: SourceFolders) -> None:
    folder = sources(ct_series(3))
    os.utime(folder / "0001.dcm", ns=(0, 1))
    (folder / "0002.dcm").unlink()
    (folder / "new").touch()
    assert [line.split(":")[0] for line in sources.changes()] == [".", "0001.dcm", "0002.dcm", "new"]


def test_a_test_may_change_its_source_and_watch_it_again(sources: SourceFolders) -> None:
    folder = sources(ct_series(1))
    (folder / "more").touch()
    assert sources.watch(folder) == folder
    assert sources.changes() == []


@pytest.mark.expected_log("^file 7$")
def test_log_records_are_kept_from_warning_on() -> None:
    with LogRecords() as log:
        logging.getLogger("uidscope.core.read").info("quiet")
        logging.getLogger("uidscope.core.read").warning("file %s", 7)
        logging.getLogger("somebody.else").warning("not ours")
    assert log.unexpected([]) == ["uidscope.core.read WARNING: file 7"]
    assert log.unexpected(["^file"]) == []
    assert log.unexpected(["^file", "never"]) == ["never logged: never"]


@pytest.mark.expected_log("expected by its marker")
def test_a_marked_test_may_log() -> None:
    logging.getLogger("qt").error("expected by its marker")


def test_a_thread_left_running_is_found() -> None:
    before = running()
    release = threading.Event()
    thread = threading.Thread(target=release.wait, name="left-behind")
    thread.start()
    assert "left-behind" in str(left_running(before, grace=0.05))
    release.set()
    assert left_running(before) == []


def test_a_users_folders_are_those_of_the_test(tmp_path: Path) -> None:
    for folder in (platformdirs.user_data_path("uidscope"), platformdirs.user_config_path("uidscope")):
        assert folder.is_relative_to(tmp_path.parent)
        assert not folder.exists()
