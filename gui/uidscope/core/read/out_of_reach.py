"""Which of some folders' files are no longer there, asked so that a dead share keeps nobody waiting."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from typing import Final, NamedTuple

from uidscope.core.progress import CancelToken

PATIENCE: Final = 10.0
"""Seconds without an answer after which a file system counts as out of reach; a sleeping disk takes some."""

_LOOK_SECONDS: Final = 0.05  # after so long it is looked whether to stop


class KnownFile(NamedTuple):
    """A folder, by a number of the caller's, and the name of a file that was in it."""

    number: int
    folder: str
    name: str


class Lost(NamedTuple):
    """A folder whose known file cannot be reached, by its number, and what is there instead.

    ``names`` is empty where the folder itself is gone or does not answer.
    """

    number: int
    names: frozenset[str]


class ReachCheck:
    """Asks for files of one file system; of one that hangs nothing more is asked until it has answered."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._thread: threading.Thread | None = None

    def lost(self, files: Sequence[KnownFile], cancel: CancelToken) -> list[Lost]:
        """Return those that cannot be reached, and every one that has not been asked for at a hang.

        Raises ``Cancelled``.
        """
        found: list[Lost | None] = []  # the answers so far, in order
        if self._thread is None or not self._thread.is_alive():
            # The system may keep it for ever, which must keep neither this caller nor the program's end.
            self._thread = threading.Thread(
                target=_ask, args=(files, found, cancel), name="out of reach", daemon=True
            )
            self._thread.start()
            self._wait(found, cancel)
        answers = found[: len(files)]
        hanging = (Lost(file.number, frozenset()) for file in files[len(answers) :])
        return [*(lost for lost in answers if lost is not None), *hanging]

    def _wait(self, found: Sequence[Lost | None], cancel: CancelToken) -> None:
        assert self._thread is not None
        answered, since = 0, time.monotonic()
        while self._thread.is_alive():
            self._thread.join(_LOOK_SECONDS)
            cancel.raise_if_cancelled()
            if len(found) > answered:
                answered, since = len(found), time.monotonic()
            elif time.monotonic() - since > self._patience:
                return


def _ask(files: Sequence[KnownFile], found: list[Lost | None], cancel: CancelToken) -> None:
    for file in files:
        if cancel.cancelled:
            return
        found.append(_look(file))


def _look(file: KnownFile) -> Lost | None:
    try:
        os.stat(os.path.join(file.folder, file.name))
    except (OSError, ValueError):
        return Lost(file.number, _names_in(file.folder))
    return None


def _names_in(folder: str) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))
    except (OSError, ValueError):
        return frozenset()
