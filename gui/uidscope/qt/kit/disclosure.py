"""A line that unfolds what is rarely needed."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QStyle, QVBoxLayout, QWidget

from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.elide import elide_right
from uidscope.qt.kit.font_roles import FontRole, font, measure, metrics, text_width
from uidscope.qt.kit.icons import draw_icon
from uidscope.qt.kit.run_painting import draw_text
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.visible_text import button_text, visible_text

_CHEVRON = 12
_GAP = 8
_ROOM = 4


class _Head(QAbstractButton):
    """The line: a chevron, a title, and what is chosen inside in few words."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title, self._summary = title, ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setText(button_text(title))
        self.setAccessibleName(visible_text(title))

    def set_summary(self, summary: str) -> None:
        self._summary = summary
        self.setAccessibleDescription(visible_text(summary))
        self.update()

    def sizeHint(self) -> QSize:
        width = 2 * _ROOM + _CHEVRON + _GAP + text_width(visible_text(self._title), FontRole.STRONG)
        return QSize(int(width) + 1, int(metrics(FontRole.STRONG).height()) + 2 * _ROOM)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours, area = QPainter(self), tokens(), self.rect()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        closed = "chevron-left" if mirrored else "chevron-right"
        icon = "chevron-down" if self.isChecked() else closed
        top = (area.height() - _CHEVRON) // 2
        square = area.adjusted(_ROOM, top, 0, 0)
        square.setSize(QSize(_CHEVRON, _CHEVRON))
        draw_icon(
            painter,
            QStyle.visualRect(self.layoutDirection(), area, square).toRectF(),
            icon,
            colours.text2,
            colours.base,
        )
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        left = _ROOM + _CHEVRON + _GAP
        for text, role, ink in (
            (visible_text(self._title), FontRole.STRONG, colours.text),
            (visible_text(self._summary), FontRole.BODY, colours.text2),
        ):
            room = area.width() - left - _ROOM
            shown = elide_right(text, room, measure(role))
            place = area.adjusted(left, 0, -_ROOM, 0)
            mirrored_place = QStyle.visualRect(self.layoutDirection(), area, place).toRectF()
            draw_text(painter, mirrored_place, shown, font(role), ink, side)
            left += int(text_width(text, role)) + _GAP
        if self.hasFocus():
            painter.setPen(QPen(colour(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.toRectF().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()


class Disclosure(QWidget):
    """A title that shows or hides `content` below it; `toggled` says that it does."""

    toggled = Signal(bool)

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = _Head(title)
        self._content = content
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(content)
        content.hide()
        self.head.toggled.connect(self._toggle)

    @property
    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self.head.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Show or hide the content."""
        self.head.setChecked(is_open)

    def set_summary(self, summary: str) -> None:
        """Say in few words beside the title what is chosen inside."""
        self.head.set_summary(summary)

    def _toggle(self, is_open: bool) -> None:
        self._content.setVisible(is_open)
        self.toggled.emit(is_open)
