"""The rail at the leading edge of a dialog: its steps, and what was chosen in each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.icon_spot import IconSpot
from uidscope.qt.kit.layout_clearing import clear_layout
from uidscope.qt.kit.numbered_ring import NumberedRing, StepState
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.visible_text import visible_text

_WIDTH, _WIDEST = 230, 270
_LEADING, _TRAILING = 18, 16
_LOCK, _LOCK_GAP = 16, 8
_BEFORE_PROMISE = _LEADING + _LOCK + _LOCK_GAP


@dataclass(frozen=True, slots=True)
class RailStep:
    """A step and, in at most two lines, what was chosen in it or what it will do."""

    title: str
    remark: str
    state: StepState


class StepRail(QWidget):
    """Shows a title, the steps below it, and at the foot a promise with a lock before it."""

    def __init__(self, title: str, promise: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Wide enough for the promise in one line, as long as that is a matter of a few pixels.
        asked = _BEFORE_PROMISE + round(text_width(promise, FontRole.SMALL_STRONG)) + 1 + _TRAILING
        self.setFixedWidth(min(max(_WIDTH, asked), _WIDEST))
        column = QVBoxLayout(self)
        column.setContentsMargins(_LEADING, 20, _TRAILING, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(title, role=FontRole.TITLE))
        self._steps = QVBoxLayout()
        self._steps.setContentsMargins(0, 6, 0, 0)
        self._steps.setSpacing(16)
        column.addLayout(self._steps)
        column.addStretch(1)
        if promise:
            foot = QHBoxLayout()
            foot.setSpacing(_LOCK_GAP)
            foot.addWidget(IconSpot("lock", Verdict.OK, _LOCK))
            foot.addWidget(PlainLabel(promise, role=FontRole.SMALL_STRONG, verdict=Verdict.OK, wraps=True), 1)
            column.addLayout(foot)

    def set_steps(self, steps: Sequence[RailStep]) -> None:
        """Show these steps instead."""
        clear_layout(self._steps)
        for number, step in enumerate(steps, 1):
            self._steps.addWidget(_StepLine(number, step))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens().window))
        painter.end()


class _StepLine(QWidget):
    def __init__(self, number: int, step: RailStep) -> None:
        super().__init__()
        self.setAccessibleName(visible_text(f"{number}. {step.title}: {step.remark}"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        ring = QVBoxLayout()
        ring.addWidget(NumberedRing(number, step.state))
        ring.addStretch(1)
        row.addLayout(ring)
        words = QVBoxLayout()
        words.setSpacing(2)
        current = step.state is StepState.CURRENT
        tone = Tone.TEXT2 if step.state is StepState.TO_COME else Tone.TEXT
        role = FontRole.STRONG if current else FontRole.BODY
        words.addWidget(PlainLabel(step.title, role=role, tone=tone, wraps=True))
        words.addWidget(PlainLabel(step.remark, role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True))
        row.addLayout(words, 1)
