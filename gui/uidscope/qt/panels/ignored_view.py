"""What the user ignores: every finding by rule and reason, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from uidscope.core.catalog.finding_groups import subject_nodes
from uidscope.core.catalog.tree import InstanceRow
from uidscope.core.judge.rule_table import rule as rule_of
from uidscope.core.report.citation import short_citation
from uidscope.core.report.words import message, rule_words
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.finding_words import finding_words
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.list_beside_detail import ListBesideDetail
from uidscope.qt.models.ignored_model import (
    IgnoredColumn,
    IgnoredGroup,
    IgnoredModel,
    IgnoredRow,
    ignored_groups,
    ignored_rows,
)
from uidscope.qt.models.paged_groups_model import Group
from uidscope.qt.paged_tree_view import PagedTreeView
from uidscope.qt.panels.finding_detail import Detail, DetailFact, FindingDetail
from uidscope.qt.panels.panel_pages import PanelPages
from uidscope.qt.screen_names import screen_names
from uidscope.qt.state import WorkState
from uidscope.qt.tree.entity_names import entity_icon

_LIST_SHARE, _DETAIL_SHARE = 68, 32
_LEAST_DETAIL = 320
_LEAST_NAME, _LEAST_REASON, _LEAST_UID = 180, 140, 120
_ROOM = 20


class IgnoredView(QWidget):
    """Follows the state. `counted` says how many are ignored, `show_again` carries a rule and a reason."""

    counted = Signal(int)
    show_again = Signal(str, str)

    def __init__(self, state: WorkState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setAccessibleName(self.tr("What is ignored"))
        self.model = IgnoredModel(self)
        self.view = PagedTreeView(self.model)
        self.view.setObjectName("ignoredView")
        self.view.setAccessibleName(self.tr("Ignored findings"))
        self.detail = FindingDetail()
        self.detail.setMinimumWidth(_LEAST_DETAIL)
        self.pages = PanelPages(ListBesideDetail(self.view, self.detail))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.setFocusProxy(self.view)
        self.view.header().setStretchLastSection(False)
        self._question = BackgroundQuestion("ignored findings", self)
        self._connect()
        self._size_columns()
        self._clear()

    def _connect(self) -> None:
        self._question.answered.connect(self._show)
        self._question.failed.connect(self.pages.say)
        self.view.failed.connect(self.pages.say)
        self.view.row_chosen.connect(self._go_to)
        self.view.selectionModel().currentChanged.connect(self._show_detail)
        self.view.viewport().installEventFilter(self)
        self.detail.go_to.connect(self._act)
        self.detail.show_again.connect(self._show_again)
        self._state.catalog_replaced.connect(self._clear)
        self._state.findings_changed.connect(self._ask)

    def _clear(self) -> None:
        self._question.drop()
        self._show([])

    def _ask(self) -> None:
        catalog = self._state.catalog
        if catalog is not None:
            self._question.ask(lambda: ignored_groups(catalog))

    def _show(self, groups: list[Group]) -> None:
        catalog = self._state.catalog
        self.detail.set_detail(None)
        self.view.show_groups(
            groups,
            lambda about, offset, limit: ignored_rows(catalog, about, offset, limit) if catalog else (),
        )
        if groups:
            self.pages.show_content()
        else:
            self.pages.say(self.tr("Nothing is ignored."))
        self.counted.emit(sum(group.about.ignored.findings for group in groups))

    # What is at hand

    def _show_detail(self, current: QModelIndex, _before: QModelIndex) -> None:
        group, row = self.model.group(current), self.model.row(current)
        if group is None:
            self.detail.set_detail(None)
        elif row is None:
            self._show_group(group.about)
        else:
            self._show_finding(row)

    def _show_group(self, about: IgnoredGroup) -> None:
        rule, reason, findings = about.ignored
        citation = short_citation(rule_of(rule).citation)
        again = self.tr("Show again")
        self.detail.set_detail(Detail(rule_words(rule).title, citation, reason, again, can_copy=False))
        facts = (
            DetailFact(self.tr("Ignored"), finding_words().findings(findings)),
            DetailFact(self.tr("Since"), about.since),
        )
        self.detail.set_facts([fact for fact in facts if fact.value])

    def _show_finding(self, row: IgnoredRow) -> None:
        kept, place = row.ignored.finding, row.found.path[-1] if row.found.path else None
        is_image = isinstance(place, InstanceRow) and entity_icon(place) == "image"
        self.detail.set_detail(
            Detail(
                rule_words(kept.rule).title,
                short_citation(rule_of(kept.rule).citation),
                message(screen_names().finding(kept)),
                finding_words().go_to(place.node.level if place else None, is_image=is_image),
                can_go=place is not None,
                can_copy=False,
                can_show_again=True,
            )
        )
        facts = (
            DetailFact(self.tr("Ignored because"), row.ignored.reason),
            DetailFact(self.tr("Since"), row.ignored.since),
        )
        self.detail.set_facts([fact for fact in facts if fact.value])

    def _act(self) -> None:
        """What the button says: a finding's place, or a whole group again."""
        row = self.model.row(self.view.currentIndex())
        if row is None:
            self._show_again()
        else:
            self._go_to(row)

    def _go_to(self, row: IgnoredRow) -> None:
        catalog = self._state.catalog
        nodes = subject_nodes(catalog, row.ignored.finding) if catalog is not None else ()
        if nodes:
            self._state.select(nodes)

    def _show_again(self) -> None:
        """All that is ignored of this rule for this reason: so it was said."""
        group = self.model.group(self.view.currentIndex())
        if group is not None and not self._state.busy:
            rule, reason, _ = group.about.ignored
            self.show_again.emit(rule, reason)

    # Columns

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the room of the list among its columns whenever it changes."""
        if event.type() == QEvent.Type.Resize:
            self._size_columns()
        return super().eventFilter(watched, event)

    def _size_columns(self) -> None:
        fixed = {
            IgnoredColumn.FINDINGS: _room(self.tr("Findings"), FontRole.BODY),
            IgnoredColumn.FILES: _room(self.tr("Files"), FontRole.BODY),
            IgnoredColumn.SINCE: _room("0000-00-00", FontRole.BODY),
            IgnoredColumn.RULE: _room("UID-S00", FontRole.MONO),
        }
        spare = self.view.viewport().width() - sum(fixed.values())
        spare = max(0, spare - _LEAST_NAME - _LEAST_REASON - _LEAST_UID)
        fixed[IgnoredColumn.FINDING] = _LEAST_NAME + round(spare * 0.35)
        fixed[IgnoredColumn.REASON] = _LEAST_REASON + round(spare * 0.35)
        fixed[IgnoredColumn.UID] = _LEAST_UID + round(spare * 0.3)
        for column, width in fixed.items():
            self.view.setColumnWidth(column, width)


def _room(text: str, role: FontRole) -> int:
    return round(text_width(text, role)) + _ROOM
