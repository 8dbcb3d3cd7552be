"""Memory that questions about a large catalog took for a while, given back once they have ended.

What is freed stays with the process: the allocator keeps it for the next thread, 60 to 100 MB after the
first look at a million objects.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject, QTimer

from uidscope.qt.tasks import any_task_runs, rest

_PAUSE = 200  # milliseconds without a task


class IdleMemory(QObject):
    """Gives memory back whenever the last task has ended and no other follows at once."""

    def __init__(self, parent: QObject | None = None, give_back: Callable[[], None] | None = None) -> None:
        super().__init__(parent)
        self._give_back = give_back or give_memory_back
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._rest)
        rest.began.connect(self._pause.start)

    def _rest(self) -> None:
        if not any_task_runs():
            # Some milliseconds for each 100 MB, and nobody waits for it.
            threading.Thread(target=self._give_back, name="give memory back", daemon=True).start()


def give_memory_back() -> None:
    """Give what is free back to the system; nothing happens where the allocator cannot be asked for it."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """The call that the C library of most Linux systems has for it."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes  # noqa: PLC0415 - not needed to start

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim.argtypes, trim.restype = [ctypes.c_size_t], ctypes.c_int
    return trim
