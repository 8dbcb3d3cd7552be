"""The map of the plan as Qt's item model: a group for each kind of entity, its entries read page by page."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.entry import MapEntry, RowKey
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.rows import row_of
from uidscope.core.plan.uid_map import UidMap
from uidscope.qt.kit.cells import CELL_ROLE, Cell, cell_speech
from uidscope.qt.planning.plan_cells import (
    PlanColumn,
    RowLook,
    entry_name,
    group_cell,
    plan_cell,
    plan_column_title,
)
from uidscope.qt.planning.plan_groups import ListedRow, PlanGroup, plan_groups

Index = QModelIndex | QPersistentModelIndex

ENTRY_ROLE: Final = Qt.ItemDataRole.UserRole + 103
"""The item data role under which the model hands out the `MapEntry` of a row; None for a group."""

ROWS_AT_A_TIME: Final = 200
_MOST_PLACES: Final = 20_000  # rows that keep their place when the map changes
_GROUPS: Final = 0


class PlanModel(QAbstractItemModel):
    """The map of one plan, or nothing. A group's rows are announced some at a time.

    What the user does is passed on, and shows once there is another map: `row_switched` carries a `RowKey`
    and whether it is to be on, `group_switched` a kind and the same, `uid_typed` a `RowKey` and the text.
    """

    row_switched = Signal(object, bool)
    group_switched = Signal(str, bool)
    uid_typed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog: Catalog | None = None
        self._map: UidMap | None = None
        self._issued: IssuedUids | None = None
        self._groups: list[PlanGroup] = []

    def set_map(
        self, catalog: Catalog | None, uid_map: UidMap | None, issued: IssuedUids | None = None
    ) -> None:
        """Show another map, or none; without the table of issued UIDs nothing can be switched or typed.

        Rows that are switched off stay where they were, as far as the same kind of rows was shown.
        """
        places = self._places() if catalog is self._catalog and issued is self._issued else {}
        self.beginResetModel()
        self._catalog, self._map, self._issued = catalog, uid_map, issued
        is_shown = catalog is not None and uid_map is not None
        self._groups = plan_groups(uid_map, places) if is_shown and uid_map is not None else []
        self.endResetModel()

    def entry(self, index: Index) -> MapEntry | None:
        """The entry of a row; None for a group."""
        listed = self._listed(index)
        return None if listed is None else listed.plan_row.entry

    def row_key(self, index: Index) -> RowKey | None:
        """What a row is known by; None for a group, and for what cannot be switched off."""
        listed = self._listed(index)
        return None if listed is None else self._key(listed)

    def kind(self, index: Index) -> str:
        """The kind of the group that an index is or stands in; empty for none."""
        if not index.isValid():
            return ""
        at = index.row() if index.internalId() == _GROUPS else index.internalId() - 1
        return self._groups[at].kind

    def group_index(self, kind: str) -> QModelIndex:
        """The group of a kind, or an invalid index."""
        at = next((at for at, group in enumerate(self._groups) if group.kind == kind), -1)
        return self.index(at, 0)

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
        return len(group.rows) < len(group)

    def fetchMore(self, parent: Index) -> None:
        """Read and announce the next page of a group."""
        if not self.canFetchMore(parent) or self._catalog is None or self._map is None:
            return
        group = self._groups[parent.row()]
        first = len(group.rows)
        page = group.read(self._catalog, self._map, ROWS_AT_A_TIME)
        self.beginInsertRows(self.createIndex(parent.row(), 0, _GROUPS), first, first + len(page) - 1)
        group.rows += page
        self.endInsertRows()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == PlanColumn.LEVEL and self._check_state(index) is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() == PlanColumn.NEW and self.row_key(index) is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
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
        answer: Any = None
        if role == CELL_ROLE:
            answer = self._cell(index)
        elif role == ENTRY_ROLE:
            answer = self.entry(index)
        elif role == Qt.ItemDataRole.CheckStateRole and index.column() == PlanColumn.LEVEL:
            answer = self._check_state(index)
        elif role == Qt.ItemDataRole.EditRole and index.column() == PlanColumn.NEW:
            answer = self._new_uid(index)
        elif role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = self._cell(index)
            answer = None if cell is None else cell_speech(cell)
        return answer

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass on what the user does; the map that comes of it shows it."""
        row = self.row_key(index)
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == PlanColumn.LEVEL:
            on = Qt.CheckState(value) == Qt.CheckState.Checked
            if row is not None:
                self.row_switched.emit(row, on)
            elif index.internalId() == _GROUPS:
                self.group_switched.emit(self.kind(index), on)
            return self._check_state(index) is not None
        if role == Qt.ItemDataRole.EditRole and index.column() == PlanColumn.NEW and row is not None:
            if value != self._new_uid(index):
                self.uid_typed.emit(row, str(value))
            return True
        return False

    def _cell(self, index: Index) -> Cell | None:
        column = PlanColumn(index.column())
        if index.internalId() == _GROUPS:
            group = self._groups[index.row()]
            return group_cell(group.kind, len(group)) if column is PlanColumn.LEVEL else None
        listed = self._listed(index)
        if listed is None:
            return None
        name = self._name(index) if column is PlanColumn.LEVEL else ""
        return plan_cell(column, listed.plan_row, name, self._look(listed))

    def _look(self, listed: ListedRow) -> RowLook:
        assert self._map is not None
        if listed.off is None:
            return RowLook(is_typed=listed.plan_row.entry.new in self._map.by_hand)
        return RowLook(is_on=False, new=self._issued_uid(listed.off))

    def _issued_uid(self, row: RowKey) -> str:
        return (self._issued.issued_for(row) or "") if self._issued is not None else ""

    def _new_uid(self, index: Index) -> str:
        """What stands in a row as its new UID, or would."""
        listed = self._listed(index)
        if listed is None:
            return ""
        return listed.plan_row.entry.new if listed.off is None else self._issued_uid(listed.off)

    def _check_state(self, index: Index) -> Qt.CheckState | None:
        if self._issued is None:
            return None
        if index.internalId() == _GROUPS:
            group = self._groups[index.row()]
            if not group.can_switch and not group.off:
                return None
            if not group.off:
                return Qt.CheckState.Checked
            return Qt.CheckState.PartiallyChecked if group.can_switch else Qt.CheckState.Unchecked
        listed = self._listed(index)
        if listed is None or self._key(listed) is None:
            return None
        return Qt.CheckState.Checked if listed.off is None else Qt.CheckState.Unchecked

    def _name(self, index: Index) -> str:
        """The name of a row's entity, looked up when it is first shown."""
        assert self._catalog is not None
        group, row = self._groups[index.internalId() - 1], index.row()
        if row not in group.names:
            group.names[row] = entry_name(self._catalog, group.rows[row].plan_row.entry)
        return group.names[row]

    def _listed(self, index: Index) -> ListedRow | None:
        if not index.isValid() or index.internalId() == _GROUPS:
            return None
        return self._groups[index.internalId() - 1].rows[index.row()]

    def _key(self, listed: ListedRow) -> RowKey | None:
        if listed.off is not None or self._map is None or self._issued is None:
            return listed.off
        return row_of(self._map, self._issued, listed.plan_row.entry)

    def _places(self) -> dict[RowKey, int]:
        """Where the rows stand that have been read, in their groups."""
        places: dict[RowKey, int] = {}
        for group in self._groups:
            for place, listed in enumerate(group.rows[:_MOST_PLACES]):
                row = self._key(listed)
                if row is not None:
                    places[row] = place
        return places


def _is_group(index: Index) -> bool:
    return index.internalId() == _GROUPS and index.column() == 0
