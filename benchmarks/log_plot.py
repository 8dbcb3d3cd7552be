"""A picture of how things grow: lines over two logarithmic axes, as SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

_WIDTH, _HEIGHT = 640, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 150, 20, 50
_LINE_HEIGHT = 15
_Placing = Callable[[float, float], tuple[float, float]]
_COLOURS = ("#1b6ca8", "#c0504d", "#5b8c3a", "#7a5ea8")


class Line(NamedTuple):
    """Points of one thing: number and value, both above 0."""

    name: str
    points: Sequence[tuple[float, float]]

    @property
    def exponent(self) -> float:
        """The slope of the straight line that fits best: 1 where twice as many take twice as long."""
        return self.fit()[0]

    def fit(self) -> tuple[float, float]:
        """Slope and height of the line of least squares through the logarithms."""
        logs = [(math.log10(number), math.log10(value)) for number, value in self.points]
        mean_x = sum(x for x, _ in logs) / len(logs)
        mean_y = sum(y for _, y in logs) / len(logs)
        spread = sum((x - mean_x) ** 2 for x, _ in logs)
        slope = sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread
        return slope, mean_y - slope * mean_x


def log_plot(lines: Sequence[Line], across: str, up: str) -> str:
    """Return the picture: the points, the line that fits each best, and its exponent."""
    points = [point for line in lines for point in line.points]
    x_from, x_to = _decades([number for number, _ in points])
    y_from, y_to = _decades([value for _, value in points])

    def at(x: float, y: float) -> tuple[float, float]:
        """Where the logarithms of a number and a value lie in the picture."""
        width, height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
        return (
            _LEFT + (x - x_from) / (x_to - x_from) * width,
            _TOP + (y_to - y) / (y_to - y_from) * height,
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif"'
        ' font-size="12" fill="#333">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
    ]
    for decade in range(x_from, x_to + 1):
        (x, bottom), (_, top) = at(decade, y_from), at(decade, y_to)
        parts.append(_rule(x, bottom, x, top))
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18:.1f}" text-anchor="middle">{10**decade:,}</text>')
    for decade in range(y_from, y_to + 1):
        (left, y), (right, _) = at(x_from, decade), at(x_to, decade)
        parts.append(_rule(left, y, right, y))
        parts.append(f'<text x="{left - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{10.0**decade:g}</text>')
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{_HEIGHT - 10}" text-anchor="middle">{across}</text>')
    half = _HEIGHT / 2
    parts.append(f'<text transform="translate(16 {half}) rotate(-90)" text-anchor="middle">{up}</text>')
    below = 0.0
    for line, colour in sorted(zip(lines, _COLOURS, strict=False), key=lambda each: -each[0].points[-1][1]):
        x, y = at(*_end(line))
        below = max(below + _LINE_HEIGHT, y + 4)  # labels never lie over each other
        parts += _drawn(line, colour, at)
        label = f"{line.name}: n^{line.exponent:.2f}"
        parts.append(f'<text x="{x + 10:.1f}" y="{below:.1f}" fill="{colour}">{label}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _drawn(line: Line, colour: str, at: _Placing) -> list[str]:
    slope, height = line.fit()
    first, last = (math.log10(line.points[index][0]) for index in (0, -1))
    (x1, y1), (x2, y2) = at(first, height + slope * first), at(last, height + slope * last)
    drawn = [f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>']
    for number, value in line.points:
        x, y = at(math.log10(number), math.log10(value))
        drawn.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>')
    return drawn


def _end(line: Line) -> tuple[float, float]:
    slope, height = line.fit()
    last = math.log10(line.points[-1][0])
    return last, height + slope * last


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ddd"/>'


def _decades(values: Sequence[float]) -> tuple[int, int]:
    first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return first, max(last, first + 1)
