"""The head of the tree: its columns share the room, and the user chooses among them."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeView

from uidscope.qt.kit.theme import is_new_look
from uidscope.qt.tree.hierarchy_columns import (
    ALWAYS_SHOWN,
    Column,
    ColumnChoice,
    column_title,
    column_widths,
    shown_columns,
)


class HierarchyHeader(QObject):
    """Lays the columns of `view` out anew whenever its width, the look or the choice changes."""

    choice_changed = Signal()

    def __init__(self, view: QTreeView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._choice = ColumnChoice()
        self._with_new_uids = False
        self._is_laying_out = False
        header = view.header()
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
