"""How long work reports and how it is stopped: plain values, no threads and no Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from uidscope.core.errors import Cancelled


class Progress(NamedTuple):
    """One report of long work.

    ``stage`` is a word (``finding``, ``reading``, ``checking``, ``searching``, ``comparing``, ``writing``,
    ``verifying``, ``listing``, ``packing``); ``total`` is 0 while it is not known; ``where`` is the folder
    or file at hand, or empty.
    """

    stage: str
    done: int
    total: int
    where: str = ""


ProgressCallback = Callable[[Progress], None]


def ignore_progress(_progress: Progress) -> None:
    """Take a report and do nothing with it."""


class CancelToken:
    """Set by one thread, looked at by another: a flag needs no lock."""

    def __init__(self) -> None:
        self._cancelled = False

    def cancel(self) -> None:
        """Ask the work that holds this token to stop soon."""
        self._cancelled = True

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._cancelled

    def raise_if_cancelled(self) -> None:
        """Raise ``Cancelled`` where somebody asked to stop."""
        if self._cancelled:
            raise Cancelled("Cancelled.")
