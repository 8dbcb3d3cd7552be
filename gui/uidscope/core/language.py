"""The language that the program speaks, for the window, its reports and its help.

Whatever another program may read stays English, whichever language holds: the JSON documents, their
messages included, the CSV tables, and what the command line writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from uidscope.core.errors import UsageError

ENGLISH: Final = "en"
LANGUAGES: Final = (ENGLISH, "de")

_THOUSANDS: Final = {ENGLISH: ",", "de": "."}


class _Spoken:
    """One value of the whole program: a thread that was started before it was chosen sees it too."""

    language = ENGLISH


def language() -> str:
    """Return the language that holds, one of ``LANGUAGES``; English until another is chosen."""
    return _Spoken.language


def set_language(chosen: str) -> None:
    """Let a language hold from now on, in every thread; raises ``UsageError`` for one not spoken here."""
    if chosen not in LANGUAGES:
        raise UsageError(f"The languages are {', '.join(LANGUAGES)}; “{chosen}” is none of them.")
    _Spoken.language = chosen


@contextmanager
def spoken_in(chosen: str) -> Iterator[None]:
    """Let a language hold for one piece of work, and then the one before; raises as ``set_language``."""
    before = language()
    set_language(chosen)
    try:
        yield
    finally:
        set_language(before)


def nearest_language(tags: tuple[str, ...]) -> str:
    """Return the first language spoken here among BCP 47 tags such as ``de-AT``; else English."""
    spoken = (tag.replace("_", "-").partition("-")[0].lower() for tag in tags)
    return next((each for each in spoken if each in LANGUAGES), ENGLISH)


def number_in(number: int, spoken: str | None = None) -> str:
    """Return a number with its thousands set apart as a language does it."""
    return f"{number:,}".replace(",", _THOUSANDS.get(spoken or language(), ","))
