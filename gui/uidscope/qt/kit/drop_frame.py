"""The frame around the window while folders are dragged over it."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.elide import elide_right
from uidscope.qt.kit.font_roles import FontRole, font, measure, text_width
from uidscope.qt.kit.icons import draw_icon
from uidscope.qt.kit.run_painting import draw_text
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.visible_text import visible_text

_THICKNESS = 4
_ICON = 16


class DropFrame(QWidget):
    """Lies over `window` and takes no events. Over a loaded window it also says what will be added."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Drop target"))
        self._window = window
        self._title, self._names, self._bar = "", "", QRect()
        window.installEventFilter(self)
        self.hide()

    def show_frame(self, title: str = "", names: str = "", bar: QRect | None = None) -> None:
        """Show the frame at once. `bar` is where title and names go, in the window's coordinates."""
        self._title, self._names, self._bar = title, names, bar or QRect()
        self.setAccessibleDescription(visible_text(f"{title}: {names}" if names else title))
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._bar.isEmpty() and self._title:
            self._draw_bar(painter)
        frame, accent = self.rect(), colour(tokens().accent)
        for side in (
            QRect(frame.left(), frame.top(), frame.width(), _THICKNESS),
            QRect(frame.left(), frame.bottom() + 1 - _THICKNESS, frame.width(), _THICKNESS),
            QRect(frame.left(), frame.top(), _THICKNESS, frame.height()),
            QRect(frame.right() + 1 - _THICKNESS, frame.top(), _THICKNESS, frame.height()),
        ):
            painter.fillRect(side, accent)
        painter.end()

    def _draw_bar(self, painter: QPainter) -> None:
        colours = tokens()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.fillRect(self._bar, colour(colours.accent_soft))
        middle = self._bar.center().y() + 1
        along = 12.0
        left = self._bar.right() + 1 - along - _ICON if mirrored else self._bar.left() + along
        square = QRectF(left, middle - _ICON // 2, _ICON, _ICON)
        draw_icon(painter, square, "folder-drop", colours.accent, colours.accent_soft)
        along += _ICON + 8
        for text, role, ink in (
            (self._title, FontRole.STRONG, colours.text),
            (self._names, FontRole.BODY, colours.text2),
        ):
            room = self._bar.width() - along - 12
            shown = elide_right(visible_text(text), room, measure(role))
            width = text_width(shown, role) + 1
            left = self._bar.right() + 1 - along - width if mirrored else self._bar.left() + along
            place = QRectF(left, self._bar.top(), width, self._bar.height())
            draw_text(painter, place, shown, font(role), ink, side)
            along += width + 8
