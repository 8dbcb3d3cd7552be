"""Temporary folders of this user alone: gone at the end of the program, or at the next start after a kill."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import tempfile
import time
import weakref
from typing import Final

from filelock import BaseFileLock, FileLock, Timeout

from uidscope.core.errors import OutputError

_PREFIX: Final = "uidscope-"
_IN_USE: Final = "in-use.lock"
_SECONDS_TO_CLEAR: Final = 0.05  # that a start waits at most; the next one goes on


class PrivateFolder:
    """A folder that only this user may read, removed by ``close`` or with the last one who holds this object.

    A lock inside says that it is in use. Raises ``OutputError`` where none can be made.
    """

    def __init__(self, kind: str) -> None:
        lock = None
        while lock is None:
            try:
                self.path = tempfile.mkdtemp(prefix=f"{_PREFIX}{kind}-")
                lock = _locked(self.path)
            except OSError as error:
                raise OutputError(f"No temporary folder can be made: {error.strerror}.") from error
        self._discard = weakref.finalize(self, _discard, lock)

    def close(self) -> None:
        """Remove the folder and all that is in it; a second time does nothing."""
        self._discard()


def clear_left_behind() -> int:
    """Remove private folders of this user that no running program uses; return how many.

    A program that was killed leaves them behind, and with them what the files say of patients. Where there
    are very many, some are left for the next start.
    """
    removed = 0
    end = time.monotonic() + _SECONDS_TO_CLEAR
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        named = [entry for entry in entries if entry.name.startswith(_PREFIX)]
        random.shuffle(named)  # else those that cannot be removed might be all that is ever looked at
        for entry in named:
            if _is_own_folder(entry) and _clear(entry.path):
                removed += 1
            if time.monotonic() > end:
                break
    return removed


def make_private(folder: str) -> None:
    """Make a folder, and those above it that are not there, for this user alone. Raises ``OSError``.

    One that is there keeps its rights: they may be the user's choice.
    """
    above = os.path.dirname(folder)
    if above != folder and not os.path.isdir(above):
        make_private(above)
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder, 0o700)


def _locked(folder: str) -> FileLock | None:
    """The lock of a new folder; None where a program that clears up took it in that very moment."""
    lock = FileLock(os.path.join(folder, _IN_USE), mode=0o600, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except (Timeout, FileNotFoundError):
        return None
    return lock if os.path.exists(lock.lock_file) else None


def _clear(folder: str) -> bool:
    """Remove a folder that has a lock nobody holds; one without a lock may be in the making."""
    lock_path = os.path.join(folder, _IN_USE)
    if not os.path.isfile(lock_path):
        return False
    lock = FileLock(lock_path, mode=0o600, thread_local=False)
    with contextlib.suppress(Timeout, OSError):
        lock.acquire(timeout=0)
        _discard(lock)
        return True
    return False


def _discard(lock: BaseFileLock) -> None:
    """Remove the folder that a lock of ours stands in; what cannot be removed is left for a later start."""
    with contextlib.suppress(OSError):
        lock.release()
    shutil.rmtree(os.path.dirname(lock.lock_file), ignore_errors=True)


def _is_own_folder(entry: os.DirEntry[str]) -> bool:
    """Anybody may put a folder or a link of any name where temporary files go."""
    try:
        if not entry.is_dir(follow_symlinks=False):
            return False
        return os.name == "nt" or entry.stat(follow_symlinks=False).st_uid == os.getuid()
    except OSError:
        return False
