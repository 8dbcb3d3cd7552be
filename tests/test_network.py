"""UIDscope speaks to nobody: neither the command line nor the window opens a connection or a port."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import rt_set
from tests.watch import SourceFolders

STRACE = shutil.which("strace")
WATCHED = (str(STRACE), "-f", "--seccomp-bpf", "-qq", "-e", "trace=%network", "-e", "signal=none")
OUTWARDS = ("AF_INET", "AF_INET6", "AF_PACKET", "AF_VSOCK")

pytestmark = pytest.mark.skipif(STRACE is None, reason="strace is not installed")


def sockets_of(arguments: list[str], log: Path) -> list[str]:
    """Run the program, its processes and threads followed; every system call on sockets it made."""
    done = subprocess.run(
        [*WATCHED, "-o", str(log), sys.executable, *arguments],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if "ptrace" in done.stderr:
        pytest.skip("strace may not look at other processes here")
    assert done.returncode == 0, done.stderr
    return log.read_text("utf-8", "replace").splitlines()


def outwards(calls: list[str]) -> list[str]:
    return [call for call in calls if any(f"{family}," in call for family in OUTWARDS)]


def test_a_connection_would_be_seen(tmp_path: Path) -> None:
    line = "import socket; s = socket.socket(); s.connect_ex(('127.0.0.1', 9)); s.close()"
    assert outwards(sockets_of(["-c", line], tmp_path / "log"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["inspect", "FOLDER"],
        ["regenerate", "FOLDER", "--as", "copy", "--out", "NEW"],
        ["explain", "1.2.840.10008.1.2"],
        ["--selftest"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_nothing_goes_over_the_network(
    arguments: list[str], make_source: SourceFolders, tmp_path: Path
) -> None:
    places = {"FOLDER": str(make_source(rt_set(2).all)), "NEW": str(tmp_path / "new")}
    words = [places.get(word, word) for word in arguments]
    assert outwards(sockets_of(["-m", "uidscope", *words], tmp_path / "log")) == []
