"""The files that were found and not loaded, read from the catalog as they are shown."""

from __future__ import annotations

import enum
from array import array
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.catalog.lookup import NotLoadedRow
from uidscope.core.catalog.not_loaded_list import not_loaded_rows
from uidscope.core.catalog.store import Catalog
from uidscope.core.uid.phrases import phrase
from uidscope.qt.kit.cells import CELL_ROLE, Cell, Cut, TextCell, Tone, cell_speech
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.screen_names import screen_names

Index = QModelIndex | QPersistentModelIndex

ROWS_AT_A_TIME: Final = 500
_BLOCK: Final = 64
_ROWS_KEPT: Final = 2048


class NotLoadedColumn(enum.IntEnum):
    FILE = 0
    REASON = 1
    DETAIL = 2


class NotLoadedModel(QAbstractTableModel):
    """Holds nothing but ids; rows are announced in chunks and read in blocks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog: Catalog | None = None
        self._ids: Sequence[int] = array("q")
        self._shown = 0
        self._rows: dict[int, NotLoadedRow] = {}

    @property
    def total(self) -> int:
        """How many files there are, announced or not."""
        return len(self._ids)

    def set_ids(self, catalog: Catalog | None, ids: Sequence[int]) -> None:
        """Show these files of a catalog."""
        self.beginResetModel()
        self._catalog, self._ids = catalog, ids
        self._shown = min(len(ids), ROWS_AT_A_TIME)
        self._rows.clear()
        self.endResetModel()

    def file(self, row: int) -> NotLoadedRow | None:
        """The file of a row; None where there is none (any more)."""
        if self._catalog is None or not 0 <= row < self._shown:
            return None
        id_ = self._ids[row]
        if id_ not in self._rows:
            self._read_block(self._catalog, row)
        return self._rows.get(id_)

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(NotLoadedColumn)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._shown < len(self._ids)

    def fetchMore(self, parent: Index) -> None:
        """Announce the next chunk."""
        if self.canFetchMore(parent):
            past_last = min(self._shown + ROWS_AT_A_TIME, len(self._ids))
            self.beginInsertRows(QModelIndex(), self._shown, past_last - 1)
            self._shown = past_last
            self.endInsertRows()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < len(NotLoadedColumn):
            return None
        return (self.tr("File"), self.tr("Reason"), self.tr("Detail"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        file = self.file(index.row())
        if file is None:
            return None
        cell = _cell(file, NotLoadedColumn(index.column()))
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None

    def _read_block(self, catalog: Catalog, row: int) -> None:
        if len(self._rows) > _ROWS_KEPT:
            for old in list(self._rows)[: _ROWS_KEPT // 2]:
                del self._rows[old]
        first = row // _BLOCK * _BLOCK
        ids = self._ids[first : first + _BLOCK]
        self._rows.update(zip(ids, not_loaded_rows(catalog, ids), strict=False))


def _cell(file: NotLoadedRow, column: NotLoadedColumn) -> Cell:
    match column:
        case NotLoadedColumn.FILE:
            return TextCell(screen_names().file(file.path), cut=Cut.FILE_PATH)
        case NotLoadedColumn.REASON:
            return TextCell(reason_words().reason(file.reason))
        case NotLoadedColumn.DETAIL:
            return TextCell(phrase(file.detail), tone=Tone.TEXT2)


@cache
def reason_words() -> ReasonWords:
    return ReasonWords()


class ReasonWords(QObject):
    """The reasons in words. A QObject, for Qt's tools find words to translate there."""

    def reason(self, reason: str) -> str:
        """Why a file was not loaded, by the word of the reader."""
        return {
            "not-dicom": self.tr("not a DICOM file"),
            "unreadable": self.tr("cannot be read"),
            "too-deep": self.tr("nested too deeply"),
            "too-large": self.tr("too large or too many elements"),
            "timeout": self.tr("took too long to read"),
            "special-file": self.tr("no ordinary file"),
            "same-file": self.tr("another name of a loaded file"),
            "changed": self.tr("changed while it was read"),
            "offline": self.tr("offline: its content is elsewhere"),
            "cancelled": self.tr("not read: the reading was cancelled"),
        }.get(reason, reason)
