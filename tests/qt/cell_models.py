"""Models made of cells, for the tests of what draws them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from uidscope.qt.kit.cells import CELL_ROLE, Cell, cell_speech


def row(*cells: Cell | None) -> list[QStandardItem]:
    """One item a cell; None leaves a cell empty."""
    items = []
    for cell in cells:
        item = QStandardItem()
        item.setEditable(False)
        if cell is not None:
            item.setData(cell, CELL_ROLE)
            item.setData(cell_speech(cell), Qt.ItemDataRole.AccessibleTextRole)
        items.append(item)
    return items


def model_of(*rows: Sequence[QStandardItem]) -> QStandardItemModel:
    """A model with these rows at its top."""
    model = QStandardItemModel()
    for items in rows:
        model.appendRow(list(items))
    return model
