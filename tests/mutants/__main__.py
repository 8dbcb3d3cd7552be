"""Try small faults on the tests: ``python -m tests.mutants [--rooms uid plan] [--sample 300] [--seed 1]``.

A sample of all the small faults that can be put into these rooms of the core is tried, one at a time, in
copies of the project; the tests that run the place are run until one fails. Prints each fault that no
test found, and how many of all were found. Those that change nothing that anybody could see are listed
with their reasons in ``equivalents.csv``, and do not count.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from tests.mutants.call_map import Test, read_call_map
from tests.mutants.places import Mutant, mutants_of
from tests.mutants.trial import Checkout, Trial, nearest_tests

PROJECT: Final = Path(__file__).parents[2]
ROOMS: Final = ("uid", "plan", "export")
_CORE: Final = PROJECT / "gui" / "uidscope" / "core"
_EQUIVALENTS: Final = Path(__file__).with_name("equivalents.csv")


def every_mutant(rooms: Iterable[str]) -> tuple[Mutant, ...]:
    """Return all mutants of these rooms, in the order of their modules."""
    paths = sorted(path for room in rooms for path in (_CORE / room).rglob("*.py"))
    return tuple(
        mutant
        for path in paths
        for mutant in mutants_of(path.relative_to(_CORE).as_posix(), path.read_bytes())
    )


def sampled(mutants: Iterable[Mutant], size: int, seed: int) -> list[Mutant]:
    """Return a sample that another change of the program hardly changes; a smaller one is its beginning."""

    def draw(mutant: Mutant) -> bytes:
        return hashlib.sha256(f"{seed} {mutant.name}".encode()).digest()

    return sorted(mutants, key=draw)[:size]


def equivalents() -> dict[str, str]:
    """Return the mutants that change nothing that anybody could see, with the reasons."""
    with _EQUIVALENTS.open(encoding="utf-8", newline="") as lines:
        return {row["mutant"]: row["reason"] for row in csv.DictReader(lines)}


def main() -> None:
    """Do what the command line says and print the result."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--rooms", nargs="+", choices=ROOMS, default=list(ROOMS))
    parser.add_argument("--sample", type=int, default=300, help="how many are tried")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parallel", type=int, default=2, help="how many at once")
    parser.add_argument(
        "--calls", type=Path, help="a file to keep which test calls what, or that has it kept"
    )
    parser.add_argument("--names", type=Path, help="a file of the names of those to try instead of a sample")
    parser.add_argument("--list", action="store_true", help="say which would be tried, and try none")
    given = parser.parse_args()
    every = every_mutant(given.rooms)
    if given.names:
        wanted = set(given.names.read_text(encoding="utf-8").splitlines())
        sample = [mutant for mutant in every if mutant.name in wanted]
    else:
        sample = sampled(every, given.sample, given.seed)
    reasons = equivalents()
    tried = [mutant for mutant in sample if mutant.name not in reasons]
    told = f"named in {given.names}" if given.names else f"sampled with seed {given.seed}"
    sys.stdout.write(f"{len(every)} mutants, {len(sample)} {told}\n")
    if given.list:
        sys.stdout.writelines(f"{mutant.name}\n" for mutant in sample)
        return
    counts = Counter[str]()
    for trial in _trials(tried, given.parallel, given.calls):
        counts[trial.outcome] += 1
        sys.stdout.write(_line(trial))
        sys.stdout.flush()
    equivalent = len(sample) - len(tried)
    found = counts["killed"] + counts["timed out"]
    sys.stdout.write(
        f"{counts['killed']} killed, {counts['timed out']} timed out, {counts['survived']} survived, "
        f"{equivalent} equivalent; score {100 * found / max(1, len(tried)):.1f} %\n"
    )


def _trials(mutants: Iterable[Mutant], parallel: int, kept: Path | None) -> Iterator[Trial]:
    with tempfile.TemporaryDirectory() as folder:
        copies = [Checkout(PROJECT, Path(folder) / str(number)) for number in range(parallel)]
        if kept is not None and kept.exists():
            tests = read_call_map(kept)
        else:
            tests = copies[0].calls([f"tests/core/{room}" for room in ROOMS], parallel, kept)
        free: SimpleQueue[Checkout] = SimpleQueue()
        for copy in copies:
            free.put(copy)
        with ThreadPoolExecutor(parallel) as threads:
            running = [threads.submit(_tried, mutant, tests, free) for mutant in mutants]
            for trial in as_completed(running):
                yield trial.result()


def _tried(mutant: Mutant, tests: tuple[Test, ...], free: SimpleQueue[Checkout]) -> Trial:
    nearest = nearest_tests(mutant, tests)
    copy = free.get()
    try:
        return copy.attempt(mutant, nearest)
    finally:
        free.put(copy)


def _line(trial: Trial) -> str:
    mutant = trial.mutant
    told = f"    {trial.told}\n" if trial.told else ""
    counted = f"{trial.seconds:4.0f} s {trial.tests:4} tests"
    return f"{trial.outcome:9} {counted}  line {mutant.line}  {mutant.name}\n{told}"


if __name__ == "__main__":
    main()
