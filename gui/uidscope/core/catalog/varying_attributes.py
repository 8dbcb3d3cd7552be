"""What varies from file to file is kept out of the profiles of a series.

A profile is stored once for many files. Some scanners write another Series Time or another largest pixel
value into each file of a series; stored as stated, that would be a profile for each file. Of such an
attribute a series keeps the first few values, which is all that the rules ask for.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from uidscope.core.read.attributes import FIRST_COMPARED, PROFILE_KEYWORDS

Texts = tuple[str | None, ...]

_VALUES_KEPT: Final = 16
_SERIES_REMEMBERED: Final = 4000


class VaryingAttributes:
    """Remembers, series by series, which attributes were met with many values."""

    def __init__(self) -> None:
        self._first: dict[int, Texts] = {}
        self._profiles: dict[int, Counter[int]] = {}

    def settled(self, series_id: int, texts: Texts) -> Texts:
        """Return a profile in which each attribute that varies in its series says what the first file said.

        Only what is there to be compared is settled, never what the tree or a plan is made of.
        """
        first = self._first.get(series_id)
        if first is None:
            if len(self._first) >= _SERIES_REMEMBERED:
                self._first.clear()
                self._profiles.clear()
            self._first[series_id] = texts
            return texts
        differing = [index for index in _COMPARED if texts[index] != first[index]]
        if not differing:
            return texts
        met = self._profiles.setdefault(series_id, Counter())
        varying = {index for index in differing if met[index] >= _VALUES_KEPT}
        met.update(index for index in differing if index not in varying)
        if not varying:
            return texts
        return tuple([first[index] if index in varying else text for index, text in enumerate(texts)])


_COMPARED: Final = range(FIRST_COMPARED, len(PROFILE_KEYWORDS))
