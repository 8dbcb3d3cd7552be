"""The processor time that short commands take from start to end, over that of the bare interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import corpora
from benchmarks.measure import interleaved, processor_time

_BARE: Final = "bare interpreter"


def starting(folder: Path, runs: int) -> None:
    """Print the table. The bytecode is compiled before a time counts, wherever the caller keeps it."""
    corpora.small(folder / "start", 1)
    (file,) = (folder / "start").rglob("*.dcm")
    program = [sys.executable, "-m", "uidscope"]
    commands = {
        _BARE: [sys.executable, "-c", "pass"],
        "--version": [*program, "--version"],
        "explain": [*program, "explain", "1.2.840.10008.1.2"],
        "inspect, one file": [*program, "inspect", str(file), "--fail-on", "never", "--quiet"],
    }
    own = environment(folder)
    peers = {name: partial(_run, words, own) for name, words in commands.items()}
    times = interleaved(peers, runs, clock=processor_time)
    lines = ["### Starting", "", "| command | ms | over the bare interpreter |", "|---|--:|--:|"]
    for name, seconds in times.items():
        lines.append(f"| {name} | {seconds * 1e3:.0f} | {(seconds - times[_BARE]) * 1e3:.0f} |")
    print("\n".join([*lines, ""]))


def environment(folder: Path) -> dict[str, str]:
    """What a measured program is started with: bytecode, temporary files, state and log are in the folder."""
    own = {
        **os.environ,
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "TMPDIR": str(folder),  # what others left in the common one is not to be looked through
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own


def _run(words: list[str], environment: dict[str, str]) -> None:
    subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=True)
