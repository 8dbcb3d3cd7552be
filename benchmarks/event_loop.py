"""How long an event loop is held up: a timer that should come every 10 ms notes how late it comes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView

_TICK = 10  # milliseconds
_CALM = 0.5  # seconds without work, after which a step is over; a filter waits until nobody types
_PATIENCE = 300.0  # seconds


class Gap(NamedTuple):
    """How long the window did not answer, in ms, and how much its own thread, and all, worked meanwhile.

    Each is the most there was, not all of the same gap. What is over the last is the machine's, which runs
    other programs; what lies between may be threads of this one that hold the interpreter.
    """

    length: float = 0.0
    work: float = 0.0
    all_work: float = 0.0


class Probe(QObject):
    """Notes the longest time between two ticks beyond the tick itself, and the most work between two."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=_TICK, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self.start()
        self._timer.start()

    def start(self) -> None:
        """Forget what was noted."""
        self._last, self._longest = _clocks(), Gap()

    def longest(self) -> Gap:
        """The most there was since `start`."""
        self._tick()
        return self._longest

    def _tick(self) -> None:
        now = _clocks()
        length, work, all_work = (1000 * (new - old) for new, old in zip(now, self._last, strict=True))
        before = self._longest
        self._longest = Gap(
            max(before.length, length - _TICK), max(before.work, work), max(before.all_work, all_work)
        )
        self._last = now


def _clocks() -> tuple[float, float, float]:
    return time.perf_counter(), time.thread_time(), time.process_time()


class Painted(QObject):
    """Notes when a view is painted first while `holds` is true, counted from when this is made.

    `seconds` is how long that took, `work` for how much of it the window's own thread was at work; both
    None until then.
    """

    def __init__(self, view: QAbstractItemView, holds: Callable[[], bool]) -> None:
        super().__init__()
        self._viewport, self._holds = view.viewport(), holds
        self._from = (time.perf_counter(), time.thread_time())
        self.seconds: float | None = None
        self.work: float | None = None
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and self.seconds is None and self._holds():
            # Behind the painting, which begins only now.
            QTimer.singleShot(0, self, self._note)
        return super().eventFilter(watched, event)

    def _note(self) -> None:
        if self.seconds is None:
            self.seconds = time.perf_counter() - self._from[0]
            self.work = time.thread_time() - self._from[1]
            self._viewport.removeEventFilter(self)


def settle(is_busy: Callable[[], bool]) -> float:
    """Let the event loop run until nothing has been asked for a while; return how long that while was."""
    end, calm_since = time.monotonic() + _PATIENCE, time.monotonic()
    loop = QEventLoop()
    look = QTimer(interval=5)

    def see() -> None:
        nonlocal calm_since
        now = time.monotonic()
        if is_busy():
            calm_since = now
        if now - calm_since > _CALM or now > end:
            loop.quit()

    look.timeout.connect(see)
    look.start()
    loop.exec()
    look.stop()
    return time.monotonic() - calm_since
