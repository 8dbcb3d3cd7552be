"""A window to drag folders from, as from a file manager: ``python -m tests.desktop.drag_source FOLDER...``.

It stands in the upper left corner of the screen and begins to drag as soon as the mouse is moved, pressed.
"""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

SIDE = 60  # pixels
TITLE = "Drag source"


class DragSource(QWidget):
    """A square that hands out folders."""

    def __init__(self, folders: list[str]) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setGeometry(0, 0, SIDE, SIDE)
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        self._folders = folders

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(folder) for folder in self._folders])
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)


def main() -> int:
    app = QApplication(sys.argv[:1])
    source = DragSource(sys.argv[1:])
    source.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
