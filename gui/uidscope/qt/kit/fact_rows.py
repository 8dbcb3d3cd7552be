"""Facts as rows of label, number and remark, in a box with thin edges."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.font_roles import FontRole, metrics
from uidscope.qt.kit.layout_clearing import clear_layout
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.theme import is_new_look, tokens

_LEAST_ROW = 28
_RADIUS = 6


@dataclass(frozen=True, slots=True)
class Fact:
    """A label, a number as text ("414", "218.4 MB"), and a remark in the ink of its verdict."""

    label: str
    number: str
    remark: str = ""
    verdict: Verdict | None = None


class FactRows(QWidget):
    """Shows facts one below the other; the numbers end in one line, and long remarks wrap."""

    def __init__(self, facts: Sequence[Fact] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 4, 12, 4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 44)
        self._grid.setColumnStretch(2, 56)
        self._count = 0
        self._numbers: list[PlainLabel] = []
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts instead."""
        clear_layout(self._grid)
        self._numbers = []
        trailing = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        for row, fact in enumerate(facts):
            label = PlainLabel(fact.label, tone=Tone.TEXT2)
            number = PlainLabel(fact.number, role=FontRole.STRONG)
            number.setAlignment(trailing)
            number.setAccessibleName(f"{fact.label}: {fact.number} {fact.remark}".strip())
            remark = PlainLabel(
                fact.remark, role=FontRole.SMALL, tone=Tone.TEXT2, verdict=fact.verdict, wraps=True
            )
            self._numbers.append(number)
            for column, widget in enumerate((label, number, remark)):
                self._grid.addWidget(widget, row, column)
        self._count = len(facts)
        self._set_row_heights()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._count * self._row_height() + 8)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self._set_row_heights()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.fillPath(frame, colour(colours.base))
        painter.save()
        painter.setClipPath(frame)
        # These are few rows of few words, far from one another: a light fill leads the eye across.
        for row in range(1, self._count, 2):
            # A grid whose rows depend on its width does not tell their places; what lies in them does.
            cell = self._numbers[row].geometry()
            painter.fillRect(QRectF(0, cell.top(), self.width(), cell.height()), colour(colours.alt))
        painter.restore()
        painter.setPen(QPen(colour(colours.line), 1))
        painter.drawPath(frame)
        painter.end()

    def _row_height(self) -> int:
        return max(_LEAST_ROW, round(metrics(FontRole.BODY).height()) + 10)

    def _set_row_heights(self) -> None:
        for row in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, self._row_height() if row < self._count else 0)
        self.updateGeometry()
