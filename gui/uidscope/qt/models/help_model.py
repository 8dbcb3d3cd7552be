"""The entries of a help page as a list: each section is a group row, its entries follow it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.report.help_page import Entry, HelpPage, Section
from uidscope.qt.kit.cells import CELL_ROLE, NameCell, cell_speech
from uidscope.qt.kit.visible_text import visible_text

Index = QModelIndex | QPersistentModelIndex


class HelpModel(QAbstractListModel):
    """The entries that hold every word searched for, below their sections."""

    def __init__(self, page: HelpPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._rows: list[Section | Entry] = []
        self.search("")

    def search(self, words: str) -> None:
        """List the entries in whose text all these words stand; without words, all."""
        wanted = words.casefold().split()
        self.beginResetModel()
        self._rows = []
        for section in self._page.sections:
            found = [entry for entry in section.entries if _holds(entry, wanted)]
            if found:
                self._rows += [section, *found]
        self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        """The entry of a row; None for a section."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Entry) else None

    def index_of(self, anchor: str) -> QModelIndex:
        """Where the entry of an anchor stands, or the first entry where there is none; else invalid."""
        entries = [(at, row) for at, row in enumerate(self._rows) if isinstance(row, Entry)]
        places = [at for at, row in entries if row.anchor == anchor] or [at for at, _ in entries]
        return self.index(places[0], 0) if places else QModelIndex()

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.entry(index) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        cell = NameCell(row.title, group=isinstance(row, Section), strong=isinstance(row, Section))
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None


def _holds(entry: Entry, wanted: list[str]) -> bool:
    text = " ".join(entry.texts).casefold()
    return all(word in text for word in wanted)
