"""Check boxes and radio buttons in the colours in use: the style draws theirs too faint on dark grounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QStyle, QWidget

from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.font_roles import FontRole, font, metrics, text_width
from uidscope.qt.kit.icons import draw_icon
from uidscope.qt.kit.run_painting import draw_text
from uidscope.qt.kit.theme import is_new_look, tokens
from uidscope.qt.kit.visible_text import button_text, visible_text

_SIDE = 16
_GAP = 8
_ROOM = 2  # around everything, for the ring of the focus
_LEAST_HEIGHT = 22


class _DrawMark(Protocol):
    def __call__(self, painter: QPainter, place: QRectF, *, checked: bool, edge: str) -> None: ...


# At run time the button itself comes from the class beside it: a widget has one base of Qt's.
if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object


class _PlainWords(_Button):
    """What both share: a mark, and words that are shown as they are."""

    draw_mark: ClassVar[_DrawMark]
    _words = ""

    def set_text(self, text: str) -> None:
        """Show `text` as it is; it is the accessible name too."""
        self._words = text
        self.setText(button_text(text))
        self.setAccessibleName(visible_text(text))

    def sizeHint(self) -> QSize:
        return _size(self._words)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        return bool(self.rect().contains(position))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint(self, self._words, self.draw_mark)


def _size(words: str) -> QSize:
    height = max(_LEAST_HEIGHT, round(metrics(FontRole.BODY).height()) + 2 * _ROOM)
    width = _SIDE + _GAP + text_width(visible_text(words), FontRole.BODY) + 2 * _ROOM
    return QSize(int(width) + 1, height)


def _paint(button: QAbstractButton, words: str, draw_mark: _DrawMark) -> None:
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours, area = tokens(), button.rect()
    direction = button.layoutDirection()
    mark = QRect(_ROOM, (area.height() - _SIDE) // 2, _SIDE, _SIDE)
    left = mark.right() + 1 + _GAP
    text = QRect(left, 0, area.width() - left - _ROOM, area.height())
    enabled, checked = button.isEnabled(), button.isChecked()
    on_edge = colours.accent if checked else colours.edge
    edge = on_edge if enabled else colours.disabled
    draw_mark(painter, QRectF(QStyle.visualRect(direction, area, mark)), checked=checked, edge=edge)
    ink = colours.text if enabled else colours.disabled
    mirrored = direction == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    place = QRectF(QStyle.visualRect(direction, area, text))
    draw_text(painter, place, visible_text(words), font(FontRole.BODY), ink, side)
    if button.hasFocus():
        ring = _SIDE + _GAP + text_width(visible_text(words), FontRole.BODY) + 2 * _ROOM
        whole = QStyle.visualRect(direction, area, QRect(0, 0, min(area.width(), int(ring)), area.height()))
        painter.setPen(QPen(colour(colours.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(whole).adjusted(1, 1, -1, -1), 4, 4)
    painter.end()


def _draw_box(painter: QPainter, place: QRectF, *, checked: bool, edge: str) -> None:
    colours = tokens()
    painter.setPen(QPen(colour(edge), 1))
    painter.setBrush(colour(edge if checked else colours.base))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if checked:
        draw_icon(painter, place.adjusted(2, 2, -2, -2), "check", colours.on_accent, edge)


def _draw_ring(painter: QPainter, place: QRectF, *, checked: bool, edge: str) -> None:
    painter.setPen(QPen(colour(edge), 5 if checked else 1))
    painter.setBrush(colour(tokens().base))
    inset = 2.5 if checked else 0.5
    painter.drawEllipse(place.adjusted(inset, inset, -inset, -inset))


class PlainCheckBox(_PlainWords, QCheckBox):
    """A check box that shows its text as it is."""

    draw_mark = staticmethod(_draw_box)

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        QCheckBox.__init__(self, parent)
        self.set_text(text)


class PlainRadioButton(_PlainWords, QRadioButton):
    """A radio button that shows its text as it is."""

    draw_mark = staticmethod(_draw_ring)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        QRadioButton.__init__(self, parent)
        self.set_text(text)
