"""A key in the keyring of the system, as base64 text under the service ``uidscope``."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from uidscope.core.errors import InputError, OutputError, UsageError
from uidscope.core.uid.keyed_scheme import KEY_LENGTH

SERVICE: Final = "uidscope"


def read_keyring_key(name: str) -> bytes:
    """Return the key of this name.

    Raises ``InputError`` where there is none or no keyring can be used, and ``UsageError`` where the entry
    is no key.
    """
    text = _entry(name)
    if text is None:
        raise InputError(f"The keyring has no key named {name}.")
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_LENGTH:
        raise UsageError(f"The keyring's entry {name} is no key of {KEY_LENGTH} bytes in base64.")
    return key


def create_keyring_key(name: str, key: bytes) -> None:
    """Keep a key under this name. Raises ``OutputError`` where there is one already, which stays, or where
    no keyring can be used.
    """
    import keyring  # noqa: PLC0415 - slow to import, and rarely wanted

    try:
        taken = _entry(name) is not None
    except InputError as error:
        raise OutputError(str(error)) from None
    if taken:
        raise OutputError(f"The keyring has a key named {name} already; a key is never overwritten.")
    try:
        keyring.set_password(SERVICE, name, base64.b64encode(key).decode("ascii"))
    except Exception:  # noqa: BLE001 - each backend raises what it likes
        raise OutputError("The keyring of this system cannot be written; keep the key in a file.") from None
    if read_keyring_key(name) != key:
        raise OutputError(f"The keyring does not give the key {name} back; keep the key in a file.")


def _entry(name: str) -> str | None:
    import keyring  # noqa: PLC0415 - slow to import, and rarely wanted

    try:
        return keyring.get_password(SERVICE, name)
    except Exception:  # noqa: BLE001 - each backend raises what it likes
        raise InputError("There is no keyring here that can be used; keep the key in a file.") from None
