"""One file before and after, as Qt's item model: a row for each element."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.plan.told.preview import FileChange
from uidscope.qt.kit.cells import CELL_ROLE, cell_speech
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.planning.plan_cells import ChangeColumn, change_cell, change_column_title

Index = QModelIndex | QPersistentModelIndex


class FileChangesModel(QAbstractTableModel):
    """The changes of one file, and what stays where that is shown too, in the order of the file."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes: tuple[FileChange, ...] = ()
        self._changing: list[int] = []

    def set_changes(self, changes: tuple[FileChange, ...]) -> None:
        """Show those of another file, or none."""
        self.beginResetModel()
        self._changes = changes
        self._changing = [row for row, each in enumerate(changes) if each.does != "unchanged"]
        self.endResetModel()

    def change_from(self, row: int, direction: int) -> int | None:
        """Return the row of the change after (1) or before (-1) a row, the other end behind the last.

        None where nothing changes.
        """
        if not self._changing:
            return None
        if direction > 0:
            return self._changing[bisect_right(self._changing, row) % len(self._changing)]
        return self._changing[bisect_left(self._changing, max(row, 0)) - 1]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._changes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(ChangeColumn)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """The base class keeps its own to itself, and a tree asks for it."""
        return not parent.isValid() and bool(self._changes)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if wanted and orientation == Qt.Orientation.Horizontal and 0 <= section < len(ChangeColumn):
            return change_column_title(ChangeColumn(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = change_cell(ChangeColumn(index.column()), self._changes[index.row()])
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None
