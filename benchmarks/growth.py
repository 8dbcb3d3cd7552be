"""How the time for each instance grows with their number: files read, loaded, judged and searched."""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpora
from benchmarks.catalog_size import catalog_size
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import counts
from uidscope.core.flow import check, load
from uidscope.core.progress import Progress
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import ScanOptions

INSTANCES = (10_000, 100_000)


class Growth(NamedTuple):
    """Seconds for one number of instances: read into the catalog, all checks, the search for leftovers.

    ``processor`` is what all processes together computed meanwhile, which other work on the machine
    lengthens less.
    """

    instances: int
    loading: float
    checking: float
    searching: float
    processor: float
    catalog_bytes: int
    findings: int

    @property
    def microseconds(self) -> float:
        """All together, for each instance."""
        return (self.loading + self.checking + self.searching) / self.instances * 1e6


class _StageClock:
    """Takes reports of progress and knows how long the search for leftovers took."""

    def __init__(self) -> None:
        self.searching = 0.0
        self._began: float | None = None

    def __call__(self, progress: Progress) -> None:
        if progress.stage != "searching":
            return
        self._began = time.perf_counter() if self._began is None else self._began
        self.searching = time.perf_counter() - self._began


def measure(folder: Path, instances: int) -> Growth:
    """Make a folder of small files, inspect it once, and remove it."""
    target = folder / f"growth-{instances}"
    corpora.small(target, instances)
    try:
        with Catalog.create() as catalog:
            start, computed = time.perf_counter(), _processor_seconds()
            load(catalog, resolve_sources([str(target)]), ScanOptions(numbers=True))
            loaded = time.perf_counter()
            clock = _StageClock()
            check(catalog, progress=clock)
            judged = time.perf_counter()
            found = counts(catalog)
            if found.instances != instances:
                raise SystemExit(f"{found.instances} instances were loaded, not {instances}")
            return Growth(
                instances,
                loaded - start,
                judged - loaded - clock.searching,
                clock.searching,
                _processor_seconds() - computed,
                catalog_size(catalog),
                sum(found.findings.values()),
            )
    finally:
        shutil.rmtree(target)


def _processor_seconds() -> float:
    """Of this process and of those it has waited for."""
    return sum(os.times()[:4])


def growth_table(measured: Sequence[Growth]) -> str:
    """The times as lines of Markdown: microseconds for each instance, and how that grows."""
    lines = [
        "| instances | loading, µs each | checks, µs each | leftovers, µs each | together, µs each"
        " | times the first | processor, µs each | times the first | catalog, bytes each | findings |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for each in measured:
        cells = [seconds / each.instances * 1e6 for seconds in (each.loading, each.checking, each.searching)]
        told = " | ".join(f"{cell:.0f}" for cell in (*cells, each.microseconds))
        ratio = each.microseconds / measured[0].microseconds
        computed, first = (one.processor / one.instances * 1e6 for one in (each, measured[0]))
        size = each.catalog_bytes / each.instances
        lines.append(
            f"| {each.instances:,} | {told} | {ratio:.2f}"
            f" | {computed:.0f} | {computed / first:.2f} | {size:.0f} | {each.findings:,} |"
        )
    return "\n".join([*lines, ""])


def conditions() -> str:
    """What the times depend on, in one line."""
    busy = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {os.cpu_count()} cores,"
        f" {platform.system()} {platform.machine()}, Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}{busy}"
    )


def growth(folder: Path, numbers: Iterable[int]) -> None:
    """Measure each number of instances and print the table."""
    before = conditions()
    measured = [measure(folder, number) for number in sorted(numbers)]
    print("### Growth with the number of instances\n")
    print(f"At the start: {before}.  \nAt the end: {conditions()}.\n")
    print(growth_table(measured))
