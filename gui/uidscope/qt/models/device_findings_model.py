"""The devices whose files have findings, each with its rules below it."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.catalog.devices import DeviceFindings, DeviceRule
from uidscope.core.report.words import rule_words
from uidscope.qt.finding_words import VERDICTS, finding_words, rule_icon
from uidscope.qt.kit.cells import CELL_ROLE, Cell, NameCell, NumberCell, TextCell, Tone, cell_speech
from uidscope.qt.kit.grouped_model import GROUP, GroupedModel
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.tree.entity_names import date_text

Index = QModelIndex | QPersistentModelIndex


class DeviceColumn(enum.IntEnum):
    NAME = 0
    CONSEQUENCE = 1
    FINDINGS = 2
    FILES = 3
    FIRST = 4
    LAST = 5
    RULE = 6


class DeviceFindingsModel(GroupedModel):
    """Holds the devices of one catalog, those with the most of the gravest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices: tuple[DeviceFindings, ...] = ()

    def set_devices(self, devices: Sequence[DeviceFindings]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._devices = tuple(devices)
        self.endResetModel()

    def device(self, index: Index) -> DeviceFindings | None:
        """The device that an index is, or is in."""
        if not index.isValid():
            return None
        return self._devices[index.row() if index.internalId() == GROUP else index.internalId() - 1]

    def rule(self, index: Index) -> DeviceRule | None:
        """The rule of an index; None for a device."""
        device = self.device(index)
        return None if device is None or index.internalId() == GROUP else device.rules[index.row()]

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._devices)
        is_device = parent.internalId() == GROUP and parent.column() == 0
        return len(self._devices[parent.row()].rules) if is_device else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(DeviceColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < len(DeviceColumn):
            return None
        return (
            self.tr("Device"),
            self.tr("Consequence"),
            self.tr("Findings"),
            self.tr("Files"),
            self.tr("First"),
            self.tr("Last"),
            self.tr("Rule"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        device, rule = self.device(index), self.rule(index)
        if device is None or role not in (
            CELL_ROLE,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        column = DeviceColumn(index.column())
        cell = _device_cell(device, column) if rule is None else _rule_cell(rule, column)
        if role == CELL_ROLE or cell is None:
            return cell
        spoken = visible_text(cell_speech(cell))
        if role == Qt.ItemDataRole.AccessibleTextRole and column is DeviceColumn.NAME and rule is not None:
            # The icon's colour and shape in words.
            return f"{finding_words().severity(rule.severity)}: {spoken}"
        return spoken


def _device_cell(found: DeviceFindings, column: DeviceColumn) -> Cell | None:
    match column:
        case DeviceColumn.NAME:
            return NameCell(finding_words().device_or_none(found.device), strong=True)
        case DeviceColumn.FILES:
            return NumberCell(found.files)
        case DeviceColumn.FIRST | DeviceColumn.LAST:
            date = found.first_date if column is DeviceColumn.FIRST else found.last_date
            return TextCell(date_text(date), tone=Tone.TEXT2)
        case _:
            return None


def _rule_cell(rule: DeviceRule, column: DeviceColumn) -> Cell:
    words, verdict = rule_words(rule.rule), VERDICTS[rule.severity]
    match column:
        case DeviceColumn.NAME:
            return NameCell(words.title, rule_icon(rule.rule, rule.severity), icon_verdict=verdict)
        case DeviceColumn.CONSEQUENCE:
            return TextCell(finding_words().consequence(words.consequence), verdict=verdict)
        case DeviceColumn.FINDINGS:
            return NumberCell(rule.findings)
        case DeviceColumn.FILES:
            return NumberCell(rule.files)
        case DeviceColumn.FIRST | DeviceColumn.LAST:
            date = rule.first_date if column is DeviceColumn.FIRST else rule.last_date
            return TextCell(date_text(date), tone=Tone.TEXT2)
        case DeviceColumn.RULE:
            return TextCell(rule.rule, tone=Tone.TEXT2, mono=True)
