"""The findings: a list by rule or by device, and beside it what there is to say of the one at hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from uidscope.core.catalog.devices import Device
from uidscope.core.catalog.finding import SEVERITIES
from uidscope.core.catalog.finding_groups import (
    FindingGroup,
    finding_groups,
    objects_singled_out,
    subject_nodes,
)
from uidscope.core.catalog.findings import KeptFinding, finding_occurrences
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import InstanceRow
from uidscope.core.judge.rule_table import rule as rule_of
from uidscope.core.plan.told.fix_all import is_any_fix_free
from uidscope.core.plan.told.offers import is_offered, is_offered_for_all
from uidscope.core.report.citation import short_citation
from uidscope.core.report.finding_origin import Origin, finding_origin
from uidscope.core.report.finding_text import finding_text
from uidscope.core.report.words import message, rule_words
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.finding_words import SEVERITY_BADGES, finding_words
from uidscope.qt.kit.badges import Badge, badge_text
from uidscope.qt.kit.buttons import ButtonSize, IconButton, PlainButton
from uidscope.qt.kit.choice_tree_view import ChoiceTreeView
from uidscope.qt.kit.dock_title import DockTitle
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.list_beside_detail import ListBesideDetail
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.run_label import RunLabel
from uidscope.qt.kit.scan_status import SummaryItem, summary_words
from uidscope.qt.kit.segmented_switch import Segment, SegmentedSwitch
from uidscope.qt.kit.visible_text import plain_tool_tip
from uidscope.qt.models.findings_model import FindingColumn, FindingRow, FindingsModel
from uidscope.qt.panels.device_findings_view import DeviceFindingsView
from uidscope.qt.panels.finding_detail import Detail, DetailFact, FindingDetail
from uidscope.qt.panels.ignored_view import IgnoredView
from uidscope.qt.panels.panel_pages import PanelPages
from uidscope.qt.screen_names import screen_names
from uidscope.qt.state import WorkState
from uidscope.qt.tree.entity_names import date_text, entity_icon

BY_RULE, BY_DEVICE, IGNORED = "rule", "device", "ignored"
"""The ways to list findings, as the switch knows them."""

_ROWS_AHEAD = 20
_LEAST_NAME = 220
_LEAST_WHERE, _MOST_WHERE = 150, 240
_ALL_THE_ROOM = 100  # of the bar, against the 1 of its own spacer


class FindingsPanel(QWidget):
    """Follows the state's findings by itself. Its window title tells how many there are."""

    ignore_asked = Signal()  # the finding at hand, or the rule
    compare_asked = Signal()  # the first two files of the finding at hand
    fix_asked = Signal()  # what mends the finding at hand, or all of its rule, is to be planned
    all_fixes_asked = Signal()  # what mends any finding and asks nothing is to be planned

    def __init__(self, state: WorkState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._groups: tuple[FindingGroup, ...] = ()
        self._devices: tuple[Device, ...] = ()
        self.setAccessibleName(self.tr("Findings"))
        self.model = FindingsModel(self)
        self.view = ChoiceTreeView()
        self.view.setObjectName("findingsView")
        self.view.setAccessibleName(self.tr("Findings by rule"))
        self.view.setExpandsOnDoubleClick(False)
        self.view.setModel(self.model)
        self.detail = FindingDetail()
        self._counts = RunLabel()
        self._previous = IconButton("chevron-up", self.tr("Previous finding"))
        self._next = IconButton("chevron-down", self.tr("Next finding"))
        self.all_fixes_button = PlainButton(self.tr("Add all fixes to plan"), size=ButtonSize.DENSE)
        what = self.tr("Plans what mends the findings and asks nothing; says how many need a decision")
        self.all_fixes_button.setToolTip(plain_tool_tip(what))
        self.all_fixes_button.setAccessibleDescription(what)
        self.pages = PanelPages(ListBesideDetail(self.view, self.detail))
        self.by_device = DeviceFindingsView(state)
        self.ignored = IgnoredView(state)
        self._ways = {BY_RULE: self.pages, BY_DEVICE: self.by_device, IGNORED: self.ignored}
        self._stack = QStackedWidget()
        for way in self._ways.values():
            self._stack.addWidget(way)
        self.switch = SegmentedSwitch(
            [
                Segment(BY_RULE, self.tr("By rule")),
                Segment(BY_DEVICE, self.tr("By device")),
                Segment(IGNORED, self.tr("Ignored")),
            ],
            self.tr("How findings are listed"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.setFocusProxy(self.view)
        self._list = BackgroundQuestion("findings", self)
        self._origin = BackgroundQuestion("origin of a finding", self)
        self._free_fix = BackgroundQuestion("a fix that asks nothing", self)
        self._has_free_fix = False
        self._fetching = QTimer(self, singleShot=True, interval=0)
        self.view.header().setStretchLastSection(False)
        self._connect()
        self._size_columns()
        self._clear()

    def fill_title(self, title: DockTitle) -> None:
        """Put the counts, and the way from finding to finding, into the bar above."""
        title.add_leading(self.switch)
        title.add_leading(self._counts, _ALL_THE_ROOM)
        title.add_trailing(self._previous)
        title.add_trailing(self._next)
        title.add_trailing(self.all_fixes_button)

    def list_by(self, way: str) -> None:
        """List the findings by rule or by device, or those that are ignored."""
        self.switch.set_current(way)
        self._stack.setCurrentWidget(self._ways[way])
        self._enable_all_fixes()
        views = {BY_RULE: self.view, BY_DEVICE: self.by_device.view, IGNORED: self.ignored.view}
        self.setFocusProxy(views[way])

    def show_rule(self, code: str) -> None:
        """Go to the findings of a rule, listed by rule."""
        self.list_by(BY_RULE)
        for at, group in enumerate(self._groups):
            if group.rule == code:
                self.view.setCurrentIndex(self.model.index(at, 0))
                self.view.setFocus()
                return

    @property
    def current_rule(self) -> str:
        """The code of the rule of the finding at hand; empty where there is none."""
        group = self.model.group(self.view.currentIndex())
        return group.rule if group is not None else ""

    @property
    def current_finding(self) -> FindingRow | None:
        """The finding at hand; None where none is, or a rule with several."""
        return self.model.finding_row(self.view.currentIndex())

    @property
    def current_devices(self) -> tuple[Device, ...]:
        """The devices that wrote its files, as far as they are known yet."""
        return self._devices

    def next(self) -> None:
        """Go to the next finding of the list, the gravest first; behind the last comes the first."""
        self._step(1)

    def previous(self) -> None:
        """Go to the finding before; before the first comes the last."""
        self._step(-1)

    def go_to_current(self) -> None:
        """Select the places of the tree that the finding at hand is about."""
        catalog, found = self._state.catalog, self.model.finding_row(self.view.currentIndex())
        if catalog is None:
            return
        if found is None:
            self._go_to_first()
            return
        nodes = objects_singled_out(catalog, found.finding) or subject_nodes(catalog, found.finding)
        if nodes:
            self._state.select(nodes)

    # What the state says

    def _connect(self) -> None:
        state, view = self._state, self.view
        state.catalog_replaced.connect(self._clear)
        state.findings_changed.connect(self._ask)
        state.busy_changed.connect(self._say_why_empty)
        self._list.answered.connect(self._show)
        self._list.failed.connect(self.pages.say)
        self._origin.answered.connect(self._show_origin)
        self.switch.switched.connect(self.list_by)
        self.ignored.counted.connect(self._count_ignored)
        self.detail.ignore.connect(self.ignore_asked)
        self.detail.compare.connect(self.compare_asked)
        self.detail.fix.connect(self.fix_asked)
        self.all_fixes_button.clicked.connect(self.all_fixes_asked)
        self._free_fix.answered.connect(self._take_free_fix)
        self.by_device.rule_chosen.connect(self.show_rule)
        self._previous.clicked.connect(self.previous)
        self._next.clicked.connect(self.next)
        view.viewport().installEventFilter(self)
        view.chosen.connect(self._choose)
        view.selectionModel().currentChanged.connect(self._show_detail)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self._fetching.start())
        view.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._fetching.start())
        self._fetching.timeout.connect(self._fetch_in_view)
        self.detail.go_to.connect(self.go_to_current)
        self.detail.copy.connect(self._copy_text)

    def _clear(self) -> None:
        self._list.drop()
        self._origin.drop()
        self._free_fix.drop()
        self._take_free_fix(False)
        self._set_groups(())

    def _ask(self) -> None:
        catalog = self._state.catalog
        if catalog is not None:
            self._list.ask(lambda: finding_groups(catalog))
            self._free_fix.ask(lambda: is_any_fix_free(catalog))

    def _take_free_fix(self, has_one: bool) -> None:
        self._has_free_fix = has_one
        self._enable_all_fixes()

    def _enable_all_fixes(self) -> None:
        """Those that are ignored are not mended."""
        self.all_fixes_button.setEnabled(self._has_free_fix and self.switch.current != IGNORED)

    def _show(self, groups: Sequence[FindingGroup]) -> None:
        before = self.model.group(self.view.currentIndex())
        self._set_groups(groups)
        if not groups:
            return
        at = next((at for at, group in enumerate(groups) if before and group.rule == before.rule), 0)
        self.view.expand(self.model.index(0, 0))
        self.view.setCurrentIndex(self.model.index(at, 0))
        self._fetching.start()

    def _set_groups(self, groups: Sequence[FindingGroup]) -> None:
        self._groups = tuple(groups)
        self.model.set_groups(self._state.catalog, groups)
        self.detail.set_detail(None)
        counted = dict.fromkeys(SEVERITIES, 0)
        for group in groups:
            counted[group.severity] += group.findings
        items = [
            SummaryItem(badge_text(Badge(kind, counted[severity])), kind)
            for severity, kind in SEVERITY_BADGES.items()
            if counted[severity]
        ]
        self._counts.set_words(summary_words(items, FontRole.BODY))
        total = sum(counted.values())
        title = self.tr("Findings")
        self.setWindowTitle(f"{title}  {number_text(total)}" if total else title)
        for button in (self._previous, self._next):
            button.setEnabled(bool(groups))
        if groups:
            self.pages.show_content()
        else:
            self._say_why_empty()

    def _say_why_empty(self) -> None:
        if self._groups:
            return
        if self._state.catalog is None:
            self.pages.say(self.tr("Nothing is loaded."))
        elif self._state.checked and not self._list.is_waiting and self.ignored.model.rowCount():
            self.pages.say(self.tr("Nothing was found but what is ignored."))
        elif self._state.checked and not self._list.is_waiting:
            self.pages.say(self.tr("Nothing was found: every rule is kept."))
        elif self._state.checked or self._state.busy:
            self.pages.say(self.tr("The findings come when everything is read and checked."))
        else:
            self.pages.say(self.tr("What is loaded has not been checked."))

    def _count_ignored(self, count: int) -> None:
        self.switch.set_count(IGNORED, count or None)
        self._say_why_empty()

    # Going about

    def _step(self, direction: int) -> None:
        self.list_by(BY_RULE)
        index = self.model.step(self.view.currentIndex().siblingAtColumn(0), direction)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
            self.view.setFocus()

    def _choose(self, index: QModelIndex) -> None:
        if self.model.finding_id(index) is None and self.model.hasChildren(index):
            self.view.setExpanded(index, not self.view.isExpanded(index))
        else:
            self.go_to_current()

    def _go_to_first(self) -> None:
        first = self.model.step(self.view.currentIndex().siblingAtColumn(0), 1)
        if first.isValid():
            self.view.setCurrentIndex(first)
            self.go_to_current()

    def _fetch_in_view(self) -> None:
        """Announce more of each opened group whose last row so far comes into view."""
        view = self.view
        bottom = view.viewport().height() + _ROWS_AHEAD * max(1, view.sizeHintForRow(0))
        for at in range(self.model.rowCount()):
            group = self.model.index(at, 0)
            if not view.isExpanded(group) or not self.model.can_fetch_after(group):
                continue
            last = self.model.index(self.model.rowCount(group) - 1, 0, group)
            if view.visualRect(last if last.isValid() else group).top() < bottom:
                self.model.fetch_after(group)
                self._fetching.start()
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the room of the list among its columns whenever it changes."""
        if event.type() == QEvent.Type.Resize:
            self._size_columns()
        return super().eventFilter(watched, event)

    # The finding at hand

    def _show_detail(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._origin.drop()
        self._devices = ()
        group, found = self.model.group(current), self.model.finding_row(current)
        if group is None:
            self.detail.set_detail(None)
        elif found is None:
            self._show_rule(group)
        else:
            self._show_finding(found)

    def _show_rule(self, group: FindingGroup) -> None:
        words, told = rule_words(group.rule), finding_words()
        citation = short_citation(rule_of(group.rule).citation)
        text = f"{words.why} {words.fix}"
        go_to = self.tr("Go to the first")
        self.detail.set_detail(
            Detail(
                words.title,
                citation,
                text,
                go_to,
                can_copy=False,
                can_ignore=True,
                can_fix=is_offered_for_all(group.rule),
                mends_all=group.findings > 1,
            )
        )
        counted = f"{told.findings(group.findings)}, {told.files(group.files)}"
        self.detail.set_facts([DetailFact(self.tr("All of them"), counted)])

    def _show_finding(self, found: FindingRow) -> None:
        kept = found.finding
        words = rule_words(kept.rule)
        place = found.path[-1] if found.path else None
        is_image = isinstance(place, InstanceRow) and entity_icon(place) == "image"
        go_to = finding_words().go_to(place.node.level if place else None, is_image=is_image)
        objects = objects_singled_out(self._state.catalog, kept) if self._state.catalog is not None else ()
        if objects:
            go_to = finding_words().go_to_objects(len(objects))
        citation = short_citation(rule_of(kept.rule).citation)
        text = f"{message(screen_names().finding(kept))} {words.why}"
        self.detail.set_detail(
            Detail(
                words.title,
                citation,
                text,
                go_to,
                can_go=place is not None,
                can_ignore=True,
                can_compare=kept.file_count > 1,
                can_fix=is_offered(kept),
            )
        )
        self._ask_for_origin(kept)

    def _ask_for_origin(self, kept: KeptFinding) -> None:
        catalog = self._state.catalog
        if catalog is not None:
            self._origin.ask(lambda: (finding_origin(catalog, kept.id), _file_of(catalog, kept)))

    def _show_origin(self, found: tuple[Origin, str]) -> None:
        origin, file = found
        self._devices = origin.devices
        facts = (
            DetailFact(self.tr("First seen"), date_text(origin.first_date)),
            DetailFact(self.tr("Device"), finding_words().devices(origin.devices)),
            DetailFact(self.tr("File"), screen_names().file(file)),
        )
        self.detail.set_facts([fact for fact in facts if fact.value])

    def _copy_text(self) -> None:
        catalog, found = self._state.catalog, self.model.finding_row(self.view.currentIndex())
        if catalog is not None and found is not None:
            QGuiApplication.clipboard().setText(finding_text(catalog, found.finding, screen_names()))

    def _size_columns(self) -> None:
        view = self.view
        fixed = {
            FindingColumn.CONSEQUENCE: _room(self.tr("silently dropped"), FontRole.BODY),
            FindingColumn.FILES: _room("00,000", FontRole.BODY),
            FindingColumn.RULE: _room("UID-S00", FontRole.MONO),
        }
        room = view.viewport().width() - sum(fixed.values())
        where = min(_MOST_WHERE, max(_LEAST_WHERE, room - _LEAST_NAME))
        fixed[FindingColumn.WHERE] = where
        fixed[FindingColumn.FINDING] = max(_LEAST_NAME, room - where)
        for column, width in fixed.items():
            view.setColumnWidth(column, width)


def _file_of(catalog: Catalog, kept: KeptFinding) -> str:
    """The path of the one file that a finding is about; empty where it is about something else."""
    if kept.level != "file" or kept.file_count != 1:
        return ""
    paths = display_paths(catalog, finding_occurrences(catalog, kept.id, limit=1))
    return next(iter(paths.values()), "")


def _room(text: str, role: FontRole) -> int:
    return round(text_width(text, role)) + 20
