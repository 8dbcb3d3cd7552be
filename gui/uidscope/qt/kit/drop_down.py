"""A drop-down list that keeps its choice when one scrolls past it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QWidget

from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.elide import elide_right
from uidscope.qt.kit.font_roles import FontRole, font, measure, row_height, text_width
from uidscope.qt.kit.icons import draw_icon
from uidscope.qt.kit.run_painting import draw_text
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.visible_text import visible_text

_PADDING = 8
_CHEVRON, _CHEVRON_GAP = 12, 8
_RADIUS = 4


class DropDown(QComboBox):
    """Drawn as the fields are. Its name is that of its list too. The wheel is for what it stands in."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        texts = (visible_text(self.itemText(place)) for place in range(self.count()))
        widest = max((text_width(text, FontRole.BODY) for text in texts), default=0.0)
        width = _PADDING + round(widest) + 1 + _CHEVRON_GAP + _CHEVRON + _PADDING
        return QSize(max(width, super().sizeHint().width()), row_height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), row_height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, has_focus = tokens(), self.hasFocus()
        ink = colours.text if self.isEnabled() else colours.disabled
        fill = colours.hover if self.underMouse() and self.isEnabled() else colours.base
        edge = colours.accent if has_focus else colours.edge if self.isEnabled() else colours.line
        inset = 1.0 if has_focus else 0.5
        painter.setPen(QPen(colour(edge), 2 * inset))
        painter.setBrush(colour(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
        inner = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        room = inner.width() - _CHEVRON - _CHEVRON_GAP
        direction = self.layoutDirection()
        words = QStyle.visualRect(direction, inner, inner.adjusted(0, 0, room - inner.width(), 0))
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        text = elide_right(visible_text(self.currentText()), room, measure(FontRole.BODY))
        draw_text(painter, QRectF(words), text, font(FontRole.BODY), ink, side)
        left = inner.left() if self.isRightToLeft() else inner.right() + 1 - _CHEVRON
        square = QRectF(left, (self.height() - _CHEVRON) // 2, _CHEVRON, _CHEVRON)
        chevron = colours.text2 if self.isEnabled() else colours.disabled
        draw_icon(painter, square, "chevron-down", chevron, fill)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
