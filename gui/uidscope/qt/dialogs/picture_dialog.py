"""A picture of the help in its full size."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.visible_text import visible_text


class PictureDialog(QDialog):
    """Shows it as large as it is; what the screen has no room for is reached by scrolling."""

    def __init__(self, picture: QPixmap, shows: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureDialog")
        self.setWindowTitle(visible_text(shows))
        self.setAccessibleName(shows)
        label = PlainLabel()
        label.setPixmap(picture)
        label.setAccessibleName(shows)
        area = QScrollArea()
        area.setAccessibleName(shows)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self.resize(label.sizeHint().boundedTo(self.screen().availableSize() * 9 / 10))
