"""One mutant tried: put into a copy of the project, the tests that run it, until one fails."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, NamedTuple

import pytest

from tests.mutants.call_map import WANTED, Test, read_call_map
from tests.mutants.places import Mutant

Outcome = Literal["killed", "timed out", "survived"]

_COPIED: Final = (
    "gui",
    "resources",
    "tests",
    "pyproject.toml",
    "docs",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
)
_LONGEST: Final = 40.0  # seconds that the tests of one mutant take when all is well
_START: Final = 30.0  # seconds that a run may take besides its tests, on a busy machine
_SLOWER: Final = 6  # how many times slower than when they were traced the tests may be


class Trial(NamedTuple):
    """What became of a mutant, by how many tests, in how many seconds; ``told`` is the test that failed."""

    mutant: Mutant
    outcome: Outcome
    tests: int
    seconds: float
    told: str


class Checkout:
    """A copy of the project that faults are put into."""

    def __init__(self, project: Path, folder: Path) -> None:
        self._folder = folder
        self._trials = 0
        self.core = folder / "gui" / "uidscope" / "core"
        ignored = shutil.ignore_patterns("__pycache__", ".hypothesis", ".*_cache")
        for name in _COPIED:
            source = project / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=ignored)
            elif source.exists():
                shutil.copy2(source, folder / name)

    def calls(self, tests: Iterable[str], parallel: int, kept: Path | None) -> tuple[Test, ...]:
        """Run tests as they are and see what they call; ``kept`` is where it is written, to be used again.

        Raises ``SystemExit`` where a test fails.
        """
        target = (kept or self._folder / "calls.jsonl").absolute()
        wanted = {WANTED: f"{target}{os.pathsep}{self.core}"}
        words = ["--timeout=0", "-p", "tests.mutants.call_map", "-n", str(parallel), *tests]
        run = self._pytest(words, None, wanted)
        if run.returncode:
            raise SystemExit(f"The tests fail as they are:\n{run.stdout[-3000:]}")
        return read_call_map(target)

    def attempt(self, mutant: Mutant, tests: tuple[Test, ...]) -> Trial:
        """Put a mutant in, run its tests until one fails, and take it out."""
        start = time.perf_counter()
        path = self.core / mutant.module
        source, status = path.read_bytes(), path.stat()
        path.write_bytes(mutant.applied(source))
        # Else what is compiled of the one would be taken for the other, where they have one size and second.
        self._trials += 1
        os.utime(path, (self._trials, self._trials))
        listed = self._folder / "tests.txt"
        listed.write_text("\n".join(test.name for test in tests), encoding="utf-8")
        try:
            limit = _START + _SLOWER * sum(test.seconds for test in tests)
            run = self._pytest(["--timeout=0", f"@{listed}"], limit, {})
        finally:
            path.write_bytes(source)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        outcome: Outcome = "survived" if run.returncode == 0 else "killed"
        if run.returncode == -signal.SIGKILL:
            outcome = "timed out"
        if run.returncode == pytest.ExitCode.USAGE_ERROR and "not found: " in run.stdout:
            raise SystemExit(
                f"The tests have changed since it was seen what they call:\n{run.stdout[-1000:]}"
            )
        told = next((line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))), "")
        return Trial(mutant, outcome, len(tests), time.perf_counter() - start, told)

    def _pytest(
        self, words: Iterable[str], limit: float | None, more: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run pytest in the copy; one that takes longer than it may is killed with all it has started."""
        environment = os.environ | {
            "PYTHONPATH": f"{self._folder / 'gui'}{os.pathsep}{self._folder}",
            "CI": "1",
        }
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=line", "-p", "no:cacheprovider", *words]
        process = subprocess.Popen(
            command,
            cwd=self._folder,
            env=environment | more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
        return subprocess.CompletedProcess(command, process.returncode, output)


def nearest_tests(mutant: Mutant, every: Iterable[Test]) -> tuple[Test, ...]:
    """Return the tests of a place: those that run its function, the quickest first.

    Then those that run another function of its module, since a function may have been run once for all
    tests; where there is none, all. As many as take no longer together than one mutant is given.
    """
    every = tuple(every)
    near = [test for test in every if any(module == mutant.module for module, _ in test.calls)] or every

    def distance(test: Test) -> tuple[bool, float]:
        return (mutant.module, mutant.function) not in test.calls, test.seconds

    chosen: list[Test] = []
    seconds = 0.0
    for test in sorted(near, key=distance):
        if seconds + test.seconds <= _LONGEST or not chosen:
            chosen.append(test)
            seconds += test.seconds
    return tuple(chosen)
