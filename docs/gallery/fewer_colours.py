"""Pictures of 256 colours, a third as large and to the eye the same: for those that are kept."""

from __future__ import annotations

from collections import Counter
from typing import Final

from PySide6.QtGui import QImage

_COLOURS: Final = 256


def with_fewer_colours(image: QImage) -> QImage:
    """The image with at most 256 colours.

    The next colour is always the one that most pixels would miss most, so that a small green sign on a page
    of greys keeps its green.
    """
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counts = Counter(memoryview(plain.constBits()).cast("I"))
    missed = {colour: float("inf") for colour in counts}
    table: list[int] = []
    following = counts.most_common(1)[0][0]
    while len(table) < _COLOURS and missed[following]:
        table.append(following)
        missed = {colour: min(was, _distance(colour, following)) for colour, was in missed.items()}
        following = max(counts, key=lambda colour: missed[colour] * counts[colour] ** 0.5)
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table)


def _distance(one: int, other: int) -> float:
    """How far two colours are apart: the square of the distance of their parts."""
    return float(sum(((one >> shift & 255) - (other >> shift & 255)) ** 2 for shift in (0, 8, 16)))
