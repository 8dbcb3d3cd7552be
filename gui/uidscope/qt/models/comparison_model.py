"""The instances that differ between two folders, a row each, study by study."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.report.comparing.comparison import ComparedFolders, instances
from uidscope.core.report.comparing.comparison_words import comparison_words, difference_words
from uidscope.qt.kit.cells import CELL_ROLE, Cell, Cut, StateCell, TextCell, Tone, UidCell, cell_speech
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.icon_spot import VERDICT_ICONS
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.tree.entity_names import date_text

Index = QModelIndex | QPersistentModelIndex

ROWS_SHOWN: Final = 3000
"""More rows are nothing that anybody reads in a window."""

STATUS_VERDICTS: Final = {
    "same": Verdict.OK,
    "re-encoded": Verdict.INFO,
    "not-compared": Verdict.WARNING,
    "header-changed": Verdict.WARNING,
    "extra": Verdict.WARNING,
    "pixels-changed": Verdict.ERROR,
    "missing": Verdict.ERROR,
}


class DifferenceColumn(enum.IntEnum):
    STATUS = 0
    STUDY = 1
    INSTANCE = 2
    WHAT = 3
    FILE = 4


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One instance; `file` is its first one in the first folder or, if it is not there, in the second."""

    status: str
    study: str
    uid: str
    what: str
    file: str


class ComparisonModel(QAbstractTableModel):
    """Holds at most `ROWS_SHOWN` rows, made beforehand."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[DifferenceRow, ...] = ()

    def set_rows(self, rows: Sequence[DifferenceRow]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(DifferenceColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < len(DifferenceColumn):
            return None
        return (
            self.tr("Difference"),
            self.tr("Study"),
            self.tr("SOP Instance UID"),
            self.tr("What differs"),
            self.tr("File"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._cell(self._rows[index.row()], DifferenceColumn(index.column()))
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None

    def _cell(self, row: DifferenceRow, column: DifferenceColumn) -> Cell:
        match column:
            case DifferenceColumn.STATUS:
                verdict = STATUS_VERDICTS[row.status]
                return StateCell(VERDICT_ICONS[verdict], comparison_words().statuses[row.status], verdict)
            case DifferenceColumn.STUDY:
                return TextCell(row.study or self.tr("without UID"))
            case DifferenceColumn.INSTANCE:
                return UidCell(row.uid) if row.uid else TextCell(self.tr("without UID"))
            case DifferenceColumn.WHAT:
                return TextCell(row.what, tone=Tone.TEXT2)
            case DifferenceColumn.FILE:
                return TextCell(row.file, cut=Cut.FILE_PATH)


def difference_rows(compared: ComparedFolders) -> tuple[DifferenceRow, ...]:
    """Make the first `ROWS_SHOWN` rows; it asks the catalogs, so not in the window's thread."""
    described = compared.first_names.description
    headings = {
        study.uid: f"{date_text(study.date)} {described(study.description)}".strip()
        for study in compared.result.studies
    }
    return tuple(
        DifferenceRow(
            instance["status"],
            f"{headings[instance['study_instance_uid']]} {instance['study_instance_uid']}".strip(),
            instance["sop_instance_uid"],
            difference_words(instance),
            (instance["first"] or instance["second"])[0],
        )
        for instance in islice(instances(compared), ROWS_SHOWN)
    )
