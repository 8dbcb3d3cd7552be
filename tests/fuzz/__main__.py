"""Mutants of DICOM files through everything that reads them:

`python -m tests.fuzz [--count N] [--seed S] [--processes N]`; `--save NUMBER FILE` writes one to a file.

Ends with status 1 where one crashed a reader, took over five seconds, or got an answer of no known kind, or
where more than 512 MB were held.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

from tests.fuzz.run import Tally, nth_mutant, run

_MOST_MEMORY = 512 << 20


def main() -> int:
    """Do what the command line says and print the figures; return the status to exit with."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first mutant")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--whole-way-every", type=int, default=50, help="one in so many is exported too")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--save", nargs=2, metavar=("NUMBER", "FILE"), help="write one mutant; needs --seed")
    given = parser.parse_args()
    if given.save:
        Path(given.save[1]).write_bytes(nth_mutant(given.seed, int(given.save[0]))[1])
        return 0
    start = time.process_time()
    tally = run(
        given.seed,
        given.count,
        first=given.first,
        processes=given.processes,
        whole_way_every=given.whole_way_every,
        told=_progress if sys.stderr.isatty() else lambda _: None,
    )
    if given.json:
        sys.stdout.write(json.dumps(_figures(given.seed, tally), indent=1) + "\n")
    else:
        _print(given.seed, tally, time.process_time() - start)
    failed = tally.crashes or tally.hangs or tally.unclassified or tally.peak_memory > _MOST_MEMORY
    return 1 if failed else 0


def _figures(seed: int, tally: Tally) -> dict[str, object]:
    return {
        "seed": seed,
        "mutants": tally.mutants,
        "crashes": tally.crashes,
        "hangs": tally.hangs,
        "unclassified": tally.unclassified,
        "slowest_seconds": round(tally.slowest, 3),
        "peak_memory_mib": tally.peak_memory >> 20,
        "outcomes": dict(tally.outcomes.most_common()),
        "failures": tally.failures,
    }


def _progress(tally: Tally) -> None:
    sys.stderr.write(f"\r{tally.mutants} mutants, {tally.crashes} crashes, {tally.hangs} hangs ")


def _print(seed: int, tally: Tally, seconds: float) -> None:
    for outcome, times in tally.outcomes.most_common():
        sys.stdout.write(f"{times:9} {outcome}\n")
    for failure in tally.failures:
        sys.stdout.write(f"{failure}\n")
    sys.stdout.write(
        f"seed {seed}: {tally.mutants} mutants, {tally.crashes} crashes, {tally.hangs} hangs,"
        f" {tally.unclassified} unclassified, slowest {tally.slowest:.2f} s,"
        f" at most {tally.peak_memory >> 20} MiB, {seconds:.0f} s of this process\n"
    )


if __name__ == "__main__":
    sys.exit(main())
