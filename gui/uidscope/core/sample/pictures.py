"""The pictures of the sample: a round body with two dark hollows and a bright spine, slice by slice."""

from __future__ import annotations

import sys
from array import array
from functools import cache
from typing import Final

SIZE: Final = 64
_AIR, _LUNG, _TISSUE, _BONE, _MARK = 24, 180, 1060, 2100, 3000
# Five rows of three bits for each digit.
_DIGITS: Final = (
    *("75557", "26227", "71747", "71717", "55711"),
    *("74717", "74757", "71111", "75757", "75717"),
)


@cache
def picture(slice_number: int, of: int, *, marked: bool = False) -> bytes:
    """SIZE x SIZE unsigned 16-bit values of 12 bits, little endian; the body is widest in its middle.

    ``marked`` adds a bright square, so that the pixels differ and everybody sees it.
    """
    place = (slice_number - 0.5) / of - 0.5  # -0.5 at one end, 0.5 at the other
    width = 26 * (1 - 1.4 * place * place)
    values = array("H", (_value(x, y, width) for y in range(SIZE) for x in range(SIZE)))
    if marked:
        _fill(values, 40, 8, 12, 12)
    for at, digit in enumerate(f"{slice_number:02}"):
        _draw_digit(values, 4 + 8 * at, 4, int(digit))
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def _value(x: int, y: int, width: float) -> int:
    across, down = x - SIZE / 2 + 0.5, y - SIZE / 2 + 0.5
    if _inside(across, down - width * 0.55, width * 0.16, width * 0.16):
        return _BONE
    for side in (-1, 1):
        if _inside(across - side * width * 0.42, down + width * 0.05, width * 0.28, width * 0.42):
            return _LUNG
    return _TISSUE if _inside(across, down, width, width * 0.78) else _AIR


def _inside(across: float, down: float, half_width: float, half_height: float) -> bool:
    return (across / half_width) ** 2 + (down / half_height) ** 2 <= 1


def _draw_digit(values: array[int], left: int, top: int, digit: int) -> None:
    for row, bits in enumerate(map(int, _DIGITS[digit])):
        for column in range(3):
            if bits >> (2 - column) & 1:
                _fill(values, left + 2 * column, top + 2 * row, 2, 2)


def _fill(values: array[int], left: int, top: int, width: int, height: int) -> None:
    for y in range(top, top + height):
        for x in range(left, left + width):
            values[y * SIZE + x] = _MARK
