"""The elements of one file as a tree that can be searched."""

from __future__ import annotations

import enum
from array import array
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.report.attribute_rows import AttributeList, AttributeRow
from uidscope.qt.kit.cells import CELL_ROLE, Cell, Cut, NameCell, TextCell, Tone, cell_speech
from uidscope.qt.kit.visible_text import visible_text

Index = QModelIndex | QPersistentModelIndex

_TOP = -1
_NONE: array[int] = array("q")


class AttributeColumn(enum.IntEnum):
    NAME = 0
    TAG = 1
    VR = 2
    VALUE = 3


class AttributesModel(QAbstractItemModel):
    """Rows stand in the order of the file; an index's internal id is the place of its row in the list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._list = AttributeList()
        self._searched: list[str] = []
        self._all_children: dict[int, array[int]] = {}
        self._children: dict[int, array[int]] = {}
        self._row_of: dict[int, int] = {}

    def set_attributes(self, attributes: AttributeList) -> None:
        """Show all elements of another file."""
        self.beginResetModel()
        self._list = attributes
        self._searched = []
        self._all_children = attributes.children()
        self._show_holding("")
        self.endResetModel()

    def search(self, text: str) -> int:
        """Show the rows that hold a text in tag, name or value, and what they lie in; return how many do.

        An empty text shows all, and returns 0.
        """
        self.beginResetModel()
        found = self._show_holding(text)
        self.endResetModel()
        return found

    def _show_holding(self, text: str) -> int:
        wanted = text.casefold().strip()
        found = self._holding(wanted) if wanted else []
        self._children = self._with_ways_to(found) if wanted else self._all_children
        self._row_of = {place: row for places in self._children.values() for row, place in enumerate(places)}
        return len(found)

    def _holding(self, wanted: str) -> list[int]:
        if not self._searched:
            self._searched = [
                f"{row.tag} {row.tag[1:5]}{row.tag[6:10]} {row.name} {row.value}".casefold()
                for row in self._list.rows
            ]
        return [place for place, words in enumerate(self._searched) if wanted in words]

    def _with_ways_to(self, found: list[int]) -> dict[int, array[int]]:
        """The found rows, all that lies in them, and all that they lie in."""
        rows = self._list.rows
        kept = set(found)
        for place in found:
            above = rows[place].parent
            while above != _TOP and above not in kept:
                kept.add(above)
                above = rows[above].parent
        below = set(found)
        for place, row in enumerate(rows):
            if row.parent in below:
                below.add(place)
        kept |= below
        return {
            parent: array("q", [place for place in places if place in kept])
            for parent, places in self._all_children.items()
        }

    def row(self, index: Index) -> AttributeRow | None:
        """The element or item of an index."""
        return self._list.rows[index.internalId()] if index.isValid() else None

    # Qt's questions

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        places = self._below(parent)
        if not 0 <= row < len(places) or not 0 <= column < len(AttributeColumn):
            return QModelIndex()
        return self.createIndex(row, column, places[row])

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid():
            return QModelIndex()
        above = self._list.rows[index.internalId()].parent
        return QModelIndex() if above == _TOP else self.createIndex(self._row_of[above], 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._below(parent))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(AttributeColumn)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        has_none = not self._children.get(index.internalId())
        return flags | Qt.ItemFlag.ItemNeverHasChildren if has_none else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < len(AttributeColumn):
            return None
        return (self.tr("Element"), self.tr("Tag"), self.tr("VR"), self.tr("Value"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        cell = _cell(row, AttributeColumn(index.column()))
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None

    def _below(self, parent: Index) -> array[int]:
        if not parent.isValid():
            return self._children.get(_TOP, _NONE)
        return self._children.get(parent.internalId(), _NONE) if parent.column() == 0 else _NONE


def _cell(row: AttributeRow, column: AttributeColumn) -> Cell:
    match column:
        case AttributeColumn.NAME:
            return NameCell(row.name, tone=Tone.TEXT if row.tag else Tone.TEXT2)
        case AttributeColumn.TAG:
            return TextCell(row.tag, tone=Tone.TEXT2, mono=True)
        case AttributeColumn.VR:
            return TextCell(row.vr, tone=Tone.TEXT2)
        case AttributeColumn.VALUE:
            tone = Tone.TEXT2 if row.vr == "SQ" else Tone.TEXT
            is_uid = row.vr == "UI"
            return TextCell(row.value, tone=tone, mono=is_uid, cut=Cut.MIDDLE if is_uid else Cut.RIGHT)
