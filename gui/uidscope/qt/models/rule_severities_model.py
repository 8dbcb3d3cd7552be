"""Every rule with the severity that the user gives it."""

from __future__ import annotations

import enum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.catalog.rule_settings import RuleSettings, RuleSeverity
from uidscope.core.judge.rule import Rule
from uidscope.core.judge.rule_book import judged_rules
from uidscope.core.report.words import rule_words
from uidscope.qt.finding_words import SEVERITY_BADGES, VERDICTS, finding_words
from uidscope.qt.kit.cells import CELL_ROLE, Cell, NameCell, StateCell, TextCell, Tone, cell_speech
from uidscope.qt.kit.visible_text import visible_text

Index = QModelIndex | QPersistentModelIndex


class RuleColumn(enum.IntEnum):
    RULE = 0
    SEVERITY = 1
    CODE = 2


class RuleSeveritiesModel(QAbstractTableModel):
    """One row for each rule that a check decides, those that hold the words searched for."""

    def __init__(self, settings: RuleSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._all = judged_rules()
        self._rows: tuple[Rule, ...] = self._all

    def search(self, words: str) -> None:
        """List the rules in whose code and words all these words stand."""
        wanted = words.casefold().split()
        self.beginResetModel()
        self._rows = tuple(rule for rule in self._all if all(word in _text(rule) for word in wanted))
        self.endResetModel()

    def set_settings(self, settings: RuleSettings) -> None:
        """Show the severities of other settings."""
        self._settings = settings
        if self._rows:
            last = self.index(len(self._rows) - 1, len(RuleColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rule(self, index: Index) -> Rule | None:
        """The rule of a row."""
        return self._rows[index.row()] if index.isValid() else None

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(RuleColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < len(RuleColumn):
            return None
        return (self.tr("Rule"), self.tr("Severity"), self.tr("Code"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        rule = self.rule(index)
        if rule is None:
            return None
        cell = self._cell(rule, RuleColumn(index.column()))
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None

    def _cell(self, rule: Rule, column: RuleColumn) -> Cell:
        own = self._settings.severities.get(rule.code)
        match column:
            case RuleColumn.RULE:
                return NameCell(rule_words(rule.code).title, tone=Tone.TEXT2 if own == "off" else Tone.TEXT)
            case RuleColumn.SEVERITY:
                return self._severity_cell(rule, own)
            case RuleColumn.CODE:
                return TextCell(rule.code, tone=Tone.TEXT2, mono=True)

    def _severity_cell(self, rule: Rule, own: RuleSeverity | None) -> Cell:
        severity = own or next(iter(rule.severities), None)
        if severity is None or severity == "off":
            return TextCell(self.tr("Off"), tone=Tone.TEXT2)
        icon = SEVERITY_BADGES[severity].icon
        return StateCell(icon, finding_words().severity(severity), VERDICTS[severity])


def _text(rule: Rule) -> str:
    words = rule_words(rule.code)
    return f"{rule.code} {words.title} {words.why}".casefold()
