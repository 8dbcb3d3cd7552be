"""Patient > Study > Series > Instance > file as Qt's item model, read from the catalog as it is shown.

Nothing but the ids of opened branches is held, 8 bytes a row; the rows themselves are read in blocks
when they are painted, and the last of them kept. Views are told of a window of a branch's rows only, in
chunks, so that no branch, however long, makes them wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from uidscope.core.catalog.node_counts import NodeCounts
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT, Node, NodeRow, parent, patient_count, rows, with_several_files
from uidscope.core.catalog.tree_filter import TreeFilter
from uidscope.core.catalog.tree_order import Order
from uidscope.core.plan.told.tree_changes import TreeChanges
from uidscope.qt.kit.cells import CELL_ROLE, Cell
from uidscope.qt.tree.hierarchy_branch import Branch, Change, Question, kept_ids, place_of
from uidscope.qt.tree.hierarchy_cells import Standing, row_cell, row_speech, row_uid
from uidscope.qt.tree.hierarchy_columns import Column, column_title
from uidscope.qt.tree.row_differences import Insertion, Move, Removal

Index = QModelIndex | QPersistentModelIndex

NODE_ROLE: Final = Qt.ItemDataRole.UserRole + 101
"""The item data role under which the model hands out the `Node` of a row."""

UID_ROLE: Final = Qt.ItemDataRole.UserRole + 102
"""The item data role of the whole UID that a row bears itself; empty for a patient and a file."""

_LONG: Final = 5_000  # children whose order is not found while the window waits, of all opened in one slice
_BLOCK: Final = 64
_ROWS_KEPT: Final = 4096
_TOP: Final = 0

# Views ask for these of every row they know of, whenever they lay out: Python's enums take long to combine.
_COLUMNS: Final = len(Column)
_MAY_OPEN: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_LEAF: Final = _MAY_OPEN | Qt.ItemFlag.ItemNeverHasChildren
_NOTHING: Final = Qt.ItemFlag.NoItemFlags


class HierarchyModel(QAbstractItemModel):
    """The tree of one catalog, or of none.

    `order_wanted` asks for the children of a node that has very many: with a question, to be called in
    any thread, whose answer `take_order` gets. Until then the node is open and has no rows.
    """

    order_wanted = Signal(object, object)  # Node, Question

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog: Catalog | None = None
        self._filters: tuple[TreeFilter, ...] = ()
        self._order: Order | None = None
        self._changes: TreeChanges | None = None
        self._are_verified = False  # the changes
        self._offline: NodeCounts | None = None
        self._branches: dict[int, Branch] = {}
        self._keys: dict[Node, int] = {}
        self._next_key = _TOP + 1
        self._rows: dict[Node, NodeRow] = {}
        self._parents: dict[Node, Node] = {}  # not of instances: there are too many
        self._ordered = 0  # children, in this slice of the event loop
        self._slice = QTimer(self, singleShot=True, interval=0)
        self._slice.timeout.connect(self._begin_slice)

    # What the tree is of

    def set_catalog(self, catalog: Catalog | None) -> None:
        """Show another catalog, or none, without filter and plan; the order stays."""
        self._catalog, self._changes, self._offline = catalog, None, None
        self._parents.clear()
        if catalog is not None:
            catalog.keep_little_in_memory()
        self._begin_anew((), self._order)

    def set_filters(self, filters: Sequence[TreeFilter]) -> None:
        """Show only what all of these keep. Everything is closed again."""
        self._begin_anew(tuple(filters), self._order)

    def set_order(self, order: Order | None) -> None:
        """Show children in this order, None for their natural one. Everything is closed again."""
        self._begin_anew(self._filters, order)

    def replace_filters(self, filters: Sequence[TreeFilter]) -> None:
        """Take filters made anew after the catalog has grown; what is open stays open."""
        self._filters = tuple(filters)
        self.grow()

    def set_changes(self, changes: TreeChanges | None) -> None:
        """Show what a plan does, or that there is none."""
        self._changes = changes
        self._say_changed()

    def set_verified(self, verified: bool) -> None:
        """Say whether what the plan does has been written, and read back."""
        if verified != self._are_verified:
            self._are_verified = verified
            self._say_changed()

    def set_offline(self, offline: NodeCounts) -> None:
        """Show where files are out of reach."""
        self._offline = offline
        self._say_changed()

    def reread(self) -> None:
        """Read what rows say again, as after the checks."""
        self._rows.clear()
        self._say_changed()

    def grow(self) -> None:
        """Take in what has come into the catalog since; what is open, selected and in view stays so."""
        self._rows.clear()
        if self._catalog is None:
            return
        for key in list(self._branches):
            branch = self._branches.get(key)
            if branch is None:
                continue
            branch.copied = frozenset()
            self._know_copied(branch, branch.shown)
            if branch.question is not None:
                branch.is_outdated = True
            elif self._may_order(len(branch.all_ids)):
                self._announce(branch, branch.renew(self._kept_ids(branch)))
            else:
                self._ask_for_order(branch)
        self._say_changed()

    def take_order(self, node: Node, question: Question, ids: Sequence[int]) -> None:
        """Take the answer to a question that still stands."""
        branch = self._branches.get(self._keys.get(node, -1))
        if branch is not None and branch.question is question:
            branch.question = None
            self._announce(branch, branch.renew(ids))
            if branch.is_outdated:
                self._ask_for_order(branch)

    # From indexes to nodes and back

    def node(self, index: Index) -> Node:
        """The node of an index; `ROOT` for none."""
        if not index.isValid():
            return ROOT
        return self._branches[index.internalId()].child(index.row())

    @property
    def order(self) -> Order | None:
        """The order of children; None where it is their natural one."""
        return self._order

    def open_nodes(self) -> list[Node]:
        """The nodes whose children have been asked for, those above before those below."""
        return [branch.node for branch in self._branches.values() if branch.key != _TOP]

    def known_index(self, node: Node) -> QModelIndex:
        """The index of a node where its row is announced; else an index of nothing."""
        return self._walk(node, reach=False)

    def index_of(self, node: Node) -> QModelIndex:
        """The index of a node, announced if need be; an index of nothing where it is not to be shown.

        Nor is there one yet below a node whose children are being ordered (`waits_for`).
        """
        return self._walk(node, reach=True)

    def waits_for(self, node: Node) -> bool:
        """Whether a node is to be found below one whose children are being ordered."""
        path = self._path_to(node)
        branches = (self._branches.get(self._keys.get(step, -1)) for step in (ROOT, *path))
        return any(branch is not None and branch.waits for branch in branches)

    def _walk(self, node: Node, *, reach: bool) -> QModelIndex:
        path = self._path_to(node)
        index = QModelIndex()
        for step in path:
            branch = self._branch(index)
            if branch is None and reach and self.hasChildren(index):
                branch = self._open(index)
            if branch is None:
                return QModelIndex()
            at = place_of(branch.shown, step.id)
            if at < 0 and reach:
                place = place_of(branch.all_ids, step.id)
                if place >= 0:
                    self._announce(branch, branch.around(place))
                at = place_of(branch.shown, step.id)
            if at < 0:
                return QModelIndex()
            index = self.createIndex(at, 0, branch.key)
        return index

    def _path_to(self, node: Node) -> list[Node]:
        """The nodes from the patient down to one; for many of one series asked for once each."""
        path: list[Node] = []
        while node.level != "root" and self._catalog is not None:
            path.append(node)
            above = self._parents.get(node) or parent(self._catalog, node)
            if above is None:
                return []
            if node.level not in ("instance", "file"):
                self._parents[node] = above
            node = above
        path.reverse()
        return path

    # Qt's questions

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        branch = self._branch(parent)
        if branch is None or not 0 <= row < len(branch.shown) or not 0 <= column < _COLUMNS:
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
        return _COLUMNS

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        if parent.column() > 0:
            return False
        branch = self._branch(parent)
        if branch is not None:
            return branch.waits or bool(branch.all_ids)
        if not parent.isValid():
            return False
        above = self._branches[parent.internalId()]
        if not above.may_open(parent.row()):
            return False
        if not self._filters:
            return True
        node = self.node(parent)
        return all(
            each.keeps_below(node, below_whole=inside)
            for each, inside in zip(self._filters, above.whole, strict=True)
        )

    def canFetchMore(self, parent: Index) -> bool:
        """Whether none of a node's children is announced yet.

        Not whether there are more: a tree view fetches at each new layout, whatever is in view.
        """
        branch = self._branch(parent)
        if branch is not None:
            return not branch.shown and bool(branch.all_ids)
        return self.hasChildren(parent)

    def fetchMore(self, parent: Index) -> None:
        """Announce the first of a node's children."""
        if self.canFetchMore(parent):
            branch = self._branch(parent) or self._open(parent)
            self._announce(branch, branch.after())

    def can_fetch_after(self, parent: Index) -> bool:
        """Whether children of a node stand behind those announced."""
        branch = self._branch(parent)
        return branch is not None and branch.past_last < len(branch.all_ids)

    def fetch_after(self, parent: Index) -> None:
        """Announce more of a node's children behind those announced."""
        branch = self._branch(parent)
        if branch is not None and branch.past_last < len(branch.all_ids):
            self._announce(branch, branch.after())

    def can_fetch_before(self, parent: Index) -> bool:
        """Whether children of a node stand before those announced."""
        branch = self._branch(parent)
        return branch is not None and branch.first > 0

    def fetch_before(self, parent: Index) -> None:
        """Announce more of a node's children before those announced."""
        branch = self._branch(parent)
        if branch is not None and branch.first > 0:
            self._announce(branch, branch.before())

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return _NOTHING
        return _MAY_OPEN if self._branches[index.internalId()].may_open(index.row()) else _LEAF

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
        standing, new_uids = Standing(), tuple[str, ...]()
        if column is Column.STATUS:
            standing = self._standing(row.node)
        elif column is Column.NEW_UID and self._changes is not None and self._catalog:
            new_uids = self._changes.new_uids(self._catalog, row, above)
        return row_cell(column, row, above, standing, new_uids)

    def _standing(self, node: Node) -> Standing:
        planned = self._changes.changed.at(node) if self._changes is not None else 0
        offline = self._offline.at(node) if self._offline is not None else 0
        return Standing(planned, self._are_verified, offline)

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

    def _begin_anew(self, filters: tuple[TreeFilter, ...], order: Order | None) -> None:
        """Close everything, and show the top as these want it: at once, or as soon as it is in order."""
        self.beginResetModel()
        self._filters, self._order = filters, order
        self._branches.clear()
        self._keys.clear()
        self._rows.clear()
        top = Branch(_TOP, ROOT, _TOP, tuple(False for _ in self._filters))
        self._branches[_TOP], self._keys[ROOT] = top, _TOP
        is_long = self._catalog is not None and patient_count(self._catalog) >= _LONG
        if self._catalog is not None and not is_long:
            top.all_ids = self._kept_ids(top)
        self.endResetModel()
        if is_long:
            self._ask_for_order(top)

    def _branch(self, parent: Index) -> Branch | None:
        """The branch of a node's children, where it is open."""
        if not parent.isValid():
            return self._branches.get(_TOP)
        if parent.column() > 0:
            return None
        above = self._branches[parent.internalId()]
        return above.opened.get(above.shown[parent.row()])

    def _open(self, parent: Index) -> Branch:
        above, node = self._branches[parent.internalId()], self.node(parent)
        whole = tuple(
            inside or node in each.whole for inside, each in zip(above.whole, self._filters, strict=True)
        )
        branch = Branch(self._next_key, node, above.key, whole, parent.row())
        self._next_key += 1
        self._branches[branch.key], self._keys[node] = branch, branch.key
        above.opened[node.id] = branch
        if self._may_order(self._row(parent).child_count):
            branch.all_ids = self._kept_ids(branch)
        else:
            self._ask_for_order(branch)
        return branch

    def _may_order(self, children: int) -> bool:
        """Whether so many children are put in order while the window waits, beside others in this slice."""
        self._ordered += children
        self._slice.start()
        return self._ordered < _LONG

    def _begin_slice(self) -> None:
        self._ordered = 0

    def _ask_for_order(self, branch: Branch) -> None:
        if self._catalog is not None:
            branch.is_outdated = False
            branch.question = partial(
                kept_ids, self._catalog, branch.node, self._filters, branch.whole, self._order
            )
            self.order_wanted.emit(branch.node, branch.question)

    def _close(self, above: Branch, id_: int) -> None:
        """Forget the branch of a child, if it is open, and all below it."""
        branch = above.opened.pop(id_, None)
        if branch is not None:
            del self._branches[branch.key], self._keys[branch.node]
            for below in list(branch.opened):
                self._close(branch, below)

    def _kept_ids(self, branch: Branch) -> Sequence[int]:
        assert self._catalog is not None
        return kept_ids(self._catalog, branch.node, self._filters, branch.whole, self._order)

    def _place_of(self, branch: Branch) -> int:
        """Where the node of a branch stands among its siblings."""
        siblings = self._branches[branch.above].shown
        if branch.place >= len(siblings) or siblings[branch.place] != branch.node.id:
            branch.place = siblings.index(branch.node.id)
        return branch.place

    def _index_of_branch(self, branch: Branch) -> QModelIndex:
        if branch.key == _TOP:
            return QModelIndex()
        return self.createIndex(self._place_of(branch), 0, branch.above)

    # Announcing

    def _announce(self, branch: Branch, changes: Iterable[Change]) -> None:
        """Tell the views of each change of a branch's window."""
        for change in changes:
            parent = self._index_of_branch(branch)
            match change:
                case Removal(first, past_last):
                    self.beginRemoveRows(parent, first, past_last - 1)
                    for id_ in branch.shown[first:past_last]:
                        self._close(branch, id_)
                    branch.apply(change)
                    self.endRemoveRows()
                case Move(origin, target):
                    self.beginMoveRows(parent, origin, origin, parent, target)
                    branch.apply(change)
                    self.endMoveRows()
                case Insertion(first, ids):
                    self._know_copied(branch, ids)
                    self.beginInsertRows(parent, first, first + len(ids) - 1)
                    branch.apply(change)
                    self.endInsertRows()

    def _know_copied(self, branch: Branch, ids: Sequence[int]) -> None:
        """Learn which of some instances have several files."""
        if branch.level == "instance" and self._catalog is not None:
            branch.copied |= with_several_files(self._catalog, ids)

    def _say_changed(self) -> None:
        """Say that every announced row may read otherwise."""
        for branch in list(self._branches.values()):
            if branch.shown:
                parent = self._index_of_branch(branch)
                first = self.index(0, 0, parent)
                self.dataChanged.emit(first, self.index(len(branch.shown) - 1, _COLUMNS - 1, parent))
