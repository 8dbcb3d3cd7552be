"""The key of the scheme ``keyed``: in a file that nobody else may read, or in the system's keyring."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from typing import Final

from uidscope.core.errors import InputError, OutputError, UsageError
from uidscope.core.uid.keyed_scheme import KEY_LENGTH
from uidscope.core.uid.keyring_entry import create_keyring_key, read_keyring_key

KEYRING_PREFIX: Final = "keyring:"

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_FILE_MODE: Final = 0o600
_CREATE: Final = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)
_FINGERPRINT_DIGITS: Final = 16


def read_key(place: str) -> bytes:
    """Return the 32 bytes of a key: of ``keyring:NAME``, or of the file at this path.

    Raises ``InputError`` where it cannot be read, and ``UsageError`` where it has another length or
    others than its owner may read or write the file (not asked where the system knows no such rights).
    """
    name = _keyring_name(place)
    return _read_file(place) if name is None else read_keyring_key(name)


def create_key(place: str) -> bytes:
    """Make a key of random bytes at a place as ``read_key`` takes it; return it.

    Raises ``OutputError`` where something is there already, which stays, or where it cannot be written,
    and ``UsageError`` for a keyring entry without a name.
    """
    name = _keyring_name(place)
    key = secrets.token_bytes(KEY_LENGTH)
    if name is None:
        _create_file(place, key)
    else:
        create_keyring_key(name, key)
    return key


def key_fingerprint(key: bytes) -> str:
    """Return 16 hexadecimal digits of the key's SHA-256 in groups: two people compare them, not the key."""
    digits = hashlib.sha256(key).hexdigest()[:_FINGERPRINT_DIGITS]
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _keyring_name(place: str) -> str | None:
    """The name of a keyring entry; None where the place is a path."""
    if not place.startswith(KEYRING_PREFIX):
        return None
    name = place.removeprefix(KEYRING_PREFIX)
    if not name.strip() or not name.isprintable():
        raise UsageError(f"Give the keyring's entry a name: {KEYRING_PREFIX}NAME.")
    return name


def _read_file(path: str) -> bytes:
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


def _create_file(path: str, key: bytes) -> None:
    try:
        descriptor = os.open(path, _CREATE, _FILE_MODE)
    except FileExistsError:
        raise OutputError(f"{path} is there already; a key is never overwritten.") from None
    except OSError as error:
        raise OutputError(f"The key file {path} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        os.unlink(path)
        raise OutputError(f"The key file {path} cannot be written: {error.strerror}.") from None
