"""UIDs out of an error log, a mail or a table: which of them are loaded, and where."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QPlainTextEdit, QVBoxLayout, QWidget

from uidscope.core.catalog.pasted_uids import PastedUids, find_pasted
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import FontRole, font
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.models.pasted_model import PastedColumn, PastedModel
from uidscope.qt.state import WorkState

_SIZE = (760, 620)
_PAUSE = 150  # milliseconds between the last key and the look-up
_TEXT_SHARE, _LIST_SHARE = 1, 1
_UID_WIDTH, _WHERE_WIDTH = 290, 220


class PasteUidsDialog(QDialog):
    """Looks up whatever stands in its field; accepted, the places found are selected in the tree."""

    def __init__(self, state: WorkState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._pasted: PastedUids | None = None
        self.setObjectName("pasteUidsDialog")
        self.setWindowTitle(self.tr("Paste UIDs"))
        self.setAccessibleName(self.tr("Find pasted UIDs"))
        self.resize(*_SIZE)
        self.text_edit = QPlainTextEdit()
        self.text_edit.setAccessibleName(self.tr("Text with UIDs"))
        self.text_edit.setPlaceholderText(self.tr("An error log, a mail, a column of a table"))
        self.text_edit.setTabChangesFocus(True)
        self.text_edit.setFont(font(FontRole.MONO))
        self.counts = RunLabel()
        self.failure = Remark()
        self.model = PastedModel(self)
        self.view = self._make_view()
        self.copy_button = PlainButton(self.tr("Copy those not found"), icon="copy")
        self.cancel_button = PlainButton(self.tr("Cancel"))
        self.select_button = PlainButton("", ButtonKind.PRIMARY)
        self.select_button.setDefault(True)
        self._question = BackgroundQuestion("pasted UIDs", self)
        self._due = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._connect()
        self._show(None)
        self.text_edit.setPlainText(QGuiApplication.clipboard().text())
        self.text_edit.setFocus()

    def accept(self) -> None:
        """Select what was found, and close."""
        if self._pasted is not None and self._pasted.nodes:
            self._state.select(self._pasted.nodes)
            super().accept()

    # Parts

    def _make_view(self) -> RowTreeView:
        view = RowTreeView(flat=True)
        view.setAccessibleName(self.tr("UIDs that were not found"))
        view.setProperty("framed", True)
        view.setModel(self.model)
        view.header().setStretchLastSection(True)
        view.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.setColumnWidth(PastedColumn.UID, _UID_WIDTH)
        view.setColumnWidth(PastedColumn.WHERE, _WHERE_WIDTH)
        return view

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("Which of these are loaded?"), role=FontRole.TITLE))
        about = self.tr("Spaces, quotes and line numbers do not matter; what is no UID is passed over.")
        column.addWidget(PlainLabel(about, tone=Tone.TEXT2, wraps=True))
        column.addWidget(self.text_edit, _TEXT_SHARE)
        column.addWidget(self.counts)
        column.addWidget(self.failure)
        column.addWidget(self.view, _LIST_SHARE)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.select_button)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.text_edit.textChanged.connect(self._await)
        self._due.timeout.connect(self._ask)
        self._question.answered.connect(self._show)
        self._question.failed.connect(lambda sentence: self.failure.say(sentence, Verdict.ERROR))
        self.copy_button.clicked.connect(self._copy)
        self.cancel_button.clicked.connect(self.reject)
        self.select_button.clicked.connect(self.accept)

    # Looking up

    def _await(self) -> None:
        """What was found before no longer fits the text."""
        self._question.drop()
        self._pasted = None
        self.select_button.setEnabled(False)
        self._due.start()

    def _ask(self) -> None:
        catalog, text = self._state.catalog, self.text_edit.toPlainText()
        if catalog is not None:
            self._question.ask(lambda: find_pasted(catalog, text))

    def _show(self, pasted: PastedUids | None) -> None:
        self._pasted = pasted
        self.failure.say("")
        self.model.set_pasted(pasted)
        self.counts.set_words(self._counted(pasted))
        places = len(pasted.nodes) if pasted is not None else 0
        self.select_button.set_text(
            self.tr("Select 1 in the tree")
            if places == 1
            else self.tr("Select %Ln in the tree", "", places)
            if places
            else self.tr("Select in the tree")
        )
        self.select_button.setEnabled(places > 0)
        self.copy_button.setEnabled(bool(self.model.uids))

    def _counted(self, pasted: PastedUids | None) -> list[Words]:
        if pasted is None:
            return [Words(self.tr("No UID yet"), tone=Tone.TEXT2)]
        missing = (*pasted.mentioned, *pasted.registered, *pasted.not_found)
        faulty = sum(bool(each.faults) for each in (*(each.pasted for each in pasted.found), *missing))
        words = [
            Words(self.tr("%Ln found", "", len(pasted.found)), FontRole.STRONG),
            Words(self.tr("%Ln not found", "", len(missing)), gap=16),
        ]
        if faulty:
            words.append(Words(self.tr("%Ln faulty", "", faulty), verdict=Verdict.ERROR, gap=16))
        return words

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self.model.uids))
