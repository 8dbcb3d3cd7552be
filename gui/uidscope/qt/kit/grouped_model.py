"""A model of groups and their rows, as far as Qt asks where things stand."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

GROUP: Final = 0
"""The internal id of a group's index; that of a row is the place of its group, and one."""


class GroupedModel(QAbstractItemModel):
    """Gives indexes and their parents; what counts and shows the rows is the model's own."""

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        if not 0 <= row < self.rowCount(parent) or not 0 <= column < self.columnCount():
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else GROUP)

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008 - Qt's signature
        if not index.isValid() or index.internalId() == GROUP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, GROUP)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemNeverHasChildren if index.internalId() != GROUP else flags
