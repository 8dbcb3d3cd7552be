"""The head of the tree: its columns share the room, and the user chooses among them and orders by them."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeView, QWidget

from uidscope.core.catalog.tree_order import Order, SortKey
from uidscope.qt.kit.theme import is_new_look
from uidscope.qt.tree.hierarchy_columns import (
    ALWAYS_SHOWN,
    SORT_KEYS,
    Column,
    ColumnChoice,
    column_title,
    column_widths,
    shown_columns,
)


class HierarchyHeader(QObject):
    """Lays the columns of `view` out anew whenever its width, the look or the choice changes.

    `order_chosen` carries the order that the user wants, None for the natural one. A click orders by a
    column, the next one the other way round, the third no more.
    """

    choice_changed = Signal()
    order_chosen = Signal(object)  # Order | None

    def __init__(self, view: QTreeView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._choice = ColumnChoice()
        self._with_new_uids = False
        self._is_laying_out = False
        self._order: Order | None = None
        header = view.header()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._order_by_click)
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_chooser)
        header.sectionResized.connect(self._take_width)
        view.viewport().installEventFilter(self)
        self.lay_out()

    @property
    def choice(self) -> ColumnChoice:
        """What the user chose."""
        return self._choice

    def set_choice(self, choice: ColumnChoice) -> None:
        """Take a choice made before."""
        self._choice = choice
        self.lay_out()

    def set_with_new_uids(self, with_new_uids: bool) -> None:
        """Say whether the plan has rows."""
        if with_new_uids != self._with_new_uids:
            self._with_new_uids = with_new_uids
            self.lay_out()

    def chooser(self) -> QMenu:
        """A menu that shows and hides the columns."""
        menu = QMenu(self._view)
        for column in Column:
            if column not in ALWAYS_SHOWN:
                action = menu.addAction(column_title(column))
                action.setCheckable(True)
                action.setChecked(not self._view.isColumnHidden(column))
                action.triggered.connect(lambda checked, column=column: self._choose(column, checked))
        menu.addSeparator()
        menu.addAction(self.tr("Reset columns")).triggered.connect(self._forget_choice)
        return menu

    def order_menu(self, parent: QWidget) -> QMenu:
        """A menu that orders the tree by a column, one way or the other."""
        menu = QMenu(self.tr("&Sort by"), parent)
        columns = QActionGroup(menu)
        natural = menu.addAction(self.tr("Natural order"))
        natural.triggered.connect(lambda: self.choose_order(None))
        columns.addAction(natural)
        by_key: dict[SortKey | None, QAction] = {None: natural}
        for column, key in SORT_KEYS.items():
            action = by_key[key] = menu.addAction(column_title(column))
            action.triggered.connect(lambda _checked, key=key: self.choose_order(Order(key)))
            columns.addAction(action)
        menu.addSeparator()
        reverse = menu.addAction(self.tr("Reverse order"))
        reverse.triggered.connect(self._reverse)
        for action in (*by_key.values(), reverse):
            action.setCheckable(True)

        def follow() -> None:
            by_key[self._order.key if self._order else None].setChecked(True)
            reverse.setEnabled(self._order is not None)
            reverse.setChecked(self._order is not None and self._order.descending)

        follow()
        self.order_chosen.connect(follow)
        return menu

    def choose_order(self, order: Order | None) -> None:
        """Order the tree, and show on the head by what."""
        self._order = order
        header = self._view.header()
        header.setSortIndicatorShown(order is not None)
        if order is not None:
            column = next(column for column, key in SORT_KEYS.items() if key == order.key)
            down = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(column, down)
        self.order_chosen.emit(order)

    def _order_by_click(self, section: int) -> None:
        key = SORT_KEYS.get(Column(section))
        if key is None:
            return
        if self._order is None or self._order.key != key:
            self.choose_order(Order(key))
        elif not self._order.descending:
            self.choose_order(Order(key, descending=True))
        else:
            self.choose_order(None)

    def _reverse(self) -> None:
        if self._order is not None:
            self.choose_order(self._order._replace(descending=not self._order.descending))

    def lay_out(self) -> None:
        """Give each column its place and width."""
        room = self._view.viewport().width()
        shown = shown_columns(room, self._choice, with_new_uids=self._with_new_uids)
        self._is_laying_out = True
        try:
            for column in Column:
                self._view.setColumnHidden(column, column not in shown)
            for column, width in column_widths(room, shown, self._choice).items():
                self._view.setColumnWidth(column, width)
        finally:
            self._is_laying_out = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize or is_new_look(event):
            self.lay_out()
        return super().eventFilter(watched, event)

    def _take_width(self, section: int, _old: int, new: int) -> None:
        if not self._is_laying_out and new > 0:
            self._choice.widths[Column(section)] = new
            self.choice_changed.emit()

    def _choose(self, column: Column, shown: bool) -> None:
        self._choice.shown[column] = shown
        self.lay_out()
        self.choice_changed.emit()

    def _forget_choice(self) -> None:
        self.set_choice(ColumnChoice())
        self.choice_changed.emit()

    def _show_chooser(self, place: QPoint) -> None:
        menu = self.chooser()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._view.header().mapToGlobal(place))
