"""The map of the plan as Qt's item model: a group for each kind of entity, its entries read page by page."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.preview import PlanRow, plan_rows
from uidscope.core.plan.uid_map import UidMap
from uidscope.qt.kit.cells import CELL_ROLE, Cell, cell_speech
from uidscope.qt.planning.plan_cells import PlanColumn, entry_name, group_cell, plan_cell, plan_column_title

Index = QModelIndex | QPersistentModelIndex

ENTRY_ROLE: Final = Qt.ItemDataRole.UserRole + 103
"""The item data role under which the model hands out the `MapEntry` of a row; None for a group."""

ROWS_AT_A_TIME: Final = 200
_ORDER: Final = ("study", "series", "instance", "frame_of_reference", "other", "encoding")
_GROUPS: Final = 0


@dataclass(slots=True)
class _Group:
    """The entries of one kind: their places in the map, and those that have been read."""

    kind: str
    places: Sequence[int]
    rows: list[PlanRow] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)


class PlanModel(QAbstractItemModel):
    """The map of one plan, or nothing. A group's rows are announced some at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog: Catalog | None = None
        self._map: UidMap | None = None
        self._groups: list[_Group] = []

    def set_map(self, catalog: Catalog | None, uid_map: UidMap | None) -> None:
        """Show another map, or none."""
        self.beginResetModel()
        self._catalog, self._map = catalog, uid_map
        self._groups = _groups(uid_map) if catalog is not None and uid_map is not None else []
        self.endResetModel()

    def entry(self, index: Index) -> MapEntry | None:
        """The entry of a row; None for a group."""
        if not index.isValid() or index.internalId() == _GROUPS:
            return None
        return self._group_of(index).rows[index.row()].entry

    # Qt's questions

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        if not 0 <= row < self.rowCount(parent) or not 0 <= column < len(PlanColumn):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _GROUPS)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid() or index.internalId() == _GROUPS:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _GROUPS)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._groups)
        return len(self._groups[parent.row()].rows) if _is_group(parent) else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(PlanColumn)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return bool(self._groups) if not parent.isValid() else _is_group(parent)

    def canFetchMore(self, parent: Index) -> bool:
        if not parent.isValid() or not _is_group(parent):
            return False
        group = self._groups[parent.row()]
        return len(group.rows) < len(group.places)

    def fetchMore(self, parent: Index) -> None:
        """Read and announce the next page of a group."""
        if not self.canFetchMore(parent):
            return
        group = self._groups[parent.row()]
        first = len(group.rows)
        page = self._read(group.places[first : first + ROWS_AT_A_TIME])
        self.beginInsertRows(self.createIndex(parent.row(), 0, _GROUPS), first, first + len(page) - 1)
        group.rows += page
        self.endInsertRows()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if _is_group(index) else flags | Qt.ItemFlag.ItemNeverHasChildren

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if wanted and orientation == Qt.Orientation.Horizontal and 0 <= section < len(PlanColumn):
            return plan_column_title(PlanColumn(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == CELL_ROLE:
            return self._cell(index)
        if role == ENTRY_ROLE:
            return self.entry(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = self._cell(index)
            return None if cell is None else cell_speech(cell)
        return None

    def _cell(self, index: Index) -> Cell | None:
        column = PlanColumn(index.column())
        if index.internalId() == _GROUPS:
            group = self._groups[index.row()]
            return group_cell(group.kind, len(group.places)) if column is PlanColumn.LEVEL else None
        plan_row = self._group_of(index).rows[index.row()]
        return plan_cell(column, plan_row, self._name(index) if column is PlanColumn.LEVEL else "")

    def _name(self, index: Index) -> str:
        """The name of a row's entity, looked up when it is first shown."""
        assert self._catalog is not None
        group, row = self._group_of(index), index.row()
        if row not in group.names:
            group.names[row] = entry_name(self._catalog, group.rows[row].entry)
        return group.names[row]

    def _group_of(self, index: Index) -> _Group:
        return self._groups[index.internalId() - 1]

    def _read(self, places: Sequence[int]) -> list[PlanRow]:
        assert self._catalog is not None
        assert self._map is not None
        rows: list[PlanRow] = []
        for first, count in _runs(places):
            rows += plan_rows(self._catalog, self._map, first, count)
        return rows


def _is_group(index: Index) -> bool:
    return index.internalId() == _GROUPS and index.column() == 0


def _groups(uid_map: UidMap) -> list[_Group]:
    """The kinds that the map has, each with where its entries stand; the instances are not looked at."""
    entities = uid_map.entity_entries
    places = {kind: array("q") for kind in _ORDER}
    for place, entry in enumerate(entities):
        kind = entry.kind if entry.change == "new-uid" else "encoding"
        places[kind if kind in places else "other"].append(place)
    # A million instances stand behind the others: a range costs nothing.
    instances: Sequence[int] = range(len(entities), uid_map.entry_count())
    if places["instance"]:
        places["instance"].extend(instances)
        instances = places["instance"]
    found: dict[str, Sequence[int]] = {**places, "instance": instances}
    return [_Group(kind, found[kind]) for kind in _ORDER if found[kind]]


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Places as runs of neighbours: the first of each, and how many there are."""
    first = length = 0
    for place in places:
        if length and place == first + length:
            length += 1
            continue
        if length:
            yield first, length
        first, length = place, 1
    if length:
        yield first, length
