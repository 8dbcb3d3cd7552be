"""Interleaved medians: the runs of all peers take turns, so that a machine's moods hit each alike."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

if sys.platform != "win32":
    import resource


def processor_time() -> float:
    """The seconds that this process and those it has waited for took on a processor.

    Where other work runs beside the measurement, it says more than the clock on the wall. Windows does
    not tell it of other processes, and is measured by the clock.
    """
    if sys.platform == "win32":
        return time.perf_counter()
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def interleaved(
    peers: Mapping[str, Callable[[], object]],
    runs: int,
    *,
    before: Callable[[], object] = lambda: None,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Return each peer's median time in seconds over ``runs`` turns, after one that is not counted.

    ``before`` makes things ready for each, and is not timed.
    """
    times: dict[str, list[float]] = {name: [] for name in peers}
    for turn in range(runs + 1):
        for name, peer in peers.items():
            before()
            start = clock()
            peer()
            if turn:
                times[name].append(clock() - start)
    return {name: statistics.median(each) for name, each in times.items()}


def command(words: Sequence[str]) -> Callable[[], object]:
    """A peer that is a program; its output is read and thrown away, its exit status ignored."""
    return lambda: subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def table(title: str, times: Mapping[str, float], files: int, base: str) -> str:
    """The times as lines of Markdown: microseconds a file, and how many times ``base`` takes."""
    lines = [f"### {title}", "", "| reader | µs a file | times slower than " + base + " |", "|---|--:|--:|"]
    for name, seconds in times.items():
        lines.append(f"| {name} | {seconds / files * 1e6:.1f} | {seconds / times[base]:.2f} |")
    return "\n".join([*lines, ""])
