"""A whole inspection of many small files: with one process and two, a second time, and beside gdcmscanner."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpora
from benchmarks.starting import environment

# A file is taken for unchanged where it is older than this.
_SETTLED_SECONDS = 3.0


class Cost(NamedTuple):
    """Seconds of one run: by the clock, and of the processors in all processes together."""

    clock: float
    processor: float


def scanning(folder: Path, files: int, runs: int) -> None:
    """Measure and print the table; the peers take turns."""
    target, kept = folder / "scanning", folder / "kept.sqlite"
    corpora.small(target, files)
    time.sleep(_SETTLED_SECONDS)
    inspect = [sys.executable, "-m", "uidscope", "inspect", str(target), "--fail-on", "never", "--quiet"]
    peers = {
        "inspect, one process": [*inspect, "--jobs", "1"],
        "inspect, two processes": [*inspect, "--jobs", "2"],
        "inspect, two processes, catalog kept": [*inspect, "--jobs", "2", "--reread", "--catalog", str(kept)],
        "the same folder a second time": [*inspect, "--jobs", "2", "--catalog", str(kept)],
        "start of the program": [sys.executable, "-m", "uidscope", "--version"],
    }
    if shutil.which("gdcmscanner"):
        tags = ["-t", "8,18", "-t", "20,d", "-t", "20,e", "-t", "10,20"]
        peers["gdcmscanner, four keys"] = ["gdcmscanner", "-d", str(target), "-r", *tags, "-p"]
    else:
        print("gdcmscanner is not installed: no comparison with it.")
    try:
        print(_table(_measured(peers, runs, environment(folder)), files))
    finally:
        shutil.rmtree(target)


def _measured(peers: Mapping[str, Sequence[str]], runs: int, own: dict[str, str]) -> dict[str, Cost]:
    costs: dict[str, list[Cost]] = {name: [] for name in peers}
    for turn in range(runs + 1):  # the first is not counted
        for name, words in peers.items():
            cost = _run(words, own)
            if turn:
                costs[name].append(cost)
    return {
        name: Cost(
            statistics.median(cost.clock for cost in each), statistics.median(cost.processor for cost in each)
        )
        for name, each in costs.items()
    }


def _run(words: Sequence[str], own: dict[str, str]) -> Cost:
    start, before = time.perf_counter(), _of_children()
    subprocess.run(words, env=own, stdout=subprocess.DEVNULL, check=True)
    return Cost(time.perf_counter() - start, _of_children() - before)


def _of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _table(costs: Mapping[str, Cost], files: int) -> str:
    lines = [f"### A whole inspection of {files:,} small files", ""]
    lines += ["| | clock, µs a file | processor, µs a file | times the first, clock |", "|---|--:|--:|--:|"]
    first = next(iter(costs.values()))
    for name, cost in costs.items():
        clock, processor = (seconds / files * 1e6 for seconds in cost)
        lines.append(f"| {name} | {clock:.1f} | {processor:.1f} | {cost.clock / first.clock:.2f} |")
    return "\n".join([*lines, ""])
