"""The tree of everything loaded, kept in step with the work's state."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QMenu, QVBoxLayout, QWidget

from uidscope.core.catalog.tree import Node, path_to
from uidscope.core.catalog.tree_order import Order
from uidscope.core.plan.told.tree_changes import TreeChanges, tree_changes
from uidscope.core.plan.uid_map import UidMap
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner
from uidscope.qt.tree.hierarchy_branch import Question
from uidscope.qt.tree.hierarchy_columns import Column
from uidscope.qt.tree.hierarchy_header import HierarchyHeader
from uidscope.qt.tree.hierarchy_model import HierarchyModel
from uidscope.qt.tree.kept_view import KeptView
from uidscope.qt.tree.offline_watch import OfflineWatch
from uidscope.qt.tree.tree_filters import Filters, TreeFilters

_LEAST_WIDTH = 400
_ROWS_AHEAD = 20
_MOST_RESELECTED = 50
_MOST_REACHED = 10  # each may open what it lies in
_MOST_REOPENED = 60  # a view lays out 500 rows of each series anew, whenever some come
_MOST_MATCHES_OPENED = 50


class TreePanel(QWidget):
    """Shows the tree; what is selected in it is the state's selection, and the other way round.

    Questions of its own are asked by `questions`. `filter_in_the_way` says that what is to be shown is
    left out by the filter.
    """

    filter_in_the_way = Signal()

    def __init__(self, state: WorkState, questions: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._questions = questions
        # Apart from the others: who opens a long series does not wait until everything is counted.
        self._ordering = TaskRunner(self)
        self._menu_actions: tuple[QAction, ...] = ()
        self._is_following = False
        self._has_opened = False
        self._is_telling = False  # what the user selects here
        self._to_open: list[Node] = []  # once their rows are there
        self._is_called_for = False  # the selection is to be seen, whatever the filter
        self.model = HierarchyModel(self)
        self.view = RowTreeView(self)
        self.view.setObjectName("hierarchyTree")
        self.view.setAccessibleName(self.tr("Patients, studies, series and instances"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setModel(self.model)
        self.columns = HierarchyHeader(self.view, self)
        self.filters = TreeFilters(state, questions, self)
        self.kept = KeptView(state, self.view, self.model, self)
        self.offline = OfflineWatch(state, self)
        self.setFocusProxy(self.view)
        self.setMinimumWidth(_LEAST_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        # Both happen once, however often they are asked for in one slice of the event loop.
        self._reaching = QTimer(self, singleShot=True, interval=0)
        self._reaching.timeout.connect(self._reach_selection)
        self._fetching = QTimer(self, singleShot=True, interval=0)
        self._fetching.timeout.connect(self._fetch_in_view)
        self._connect()

    def set_menu_actions(self, actions: Iterable[QAction]) -> None:
        """Set the actions of the context menu."""
        self._menu_actions = tuple(actions)

    def _connect(self) -> None:
        state, view = self._state, self.view
        state.catalog_replaced.connect(self._show_catalog)
        state.tree_grew.connect(self._grow)
        state.findings_changed.connect(self._reread)
        state.plan_changed.connect(self._ask_for_changes)
        state.plan_changed.connect(self._show_verified)
        state.exported.connect(self._show_verified)
        state.selection_changed.connect(self._go_to_selection)
        self.filters.found.connect(self._take_filters)
        self.columns.order_chosen.connect(self._sort)
        self.model.order_wanted.connect(self._ask_for_order)
        self.offline.found.connect(self.model.set_offline)
        view.selectionModel().selectionChanged.connect(self._tell_selection)
        view.customContextMenuRequested.connect(self._show_menu)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self._fetching.start())
        view.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._fetching.start())

    # What the state says

    def _show_catalog(self) -> None:
        self._has_opened = False
        self._to_open = []
        self._ordering.cancel()
        self.model.set_catalog(self._state.catalog)
        self.filters.renew()

    def _grow(self) -> None:
        if self.filters.is_on:
            self.filters.renew()
        else:
            self.model.grow()
            self._after_growth()

    def _after_growth(self) -> None:
        # Once: what the user closes again stays closed.
        if not self._has_opened and self.model.rowCount():
            self._has_opened = True
            self._open_only_children()
        # An image that has got a second file can now be opened, which the view must be told.
        self.view.scheduleDelayedItemsLayout()
        self._fetching.start()

    def _reread(self) -> None:
        order = self.model.order
        if order is not None and order.key == "status":
            self._sort(order)
        else:
            self.model.reread()
        self.filters.renew()

    def _sort(self, order: Order | None) -> None:
        was_open = self._open_nodes()
        self._ordering.cancel()
        self.model.set_order(order)
        self._open_again(was_open)
        self._follow_selection()

    def _ask_for_changes(self) -> None:
        catalog, uid_map = self._state.catalog, self._state.uid_map
        self.columns.set_with_new_uids(uid_map is not None)
        self.filters.renew()
        if catalog is None or uid_map is None:
            self.model.set_changes(None)
            return
        self._questions.run(
            Task(
                "changes",
                lambda _progress, _cancel: tree_changes(catalog, uid_map),
                done=lambda changes: self._take_changes(uid_map, changes),
            )
        )

    def _take_changes(self, uid_map: UidMap, changes: TreeChanges) -> None:
        if uid_map is self._state.uid_map:
            self.model.set_changes(changes)

    def _show_verified(self) -> None:
        self.model.set_verified(self._state.is_exported)

    def _take_filters(self, filters: Filters, is_new: bool) -> None:
        if not is_new:
            self.model.replace_filters(filters)
            self._after_growth()
            return
        was_open = self._open_nodes()
        self._ordering.cancel()
        self.model.set_filters(filters)
        matches = [node for each in filters for node in each.whole]
        if len(matches) <= _MOST_MATCHES_OPENED:
            was_open += [node for match in matches for node in self._above(match)]
        self._open_again(was_open)
        self._open_only_children()
        self._follow_selection()

    # Selection

    def _tell_selection(self, _added: QItemSelection, _gone: QItemSelection) -> None:
        if self._is_following:
            return
        nodes, current = self._selected_nodes(), self.view.currentIndex()
        if current.isValid():
            first = self.model.node(current)
            nodes.sort(key=lambda node: node != first)
        self._is_telling = True
        try:
            self._state.select(tuple(nodes))
        finally:
            self._is_telling = False

    def _selected_nodes(self) -> list[Node]:
        """Taken from the ranges, since Qt asks long for each row of a long selection."""
        nodes: dict[Node, None] = {}
        selection = self.view.selectionModel().selection()
        for place in range(selection.count()):
            span = selection.at(place)
            above = span.parent()
            for row in range(span.top(), span.bottom() + 1):
                nodes[self.model.node(self.model.index(row, 0, above))] = None
        return list(nodes)

    def _go_to_selection(self) -> None:
        if not self._is_telling:
            self._is_called_for = True
            self._follow_selection()

    def _follow_selection(self) -> None:
        if set(self._selected_nodes()) != set(self._state.selection):
            self._reaching.start()

    def _reach_selection(self) -> None:
        """Show the first of the selection, and select in the view what of it is there.

        Of what was called for the next few are opened too: both sides of a finding are to be seen.
        """
        node = self._state.current
        with self._following():
            if self._is_called_for:
                for other in self._state.selection[1:_MOST_REACHED]:
                    self.model.index_of(other)
            there = node is None or self.model.index_of(node).isValid()
            self._select([self.model.known_index(node) for node in self._state.selection])
        if node is not None and not there and self.model.waits_for(node):
            return
        was_called_for, self._is_called_for = self._is_called_for, False
        if was_called_for and not there and self.filters.is_on:
            self.filter_in_the_way.emit()

    @contextmanager
    def _following(self) -> Iterator[None]:
        """What changes in the view meanwhile is not the user's doing, and not told to the state."""
        self._is_following = True
        try:
            yield
        finally:
            self._is_following = False

    def _select(self, indexes: list[QModelIndex]) -> None:
        selection = QItemSelection()
        there = [index for index in indexes if index.isValid()]
        for index in there:
            selection.select(index, index.siblingAtColumn(len(Column) - 1))
            above = index.parent()
            while above.isValid():
                self.view.expand(above)
                above = above.parent()
        flag = QItemSelectionModel.SelectionFlag
        if there:
            self.view.selectionModel().setCurrentIndex(there[0], flag.NoUpdate)
        self.view.selectionModel().select(selection, flag.ClearAndSelect)
        if there:
            self.view.scrollTo(there[0])

    # Opening and fetching

    def _open_nodes(self) -> list[Node]:
        """What is open now, or is to be open, those above before those below."""
        known = ((node, self.model.known_index(node)) for node in self.model.open_nodes())
        return [*(node for node, index in known if self.view.isExpanded(index)), *self._to_open]

    def _open_again(self, nodes: Sequence[Node]) -> None:
        """Open these, as soon as they are there where what is above them is still being ordered."""
        self._to_open = []
        for node in nodes[:_MOST_REOPENED]:
            index = self.model.index_of(node)
            if index.isValid():
                self.view.expand(index)
            elif self.model.waits_for(node):
                self._to_open.append(node)

    def _above(self, node: Node) -> tuple[Node, ...]:
        """What must be open for a node to be seen, from the top."""
        catalog = self._state.catalog
        return path_to(catalog, node)[:-1] if catalog else ()

    def _open_only_children(self) -> None:
        """Open what has no choice to offer: a lone patient, and so on downwards, but not its images."""
        index = QModelIndex()
        while self.model.rowCount(index) == 1 and not self.model.can_fetch_after(index):
            index = self.model.index(0, 0, index)
            if self.model.node(index).level not in ("patient", "study") or self.view.isExpanded(index):
                return
            self.view.expand(index)

    def _ask_for_order(self, node: Node, question: Question) -> None:
        def take(ids: Sequence[int]) -> None:
            self.model.take_order(node, question, ids)
            self._open_again(self._to_open)
            self._follow_selection()

        self._ordering.run(Task("children", lambda _progress, _cancel: question(), done=take))

    def _fetch_in_view(self) -> None:
        """Announce more of every branch of which an end comes into view."""
        view = self.view
        bottom = view.viewport().height() + _ROWS_AHEAD * view.sizeHintForRow(0)
        index = view.indexAt(QPoint(0, 0))
        last = index
        with self._following():
            while index.isValid() and view.visualRect(index).top() < bottom:
                if index.row() == 0 and self.model.can_fetch_before(index.parent()):
                    self._fetch_before(index)
                    return
                self._fetch_behind(index)
                last = index
                index = view.indexBelow(index)
            while last.isValid():
                self._fetch_behind(last)
                last = last.parent()

    def _fetch_behind(self, index: QModelIndex) -> None:
        above = index.parent()
        if index.row() == self.model.rowCount(above) - 1 and self.model.can_fetch_after(above):
            self.model.fetch_after(above)
            self._reselect()

    def _fetch_before(self, index: QModelIndex) -> None:
        """Announce rows above one in view, which stays where it is."""
        anchor, top = QPersistentModelIndex(index), self.view.visualRect(index).top()
        self.model.fetch_before(index.parent())
        self._reselect()
        moved = self.view.visualRect(self.model.index(anchor.row(), 0, anchor.parent())).top() - top
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.value() + moved)

    def _reselect(self) -> None:
        """Select what of the selection has come back into the rows announced."""
        if len(self._state.selection) <= _MOST_RESELECTED:
            flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            for node in self._state.selection:
                index = self.model.known_index(node)
                if index.isValid():
                    self.view.selectionModel().select(index, flags)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._menu_actions)
        menu.popup(self.view.viewport().mapToGlobal(place))
