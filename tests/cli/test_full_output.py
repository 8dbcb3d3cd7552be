"""Where what a command says cannot be written, as into a file on a full disk."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")

pytestmark = pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")


@pytest.mark.parametrize("told", ["stdout", "stderr", "both"])
def test_the_exit_status_says_it_all_the_same(tmp_path: Path, told: str) -> None:
    """Neither 1, which says that something was found, nor a traceback."""
    words = ["explain", "1.2.3"] if told == "stdout" else ["inspect", str(tmp_path / "nowhere")]
    with FULL.open("w", encoding="utf-8") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "uidscope", *words],
            stdout=subprocess.PIPE if told == "stderr" else full,
            stderr=subprocess.PIPE if told == "stdout" else full,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 3
    assert (ended.stdout or "") == ""
    if told == "stdout":
        assert ended.stderr == f"Input or output failed: {os.strerror(errno.ENOSPC)}.\n"
