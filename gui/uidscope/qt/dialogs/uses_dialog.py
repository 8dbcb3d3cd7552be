"""Every element of every loaded file that holds a UID, by what it does there."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from uidscope.core.catalog.lookup import node_of_occurrence
from uidscope.core.catalog.tree import Node
from uidscope.core.catalog.uid_uses import UidUse, UidUses, uid_use_counts
from uidscope.core.report.uid_uses_text import uid_uses_text
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.finding_words import finding_words
from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.elided_label import ElidedLabel
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.models.uses_model import UsesColumn, UsesModel, uses_groups, uses_rows
from uidscope.qt.paged_tree_view import PagedTreeView
from uidscope.qt.panels.panel_pages import PanelPages
from uidscope.qt.screen_names import screen_names
from uidscope.qt.state import WorkState

_SIZE = (980, 560)
_WHAT_WIDTH, _FILE_WIDTH = 190, 220
_ROOM = 20
_FEW = 50  # rows that are opened at once


class UsesDialog(QDialog):
    """Stays beside the window and follows what is loaded. `go_to` carries the `Node` of a file chosen.

    A DICOMDIR stands nowhere in the tree: there is no way to it.
    """

    go_to = Signal(object)

    def __init__(self, state: WorkState, uid: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self.uid = state, uid
        self.setObjectName("usesDialog")
        self.setWindowTitle(self.tr("Uses of a UID"))
        self.setAccessibleName(self.tr("All uses of a UID"))
        self.resize(*_SIZE)
        self.model = UsesModel(self)
        self.view = PagedTreeView(self.model)
        self.view.setObjectName("usesView")
        self.view.setProperty("framed", True)
        self.view.setAccessibleName(self.tr("Elements that hold the UID"))
        self.counts = RunLabel()
        self.pages = PanelPages(self.view)
        self.failure = Remark()
        self.copy_button = PlainButton(self.tr("Copy list"), icon="copy")
        self.go_button = PlainButton(self.tr("Go to file"), ButtonKind.PRIMARY)
        self.close_button = PlainButton(self.tr("Close"))
        self._uses = BackgroundQuestion("uses of a UID", self)
        self._text = BackgroundQuestion("list of uses", self)
        self._size_columns()
        self._lay_out()
        self._connect()
        self._clear()
        self._ask()
        self.view.setFocus()

    # Parts

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("All uses of"), role=FontRole.TITLE))
        column.addWidget(ElidedLabel(self.uid, FontRole.MONO))
        column.addWidget(self.counts)
        column.addWidget(self.pages, 1)
        column.addWidget(self.failure)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.go_button)
        column.addLayout(buttons)

    def _size_columns(self) -> None:
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(UsesColumn.ELEMENT, QHeaderView.ResizeMode.Stretch)
        self.view.setColumnWidth(UsesColumn.WHAT, _WHAT_WIDTH)
        self.view.setColumnWidth(UsesColumn.FILE, _FILE_WIDTH)
        times = round(text_width(self.tr("Times"), FontRole.BODY)) + _ROOM
        self.view.setColumnWidth(
            UsesColumn.TIMES, max(times, round(text_width("000,000", FontRole.BODY)) + _ROOM)
        )

    def _connect(self) -> None:
        self._uses.answered.connect(self._show)
        self._uses.failed.connect(self.pages.say)
        self.view.failed.connect(self._tell)
        self.view.row_chosen.connect(self._go_to)
        self.view.selectionModel().currentChanged.connect(self._follow_current)
        self._text.answered.connect(self._copy)
        self._text.failed.connect(self._tell)
        self.copy_button.clicked.connect(self._ask_for_text)
        self.go_button.clicked.connect(lambda: self._go_to(self.model.row(self.view.currentIndex())))
        self.close_button.clicked.connect(self.reject)
        self._state.catalog_replaced.connect(self._clear)
        self._state.findings_changed.connect(self._ask)

    # What the state says

    def _clear(self) -> None:
        self._uses.drop()
        self._text.drop()
        self._show(None)

    def _ask(self) -> None:
        catalog, uid = self._state.catalog, self.uid
        if catalog is not None:
            self._uses.ask(lambda: uid_use_counts(catalog, uid))

    def _show(self, uses: UidUses | None) -> None:
        catalog = self._state.catalog
        groups = [] if uses is None else uses_groups(self.uid, uses)
        self.view.show_groups(
            groups, lambda about, offset, limit: uses_rows(catalog, about, offset, limit) if catalog else ()
        )
        self._tell("")
        self.copy_button.setEnabled(bool(groups))
        self.counts.set_words(self._counted(uses))
        if groups and uses is not None:
            self.pages.show_content()
            self._open_few(uses)
        elif uses is not None:
            self.pages.say(self.tr("No loaded file holds it."))
        else:
            self.pages.say(self.tr("Nothing is loaded.") if catalog is None else self.tr("Looking for it"))
        self._follow_current(self.view.currentIndex(), QModelIndex())

    def _open_few(self, uses: UidUses) -> None:
        """Open every kind where that is little to look at; else the first."""
        if self.view.open_keys():
            return
        for at in range(self.model.rowCount() if uses.rows <= _FEW else 1):
            self.view.expand(self.model.index(at, 0))

    def _counted(self, uses: UidUses | None) -> list[Words]:
        if uses is None:
            return [Words(" ")]
        elements, files = uses.total
        counted = self.tr("1 element") if elements == 1 else self.tr("%Ln elements", "", elements)
        return [
            Words(counted, FontRole.STRONG),
            Words(finding_words().files(files), tone=Tone.TEXT2, gap=16),
        ]

    def _tell(self, sentence: str) -> None:
        self.failure.say(sentence, Verdict.ERROR)

    # Going about

    def _follow_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        use = self.model.row(current)
        self.go_button.setEnabled(use is not None and self._node(use) is not None)

    def _node(self, use: UidUse) -> Node | None:
        catalog = self._state.catalog
        return node_of_occurrence(catalog, use.occurrence_id) if catalog is not None else None

    def _go_to(self, use: UidUse | None) -> None:
        node = self._node(use) if use is not None else None
        if node is not None:
            self.go_to.emit(node)

    def _ask_for_text(self) -> None:
        catalog, uid = self._state.catalog, self.uid
        if catalog is not None:
            file_name = screen_names().file
            self._text.ask(lambda: uid_uses_text(catalog, uid, file_name))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
