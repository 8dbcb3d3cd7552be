"""The system's own calls fail at random: `python -m tests.failing_calls [N] [--probability P]`.

N inspections with a kept catalog, and N exports, run in programs whose reads, writes and other calls on files
fail one time in so many with EIO or ENOSPC (`fiu-run`, of the Debian package fiu-utils), SQLite's among them.
Each must end well or with one sentence; the target and the catalog must be whole or absent, and no source
may have changed. Ends with an error at the first that breaks this.
"""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

from tests.builders import rt_set, write_folder
from tests.core.export.requests import state_of
from uidscope.core.catalog.catalog_file import open_sound

# Done, findings, nothing left that could be read, and a failure of input or output: each but the first said.
_ENDS: Final = {0: "done", 1: "findings", 2: "nothing to do", 3: "one sentence"}
_SILENT: Final = "nothing could be said"  # the writing of the sentence failed too
# What Python needs to start is loaded before anything fails: the program waits for a line.
_WAITING: Final = """
import sys
from uidscope.cli import main
import uidscope.core.flow, uidscope.core.rescan, uidscope.cli.inspect_command, uidscope.cli.regenerate_command
import uidscope.core.plan.mapping, uidscope.core.report.text, encodings.idna, tempfile, getpass, pwd, platform
platform.node()
print("ready", flush=True)
sys.stdin.readline()
main.run(sys.argv[1:])
"""
# All but one of what libfiu knows: where it is to shorten a write of no bytes it divides by their number, and
# the program ends by SIGFPE.
_READS_AND_WRITES: Final = ("read*", "write", "writev*", "p*", "ftruncate", "truncate")
_CALLS: Final = (
    *(f"posix/io/rw/{name}" for name in _READS_AND_WRITES),
    *("posix/io/oc/*", "posix/io/dir/*", "posix/io/sync/*"),
)


def failing_calls(folder: Path, times: int, probability: float) -> Counter[str]:
    """Run so many of each; return how they ended."""
    source = folder / "source"
    write_folder(rt_set(6).all, source)
    before, ended = state_of(source), Counter[str]()
    for number in range(times):
        for code in (errno.EIO, errno.ENOSPC):
            kept, target = folder / f"kept-{number}-{code}", folder / f"out-{number}-{code}"
            inspect = ("inspect", str(source), "--quiet", "--catalog", str(kept))
            export = ("regenerate", str(source), "--out", str(target), "--as", "copy", "--quiet")
            for words in (inspect, export):
                ended[f"{words[0]}: {_run(folder, words, code, probability)}"] += 1
            if kept.exists():
                sound = open_sound(str(kept))
                assert sound is not None, "a catalog is damaged under its final name"
                sound.close()
            if target.exists():
                assert len(list(target.rglob("*.dcm"))) == len(before), "a part of an export is published"
            assert state_of(source) == before, "a source was changed"
    silent = sum(count for end, count in ended.items() if end.endswith(_SILENT))
    said = sum(count for end, count in ended.items() if end.endswith(_ENDS[3]))
    assert silent <= (silent + said) // 4, f"{silent} programs ended with 3 and without a word"
    return ended


def _run(folder: Path, words: tuple[str, ...], code: int, probability: float) -> str:
    """Return how a program ended, whose calls fail."""
    command = ["fiu-run", "-x", "-f", str(folder / "fiu"), sys.executable, "-c", _WAITING, *words]
    environment = {**os.environ, "UIDSCOPE_AUDIT_LOG": "off", "TMPDIR": str(folder)}
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        for calls in _CALLS:
            point = f"enable_random name={calls},probability={probability},failinfo={code}"
            subprocess.run(
                ["fiu-ctrl", "-f", str(folder / "fiu"), "-c", point, str(program.pid)], check=True, timeout=20
            )
        _, said = program.communicate("go\n", timeout=120)
    assert program.returncode in _ENDS, f"{words} ended with {program.returncode}: {said}"
    assert "Traceback" not in said, said
    return _ENDS[program.returncode] if said or program.returncode != 3 else _SILENT


def main() -> int:
    """Do what the command line says and print the result."""
    parser = argparse.ArgumentParser(prog="python -m tests.failing_calls")
    parser.add_argument("times", nargs="?", type=int, default=20)
    parser.add_argument("--probability", type=float, default=0.01)
    given = parser.parse_args()
    if shutil.which("fiu-run") is None:
        sys.stderr.write("fiu-run is not installed: apt install fiu-utils\n")
        return 3
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "fiu").mkdir()
        ended = failing_calls(Path(folder), given.times, given.probability)
    sys.stdout.write(f"{ended.total()} programs: {dict(ended)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
