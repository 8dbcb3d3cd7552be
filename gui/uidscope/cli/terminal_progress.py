"""A progress bar on standard error, where that is a terminal; nothing otherwise."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from uidscope.core.progress import Progress, ProgressCallback, ignore_progress

_STAGES = {
    "finding": "Finding files",
    "reading": "Reading",
    "checking": "Checking",
    "searching": "Searching for leftovers",
    "comparing": "Comparing",
    "writing": "Writing",
    "verifying": "Verifying",
    "listing": "Listing in the DICOMDIR",
    "packing": "Packing",
}
_SECONDS_BETWEEN = 0.1


@contextmanager
def terminal_progress(*, quiet: bool = False) -> Iterator[ProgressCallback]:
    """Give a callback that draws the work's progress while the block runs."""
    if quiet or not sys.stderr.isatty():
        yield ignore_progress
        return
    from rich.console import Console  # noqa: PLC0415 - a third of the start of a short command
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, int] = {}
        drawn_at = 0.0

        def show(progress: Progress) -> None:
            nonlocal drawn_at
            stage = _STAGES.get(progress.stage, progress.stage)
            now = time.monotonic()
            if stage in tasks and progress.done != progress.total and now - drawn_at < _SECONDS_BETWEEN:
                return
            drawn_at = now
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=None)
            bars.update(tasks[stage], completed=progress.done, total=progress.total or None)  # type: ignore[arg-type]

        yield show
