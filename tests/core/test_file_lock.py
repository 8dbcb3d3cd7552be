"""A lock on a file is for one at a time, and goes with the program that holds it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from uidscope.core.file_lock import FileLock, InUse

HOLDING = """
import sys
from uidscope.core.file_lock import FileLock
lock = FileLock(sys.argv[1])
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_one_holds_it_at_a_time(tmp_path: Path) -> None:
    first, second = (FileLock(str(tmp_path / "lock")) for _ in range(2))
    first.acquire()
    with pytest.raises(InUse):
        second.acquire()
    first.release()
    first.release()
    second.acquire()
    second.release()


def test_it_is_waited_for(tmp_path: Path) -> None:
    first, second = (FileLock(str(tmp_path / "lock")) for _ in range(2))
    first.acquire()
    with pytest.raises(InUse):
        second.acquire(0.05)
    soon = threading.Timer(0.1, first.release)
    soon.start()
    second.acquire(20)
    soon.join()
    second.release()


def test_it_goes_with_a_program_that_is_killed(tmp_path: Path) -> None:
    path = str(tmp_path / "lock")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        lock = FileLock(path)
        with pytest.raises(InUse):
            lock.acquire()
        holder.kill()
        lock.acquire(20)
        lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such rights")
def test_its_file_is_of_this_user_alone_and_no_link_is_followed(tmp_path: Path) -> None:
    lock = FileLock(str(tmp_path / "lock"))
    lock.acquire()
    assert stat.S_IMODE(os.stat(tmp_path / "lock").st_mode) == 0o600
    lock.release()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic"):
        FileLock(str(tmp_path / "link")).acquire()
    assert not (tmp_path / "elsewhere").exists()


def test_where_there_can_be_none_the_system_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileLock(str(tmp_path / "gone" / "lock")).acquire()
