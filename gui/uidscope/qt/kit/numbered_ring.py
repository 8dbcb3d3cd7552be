"""The ring with a number in it that counts the steps of a way."""

import enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.font_roles import FontRole, font
from uidscope.qt.kit.icons import draw_icon
from uidscope.qt.kit.run_painting import draw_text
from uidscope.qt.kit.theme import tokens

_SIDE = 22
_TICK = 12


class StepState(enum.Enum):
    """Whether a step is done (tick), under way (filled) or to come (ring)."""

    DONE = "done"
    CURRENT = "current"
    TO_COME = "to come"


class NumberedRing(QWidget):
    """One ring. It says nothing by itself: the words beside it carry its name."""

    def __init__(
        self, number: int, state: StepState = StepState.TO_COME, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._number, self._state = number, state
        self.setFixedSize(QSize(_SIDE, _SIDE))

    def set_state(self, state: StepState) -> None:
        self._state = state
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        current = self._state is StepState.CURRENT
        reached = self._state is not StepState.TO_COME
        painter.setPen(QPen(colour(colours.accent if reached else colours.edge), 1.5))
        painter.setBrush(colour(colours.accent) if current else Qt.BrushStyle.NoBrush)
        ring = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawEllipse(ring)
        if self._state is StepState.DONE:
            square = QRectF((_SIDE - _TICK) / 2, (_SIDE - _TICK) / 2, _TICK, _TICK)
            draw_icon(painter, square, "check", colours.accent, colours.base)
        else:
            ink = colours.on_accent if current else colours.text2
            draw_text(
                painter,
                ring,
                str(self._number),
                font(FontRole.SMALL_STRONG),
                ink,
                Qt.AlignmentFlag.AlignHCenter,
            )
        painter.end()
