"""Making what was written last: the operations on files and folders that survive a loss of power."""

from __future__ import annotations

import errno
import os
import sys
from typing import Final

FILE_MODE: Final = 0o644

if sys.platform == "darwin":
    import fcntl

    def sync_file(descriptor: int) -> None:
        """Bring a file's bytes to the disk; fsync alone stops at the drive's cache here."""
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError:
            os.fsync(descriptor)

else:

    def sync_file(descriptor: int) -> None:
        """Bring a file's bytes to the disk."""
        os.fsync(descriptor)


def preallocate(descriptor: int, size: int) -> None:
    """Take the room for a new file at once: a full disk is seen early, and writing is quicker."""
    if size and hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(descriptor, 0, size)
        except OSError as error:
            if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS):
                raise


def sync_folder(path: str) -> None:
    """Bring the names in a folder to the disk. Windows keeps them by itself and cannot be asked."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_CREATE |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def create_file(path: str, mode: int) -> int:
    """Create a file that must not exist, never through a link; return its descriptor for writing."""
    return os.open(path, _CREATE, mode)


_REOPEN = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def reopen_file(path: str) -> int:
    """Open a file that is there, never through a link; return its descriptor, to be brought to the disk."""
    return os.open(path, _REOPEN)
