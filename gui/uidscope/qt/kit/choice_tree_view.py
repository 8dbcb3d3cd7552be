"""A list whose rows can be chosen: by Enter or by a double click."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from uidscope.qt.kit.row_tree_view import RowTreeView


class ChoiceTreeView(RowTreeView):
    """Says which row was chosen. Qt's own `activated` does not come by Enter on every system."""

    chosen = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None, *, flat: bool = False) -> None:
        super().__init__(parent, flat=flat)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            if index.isValid():
                self.chosen.emit(index.siblingAtColumn(0))
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(index.siblingAtColumn(0))
