"""A badge or state on its own, beside a heading or in the status bar."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from uidscope.qt.kit.badge_painting import Mark, badge_mark, draw_mark
from uidscope.qt.kit.badges import Badge, badge_speech
from uidscope.qt.kit.theme import is_new_look, tokens


class MarkLabel(QWidget):
    """Shows one mark, or nothing while it has none."""

    def __init__(self, mark: Mark | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark: Mark | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_mark(mark)

    def set_badge(self, badge: Badge) -> None:
        """Show a badge, and say it in full to screen readers."""
        self.set_mark(badge_mark(badge))
        self.setAccessibleName(badge_speech(badge))

    def set_mark(self, mark: Mark | None) -> None:
        """Show `mark`; its word is the accessible name."""
        self._mark = mark
        self.setAccessibleName(mark.text if mark else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(self._mark.width()) + 2, self._mark.height()) if self._mark else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self.updateGeometry()
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._mark is None:
            return
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - self._mark.width() if mirrored else 0
        draw_mark(painter, left, self.height() / 2, self._mark, tokens().base, right_to_left=mirrored)
        painter.end()
