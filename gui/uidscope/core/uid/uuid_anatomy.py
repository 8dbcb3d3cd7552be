"""What the 128 bits of a UUID say (RFC 9562)."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Final, NamedTuple

_UUID_TEXT: Final = re.compile(
    r"(?:urn:uuid:)?[{(]?"
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})"
    r"[)}]?",
    re.IGNORECASE | re.ASCII,
)
_GREGORIAN: Final = dt.datetime(1582, 10, 15, tzinfo=dt.UTC)
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_VARIANTS: Final = ("NCS", "NCS", "RFC 9562", "Microsoft or reserved")
_RFC_VARIANT: Final = 2
_MULTICAST: Final = 1 << 40


class UuidAnatomy(NamedTuple):
    """A UUID taken apart.

    ``text`` is the usual form with hyphens; ``dotnet_text`` the GUID whose bytes, as .NET stores
    them, are these, and ``dotnet_number`` the number that those bytes give for ``text``. ``version``
    is 0 where the variant is not that of RFC 9562. ``time`` is ISO 8601 in UTC, or empty where the
    version has none. ``address`` is the network address in versions 1 and 6, empty where the node is
    a random number; ``random_node`` says so.
    """

    text: str
    variant: str
    version: int
    time: str
    address: str
    random_node: bool
    dotnet_text: str
    dotnet_number: int


def parse_uuid(text: str) -> int | None:
    """Return the number of a UUID or GUID in any usual form (braces, ``urn:uuid:``, bare), else None."""
    found = _UUID_TEXT.fullmatch(text)
    return int(found.group(1).replace("-", ""), 16) if found else None


def take_apart(number: int) -> UuidAnatomy:
    """Return what a UUID says; ``number`` is its value, 0 to 2**128 - 1."""
    value = uuid.UUID(int=number)
    is_rfc = (number >> 62) & 3 == _RFC_VARIANT
    version = (number >> 76) & 15 if is_rfc else 0
    node = number & (1 << 48) - 1
    has_node = version in (1, 6)
    random_node = has_node and bool(node & _MULTICAST)
    return UuidAnatomy(
        text=str(value),
        variant=_VARIANTS[(number >> 62) & 3],
        version=version,
        time=_time(number, version),
        address=":".join(f"{octet:02x}" for octet in node.to_bytes(6, "big"))
        if has_node and not random_node
        else "",
        random_node=random_node,
        dotnet_text=str(uuid.UUID(bytes_le=value.bytes)),
        dotnet_number=int.from_bytes(value.bytes_le, "big"),
    )


def _time(number: int, version: int) -> str:
    """The time in a UUID, in UTC to the millisecond; empty where there is none or it is past year 9999."""
    high = number >> 64
    if version == 1:
        ticks = (high & 0xFFF) << 48 | (high >> 16 & 0xFFFF) << 32 | high >> 32
    elif version == 6:
        ticks = (high >> 16) << 12 | high & 0xFFF
    elif version == 7:
        return _iso(_EPOCH, (number >> 80) * 1000)
    else:
        return ""
    return _iso(_GREGORIAN, ticks // 10)


def _iso(start: dt.datetime, microseconds: int) -> str:
    try:
        at = start + dt.timedelta(microseconds=microseconds)
    except OverflowError:
        return ""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
