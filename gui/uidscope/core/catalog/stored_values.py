"""Values that SQLite cannot hold as they are, and how they are held instead."""

from __future__ import annotations

from typing import Final

LARGEST_NUMBER: Final = 2**63 - 1


def storable_text(text: str) -> str:
    """Return text that is valid UTF-8: an undecodable byte shows as ``\\udcXX``, six plain characters."""
    if text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def storable_number(number: int) -> int | bytes:
    """Return a number of 64 bits with sign as it is, and a larger one as bytes."""
    if -LARGEST_NUMBER <= number <= LARGEST_NUMBER:
        return number
    return number.to_bytes(16, "big")


def stored_number(stored: int | bytes) -> int:
    """Return the number that ``storable_number`` was given."""
    return stored if isinstance(stored, int) else int.from_bytes(stored, "big")
