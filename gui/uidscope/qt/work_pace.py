"""From reports of progress to what the status bar says: what, how fast, how long still."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from uidscope.core.progress import Progress
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.scan_status import ScanState

_LEAST_SECONDS = 3.0  # before a time left is worth saying
# Files are found while others are read: a total that has just grown is no total yet.
_STEADY_SECONDS = 1.0
# What counts files; checking counts rules, and listing records.
_OF_FILES = frozenset({"reading", "searching", "comparing", "writing", "verifying", "packing"})


class WorkPace(QObject):
    """Follows one stage of the work after the other. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._stage = ""
        self._started = self._total_changed = 0.0
        self._total = 0

    def state(self, progress: Progress) -> ScanState:
        """What to show for a report, given those before it."""
        now = self._clock()
        if progress.stage == "finding" and progress.done:
            # Files are still found while the first are read: to whoever waits it is one stage.
            progress = progress._replace(stage="reading")
        if progress.stage != self._stage:
            self._stage, self._started, self._total = progress.stage, now, 0
            self._total_changed = now - _STEADY_SECONDS  # the first total may be the whole one
        if progress.total != self._total:
            self._total_changed = now if self._total else self._total_changed
            self._total = progress.total
        steady = now - self._total_changed >= _STEADY_SECONDS
        total = progress.total if steady else 0
        elapsed = now - self._started
        speed = progress.done / elapsed if elapsed > 0.5 else 0.0
        rest = (total - progress.done) / speed if speed and total else 0.0
        return ScanState(
            self._what(progress, total),
            progress.done,
            total,
            self._speed(speed) if progress.stage in _OF_FILES else "",
            self._time_left(rest) if rest and elapsed >= _LEAST_SECONDS else "",
        )

    def _what(self, progress: Progress, total: int) -> str:
        done = number_text(progress.done)
        if total:
            words = {
                "reading": self.tr("Reading %1 of %2"),
                "checking": self.tr("Checking %1 of %2"),
                "searching": self.tr("Searching %1 of %2"),
                "comparing": self.tr("Comparing %1 of %2"),
                "writing": self.tr("Writing %1 of %2"),
                "verifying": self.tr("Verifying %1 of %2"),
                "listing": self.tr("Listing %1 of %2"),
                "packing": self.tr("Packing %1 of %2"),
            }.get(progress.stage, self.tr("Working %1 of %2"))
            return words.replace("%1", done).replace("%2", number_text(total))
        words = {
            "finding": self.tr("Finding files"),
            "reading": self.tr("Reading %1"),
            "checking": self.tr("Checking %1"),
            "searching": self.tr("Searching %1"),
            "comparing": self.tr("Comparing %1"),
            "writing": self.tr("Writing %1"),
            "verifying": self.tr("Verifying %1"),
            "listing": self.tr("Listing %1"),
            "packing": self.tr("Packing %1"),
        }.get(progress.stage, self.tr("Working"))
        return words.replace("%1", done if progress.done else "").rstrip()

    def _speed(self, speed: float) -> str:
        return self.tr("%1 files/s").replace("%1", number_text(round(speed))) if speed >= 1 else ""

    def _time_left(self, seconds: float) -> str:
        if seconds < 90:
            return self.tr("%1 s left").replace("%1", number_text(max(1, round(seconds))))
        return self.tr("%1 min left").replace("%1", number_text(round(seconds / 60)))
