"""References of an export that do not resolve: what each names, and why it leads nowhere."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.export.request import UnresolvedReference
from uidscope.qt.kit.cells import CELL_ROLE, Cell, Cut, TextCell, UidCell, cell_speech
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.models.relations_model import relation_words, shown_reference
from uidscope.qt.screen_names import screen_names
from uidscope.qt.tree.fault_spans import fault_spans

Index = QModelIndex | QPersistentModelIndex


class UnresolvedColumn(enum.IntEnum):
    FILE = 0
    PATH = 1
    STATE = 2
    UID = 3


class UnresolvedModel(QAbstractTableModel):
    """In the order of the files."""

    def __init__(self, rows: Sequence[UnresolvedReference], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = tuple(rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(UnresolvedColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < len(UnresolvedColumn):
            return None
        return (self.tr("File"), self.tr("Element path"), self.tr("State"), self.tr("UID"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = _cell(self._rows[index.row()], UnresolvedColumn(index.column()))
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None


def _cell(row: UnresolvedReference, column: UnresolvedColumn) -> Cell:
    match column:
        case UnresolvedColumn.FILE:
            return TextCell(screen_names().file(row.file), cut=Cut.FILE_PATH)
        case UnresolvedColumn.PATH:
            return TextCell(shown_reference(row.pattern, row.times), cut=Cut.ELEMENT_PATH)
        case UnresolvedColumn.STATE:
            return relation_words().not_written() if row.is_loaded else relation_words().state(row.state)
        case UnresolvedColumn.UID:
            return UidCell(row.uid, fault_spans(row.uid))
