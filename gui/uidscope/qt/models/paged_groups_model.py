"""Rows in groups, of which pages are read in the background as they come into view."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from uidscope.qt.kit.cells import CELL_ROLE, Cell, cell_speech
from uidscope.qt.kit.grouped_model import GROUP, GroupedModel
from uidscope.qt.kit.visible_text import visible_text

Index = QModelIndex | QPersistentModelIndex

ROWS_AT_A_TIME: Final = 200


class Group(NamedTuple):
    """A group: what it is known by when the groups are made anew, and what its row tells."""

    key: Hashable
    about: Any


class Page(NamedTuple):
    """Which rows are wanted: those of a group from ``offset`` on."""

    group: Group
    offset: int


@dataclass(slots=True)
class _Rows:
    rows: list[Any] = field(default_factory=list)
    is_whole: bool = False
    is_wanted: bool = False


class PagedGroupsModel(GroupedModel):
    """A tree of two levels. `page_wanted` says that `wanted` names a page, which `take_page` gets."""

    page_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()
        self._rows: list[_Rows] = []

    @abstractmethod
    def titles(self) -> tuple[str, ...]:
        """The columns' titles."""

    @abstractmethod
    def group_cell(self, about: Any, column: int) -> Cell | None:
        """What a group shows in a column."""

    @abstractmethod
    def row_cell(self, row: Any, column: int) -> Cell | None:
        """What a row of a group shows in a column."""

    def spoken_before(self, about: Any) -> str:  # noqa: ARG002 - for those that have something to say
        """What a screen reader says before the group's name: its icon in words."""
        return ""

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show these groups; of their rows none is known yet."""
        self.beginResetModel()
        self._groups = tuple(groups)
        self._rows = [_Rows() for _ in groups]
        self.endResetModel()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that are shown."""
        return self._groups

    @property
    def wanted(self) -> Page | None:
        """The page to be read next; None where no row is missing from view."""
        for group, held in zip(self._groups, self._rows, strict=True):
            if held.is_wanted:
                return Page(group, len(held.rows))
        return None

    def has_more(self, group: Index) -> bool:
        """Whether rows of a group are not known yet."""
        return group.isValid() and self._may_have_rows(group) and not self._rows[group.row()].is_whole

    def want_more(self, group: Index) -> None:
        """Want the next page of a group."""
        if self.has_more(group) and not self._rows[group.row()].is_wanted:
            self._rows[group.row()].is_wanted = True
            self.page_wanted.emit()

    def take_page(self, page: Page, rows: Sequence[Any], *, is_last: bool) -> None:
        """Take the rows of a page that was wanted; those of a group that is gone are dropped."""
        if page.group not in self._groups:
            return
        at = self._groups.index(page.group)
        held = self._rows[at]
        held.is_wanted, held.is_whole = False, is_last
        if rows:
            first = len(held.rows)
            self.beginInsertRows(self.createIndex(at, 0, GROUP), first, first + len(rows) - 1)
            held.rows.extend(rows)
            self.endInsertRows()

    def group(self, index: Index) -> Group | None:
        """The group that an index is, or is in."""
        if not index.isValid():
            return None
        return self._groups[index.row() if index.internalId() == GROUP else index.internalId() - 1]

    def row(self, index: Index) -> Any | None:
        """What stands in a row; None for a group."""
        if not index.isValid() or index.internalId() == GROUP:
            return None
        return self._rows[index.internalId() - 1].rows[index.row()]

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._groups)
        return len(self._rows[parent.row()].rows) if self._may_have_rows(parent) else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.titles())

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        if not parent.isValid():
            return bool(self._groups)
        if not self._may_have_rows(parent):
            return False
        held = self._rows[parent.row()]
        return bool(held.rows) or not held.is_whole

    def canFetchMore(self, parent: Index) -> bool:
        # The first page alone: Qt's tree asks for more at each new layout, whatever is in view.
        return self.has_more(parent) and not self._rows[parent.row()].rows

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self.want_more(parent)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        return self.titles()[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role not in (CELL_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index)
        if row is not None:
            cell = self.row_cell(row, index.column())
        else:
            cell = self.group_cell(self._groups[index.row()].about, index.column())
        if role == CELL_ROLE or cell is None:
            return cell
        spoken = visible_text(cell_speech(cell))
        if role == Qt.ItemDataRole.AccessibleTextRole and row is None and index.column() == 0:
            before = self.spoken_before(self._groups[index.row()].about)
            return f"{before}: {spoken}" if before else spoken
        return spoken

    def _may_have_rows(self, index: Index) -> bool:
        return index.column() == 0 and index.internalId() == GROUP
