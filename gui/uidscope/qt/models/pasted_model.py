"""Pasted UIDs that no study, series or instance bears, each with what is known of it and what is wrong."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.catalog.pasted_uids import PastedUids
from uidscope.core.report.words import rule_words
from uidscope.core.uid.uid_extraction import FoundUid
from uidscope.qt.kit.cells import CELL_ROLE, Cell, TextCell, Tone, UidCell, cell_speech
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.visible_text import visible_text

Index = QModelIndex | QPersistentModelIndex


class PastedColumn(enum.IntEnum):
    UID = 0
    WHERE = 1
    WRONG = 2


class _Row(NamedTuple):
    pasted: FoundUid
    where: str


class PastedModel(QAbstractTableModel):
    """Those that are nowhere loaded first, each list in the order of the text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[_Row, ...] = ()

    def set_pasted(self, pasted: PastedUids | None) -> None:
        """Show those that were not found."""
        self.beginResetModel()
        self._rows = ()
        if pasted is not None:
            self._rows = (
                *_rows(pasted.not_found, self.tr("not loaded")),
                *_rows(pasted.mentioned, self.tr("only named in loaded files")),
                *_rows(pasted.registered, self.tr("registered by DICOM, no object's")),
            )
        self.endResetModel()

    @property
    def uids(self) -> tuple[str, ...]:
        """The UIDs that are listed, as they are read."""
        return tuple(row.pasted.uid for row in self._rows)

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(PastedColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < len(PastedColumn):
            return None
        return (self.tr("Not found"), self.tr("Where"), self.tr("What is wrong"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = _cell(self._rows[index.row()], PastedColumn(index.column()))
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None


def _rows(some: Sequence[FoundUid], where: str) -> list[_Row]:
    return [_Row(each, where) for each in some]


def _cell(row: _Row, column: PastedColumn) -> Cell:
    match column:
        case PastedColumn.UID:
            return UidCell(row.pasted.uid)
        case PastedColumn.WHERE:
            return TextCell(row.where, tone=Tone.TEXT2)
        case PastedColumn.WRONG:
            titles = (rule_words(code).title for code in row.pasted.faults)
            return TextCell("; ".join(titles), verdict=Verdict.ERROR if row.pasted.faults else None)
