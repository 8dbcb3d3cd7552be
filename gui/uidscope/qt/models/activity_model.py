"""What the program has done since it was started: when, what, and how it ended."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from uidscope.qt.kit.cells import CELL_ROLE, Cell, StateCell, TextCell, Tone, cell_speech
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.visible_text import visible_text

Index = QModelIndex | QPersistentModelIndex

MOST_KEPT: Final = 500
_ICONS: Final = {
    Verdict.OK: "check",
    Verdict.ERROR: "error",
    Verdict.WARNING: "warning",
    Verdict.INFO: "note",
    Verdict.PLAN: "planned",
}


class ActivityColumn(enum.IntEnum):
    TIME = 0
    WHAT = 1
    ENDING = 2


@dataclass(slots=True)
class Activity:
    """One piece of work. It runs as long as it has no ending."""

    at: QDateTime
    what: str
    ending: str = ""
    verdict: Verdict = Verdict.OK


class ActivityModel(QAbstractTableModel):
    """The newest first; the oldest are forgotten."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._activities: list[Activity] = []

    def begin(self, what: str) -> Activity:
        """Note that something has begun, and return it so that its end can be noted."""
        if len(self._activities) == MOST_KEPT:
            self.beginRemoveRows(QModelIndex(), MOST_KEPT - 1, MOST_KEPT - 1)
            self._activities.pop()
            self.endRemoveRows()
        activity = Activity(QDateTime.currentDateTime(), what)
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._activities.insert(0, activity)
        self.endInsertRows()
        return activity

    def end(self, activity: Activity, ending: str, verdict: Verdict = Verdict.OK) -> None:
        """Note how something ended, or say it better."""
        activity.ending, activity.verdict = ending, verdict
        row = next((row for row, each in enumerate(self._activities) if each is activity), None)
        if row is not None:
            place = self.index(row, ActivityColumn.ENDING)
            self.dataChanged.emit(place, place)

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._activities)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(ActivityColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < len(ActivityColumn):
            return None
        return (self.tr("Time"), self.tr("What"), self.tr("How it ended"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._cell(self._activities[index.row()], ActivityColumn(index.column()))
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None

    def _cell(self, activity: Activity, column: ActivityColumn) -> Cell:
        match column:
            case ActivityColumn.TIME:
                time = QLocale().toString(activity.at.time(), "HH:mm:ss")
                return TextCell(time, tone=Tone.TEXT2, mono=True)
            case ActivityColumn.WHAT:
                return TextCell(activity.what)
            case ActivityColumn.ENDING:
                if not activity.ending:
                    return TextCell(self.tr("under way"), tone=Tone.TEXT2)
                return StateCell(_ICONS[activity.verdict], activity.ending, activity.verdict)
