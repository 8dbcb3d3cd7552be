"""A lock that one program at a time holds on a file, and that goes with the program, however it ends.

Every start takes some, so that this is a few lines over the system's own calls: the package ``filelock``,
which does the same in the same way, would be a tenth of the time to start.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_SECONDS_BETWEEN_TRIES: Final = 0.02
_OPEN: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


class InUse(Exception):
    """Another holds the lock."""


class FileLock:
    """A lock on the file at ``path``, which is made where it is not there, readable by this user alone."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self, seconds: float = 0.0) -> None:
        """Take the lock, or wait so long. Raises ``InUse``, and ``OSError`` where there can be none."""
        end = time.monotonic() + seconds
        while not self._try():
            if time.monotonic() >= end:
                raise InUse
            time.sleep(_SECONDS_BETWEEN_TRIES)

    def release(self) -> None:
        """Let go of the lock; a second time does nothing. The file stays."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            if sys.platform == "win32":
                msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
            os.close(descriptor)

    def _try(self) -> bool:
        descriptor = os.open(self.path, _OPEN, 0o600)
        try:
            if _lock(descriptor):
                self._descriptor = descriptor
                return True
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        return False


def _lock(descriptor: int) -> bool:
    """Lock an open file, unless another has; whoever opens it anew is another."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
