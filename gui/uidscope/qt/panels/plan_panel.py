"""The plan: which UID becomes which, why, and what changes in each file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from uidscope.core.catalog.lookup import node_of_occurrence, nodes_with_uid
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.errors import UidscopeError
from uidscope.core.plan.edits.following import count_following
from uidscope.core.plan.entry import MapEntry, RowKey
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.told.file_preview import file_of_entry
from uidscope.core.plan.told.notes import sentence
from uidscope.core.plan.told.outside_referrers import OutsideReferrers, outside_referrers
from uidscope.core.plan.told.why_included import why_included
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import CancelToken
from uidscope.qt.kit.buttons import ButtonSize, PlainButton
from uidscope.qt.kit.capped_area import CappedArea
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.dock_title import DockTitle
from uidscope.qt.kit.elide import elide_right
from uidscope.qt.kit.empty_state import PanelHint
from uidscope.qt.kit.font_roles import FontRole, measure, text_width
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.kit.visible_text import plain_tool_tip, visible_text
from uidscope.qt.panels.file_changes_panel import FileChangesPanel
from uidscope.qt.panels.plan_notices import PlanNotices
from uidscope.qt.planning.plan_cells import PlanColumn
from uidscope.qt.planning.plan_model import PlanModel
from uidscope.qt.planning.plan_operations import (
    acknowledge,
    include_referrers,
    objection_to_typed,
    set_by_hand,
    set_leftovers,
    switch_group,
    switch_rows,
    undo,
    undo_text,
)
from uidscope.qt.planning.plan_view import PlanView
from uidscope.qt.planning.plan_words import plan_words
from uidscope.qt.screen_names import screen_names
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner

_ROWS_AHEAD = 20
_UNDO_WIDTH = 280
_MOST_SHOWN = 1000  # places selected at once
_LEAST_NOTICES = 64  # pixels of the height; what does not fit is scrolled to
_SHARE_OF_NOTICES = 3  # at most one part in so many of the panel's height
_BESIDE_TITLE = 20  # of a column
_WIDTHS = {
    PlanColumn.LEVEL: 200,
    PlanColumn.REASON: 180,
    PlanColumn.REFERENCES: 64,
    PlanColumn.FILES: 64,
}


class PlanPanel(QWidget):
    """Follows the state's plan by itself; undo is done by `runner`, questions are asked by `questions`.

    Its window title is that of its tab ("Plan 40"); its summary and its undo stand in the bar above it.
    `go_to` carries places of the tree, a tuple of `Node`; `regenerate` says that something is to be planned,
    `decide` that it is to be asked what references mean.
    """

    go_to = Signal(object)
    regenerate = Signal()
    decide = Signal()

    def __init__(
        self, state: WorkState, runner: TaskRunner, questions: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state, self._runner, self._questions = state, runner, questions
        self.model = PlanModel(self)
        self.view = self._make_view()
        self.changes = FileChangesPanel(questions)
        self._notices = PlanNotices(can_act=True)
        self._notice_area = CappedArea(self._notices, _LEAST_NOTICES)
        self._summary = RunLabel()
        self._following: int | None = None  # references of the plan shown, once they are counted
        self._undo = PlainButton("", size=ButtonSize.DENSE, icon="undo")
        self._hint = PanelHint(
            self.tr("Nothing is planned yet. Select what is to get new identifiers."),
            self.tr("Regenerate…"),
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self._make_split())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages)
        self.setFocusProxy(self.view)
        self._fetching = QTimer(self, singleShot=True, interval=0)
        self._fetching.timeout.connect(self._fetch_in_view)
        self._connect()
        self._show_plan()

    def fill_title(self, title: DockTitle) -> None:
        """Add what the plan comes to, and the undo of its last step."""
        title.add_leading(self._summary)
        title.add_trailing(self._undo)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._notice_area.set_most(max(_LEAST_NOTICES, self.height() // _SHARE_OF_NOTICES))

    def _make_view(self) -> PlanView:
        view = PlanView(self._objection_to)
        view.setObjectName("planView")
        view.setAccessibleName(self.tr("The plan: old and new UIDs"))
        view.setModel(self.model)
        header = view.header()
        header.setStretchLastSection(False)
        for column, width in _WIDTHS.items():
            title = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            needed = round(text_width(title, FontRole.SMALL)) + _BESIDE_TITLE
            view.setColumnWidth(column, max(width, needed))
        for column in (PlanColumn.OLD, PlanColumn.NEW):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        return view

    def _make_split(self) -> QSplitter:
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._notice_area)
        column.addWidget(self.view, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(upper)
        split.addWidget(self.changes)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([600, 400])
        return split

    def _connect(self) -> None:
        state, view = self._state, self.view
        state.plan_changed.connect(self._show_plan)
        state.exported.connect(self._show_summary)
        state.busy_changed.connect(self._show_undo)
        self._undo.clicked.connect(lambda: undo(self._state, self._runner))
        self._hint.triggered.connect(self.regenerate)
        self._connect_notices()
        self.model.row_switched.connect(lambda row, on: switch_rows(self._state, self._runner, (row,), on=on))
        self.model.group_switched.connect(
            lambda kind, on: switch_group(self._state, self._runner, kind, on=on)
        )
        self.model.uid_typed.connect(lambda row, uid: set_by_hand(self._state, self._runner, row, uid))
        view.delegate.checked.connect(
            lambda said, is_sound: self.changes.say_of_typed(said, is_sound=is_sound)
        )
        view.delegate.ended.connect(self.changes.say_why)
        view.activated.connect(self._go_to_row)
        view.selectionModel().currentChanged.connect(self._show_changes)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self._fetching.start())
        view.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._fetching.start())

    def _connect_notices(self) -> None:
        notices = self._notices
        notices.show_files.connect(self._show_files)
        notices.decide.connect(self.decide)
        notices.acknowledge.connect(lambda: acknowledge(self._state, self._runner))
        notices.replace_leftovers.connect(lambda: set_leftovers(self._state, self._runner, replaced=True))
        notices.include.connect(lambda included: include_referrers(self._state, self._runner, included))

    # What the state says

    def _show_plan(self) -> None:
        catalog, uid_map = self._state.catalog, self._state.uid_map
        before = _Place.of(self.view, self.model)
        self.model.set_map(catalog, uid_map, self._state.issued)
        self._notices.set_map(uid_map)
        self._pages.setCurrentIndex(0 if uid_map is None else 1)
        self.setWindowTitle(self._tab_title(uid_map))
        self._show_undo()
        self._following = None
        self._show_summary()
        self.changes.show_entry(None, None, None)
        for place in range(self.model.rowCount()):
            group = self.model.index(place, 0)
            self.model.fetchMore(group)
            self.view.expand(group)
        if self.model.rowCount() and not before.is_found_again(self.view, self.model):
            self.view.setCurrentIndex(self.model.index(0, 0, self.model.index(0, 0)))
            self.view.scrollToTop()
        self._ask_for_following()
        self._ask_who_is_outside()

    def _show_undo(self) -> None:
        said = undo_text(self._state)
        # A series may have a long name, and the bar must not grow with it.
        self._undo.set_text(elide_right(said, _UNDO_WIDTH, measure(FontRole.SMALL)))
        self._undo.setAccessibleName(visible_text(said))
        self._undo.setToolTip(plain_tool_tip(undo_text(self._state, whole_paths=True)))
        self._undo.setVisible(bool(said))
        self._undo.setEnabled(not self._state.busy)

    def _tab_title(self, uid_map: UidMap | None) -> str:
        if uid_map is None:
            return self.tr("Plan")
        return self.tr("Plan %1").replace("%1", number_text(uid_map.entry_count()))

    def _show_summary(self) -> None:
        self._summary.set_words(self._summary_words(self._state.uid_map, self._following))

    def _summary_words(self, uid_map: UidMap | None, following: int | None) -> list[Words]:
        words = plan_words()
        if uid_map is None:
            return [Words(self.tr("No new UIDs"), FontRole.STRONG)]
        new = uid_map.new_uid_count()
        others = uid_map.entry_count() - new
        said = [words.other_changes(others)] if others else []
        said += [words.scheme(self._state.scheme), words.files(len(uid_map.outcomes))]
        if following is not None:
            said.append(words.following(following))
        if uid_map.switched_off:
            said.append(words.rows_off(len(uid_map.switched_off)))
        first = Words(words.new_uids(new), FontRole.STRONG)
        rest = [Words(text, tone=Tone.TEXT2, gap=16) for text in said]
        if self._state.is_exported:
            rest.append(Words(self.tr("exported"), verdict=Verdict.OK, gap=16))
        return [first, *rest]

    def _ask_for_following(self) -> None:
        catalog, uid_map = self._state.catalog, self._state.uid_map
        if catalog is None or uid_map is None:
            return

        def show(following: int | None) -> None:
            if following is not None and uid_map is self._state.uid_map:
                self._following = following
                self._show_summary()

        self._questions.run(
            Task("following", lambda _progress, cancel: _following(catalog, uid_map, cancel), done=show)
        )

    def _ask_who_is_outside(self) -> None:
        catalog, uid_map, plan = self._state.catalog, self._state.uid_map, self._state.history.plan
        if catalog is None or uid_map is None:
            return

        def show(found: tuple[OutsideReferrers, ...]) -> None:
            if uid_map is self._state.uid_map:
                self._notices.set_outside(found)

        self._questions.run(
            Task("outside referrers", lambda _progress, _cancel: _outside(catalog, plan, uid_map), done=show)
        )

    # Rows

    def _show_changes(self, current: QModelIndex, _before: QModelIndex) -> None:
        entry = self.model.entry(current)
        self.changes.show_entry(self._state.catalog, self._state.uid_map, entry, self._why(current))

    def _why(self, index: QModelIndex) -> str:
        """Why a row is in the plan; empty for a group."""
        catalog, entry = self._state.catalog, self.model.entry(index)
        if catalog is None or entry is None:
            return ""
        plan, row = self._state.history.plan, self.model.row_key(index)
        words = plan_words()
        why = why_included(plan, entry, row, lambda each: words.selection(catalog, each.selectors))
        return sentence(screen_names().note(why))

    def _objection_to(self, index: QModelIndex | QPersistentModelIndex, text: str) -> str:
        """What speaks against a UID typed for a row; empty where nothing does."""
        state, row = self._state, self.model.row_key(index)
        if state.catalog is None or row is None:
            return ""
        return objection_to_typed(state.catalog, state.issued, state.history.plan, row, text)

    def _go_to_row(self, index: QModelIndex) -> None:
        catalog, uid_map, entry = self._state.catalog, self._state.uid_map, self.model.entry(index)
        if catalog is not None and uid_map is not None and entry is not None:
            self._go_to(_places(catalog, uid_map, entry))

    def _show_files(self, occurrences: Iterable[int]) -> None:
        catalog = self._state.catalog
        if catalog is not None:
            found = (node_of_occurrence(catalog, id_) for id_ in islice(occurrences, _MOST_SHOWN))
            self._go_to(tuple(node for node in found if node is not None))

    def _go_to(self, nodes: tuple[Node, ...]) -> None:
        if nodes:
            self.go_to.emit(nodes)

    def _fetch_in_view(self) -> None:
        """Announce more of every group whose last row so far comes into view."""
        view = self.view
        bottom = view.viewport().height() + _ROWS_AHEAD * view.sizeHintForRow(0)
        for place in range(self.model.rowCount()):
            group = self.model.index(place, 0)
            last = self.model.index(self.model.rowCount(group) - 1, 0, group)
            near = view.isExpanded(group) and last.isValid()
            if near and view.visualRect(last).top() < bottom and self.model.canFetchMore(group):
                self.model.fetchMore(group)
                self._fetching.start()
                return


class _Place(NamedTuple):
    """The row at hand before the map changes, and how far the list was scrolled."""

    kind: str
    at: int
    row: RowKey | None
    scrolled: int

    @classmethod
    def of(cls, view: PlanView, model: PlanModel) -> _Place:
        """The place of a list as it stands."""
        current = view.currentIndex()
        at = current.row() if current.parent().isValid() else -1
        return cls(model.kind(current), at, model.row_key(current), view.verticalScrollBar().value())

    def is_found_again(self, view: PlanView, model: PlanModel) -> bool:
        """Go back to it, where the list still has the same row, or group, there."""
        group = model.group_index(self.kind)
        if not group.isValid():
            return False
        while model.rowCount(group) <= self.at and model.canFetchMore(group):
            model.fetchMore(group)
        index = group if self.at < 0 else model.index(self.at, 0, group)
        if not index.isValid() or model.row_key(index) != self.row:
            return False
        view.setCurrentIndex(index)
        view.doItemsLayout()
        view.verticalScrollBar().setValue(self.scrolled)
        view.scrollTo(index)
        return True


def _places(catalog: Catalog, uid_map: UidMap, entry: MapEntry) -> tuple[Node, ...]:
    """The places of the tree that an entry is about; where it names none, a file that it changes."""
    nodes = tuple(node for node in nodes_with_uid(catalog, entry.old) if node.level == entry.kind)
    if nodes:
        return nodes
    occurrence = file_of_entry(catalog, uid_map, entry)
    node = None if occurrence is None else node_of_occurrence(catalog, occurrence)
    return () if node is None else (node,)


def _outside(catalog: Catalog, plan: Plan, uid_map: UidMap) -> tuple[OutsideReferrers, ...]:
    """Who refers into what changes and is not written; nobody where the catalog has been closed meanwhile."""
    try:
        return outside_referrers(catalog, plan, uid_map)
    except (UidscopeError, sqlite3.ProgrammingError):
        return ()


def _following(catalog: Catalog, uid_map: UidMap, cancel: CancelToken) -> int | None:
    """How many references follow; None where the catalog has been closed meanwhile."""
    try:
        return count_following(catalog, uid_map, cancel)
    except (UidscopeError, sqlite3.ProgrammingError):
        return None
