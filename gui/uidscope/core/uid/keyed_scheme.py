"""The repeatable scheme: the same key and the same old UID give the same new UID.

The new value is a keyed hash of the old one (HMAC, RFC 2104), so that it cannot be found by trying
old UIDs without the key. Whoever holds the key can.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from uidscope.core.errors import UsageError
from uidscope.core.uid.random_schemes import LEAST_DIGITS
from uidscope.core.uid.scheme_parts import Request, Scheme, SchemeOptions, require_room, spend
from uidscope.core.uid.syntax import UUID_ROOT

KEY_LENGTH: Final = 32  # bytes
_LABEL: Final = b"uid-map/1"
_MOST_DIGITS: Final = 38
_UUID_DIGITS: Final = 39


def derivation_domain(number: int) -> bytes:
    """Return the domain of the ``number``-th derived series of one source, counted from 1."""
    return f"derivation:{number}".encode("ascii")


def role_domain(role: str) -> bytes:
    """Return the domain that splits one value which serves two kinds of entity (UID-S28)."""
    return f"role:{role}".encode("ascii")


def duplicate_domain(content_sha256: str) -> bytes:
    """Return the domain that tells duplicates with different content apart."""
    return f"dup:{content_sha256}".encode("ascii")


def target_domain(uid: str) -> bytes:
    """Return the domain of what is moved into the study or series with this UID."""
    return f"into:{uid}".encode("utf-8", "surrogatepass")


def is_target_domain(domain: bytes) -> bool:
    """Say whether a domain is that of what is moved, and of nothing more special."""
    return domain.startswith(b"into:") and b"|" not in domain


def make_keyed_scheme(options: SchemeOptions) -> Scheme:
    """Return the scheme ``keyed``; its key has 32 bytes.

    Without a root it makes UUIDs of version 8 (RFC 9562 5.8) under 2.25; a root has at most 32
    characters. An empty old UID says nothing: the caller tells such entities apart by the domain.
    """
    key, root = options.key, options.root
    if key is None:
        raise UsageError(f"The scheme “keyed” needs a key: a file of {KEY_LENGTH} random bytes.")
    if len(key) != KEY_LENGTH:
        raise UsageError(f"A key has {KEY_LENGTH} bytes; this one has {len(key)}.")
    if not root:
        return _keyed_uuids(key)
    spare = require_room("keyed", root, 1 + LEAST_DIGITS).remains
    return _keyed_numbers(key, root, min(_MOST_DIGITS, LEAST_DIGITS + spare))


def _keyed_uuids(key: bytes) -> Scheme:
    def make(request: Request) -> str:
        return f"{UUID_ROOT}.{_version_8(hmac.digest(key, _message(request), hashlib.sha256))}"

    return Scheme("keyed", spend(UUID_ROOT, 1 + _UUID_DIGITS), make)


def _keyed_numbers(key: bytes, root: str, digits: int) -> Scheme:
    def make(request: Request) -> str:
        number = int.from_bytes(hmac.digest(key, _message(request), hashlib.sha512), "big")
        return f"{root}.{number % 10**digits}"

    return Scheme("keyed", spend(root, 1 + digits, 1 + LEAST_DIGITS), make)


def _message(request: Request) -> bytes:
    """What is hashed: the kind is left out, so that one old value has one new value in every role."""
    old = request.old.encode("ascii", "backslashreplace")
    message = b"\0".join((_LABEL, request.domain, old))
    return message + request.attempt.to_bytes(4, "big") if request.attempt else message


def _version_8(digest: bytes) -> int:
    """The first 16 bytes as a UUID that says truthfully it is neither random nor a time."""
    octets = bytearray(digest[:16])
    octets[6] = (octets[6] & 0x0F) | 0x80
    octets[8] = (octets[8] & 0x3F) | 0x80
    return int.from_bytes(octets, "big")
