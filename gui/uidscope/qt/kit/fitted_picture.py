"""A picture as wide as there is room, which opens in its full size."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

_RING = 2


class FittedPicture(QAbstractButton):
    """Shows the picture of a file, never larger than it is; `shows` says in words what is on it.

    It is a button: what is to happen where it is chosen, is for whoever connects `clicked`.
    """

    def __init__(self, path: str, shows: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(shows)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.picture = QPixmap(path)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return self.picture.size()

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        whole = self.picture.size()
        return whole.height() if width >= whole.width() else round(whole.height() * width / whole.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it at the leading edge, with a ring round it where the keyboard is."""
        if self.picture.isNull():
            return
        size = self.picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        size = size.boundedTo(self.picture.size())
        left = 0 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else self.width() - size.width()
        place = QRect(QPoint(left, 0), size)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, self.picture)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), _RING))
            painter.drawRect(place.adjusted(1, 1, -1, -1))
