"""How many there are of something, and that a list was cut, as reports write it."""

from __future__ import annotations

from collections.abc import Iterator

from uidscope.core.language import number_in
from uidscope.core.uid.phrases import phrase


def counted(number: int, noun: str, plural: str = "", spoken: str | None = None) -> str:
    """Return ``1 file`` or ``2,000 files``; ``plural`` is given where it is not the noun and an s.

    It is said in the language that holds unless another is given.
    """
    if number == 1:
        return phrase(f"1 {noun}", spoken)
    return phrase(f"{{}} {plural or noun + 's'}", spoken).format(number_in(number, spoken))


def more_line(total: int, shown: int, before: str, behind: str = "") -> Iterator[str]:
    """Yield the line that says how many of a list are not shown; none where all are."""
    if total > shown:
        yield f"{before}and {total - shown:,} more{behind}\n"
