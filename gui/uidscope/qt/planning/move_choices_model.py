"""The places that objects can be moved into, as Qt's item model: a row each, a study before its series."""

from __future__ import annotations

from enum import IntEnum, auto
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.plan.told.move_choices import MoveChoice
from uidscope.qt.kit.cells import CELL_ROLE, Cell, NameCell, TextCell, Tone, UidCell, cell_speech
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.screen_names import screen_names
from uidscope.qt.tree.entity_names import date_text, entity_name

Index = QModelIndex | QPersistentModelIndex


class MoveColumn(IntEnum):
    """The columns."""

    PLACE = 0
    PATIENT = auto()
    UID = auto()


class MoveChoicesModel(QAbstractTableModel):
    """The studies and series found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[MoveChoice, ...] = ()

    def set_choices(self, choices: tuple[MoveChoice, ...]) -> None:
        """Show other places."""
        self.beginResetModel()
        self._choices = choices
        self.endResetModel()

    def choice(self, index: Index) -> MoveChoice | None:
        """The place of a row."""
        return self._choices[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._choices)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(MoveColumn)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """The base class keeps its own to itself, and a tree asks for it."""
        return not parent.isValid() and bool(self._choices)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < len(MoveColumn):
            return None
        return {
            MoveColumn.PLACE: self.tr("Study or series"),
            MoveColumn.PATIENT: self.tr("Patient"),
            MoveColumn.UID: self.tr("UID"),
        }[MoveColumn(section)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        choice = self.choice(index)
        if choice is None:
            return None
        cell = self._cell(MoveColumn(index.column()), choice)
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None

    def _cell(self, column: MoveColumn, choice: MoveChoice) -> Cell:
        match column:
            case MoveColumn.PLACE if choice.series is None:
                name, date = entity_name(choice.study), date_text(choice.study.date)
                return NameCell(name, "study", date if date not in name else "", strong=True)
            case MoveColumn.PLACE:
                assert choice.series is not None
                modality = choice.series.modality
                said = f"{modality} {choice.series.number}".strip()
                return NameCell(f"    {entity_name(choice.series)}", "series", said)
            case MoveColumn.PATIENT:
                patient = screen_names().row(choice.patient)
                known = (patient.name, patient.patient_id)
                return TextCell(" ".join(filter(None, known)), Tone.TEXT2)
            case MoveColumn.UID:
                return UidCell(choice.into.uid, tone=Tone.TEXT2)
