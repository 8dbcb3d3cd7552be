"""The list of the plan: rows are switched with the space bar, and a new UID is typed in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyleOptionViewItem, QWidget

from uidscope.qt.kit.cell_delegate import CellDelegate
from uidscope.qt.kit.font_roles import FontRole, font
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.planning.plan_cells import PlanColumn

Index = QModelIndex | QPersistentModelIndex


class NewUidDelegate(CellDelegate):
    """Lets a new UID be typed where it stands.

    `objection_to` says what speaks against a text in a row, empty where nothing does: such a one is taken by
    Enter, another is not. `checked` carries the sentence while one types, `ended` says that nobody does.
    """

    checked = Signal(str, bool)
    ended = Signal()

    def __init__(self, objection_to: Callable[[Index, str], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._objection_to = objection_to
        self._objection = ""
        self.closeEditor.connect(lambda _editor, _hint: self.ended.emit())

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("newUidEdit")
        editor.setAccessibleName(self.tr("New UID"))
        editor.setFont(font(FontRole.MONO))
        kept = QPersistentModelIndex(index)
        editor.textChanged.connect(lambda text: self._check(editor, kept, text))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()
            # What stands there already may stand there.
            self._objection = ""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit) and not self._objection:
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        place = option.rect
        height = max(place.height(), editor.sizeHint().height())
        place.setTop(place.center().y() - height // 2 + 1)
        place.setHeight(height)
        editor.setGeometry(place)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Keep an editor open whose text may not stand, but for Escape and where the focus goes away."""
        is_enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.type() == QEvent.Type.KeyPress and self._objection:
            return True
        return super().eventFilter(editor, event)

    def _check(self, editor: QLineEdit, index: QPersistentModelIndex, text: str) -> None:
        if text == index.data(Qt.ItemDataRole.EditRole):
            self._objection = ""
        else:
            self._objection = self._objection_to(index, text)
        said = self._objection or self.tr("Enter takes this UID; Escape leaves the one before.")
        editor.setAccessibleDescription(said)
        self.checked.emit(said, not self._objection)


class PlanView(RowTreeView):
    """Space switches the row or the group at hand; F2 or a double click types a new UID."""

    def __init__(self, objection_to: Callable[[Index, str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delegate = NewUidDelegate(objection_to, self)
        self.setItemDelegate(self.delegate)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_F2 and not event.modifiers():
            self.type_new_uid()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers() and current.isValid():
            self._switch(current.siblingAtColumn(PlanColumn.LEVEL))
        else:
            super().keyPressEvent(event)

    def type_new_uid(self) -> None:
        """Let the new UID of the row at hand be typed, where that may be."""
        index = self.currentIndex().siblingAtColumn(PlanColumn.NEW)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.edit(index)

    def _switch(self, index: QModelIndex) -> None:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is not None:
            on = Qt.CheckState(state) != Qt.CheckState.Checked
            turned = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            self.model().setData(index, turned, Qt.ItemDataRole.CheckStateRole)
