"""How long a UID is, of the characters it may have."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.elide import elide_right
from uidscope.qt.kit.font_roles import FontRole, font, measure, metrics, text_width
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.run_painting import draw_text
from uidscope.qt.kit.theme import is_new_look, tokens

_GAP = 8
_SUMMARY_GAP = 16
_LONGEST = 150
_SHORTEST = 40
_THICKNESS = 6


class LengthMeter(QWidget):
    """A bar with "40 of 64" beside it, and a remark at the trailing end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._length, self._limit, self._summary = 0, 64, ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_length(self, length: int, limit: int, summary: str = "") -> None:
        """Show `length` characters of `limit`; beyond it bar and figures take the ink of an error."""
        self._length, self._limit, self._summary = length, limit, summary
        spoken = f"{self.tr('Length')} {self._length_text()}"
        self.setAccessibleName(f"{spoken}, {summary}" if summary else spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = (self.tr("Length"), self._length_text(), self._summary)
        width = sum(text_width(text, FontRole.SMALL) for text in words)
        return QSize(int(width) + _LONGEST + 2 * _GAP + _SUMMARY_GAP, round(metrics(FontRole.SMALL).height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LONGEST, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self.updateGeometry()
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        label, length = self.tr("Length"), self._length_text()
        label_width = text_width(label, FontRole.SMALL) + _GAP
        length_width = text_width(length, FontRole.SMALL) + _SUMMARY_GAP
        spare = self.width() - label_width - length_width - _GAP - text_width(self._summary, FontRole.SMALL)
        bar = max(_SHORTEST, min(_LONGEST, int(spare)))
        self._draw_at(painter, 0, label, colours.text2)
        self._draw_bar(painter, label_width, bar)
        along = label_width + bar + _GAP
        self._draw_at(painter, along, length, colours.error.ink if self._too_long else colours.text)
        room = self.width() - along - length_width
        summary = elide_right(self._summary, room, measure(FontRole.SMALL))
        self._draw_at(painter, self.width() - text_width(summary, FontRole.SMALL) - 1, summary, colours.text2)
        painter.end()

    @property
    def _too_long(self) -> bool:
        return self._length > self._limit

    def _length_text(self) -> str:
        words = self.tr("%1 of %2")
        return words.replace("%1", number_text(self._length)).replace("%2", number_text(self._limit))

    def _draw_at(self, painter: QPainter, along: float, text: str, ink: str) -> None:
        """Draw a text `along` pixels from the leading edge."""
        width = text_width(text, FontRole.SMALL) + 1
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - along - width if mirrored else along
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        draw_text(painter, QRectF(left, 0, width, self.height()), text, font(FontRole.SMALL), ink, side)

    def _draw_bar(self, painter: QPainter, along: float, width: int) -> None:
        colours = tokens()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = round(self.width() - along - width if mirrored else along)
        whole = QRectF(left, (self.height() - _THICKNESS) // 2, width, _THICKNESS)
        share = min(1.0, self._length / self._limit) * width
        filled = QRectF(whole.right() - share if mirrored else left, whole.top(), share, _THICKNESS)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, fill in (
            (whole, colours.line),
            (filled, colours.error.ink if self._too_long else colours.accent),
        ):
            painter.setBrush(colour(fill))
            painter.drawRoundedRect(place, _THICKNESS / 2, _THICKNESS / 2)
        painter.restore()
