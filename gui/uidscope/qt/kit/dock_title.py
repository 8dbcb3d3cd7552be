"""The title bar of a dock: a line of words at the leading end, its own tools at the trailing end."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.theme import tokens

PLAIN_HEIGHT = 30
TOOLS_HEIGHT = 36
_LEADING_ROOM = 12
_TRAILING_ROOM = 8


class DockTitle(QWidget):
    """A bar of one height with a hairline below it.

    A dock asks the size hints of its title bar and nothing else, so both are overridden: a fixed height
    would be cut off.
    """

    def __init__(
        self, height: int = PLAIN_HEIGHT, parent: QWidget | None = None, *, white: bool = False
    ) -> None:
        super().__init__(parent)
        self._height = height
        self._white = white
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 1)
        self._row.setSpacing(8)
        # Spacers and not margins, which do not change sides from right to left.
        self._row.addSpacing(_LEADING_ROOM)
        self._row.addStretch(1)
        self._row.addSpacing(_TRAILING_ROOM)
        self._leading = 1

    def add_leading(self, widget: QWidget, stretch: int = 0) -> None:
        """Add a widget after those at the leading end."""
        self._row.insertWidget(self._leading, widget, stretch)
        self._leading += 1

    def add_trailing(self, widget: QWidget) -> None:
        """Add a widget after those at the trailing end."""
        self._row.insertWidget(self._row.count() - 1, widget)

    def sizeHint(self) -> QSize:
        inner = self._row.sizeHint()
        return QSize(inner.width(), max(self._height, inner.height()))

    def minimumSizeHint(self) -> QSize:
        inner = self._row.minimumSize()
        return QSize(inner.width(), max(self._height, inner.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        painter.fillRect(self.rect(), colour(colours.base if self._white else colours.header))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(colours.line))
        painter.end()
