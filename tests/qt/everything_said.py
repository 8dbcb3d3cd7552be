"""Every text that a window gives to eyes, to ears and to the pointer, with where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_FLAT = (QAbstractListModel, QAbstractTableModel)
_MOST_ROWS = 4000


def said_in(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Where and what: of a widget, of all in it, shown or not, of its lists and of its actions."""
    for part in (widget, *widget.findChildren(QWidget)):
        name = f"{type(part).__name__} {part.objectName()}".rstrip()
        for where, text in _texts(part):
            if text:
                yield f"{name}, {where}", text
    for action in widget.findChildren(QAction):
        yield f"action {action.objectName()}", f"{action.text()} {action.toolTip()}"


def parts_of(widget: QWidget) -> int:
    """How many widgets that is."""
    return 1 + len(widget.findChildren(QWidget))


def _texts(part: QWidget) -> Iterator[tuple[str, str]]:
    yield "title", part.windowTitle()
    yield "accessible name", part.accessibleName()
    yield "accessible description", part.accessibleDescription()
    yield "tool tip", part.toolTip()
    yield "status tip", part.statusTip()
    yield "what is this", part.whatsThis()
    match part:
        case QLabel() | QAbstractButton():
            yield "text", part.text()
        case QLineEdit():
            yield "text", part.text()
            yield "placeholder", part.placeholderText()
        case QTextEdit():
            yield "text", part.toPlainText()
            yield "HTML", part.toHtml()
        case QPlainTextEdit():
            yield "text", part.toPlainText()
        case QComboBox():
            for place in range(part.count()):
                yield "choice", part.itemText(place)
        case QTabBar():
            for place in range(part.count()):
                yield "tab", f"{part.tabText(place)} {part.tabToolTip(place)}"
        case QAbstractItemView() if part.model() is not None:
            yield from _rows(part.model())


def _rows(model: QAbstractItemModel) -> Iterator[tuple[str, str]]:
    """Every row of a model, opened as far as it goes."""
    waiting, seen = [QModelIndex()], 0
    while waiting and seen < _MOST_ROWS:
        parent = waiting.pop()
        while model.canFetchMore(parent) and model.rowCount(parent) < _MOST_ROWS:
            model.fetchMore(parent)
        for row in range(model.rowCount(parent)):
            seen += 1
            first = model.index(row, 0, parent)
            if not isinstance(model, _FLAT) and model.hasChildren(first):
                waiting.append(first)
            columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
            for column in range(columns):
                index = model.index(row, column, parent)
                for role in _ROLES:
                    text = index.data(role)
                    if isinstance(text, str):
                        yield f"row {row}, column {column}, {role.name}", text
