"""What holds where: the few operations on files that differ between systems."""

from __future__ import annotations

import errno
import os

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
