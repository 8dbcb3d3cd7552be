"""The references of an export that lead to nothing written, one by one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from uidscope.core.export.figures import figures
from uidscope.core.export.request import ExportResult
from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.models.unresolved_model import UnresolvedColumn, UnresolvedModel
from uidscope.qt.planning.export_words import export_words

_SIZE = (920, 480)
_FILE_WIDTH, _PATH_WIDTH, _STATE_WIDTH = 170, 300, 120


class UnresolvedDialog(QDialog):
    """Lists what the dry run, or the export, has counted; their UIDs can be copied."""

    def __init__(self, result: ExportResult, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result = result
        self.setObjectName("unresolvedDialog")
        self.setWindowTitle(self.tr("Unresolved references"))
        self.setAccessibleName(self.tr("References that lead outside the export"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self.model = UnresolvedModel(result.unresolved, self)
        self.view = self._make_view()
        self.copy_button = PlainButton(self.tr("Copy UIDs"), icon="copy")
        self.close_button = PlainButton(self.tr("Close"), ButtonKind.PRIMARY)
        self.close_button.setDefault(True)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.accept)
        self._lay_out()
        self.view.setFocus()

    def _make_view(self) -> RowTreeView:
        view = RowTreeView(flat=True)
        view.setObjectName("unresolvedView")
        view.setAccessibleName(self.tr("Unresolved references"))
        view.setModel(self.model)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(UnresolvedColumn.UID, QHeaderView.ResizeMode.Stretch)
        view.setColumnWidth(UnresolvedColumn.FILE, _FILE_WIDTH)
        view.setColumnWidth(UnresolvedColumn.PATH, _PATH_WIDTH)
        view.setColumnWidth(UnresolvedColumn.STATE, _STATE_WIDTH)
        view.setCurrentIndex(self.model.index(0, 0))
        return view

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        numbers = figures(self._result)
        count = numbers.unresolved_after
        column.addWidget(PlainLabel(export_words().unresolved(count), role=FontRole.TITLE, wraps=True))
        about = export_words().about_unresolved(numbers)
        if sum(each.times for each in self._result.unresolved) < count:
            first = self.tr("The first %1 are listed.").replace("%1", number_text(self.model.rowCount()))
            about = f"{about} {first}".strip()
        if about:
            column.addWidget(PlainLabel(about, tone=Tone.TEXT2, wraps=True))
        column.addWidget(self.view, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column.addLayout(buttons)

    def _copy(self) -> None:
        uids = dict.fromkeys(each.uid for each in self._result.unresolved)
        QGuiApplication.clipboard().setText("\n".join(uids))
