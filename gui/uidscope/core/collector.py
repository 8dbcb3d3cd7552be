"""Python's search for cycles of objects, made seldom while very many objects that have none are made.

It looks at everything alive again and again: of a scan it would take a quarter of the time.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import threading
from collections.abc import Iterator
from typing import Final

SELDOM: Final = (100_000, 20, 50)
"""The thresholds of ``gc``, for a process that makes nothing else."""


class _Users:
    """How many ask for it, and what was before the first."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.number = 0
        self.before = gc.get_threshold()


_users: Final = _Users()


@contextlib.contextmanager
def seldom_collected() -> Iterator[None]:
    """Have cycles looked for seldom, in the whole program, until the last who asked for it has left."""
    with _users.lock:
        if _users.number == 0:
            _users.before = gc.get_threshold()
            gc.set_threshold(*SELDOM)
        _users.number += 1
    try:
        yield
    finally:
        with _users.lock:
            _users.number -= 1
            if _users.number == 0:
                gc.set_threshold(*_users.before)


def not_collected_at_the_end() -> None:
    """Have the end of this program look for no cycles: all goes then, and the search takes a while.

    What is to be put in order at the end is closed, or asks ``atexit``, as it must anyway.
    """
    atexit.register(gc.freeze)
