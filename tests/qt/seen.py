"""What somebody before the window sees and hears of it, in words."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QTreeView, QWidget

from uidscope.qt.kit.run_label import RunLabel

_FLAT = (QAbstractListModel, QAbstractTableModel)
_READ = (QLabel, QAbstractButton, RunLabel)


def words_in(widget: QWidget) -> str:
    """Every label and button that is shown in a widget, a line each."""
    said = []
    for part in widget.findChildren(QWidget):
        if part.isVisible() and isinstance(part, _READ):
            text = part.accessibleName() if isinstance(part, RunLabel) else part.text()
            said.append(text or part.accessibleName())
    return "\n".join(said)


def rows_in(view: QAbstractItemView) -> list[str]:
    """Each row of a list or tree as it stands open, the texts of its shown columns joined by a bar."""
    return [_row_text(view, index) for index in _rows(view, QModelIndex())]


def heard_in(view: QAbstractItemView) -> list[str]:
    """What a screen reader says of each row's first column."""
    return [str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "") for index in _rows(view, QModelIndex())]


def open_all(view: QTreeView, parent: QModelIndex = QModelIndex()) -> None:  # noqa: B008
    """Open every row of a tree, as by the key for it."""
    model = view.model()
    while model.canFetchMore(parent):
        model.fetchMore(parent)
    for place in range(model.rowCount(parent)):
        index = model.index(place, 0, parent)
        if not isinstance(model, _FLAT) and model.hasChildren(index):
            view.expand(index)
            open_all(view, index)


def view_of(model_class: type, widget: QWidget) -> QAbstractItemView | None:
    """The list or tree that shows a model of this very class somewhere in a widget."""
    views = widget.findChildren(QAbstractItemView)
    return next((view for view in views if type(view.model()) is model_class), None)


def _rows(view: QAbstractItemView, parent: QModelIndex) -> list[QModelIndex]:
    model = view.model()
    found = []
    for place in range(model.rowCount(parent)):
        index = model.index(place, 0, parent)
        found.append(index)
        if isinstance(view, QTreeView) and view.isExpanded(index):
            found += _rows(view, index)
    return found


def _row_text(view: QAbstractItemView, index: QModelIndex) -> str:
    columns = range(view.model().columnCount(index.parent()))
    shown = [
        column for column in columns if not (isinstance(view, QTreeView) and view.isColumnHidden(column))
    ]
    return " | ".join(str(index.siblingAtColumn(column).data() or "") for column in shown)
