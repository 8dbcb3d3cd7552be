"""How many there are of something, and that a list was cut, as reports write it."""

from __future__ import annotations

from collections.abc import Iterator


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return ``1 file`` or ``2,000 files``; ``plural`` is given where it is not the noun and an s."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def more_line(total: int, shown: int, before: str, behind: str = "") -> Iterator[str]:
    """Yield the line that says how many of a list are not shown; none where all are."""
    if total > shown:
        yield f"{before}and {total - shown:,} more{behind}\n"
