"""A progress bar on standard error, where that is a terminal; nothing otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from uidscope.core.progress import Progress, ProgressCallback, ignore_progress

_STAGES = {
    "finding": "Finding files",
    "reading": "Reading",
    "checking": "Checking",
    "comparing": "Comparing",
    "writing": "Writing",
    "verifying": "Verifying",
}


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

        def show(progress: Progress) -> None:
            stage = _STAGES.get(progress.stage, progress.stage)
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=None)
            bars.update(tasks[stage], completed=progress.done, total=progress.total or None)  # type: ignore[arg-type]

        yield show
