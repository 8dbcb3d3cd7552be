"""What is ignored: each rule and reason, with the number of findings."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.catalog.rule_settings import IgnoredCount
from uidscope.core.report.words import rule_words
from uidscope.qt.kit.cells import CELL_ROLE, Cell, NameCell, NumberCell, TextCell, Tone, cell_speech
from uidscope.qt.kit.visible_text import visible_text

Index = QModelIndex | QPersistentModelIndex


class IgnoredColumn(enum.IntEnum):
    FINDING = 0
    REASON = 1
    FINDINGS = 2
    RULE = 3


class IgnoredModel(QAbstractTableModel):
    """One row for each rule and reason."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[IgnoredCount, ...] = ()

    def set_rows(self, rows: Sequence[IgnoredCount]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def ignored(self, index: Index) -> IgnoredCount | None:
        """What is ignored at an index."""
        return self._rows[index.row()] if index.isValid() else None

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(IgnoredColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < len(IgnoredColumn):
            return None
        return (self.tr("Ignored"), self.tr("Reason"), self.tr("Findings"), self.tr("Rule"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.ignored(index)
        if row is None:
            return None
        cell = _cell(row, IgnoredColumn(index.column()))
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None


def _cell(row: IgnoredCount, column: IgnoredColumn) -> Cell:
    match column:
        case IgnoredColumn.FINDING:
            return NameCell(rule_words(row.rule).title)
        case IgnoredColumn.REASON:
            return TextCell(row.reason, tone=Tone.TEXT2)
        case IgnoredColumn.FINDINGS:
            return NumberCell(row.findings)
        case IgnoredColumn.RULE:
            return TextCell(row.rule, tone=Tone.TEXT2, mono=True)
