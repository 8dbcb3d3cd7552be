"""The rules as the user's own: a profile, and a severity for each of its rules."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from uidscope.core.catalog.finding import Severity
from uidscope.core.catalog.rule_settings import RuleSettings, RuleSeverity
from uidscope.core.judge.rule import Rule
from uidscope.core.judge.rule_settings import PROFILES, profile, with_profile, with_severity
from uidscope.core.report.citation import short_citation
from uidscope.core.report.words import rule_words
from uidscope.qt.dialogs.choice_list import Choice, ChoiceList
from uidscope.qt.finding_words import SEVERITY_BADGES, finding_words
from uidscope.qt.kit.badges import Badge, badge_text
from uidscope.qt.kit.buttons import ButtonKind, ButtonSize, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.clear_button import add_clear_button
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.layout_clearing import clear_layout
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.kit.segmented_switch import Segment, SegmentedSwitch
from uidscope.qt.models.rule_severities_model import RuleColumn, RuleSeveritiesModel

_AS_THE_PROFILE = "as the profile"
_LIST_SHARE, _DETAIL_SHARE = 61, 39
_LEAST_DETAIL = 260
_ROOM = 40


class RulesPage(QWidget):
    """Lists every rule beside the one at hand, which can be given another severity."""

    def __init__(self, settings: RuleSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._profile = settings.name if settings.name in PROFILES else settings.based_on or PROFILES[0]
        self.profiles = SegmentedSwitch(self._profile_segments(), self.tr("Profile"))
        self.profiles.set_current(self._profile)
        self.search_edit = QLineEdit()
        self.search_edit.setPlaceholderText(self.tr("Search"))
        self.search_edit.setAccessibleName(self.tr("Search the rules"))
        add_clear_button(self.search_edit, self.tr("Clear the search"))
        self.restore_button = PlainButton(self.tr("As the profile says"), ButtonKind.QUIET, ButtonSize.DENSE)
        self.restore_button.setAccessibleDescription(self.tr("Gives every rule back the profile's severity"))
        self.model = RuleSeveritiesModel(settings, self)
        self.view = RowTreeView(flat=True)
        self.view.setObjectName("rulesView")
        self.view.setAccessibleName(self.tr("Rules"))
        self.view.setModel(self.model)
        self.severity: ChoiceList | None = None
        self._detail = QVBoxLayout()
        self._detail.setContentsMargins(16, 12, 16, 12)
        self._detail.setSpacing(8)
        self._lay_out()
        self.profiles.switched.connect(self._choose_profile)
        self.search_edit.textChanged.connect(self._search)
        self.restore_button.clicked.connect(lambda: self._choose_profile(self._profile))
        self.view.selectionModel().currentChanged.connect(self._show_rule)
        self._take(settings)
        self.view.setCurrentIndex(self.model.index(0, 0))

    @property
    def rules(self) -> RuleSettings:
        """The settings as they now stand."""
        return self._settings

    # Parts

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.profiles)
        tools.addWidget(self.restore_button)
        tools.addStretch(1)
        tools.addWidget(self.search_edit)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.view, _LIST_SHARE)
        body.addWidget(self._detail_area(), _DETAIL_SHARE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(tools)
        column.addLayout(body, 1)
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(RuleColumn.RULE, QHeaderView.ResizeMode.Stretch)
        longest = max(
            text_width(finding_words().severity(each), FontRole.BODY) for each in get_args(Severity)
        )
        self.view.setColumnWidth(RuleColumn.SEVERITY, round(longest) + _ROOM)
        self.view.setColumnWidth(RuleColumn.CODE, round(text_width("UID-S00", FontRole.MONO)) + _ROOM // 2)

    def _detail_area(self) -> QScrollArea:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._detail)
        column.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName(self.tr("The rule at hand"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setMinimumWidth(_LEAST_DETAIL)
        area.setWidgetResizable(True)
        area.setWidget(page)
        return area

    def _profile_segments(self) -> list[Segment]:
        words = {
            "strict": self.tr("Strict"),
            "archive": self.tr("Archive"),
            "migration": self.tr("Migration"),
        }
        return [Segment(name, words[name]) for name in PROFILES]

    # What is chosen

    def _choose_profile(self, name: str) -> None:
        self._profile = name
        self._take(with_profile(self._settings, name))
        self._show_rule(self.view.currentIndex())

    def _choose_severity(self, code: str, key: str) -> None:
        severity: RuleSeverity | None = next(
            (each for each in (*get_args(Severity), "off") if each == key), None
        )
        self._take(with_severity(self._settings, code, severity))

    def _take(self, settings: RuleSettings) -> None:
        self._settings = settings
        self.model.set_settings(settings)
        self.restore_button.setEnabled(settings.severities != profile(self._profile).severities)

    def _search(self, words: str) -> None:
        self.model.search(words)
        first = self.model.index(0, 0)
        self.view.setCurrentIndex(first)
        if not first.isValid():
            self._show_rule(first)

    def _show_rule(self, current: QModelIndex, _before: QModelIndex | None = None) -> None:
        clear_layout(self._detail)
        self.severity = None
        rule = self.model.rule(current)
        if rule is None:
            self._detail.addWidget(PlainLabel(self.tr("No rule holds these words."), tone=Tone.TEXT2))
            return
        words = rule_words(rule.code)
        self._detail.addWidget(PlainLabel(words.title, role=FontRole.STRONG, wraps=True))
        citation = short_citation(rule.citation)
        if citation:
            self._detail.addWidget(PlainLabel(citation, role=FontRole.SMALL, tone=Tone.TEXT2))
        self._detail.addWidget(PlainLabel(words.why, wraps=True))
        self.severity = self._severity_choices(rule)
        self._detail.addWidget(self.severity)

    def _severity_choices(self, rule: Rule) -> ChoiceList:
        words = finding_words()
        by_profile = profile(self._profile).severities.get(rule.code)
        usual: RuleSeverity = by_profile or next(iter(rule.severities), None) or "off"
        named = self.tr("off") if usual == "off" else badge_text(Badge(SEVERITY_BADGES[usual], count=0))
        choices = ChoiceList(
            [
                Choice(_AS_THE_PROFILE, self.tr("As the profile says: %1").replace("%1", named)),
                *(Choice(each, words.severity(each)) for each in get_args(Severity)),
                Choice("off", self.tr("Off"), self.tr("Its findings are not shown; the report says so.")),
            ],
            self.tr("Severity of this rule"),
        )
        own = self._settings.severities.get(rule.code)
        choices.set_current(own if own is not None and own != by_profile else _AS_THE_PROFILE)
        choices.chosen.connect(lambda key: self._choose_severity(rule.code, key))
        return choices
