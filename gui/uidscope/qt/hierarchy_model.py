"""Patient > Study > Series > Instance > file as Qt's item model, read from the catalog as it is shown.

Nothing but the ids of opened branches is held, 8 bytes a row; the rows themselves are read in blocks
when they are painted, and the last of them kept. Rows are announced in chunks, so that no branch, however
long, makes the window wait; `fetch_towards` goes on to a row that is wanted.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT, Node, NodeRow, child_ids, level_below, path_to, rows
from uidscope.core.catalog.tree_filter import TreeFilter
from uidscope.core.plan.tree_changes import TreeChanges
from uidscope.qt.cells import CELL_ROLE, Cell
from uidscope.qt.hierarchy_cells import row_cell, row_speech, row_uid
from uidscope.qt.hierarchy_columns import Column, column_title
from uidscope.qt.row_differences import Insertion, Move, Removal, differences

Index = QModelIndex | QPersistentModelIndex

NODE_ROLE: Final = Qt.ItemDataRole.UserRole + 101
"""The item data role under which the model hands out the `Node` of a row."""

UID_ROLE: Final = Qt.ItemDataRole.UserRole + 102
"""The item data role of the whole UID that a row bears itself; empty for a patient and a file."""

ROWS_AT_A_TIME: Final = 500
_BLOCK: Final = 64
_ROWS_KEPT: Final = 4096
_TOP: Final = 0


@dataclass(slots=True)
class _Branch:
    """An opened node: its children in order, and how many of them are announced to the views.

    `key` is the internal id of the children's indexes. `place` is where the node itself stands below
    `above`, as far as is known.
    """

    key: int
    node: Node
    above: int
    all_ids: Sequence[int]
    whole: tuple[bool, ...]
    shown: array[int] = field(default_factory=lambda: array("q"))
    place: int = 0


class HierarchyModel(QAbstractItemModel):
    """The tree of one catalog, or of none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog: Catalog | None = None
        self._filters: tuple[TreeFilter, ...] = ()
        self._changes: TreeChanges | None = None
        self._branches: dict[int, _Branch] = {}
        self._keys: dict[Node, int] = {}
        self._next_key = _TOP + 1
        self._rows: dict[Node, NodeRow] = {}

    # What the tree is of

    def set_catalog(self, catalog: Catalog | None) -> None:
        """Show another catalog, or none, without filter and plan."""
        self.beginResetModel()
        self._catalog, self._filters, self._changes = catalog, (), None
        self._forget()
        self.endResetModel()

    def set_filters(self, filters: Sequence[TreeFilter]) -> None:
        """Show only what all of these keep. Everything is closed again."""
        self.beginResetModel()
        self._filters = tuple(filters)
        self._forget()
        self.endResetModel()

    def replace_filters(self, filters: Sequence[TreeFilter]) -> None:
        """Take filters made anew after the catalog has grown; what is open stays open."""
        self._filters = tuple(filters)
        self.grow()

    def set_changes(self, changes: TreeChanges | None) -> None:
        """Show what a plan does, or that there is none."""
        self._changes = changes
        self._say_changed()

    def reread(self) -> None:
        """Read what rows say again, as after the checks."""
        self._rows.clear()
        self._say_changed()

    def grow(self) -> None:
        """Take in what has come into the catalog since; what is open, selected and in view stays so."""
        self._rows.clear()
        for key in list(self._branches):
            branch = self._branches.get(key)
            if branch is not None:
                self._refresh(branch)
        self._say_changed()

    # From indexes to nodes and back

    def node(self, index: Index) -> Node:
        """The node of an index; `ROOT` for none."""
        if not index.isValid():
            return ROOT
        branch = self._branches[index.internalId()]
        return Node(_below(branch.node), branch.shown[index.row()])

    def open_nodes(self) -> list[Node]:
        """The nodes whose children have been asked for, those above before those below."""
        return [branch.node for branch in self._branches.values() if branch.key != _TOP]

    def known_index(self, node: Node) -> QModelIndex:
        """The index of a node where its row is announced; else an index of nothing."""
        path = path_to(self._catalog, node) if self._catalog else ()
        index = QModelIndex()
        for step in path:
            branch = self._branch(index)
            place = _place(branch.shown, step.id) if branch else -1
            if branch is None or place < 0:
                return QModelIndex()
            index = self.createIndex(place, 0, branch.key)
        return index

    def fetch_towards(self, node: Node) -> bool:
        """Announce one more chunk on the way to a node; False where there is no more to do for it."""
        path = path_to(self._catalog, node) if self._catalog else ()
        index = QModelIndex()
        for step in path:
            branch = self._branch(index)
            place = _place(branch.shown, step.id) if branch else -1
            if branch is None or place < 0:
                if branch is not None and _place(branch.all_ids, step.id) < 0:
                    return False  # the filter leaves it out
                if not self.canFetchMore(index):
                    return False
                self.fetchMore(index)
                return True
            index = self.createIndex(place, 0, branch.key)
        return False

    def index_of(self, node: Node) -> QModelIndex:
        """The index of a node, with all rows up to it announced; an index of nothing if it is not shown."""
        while self.fetch_towards(node):
            pass
        return self.known_index(node)

    # Qt's questions

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        branch = self._branch(parent)
        if branch is None or not 0 <= row < len(branch.shown) or not 0 <= column < len(Column):
            return QModelIndex()
        return self.createIndex(row, column, branch.key)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        branch = self._branches[index.internalId()]
        return self.createIndex(self._place_of(branch), 0, branch.above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        branch = self._branch(parent)
        return len(branch.shown) if branch else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(Column)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        if parent.column() > 0:
            return False
        branch = self._branch(parent)
        if branch is not None:
            return bool(branch.all_ids)
        if not parent.isValid() or self._row(parent).child_count == 0:
            return False
        node, whole = self.node(parent), self._branches[parent.internalId()].whole
        return all(
            each.keeps_below(node, below_whole=inside)
            for each, inside in zip(self._filters, whole, strict=True)
        )

    def canFetchMore(self, parent: Index) -> bool:
        branch = self._branch(parent)
        if branch is not None:
            return len(branch.shown) < len(branch.all_ids)
        return self.hasChildren(parent)

    def fetchMore(self, parent: Index) -> None:
        """Announce the next chunk of a node's children."""
        if not self.canFetchMore(parent):
            return
        branch = self._branch(parent) or self._open(parent)
        first = len(branch.shown)
        past_last = min(first + ROWS_AT_A_TIME, len(branch.all_ids))
        if past_last > first:
            self.beginInsertRows(self._index_of_branch(branch), first, past_last - 1)
            branch.shown.extend(branch.all_ids[first:past_last])
            self.endInsertRows()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if _below(self._branches[index.internalId()].node) == "file":
            flags |= Qt.ItemFlag.ItemNeverHasChildren
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if wanted and orientation == Qt.Orientation.Horizontal and 0 <= section < len(Column):
            return column_title(Column(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == CELL_ROLE:
            return self._cell(index, Column(index.column()))
        if role == NODE_ROLE:
            return self.node(index)
        if role == UID_ROLE:
            return row_uid(self._row(index))
        return self._text(index, role)

    def _text(self, index: Index, role: int) -> str | None:
        """What a cell says: to type-ahead and to screen readers, which hear the badges with the name."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        column = Column(index.column())
        spoken = [self._cell(index, column)]
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.NAME:
            spoken.append(self._cell(index, Column.STATUS))
        return row_speech(spoken)

    # Rows

    def _cell(self, index: Index, column: Column) -> Cell | None:
        row = self._row(index)
        above = self._row(self.parent(index)) if index.internalId() != _TOP else None
        planned, new_uids = 0, tuple[str, ...]()
        if self._changes is not None and column in (Column.STATUS, Column.NEW_UID):
            planned = self._changes.changed.at(row.node)
            if column is Column.NEW_UID and self._catalog:
                new_uids = self._changes.new_uids(self._catalog, row, above)
        return row_cell(column, row, above, planned, new_uids)

    def _row(self, index: Index) -> NodeRow:
        node = self.node(index)
        kept = self._rows.get(node)
        return kept if kept is not None else self._read_block(index, node)

    def _read_block(self, index: Index, node: Node) -> NodeRow:
        """Read the rows around an index, and forget those read long ago."""
        assert self._catalog is not None
        branch = self._branches[index.internalId()]
        first = index.row() // _BLOCK * _BLOCK
        if len(self._rows) > _ROWS_KEPT:
            for old in list(self._rows)[: _ROWS_KEPT // 2]:
                del self._rows[old]
        for row in rows(self._catalog, node.level, branch.shown[first : first + _BLOCK]):
            self._rows[row.node] = row
        return self._rows[node]

    # Branches

    def _forget(self) -> None:
        self._branches.clear()
        self._keys.clear()
        self._rows.clear()
        top = _Branch(_TOP, ROOT, _TOP, (), tuple(False for _ in self._filters))
        self._branches[_TOP], self._keys[ROOT] = top, _TOP
        if self._catalog is not None:
            top.all_ids = self._kept_ids(top)

    def _branch(self, parent: Index) -> _Branch | None:
        """The branch of a node's children, where it is open."""
        if not parent.isValid():
            return self._branches.get(_TOP)
        if parent.column() > 0:
            return None
        key = self._keys.get(self.node(parent))
        return None if key is None else self._branches[key]

    def _open(self, parent: Index) -> _Branch:
        above, node = self._branches[parent.internalId()], self.node(parent)
        whole = tuple(
            inside or node in each.whole for inside, each in zip(above.whole, self._filters, strict=True)
        )
        branch = _Branch(self._next_key, node, above.key, (), whole, place=parent.row())
        branch.all_ids = self._kept_ids(branch)
        self._next_key += 1
        self._branches[branch.key], self._keys[node] = branch, branch.key
        return branch

    def _close(self, node: Node) -> None:
        """Forget a branch and all below it."""
        key = self._keys.pop(node, None)
        if key is None:
            return
        branch = self._branches.pop(key)
        for id_ in branch.shown:
            self._close(Node(_below(branch.node), id_))

    def _kept_ids(self, branch: _Branch) -> Sequence[int]:
        """The ids of all children that the filters keep, in order."""
        assert self._catalog is not None
        ids = child_ids(self._catalog, branch.node)
        level = _below(branch.node)
        for each, inside in zip(self._filters, branch.whole, strict=True):
            if not inside:
                ids = array("q", (id_ for id_ in ids if each.keeps(Node(level, id_))))
        return ids

    def _place_of(self, branch: _Branch) -> int:
        """Where the node of a branch stands among its siblings."""
        siblings = self._branches[branch.above].shown
        if branch.place >= len(siblings) or siblings[branch.place] != branch.node.id:
            branch.place = siblings.index(branch.node.id)
        return branch.place

    def _index_of_branch(self, branch: _Branch) -> QModelIndex:
        if branch.key == _TOP:
            return QModelIndex()
        return self.createIndex(self._place_of(branch), 0, branch.above)

    # Growth

    def _refresh(self, branch: _Branch) -> None:
        """Announce what has come, gone or moved among the children of an open node."""
        ids = self._kept_ids(branch)
        if ids == branch.all_ids:
            return
        was_complete = len(branch.shown) == len(branch.all_ids)
        branch.all_ids = ids
        kept = set(branch.shown)
        past_last = max((place for place, id_ in enumerate(ids, 1) if id_ in kept), default=0)
        if was_complete:
            past_last = max(past_last, min(len(ids), ROWS_AT_A_TIME))
        parent = self._index_of_branch(branch)
        for change in differences(branch.shown, ids[:past_last]):
            self._apply(branch, parent, change)

    def _apply(self, branch: _Branch, parent: QModelIndex, change: Removal | Move | Insertion) -> None:
        shown = branch.shown
        match change:
            case Removal(first, past_last):
                self.beginRemoveRows(parent, first, past_last - 1)
                gone = shown[first:past_last]
                del shown[first:past_last]
                for id_ in gone:
                    self._close(Node(_below(branch.node), id_))
                self.endRemoveRows()
            case Move(origin, target):
                self.beginMoveRows(parent, origin, origin, parent, target)
                shown.insert(target, shown.pop(origin))
                self.endMoveRows()
            case Insertion(first, ids):
                self.beginInsertRows(parent, first, first + len(ids) - 1)
                shown[first:first] = array("q", ids)
                self.endInsertRows()

    def _say_changed(self) -> None:
        """Say that every announced row may read otherwise."""
        for branch in list(self._branches.values()):
            if branch.shown:
                parent = self._index_of_branch(branch)
                first = self.index(0, 0, parent)
                self.dataChanged.emit(first, self.index(len(branch.shown) - 1, len(Column) - 1, parent))


def _below(node: Node) -> Any:
    """The level of a node's children; a file has none and is never opened."""
    return level_below(node)


def _place(ids: Sequence[int], id_: int) -> int:
    try:
        return ids.index(id_)
    except ValueError:
        return -1
