"""The one mechanism for long work: a function in a thread of its own, its progress, its end.

The window never starts a thread itself. Signals arrive in the window's thread; progress comes at most
ten times a second, whatever the work reports.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from uidscope.core.crash_report import keep_crash
from uidscope.core.errors import Cancelled, UidscopeError
from uidscope.core.progress import CancelToken, Progress, ProgressCallback

_INTERVAL = 0.1  # seconds between two reports of progress

Work = Callable[[ProgressCallback, CancelToken], Any]


@dataclass(frozen=True, slots=True)
class Task:
    """Long work: ``work`` runs in the background; the others are called in the window's thread.

    ``failed`` gets a UidscopeError, whose text is for the user, or any other exception. With
    ``tells_failures`` it tells the former by itself, and the runner does not say it as well.
    """

    name: str
    work: Work
    done: Callable[[Any], None] = lambda _result: None
    failed: Callable[[BaseException], None] = lambda _error: None
    cancelled: Callable[[], None] = lambda: None
    tells_failures: bool = False


# Every runner with a task under way, so that a catalog is not closed while a thread may ask it something.
_at_work: set[TaskRunner] = set()


class _Rest(QObject):
    """`began` says that no task of any runner is under way any more."""

    began = Signal()


rest = _Rest()


def any_task_runs() -> bool:
    """Whether any runner of the program has a task under way."""
    return bool(_at_work)


def wait_for_all_tasks() -> None:
    """Cancel every task of every runner and wait for the threads; for the end of the program."""
    for runner in tuple(_at_work):
        runner.wait()


class TaskRunner(QObject):
    """Runs one task at a time; one that is asked for meanwhile waits its turn."""

    started = Signal(str)
    progressed = Signal(object)  # Progress
    ended = Signal(str)
    failed = Signal(str)  # one sentence for the user
    _finished = Signal(object, object, object)  # Task, result, error

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Task] = []
        self._running: Task | None = None
        self._cancel = CancelToken()
        self._thread: threading.Thread | None = None
        self._finished.connect(self._finish)

    @property
    def is_running(self) -> bool:
        """Whether a task runs or waits."""
        return self._running is not None or bool(self._waiting)

    def run(self, task: Task) -> None:
        """Start a task, or let it wait for the one that runs."""
        self._waiting.append(task)
        if self._running is None:
            self._start_next()

    def cancel(self) -> None:
        """Ask the running task to stop and forget those that wait."""
        self._waiting.clear()
        self._cancel.cancel()

    def wait(self) -> None:
        """Cancel everything and wait for the thread; for the end of the program."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()
        _at_work.discard(self)

    def _start_next(self) -> None:
        if not self._waiting:
            return
        task = self._waiting.pop(0)
        self._running = task
        self._cancel = CancelToken()
        _at_work.add(self)
        self.started.emit(task.name)
        self._thread = threading.Thread(
            target=self._work, args=(task, self._cancel), name=f"task {task.name}", daemon=True
        )
        self._thread.start()

    def _work(self, task: Task, cancel: CancelToken) -> None:
        result: Any = None
        error: BaseException | None = None
        try:
            result = task.work(_Throttle(self.progressed.emit), cancel)
        except BaseException as caught:  # noqa: BLE001 - whatever it is, the window must hear of it
            error = caught
        self._finished.emit(task, result, error)

    def _finish(self, task: Task, result: Any, error: BaseException | None) -> None:
        if self._thread is not None:
            self._thread.join()
        self._running = self._thread = None
        _at_work.discard(self)
        if error is None:
            task.done(result)
        elif isinstance(error, Cancelled):
            task.cancelled()
        else:
            if not isinstance(error, UidscopeError):
                _tell_the_log(task.name, error)
            task.failed(error)
            if not (task.tells_failures and isinstance(error, UidscopeError)):
                self.failed.emit(_sentence(error))
        self.ended.emit(task.name)
        self._start_next()
        if not _at_work:
            rest.began.emit()


class _Throttle:
    """Passes on the first report, the last of a stage, and others by time."""

    def __init__(self, emit: Callable[[Progress], None]) -> None:
        self._emit = emit
        self._last = 0.0
        self._stage = ""

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.stage == self._stage and progress.done != progress.total and now - self._last < _INTERVAL:
            return
        self._last, self._stage = now, progress.stage
        self._emit(progress)


def _sentence(error: BaseException) -> str:
    if isinstance(error, UidscopeError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}."
    return own_fault(error)


def own_fault(error: BaseException) -> str:
    """What is said of an error that nobody foresaw; its text may quote a file."""
    said = QCoreApplication.translate("Export", "Something went wrong in the program itself (%1).")
    return said.replace("%1", type(error).__name__)


def _tell_the_log(name: str, error: BaseException) -> None:
    """Log and keep where it happened, never the values: an exception's text may quote a file."""
    keep_crash(error)
    import logging  # noqa: PLC0415 - only on this path

    places = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    logging.getLogger("uidscope").error("task %s: %s at %s", name, type(error).__name__, " < ".join(places))
