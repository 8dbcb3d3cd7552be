"""What the user ignores, with its reasons, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from uidscope.core.catalog.rule_settings import IgnoredCount, ignored_counts
from uidscope.core.judge.rule_book import rule as rule_of
from uidscope.core.report.citation import short_citation
from uidscope.core.report.words import rule_words
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.finding_words import finding_words
from uidscope.qt.ignored_model import IgnoredColumn, IgnoredModel
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.panels.finding_detail import Detail, DetailFact, FindingDetail
from uidscope.qt.panels.panel_pages import PanelPages
from uidscope.qt.state import WorkState

_LIST_SHARE, _DETAIL_SHARE = 61, 39
_LEAST_DETAIL = 320
_REASON_WIDTH = 260
_ROOM = 20


class IgnoredView(QWidget):
    """Follows the state. `counted` says how many are ignored, `show_again` carries a rule and a reason."""

    counted = Signal(int)
    show_again = Signal(str, str)

    def __init__(self, state: WorkState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.model = IgnoredModel(self)
        self.view = RowTreeView(flat=True)
        self.view.setObjectName("ignoredView")
        self.view.setAccessibleName(self.tr("Ignored findings"))
        self.view.setModel(self.model)
        self.detail = FindingDetail()
        self.detail.setMinimumWidth(_LEAST_DETAIL)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.view, _LIST_SHARE)
        row.addWidget(self.detail, _DETAIL_SHARE)
        self.pages = PanelPages(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self._size_columns()
        self._question = BackgroundQuestion("ignored findings", self)
        self._question.answered.connect(self._show)
        self._question.failed.connect(self.pages.say)
        self.view.selectionModel().currentChanged.connect(self._show_detail)
        self.detail.go_to.connect(self._show_again)
        state.catalog_replaced.connect(self._clear)
        state.findings_changed.connect(self._ask)
        self._clear()

    def _clear(self) -> None:
        self._question.drop()
        self._show([])

    def _ask(self) -> None:
        catalog = self._state.catalog
        if catalog is not None:
            self._question.ask(lambda: ignored_counts(catalog))

    def _show(self, rows: list[IgnoredCount]) -> None:
        self.model.set_rows(rows)
        self.detail.set_detail(None)
        if rows:
            self.pages.show_content()
            self.view.setCurrentIndex(self.model.index(0, 0))
        else:
            self.pages.say(self.tr("Nothing is ignored."))
        self.counted.emit(sum(row.findings for row in rows))

    def _show_detail(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self.model.ignored(current)
        if row is None:
            self.detail.set_detail(None)
            return
        citation = short_citation(rule_of(row.rule).citation)
        title, again = rule_words(row.rule).title, self.tr("Show again")
        self.detail.set_detail(Detail(title, citation, row.reason, again, can_copy=False))
        self.detail.set_facts([DetailFact(self.tr("Ignored"), finding_words().findings(row.findings))])

    def _show_again(self) -> None:
        row = self.model.ignored(self.view.currentIndex())
        if row is not None and not self._state.busy:
            self.show_again.emit(row.rule, row.reason)

    def _size_columns(self) -> None:
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(IgnoredColumn.FINDING, QHeaderView.ResizeMode.Stretch)
        self.view.setColumnWidth(IgnoredColumn.REASON, _REASON_WIDTH)
        findings = round(text_width(self.tr("Findings"), FontRole.BODY)) + _ROOM
        self.view.setColumnWidth(IgnoredColumn.FINDINGS, findings)
        self.view.setColumnWidth(IgnoredColumn.RULE, round(text_width("UID-S00", FontRole.MONO)) + _ROOM)
