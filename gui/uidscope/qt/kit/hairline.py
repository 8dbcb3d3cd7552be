"""The thin line between two sections."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.theme import tokens


class Hairline(QWidget):
    """One pixel high, as wide as its place. Mere ornament: it says nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens().line))
        painter.end()
