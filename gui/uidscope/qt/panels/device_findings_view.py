"""The findings by device: which equipment writes what is wrong, and since when."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from uidscope.core.catalog.devices import DeviceFindings, DeviceRule, findings_by_device
from uidscope.core.judge.rule_table import rule as rule_of
from uidscope.core.report.citation import short_citation
from uidscope.core.report.device_text import device_text
from uidscope.core.report.device_words import period_words
from uidscope.core.report.words import rule_words
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.finding_words import finding_words
from uidscope.qt.kit.choice_tree_view import ChoiceTreeView
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.list_beside_detail import ListBesideDetail
from uidscope.qt.models.device_findings_model import DeviceColumn, DeviceFindingsModel
from uidscope.qt.panels.finding_detail import Detail, DetailFact, FindingDetail
from uidscope.qt.panels.panel_pages import PanelPages
from uidscope.qt.state import WorkState

_LIST_SHARE, _DETAIL_SHARE = 68, 32
_LEAST_DETAIL = 320
_ROOM = 20


class DeviceFindingsView(QWidget):
    """Asks when it is seen, and again when the findings change. `rule_chosen` carries a rule's code."""

    rule_chosen = Signal(str)

    def __init__(self, state: WorkState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._is_due = True
        self.model = DeviceFindingsModel(self)
        self.view = ChoiceTreeView()
        self.view.setObjectName("deviceFindingsView")
        self.view.setAccessibleName(self.tr("Findings by device"))
        self.view.setExpandsOnDoubleClick(False)
        self.view.setModel(self.model)
        self.detail = FindingDetail()
        self.detail.setMinimumWidth(_LEAST_DETAIL)
        self.pages = PanelPages(ListBesideDetail(self.view, self.detail))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.setFocusProxy(self.view)
        self._question = BackgroundQuestion("findings by device", self)
        self._size_columns()
        self._connect()
        self._show(())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_if_seen()

    def _connect(self) -> None:
        self._question.answered.connect(self._show)
        self._question.failed.connect(self.pages.say)
        self._state.catalog_replaced.connect(self._forget)
        self._state.findings_changed.connect(self._forget)
        self.view.chosen.connect(self._choose)
        self.view.selectionModel().currentChanged.connect(self._show_detail)
        self.detail.go_to.connect(lambda: self._choose_rule(self.view.currentIndex()))
        self.detail.copy.connect(self._copy)

    def _forget(self) -> None:
        self._question.drop()
        self._is_due = True
        self._show(())
        self._ask_if_seen()

    def _ask_if_seen(self) -> None:
        catalog = self._state.catalog
        if catalog is not None and self._state.checked and self._is_due and self.isVisible():
            self._is_due = False
            self._question.ask(lambda: findings_by_device(catalog))

    def _show(self, devices: tuple[DeviceFindings, ...]) -> None:
        self.model.set_devices(devices)
        self.detail.set_detail(None)
        if devices:
            self.pages.show_content()
            self.view.expand(self.model.index(0, 0))
            self.view.setCurrentIndex(self.model.index(0, 0))
        else:
            self.pages.say(self.tr("No device has findings."))

    def _choose(self, index: QModelIndex) -> None:
        if self.model.rule(index) is None:
            self.view.setExpanded(index, not self.view.isExpanded(index))
        else:
            self._choose_rule(index)

    def _choose_rule(self, index: QModelIndex) -> None:
        """Choose the rule at an index; of a device its first, the gravest."""
        device, rule = self.model.device(index), self.model.rule(index)
        if device is not None:
            self.rule_chosen.emit((rule or device.rules[0]).rule)

    def _show_detail(self, current: QModelIndex, _before: QModelIndex) -> None:
        device, rule = self.model.device(current), self.model.rule(current)
        if device is None:
            self.detail.set_detail(None)
        elif rule is None:
            self._show_device(device)
        else:
            self._show_rule(rule)

    def _show_device(self, found: DeviceFindings) -> None:
        told = finding_words()
        text = f"{told.files(found.files)}, {period_words(found.first_date, found.last_date)}"
        name = told.device_or_none(found.device)
        self.detail.set_detail(Detail(name, "", text, self.tr("Show the gravest rule")))

    def _show_rule(self, rule: DeviceRule) -> None:
        words, told = rule_words(rule.rule), finding_words()
        citation = short_citation(rule_of(rule.rule).citation)
        text = f"{words.why} {words.fix}"
        self.detail.set_detail(Detail(words.title, citation, text, self.tr("Show this rule")))
        counted = f"{told.findings(rule.findings)}, {told.files(rule.files)}"
        self.detail.set_facts([DetailFact(self.tr("Of this device"), counted)])

    def _copy(self) -> None:
        """Put the whole device on the clipboard, whichever of its rules is at hand."""
        device = self.model.device(self.view.currentIndex())
        if device is not None:
            QGuiApplication.clipboard().setText(device_text(device))

    def _size_columns(self) -> None:
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(DeviceColumn.NAME, QHeaderView.ResizeMode.Stretch)
        samples = {
            DeviceColumn.CONSEQUENCE: self.tr("silently dropped"),
            DeviceColumn.FINDINGS: self.tr("Findings"),
            DeviceColumn.FILES: "00,000",
            DeviceColumn.FIRST: "0000-00-00",
            DeviceColumn.LAST: "0000-00-00",
        }
        for column, sample in samples.items():
            self.view.setColumnWidth(column, round(text_width(sample, FontRole.BODY)) + _ROOM)
        self.view.setColumnWidth(DeviceColumn.RULE, round(text_width("UID-S00", FontRole.MONO)) + _ROOM)
