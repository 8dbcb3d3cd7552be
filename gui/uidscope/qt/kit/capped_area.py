"""An area that takes the height its content needs, up to a share of what it stands in, and scrolls then."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class CappedArea(QScrollArea):
    """Shows one widget as wide as itself; `most` is the largest height in pixels."""

    def __init__(self, content: QWidget, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content, self._most = content, most
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
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
            QEvent.Type.Resize,
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        ):
            self._follow()
        return super().eventFilter(watched, event)

    def _height(self) -> int:
        if self._content.isHidden():
            return 0
        layout, width = self._content.layout(), self._content.width()
        needed = self._content.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(width)
        return min(needed, self._most)

    def _follow(self) -> None:
        height = self._height()
        if height != self.height() or height != self.maximumHeight():
            self.setFixedHeight(height)
            self.updateGeometry()
