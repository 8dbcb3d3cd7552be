"""What holds where: the few operations on files that differ between systems."""

from __future__ import annotations

import errno
import os
import stat

_READ_ONLY = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)
_READ_ONLY_NO_LINK = _READ_ONLY | getattr(os, "O_NOFOLLOW", 0)

# A share or a drive has gone away.
OFFLINE = frozenset(
    number
    for name in ("ESTALE", "EIO", "ENOTCONN", "EHOSTDOWN", "EHOSTUNREACH", "ENODEV", "ENXIO", "ETIMEDOUT")
    if (number := getattr(errno, name, None)) is not None
)

# Opening a link with O_NOFOLLOW.
LINK_REFUSED = frozenset({errno.ELOOP, getattr(errno, "EMLINK", errno.ELOOP)})


def read_at(descriptor: int, length: int, offset: int) -> bytes:
    """Up to ``length`` bytes from ``offset``; Windows has no pread."""
    if hasattr(os, "pread"):
        return os.pread(descriptor, length, offset)
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, length)


class NotRegular(OSError):
    """A folder, device, socket or pipe stands where a file is wanted."""


def open_regular(path: str | bytes, *, follow_links: bool = False) -> int:
    """Open a regular file for reading only and return its descriptor.

    A device, a socket or a pipe is never waited for, and a link is followed only where asked.
    Raises OSError, ``NotRegular`` among them.
    """
    return open_with_status(path, follow_links=follow_links)[0]


def open_with_status(path: str | bytes, *, follow_links: bool = False) -> tuple[int, os.stat_result]:
    """Do as ``open_regular``, and return the status of the open file too."""
    descriptor = os.open(path, _READ_ONLY if follow_links else _READ_ONLY_NO_LINK)
    try:
        status = os.fstat(descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise NotRegular("not a regular file")
    return descriptor, status
