"""The key of the scheme ``keyed``, read from a file that nobody else may read."""

from __future__ import annotations

import os
import stat

from uidscope.core.errors import InputError, UsageError
from uidscope.core.uid.keyed_scheme import KEY_LENGTH

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read_key(path: str) -> bytes:
    """Return the 32 bytes of a key file.

    Raises ``InputError`` where it cannot be read, and ``UsageError`` where it has another length or
    others than its owner may read or write it (not asked where the system knows no such rights).
    """
    try:
        with open(path, "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            key = file.read(KEY_LENGTH + 1)
    except OSError as error:
        raise InputError(f"The key file {path} cannot be read: {error.strerror}.") from None
    if os.name == "posix" and mode & _OTHERS:
        raise UsageError(f"Others than its owner may use the key file {path}; set its mode to 0600.")
    if len(key) != KEY_LENGTH:
        raise UsageError(f"A key file has {KEY_LENGTH} bytes, as they are, and {path} has not.")
    return key
