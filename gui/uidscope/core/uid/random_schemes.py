"""Schemes that take their numbers from the operating system's entropy."""

from __future__ import annotations

import secrets
import uuid
from typing import Final

from uidscope.core.errors import UsageError
from uidscope.core.uid.scheme_parts import Request, Scheme, SchemeOptions, require_room, spend
from uidscope.core.uid.syntax import UUID_ROOT

_UUID_DIGITS: Final = 39
# 31 decimal digits are 103 bits; with fewer than 100 a large archive may see the same number twice.
LEAST_DIGITS: Final = 31
_MOST_DIGITS: Final = 39


def make_uuid_scheme(options: SchemeOptions) -> Scheme:
    """Return the scheme ``uuid``: a random UUID under 2.25 (PS3.5 B.2). It takes no root."""
    if options.root:
        raise UsageError(
            "The scheme “uuid” takes no root, since its UIDs stand under 2.25; "
            "“root-uuid” puts the same number under a root of yours."
        )
    return _uuid_under("uuid", UUID_ROOT)


def make_root_uuid_scheme(options: SchemeOptions) -> Scheme:
    """Return the scheme ``root-uuid``: a random UUID under a root of at most 24 characters."""
    return _uuid_under("root-uuid", options.root)


def make_root_random_scheme(options: SchemeOptions) -> Scheme:
    """Return the scheme ``root-random``: a random number of as many digits as fit, at most 39.

    The root has at most 32 characters, so that the number has at least 31 digits.
    """
    root = options.root
    spare = require_room("root-random", root, 1 + LEAST_DIGITS).remains
    digits = min(_MOST_DIGITS, LEAST_DIGITS + spare)

    def make(_request: Request) -> str:
        return f"{root}.{secrets.randbelow(10**digits)}"

    return Scheme("root-random", spend(root, 1 + digits, 1 + LEAST_DIGITS), make)


def _uuid_under(name: str, root: str) -> Scheme:
    def make(_request: Request) -> str:
        return f"{root}.{uuid.uuid4().int}"

    return Scheme(name, require_room(name, root, 1 + _UUID_DIGITS), make)
