"""A page of help to search and read beside the work: the guide, the rule book, the beliefs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from uidscope.core.report.help_page import Entry, HelpPage, Passage, Picture
from uidscope.core.uid.resource_files import resource_root
from uidscope.qt.dialogs.picture_dialog import PictureDialog
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.clear_button import add_clear_button
from uidscope.qt.kit.fitted_picture import FittedPicture
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.layout_clearing import clear_layout
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.kit.upright_area import upright_area
from uidscope.qt.kit.visible_text import plain_tool_tip
from uidscope.qt.models.help_model import HelpModel

_SIZE = (960, 640)
_LIST_SHARE, _TEXT_SHARE = 45, 55


class HelpDialog(QDialog):
    """Lists the entries of a page beside the one at hand. The work goes on meanwhile.

    Everything is shown as plain text, so there is nothing in it that could act or be fetched.
    """

    def __init__(self, page: HelpPage, anchor: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("helpDialog")
        self.setWindowTitle(page.title)
        self.setAccessibleName(page.title)
        self.setModal(False)
        self.resize(*_SIZE)
        self.search_edit = QLineEdit()
        self.search_edit.setPlaceholderText(self.tr("Search"))
        self.search_edit.setAccessibleName(self.tr("Search this page"))
        add_clear_button(self.search_edit, self.tr("Clear the search"))
        self.model = HelpModel(page, self)
        self.view = RowTreeView(flat=True)
        self.view.setAccessibleName(self.tr("Contents"))
        self.view.setHeaderHidden(True)
        self.view.setModel(self.model)
        self._about = PlainLabel("\n\n".join(page.about), tone=Tone.TEXT2, wraps=True)
        self._text = QVBoxLayout()
        self._text.setContentsMargins(24, 20, 24, 20)
        self._text.setSpacing(4)
        self._lay_out()
        self.search_edit.textChanged.connect(self._search)
        self.view.selectionModel().currentChanged.connect(self._read)
        self.show_entry(anchor)
        self.search_edit.setFocus()

    def show_entry(self, anchor: str) -> None:
        """Show the entry of this anchor, whatever is searched for; the first where there is none."""
        if self.search_edit.text():
            self.search_edit.clear()
        self._go_to(anchor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads from the search to what was found."""
        if event.key() == Qt.Key.Key_Down and self.search_edit.hasFocus():
            self.view.setFocus()
            return
        super().keyPressEvent(event)

    # Parts

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 16, 0, 0)
        whole.setSpacing(12)
        head = QVBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.setSpacing(12)
        head.addWidget(self._about)
        head.addWidget(self.search_edit)
        whole.addLayout(head)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.view, _LIST_SHARE)
        body.addWidget(self._text_area(), _TEXT_SHARE)
        whole.addLayout(body, 1)

    def _text_area(self) -> QScrollArea:
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._text)
        column.addStretch(1)
        area = upright_area(page)
        area.setAccessibleName(self.tr("Text"))
        return area

    # What is read

    def _search(self, words: str) -> None:
        before = self.model.entry(self.view.currentIndex())
        self.model.search(words)
        self._go_to(before.anchor if before is not None else "")

    def _go_to(self, anchor: str) -> None:
        index = self.model.index_of(anchor)
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)
        else:
            self._read(index, index)

    def _read(self, current: QModelIndex, _before: QModelIndex) -> None:
        clear_layout(self._text)
        entry = self.model.entry(current)
        if entry is not None:
            self._show(entry)
        elif not current.isValid():
            self._text.addWidget(PlainLabel(self.tr("Nothing here holds these words."), tone=Tone.TEXT2))

    def _show(self, entry: Entry) -> None:
        self._text.addWidget(_readable(entry.title, FontRole.TITLE))
        self._say(entry.passages)
        fitted = self._picture(entry.picture) if entry.picture is not None else None
        if fitted is not None:
            self._text.addSpacing(12)
            self._text.addWidget(fitted)
        for number, step in enumerate(entry.steps, 1):
            self._text.addSpacing(8)
            self._text.addWidget(_readable(f"{number}. {step}", FontRole.BODY))
        self._say(entry.closing)
        if entry.command is not None:
            self._say((entry.command,), FontRole.MONO)

    def _picture(self, picture: Picture) -> FittedPicture | None:
        """The picture, None where it cannot be read."""
        fitted = FittedPicture(str(resource_root() / picture.path), picture.shows)
        if fitted.picture.isNull():
            return None
        fitted.setToolTip(plain_tool_tip(self.tr("Show it in its full size")))
        fitted.clicked.connect(lambda: self._enlarge(fitted))
        return fitted

    def _enlarge(self, fitted: FittedPicture) -> None:
        dialog = PictureDialog(fitted.picture, fitted.accessibleName(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _say(self, passages: Sequence[Passage], role: FontRole = FontRole.BODY) -> None:
        for passage in passages:
            self._text.addSpacing(8)
            if passage.label:
                self._text.addWidget(PlainLabel(passage.label, role=FontRole.SMALL, tone=Tone.TEXT2))
            self._text.addWidget(_readable(passage.text, role))


def _readable(text: str, role: FontRole) -> PlainLabel:
    return PlainLabel(text, role=role, wraps=True, selectable=True)
