"""Text drawn in runs: each with its own font and colour, none of it ever read as HTML."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF

from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.font_roles import FontRole, font, metrics, text_width

_ONE_LINE = Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
_ABSOLUTE = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_ZIGZAG_STEP = 2.0


class Run(NamedTuple):
    """A piece of text in one look. `fill` is drawn behind it, `underline` below, both `#RRGGBB` or empty."""

    text: str
    role: FontRole
    ink: str
    fill: str = ""
    underline: str = ""
    zigzag: str = ""

    def width(self) -> float:
        return text_width(self.text, self.role)


def runs_width(runs: Sequence[Run]) -> float:
    return sum(run.width() for run in runs)


def draw_text(
    painter: QPainter,
    place: QRectF,
    text: str,
    text_font: QFont,
    ink: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line of plain text at the given `side` of `place` (not mirrored), centred in its height."""
    painter.setFont(text_font)
    painter.setPen(colour(ink))
    # The text itself says which way it reads: a path stays a path in a right-to-left window.
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(place, int(side | _ABSOLUTE) | int(_ONE_LINE), text)


def draw_runs(painter: QPainter, left: float, place: QRectF, runs: Sequence[Run]) -> float:
    """Draw the runs one after the other from `left`, in the height of `place`; return where they end.

    The order is left to right in every layout: it is meant for identifiers.
    """
    for run in runs:
        width = run.width()
        line = QRectF(left, place.top(), width, place.height())
        if run.fill:
            _draw_fill(painter, line, run)
        painter.setFont(font(run.role))
        painter.setPen(colour(run.ink))
        flags = int(Qt.AlignmentFlag.AlignLeft | _ABSOLUTE) | int(
            _ONE_LINE | Qt.TextFlag.TextForceLeftToRight
        )
        painter.drawText(line, flags, run.text)
        if run.zigzag:
            draw_zigzag(painter, left, left + width, _baseline(line, run.role) + 2.5, run.zigzag)
        left += width
    return left


def draw_zigzag(painter: QPainter, left: float, right: float, top: float, ink: str) -> None:
    """Draw the zigzag that stands under a faulty part."""
    steps = max(2, round((right - left) / _ZIGZAG_STEP))
    points = [
        QPointF(left + at * _ZIGZAG_STEP, top + (_ZIGZAG_STEP if at % 2 else 0)) for at in range(steps + 1)
    ]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(ink), 1.2))
    painter.drawPolyline(QPolygonF(points))
    painter.restore()


def _draw_fill(painter: QPainter, line: QRectF, run: Run) -> None:
    height = round(metrics(run.role).height()) + 2
    box = QRectF(line.left() - 1, round(line.center().y() - height / 2), line.width() + 2, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(run.fill))
    painter.drawRoundedRect(box, 2, 2)
    if run.underline:
        painter.fillRect(QRectF(box.left(), box.bottom() - 1.5, box.width(), 1.5), colour(run.underline))
    painter.restore()


def _baseline(line: QRectF, role: FontRole) -> float:
    letters = metrics(role)
    return line.center().y() + (letters.ascent() - letters.descent()) / 2
