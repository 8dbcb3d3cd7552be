"""An area that takes the height its content needs, up to a share of what it stands in, and scrolls then."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class CappedArea(QScrollArea):
    """Shows one widget as wide as itself; `most` is the largest height in pixels."""

    def __init__(self, content: QWidget, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content, self._most = content, most
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        content.installEventFilter(self)
        self._follow()

    def set_most(self, most: int) -> None:
        """Change the largest height."""
        if most != self._most:
            self._most = most
            self._follow()

    def sizeHint(self) -> QSize:
        return QSize(self._content.sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._content.minimumSizeHint().width(), self._height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() in (
            QEvent.Type.LayoutRequest,
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        ):
            self._follow()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow()

    def _needed(self, width: int) -> int:
        """The height that the content needs at a width; its own hint would be that of narrow lines."""
        if self._content.isHidden():
            return 0
        layout = self._content.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return self._content.sizeHint().height()

    def _height(self) -> int:
        return min(self._needed(self.width()), self._most)

    def _follow(self) -> None:
        height = self._height()
        if height != self.maximumHeight():
            self.setFixedHeight(height)
            self.updateGeometry()
        width = self.viewport().width()
        self._content.resize(width, max(self._needed(width), self.viewport().height()))
