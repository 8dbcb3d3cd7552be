"""Two files side by side: what each element says in A and in B, below what it is about."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.report.comparing.side_by_side import ComparedRow, ShownValue
from uidscope.core.report.comparing.side_by_side_verdict import Subject, SubjectRows, is_pixel_data
from uidscope.core.report.value_text import spoken_value
from uidscope.qt.kit.cells import (
    CELL_ROLE,
    Cell,
    DiffCell,
    DiffPart,
    DiffSide,
    NameCell,
    TextCell,
    Tone,
    cell_speech,
)
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.grouped_model import GROUP, GroupedModel
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.visible_text import visible_text

Index = QModelIndex | QPersistentModelIndex

_ICONS: Final[dict[Subject, str]] = {
    "pixels": "image",
    "image": "image",
    "patient": "patient",
    "study": "study",
    "series": "series",
    "equipment": "series",
    "request": "report",
    "history": "report",
    "private": "object",
    "encoding": "file",
}


class SideColumn(enum.IntEnum):
    ATTRIBUTE = 0
    FIRST = 1
    SECOND = 2
    MEANING = 3


class SideBySideModel(GroupedModel):
    """A group for each subject, and below it its rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[SubjectRows, ...] = ()

    def set_groups(self, groups: Sequence[SubjectRows]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._groups = tuple(groups)
        self.endResetModel()

    def compared(self, index: Index) -> ComparedRow | None:
        """The row at an index; None for a group."""
        if not index.isValid() or index.internalId() == GROUP:
            return None
        return self._groups[index.internalId() - 1].rows[index.row()]

    def differences(self) -> list[QModelIndex]:
        """Where the rows stand that are not the same in both, from above to below."""
        return [
            self.index(at, 0, self.index(group, 0))
            for group, of_subject in enumerate(self._groups)
            for at, row in enumerate(of_subject.rows)
            if row.state != "same"
        ]

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._groups)
        is_group = parent.internalId() == GROUP and parent.column() == 0
        return len(self._groups[parent.row()].rows) if is_group else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(SideColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < len(SideColumn):
            return None
        return (self.tr("Attribute"), "A", "B", self.tr("What it means"))[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.compared(index) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = SideColumn(index.column())
        row = self.compared(index)
        cell = self._head(self._groups[index.row()], column) if row is None else self._cell(row, column)
        if cell is None:
            return None
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.ToolTipRole and row is not None:
            return None if column is SideColumn.MEANING else visible_text(f"{row.path} {row.tag}")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None

    # Cells

    def _head(self, group: SubjectRows, column: SideColumn) -> Cell | None:
        if column is not SideColumn.ATTRIBUTE:
            return None
        name = self._subjects()[group.subject]
        count = number_text(len(group.rows))
        return NameCell(name, _ICONS[group.subject], count, strong=True, group=True)

    def _cell(self, row: ComparedRow, column: SideColumn) -> Cell:
        match column:
            case SideColumn.ATTRIBUTE:
                return NameCell(row.name or row.path, secondary=row.tag)
            case SideColumn.FIRST:
                return self._value(row, row.first, row.second)
            case SideColumn.SECOND:
                return self._value(row, row.second, row.first)
            case SideColumn.MEANING:
                return self._meaning(row)

    def _value(self, row: ComparedRow, value: ShownValue | None, other: ShownValue | None) -> Cell:
        if value is None:
            return DiffCell((DiffPart(self.tr("absent"), changed=True),), DiffSide.EITHER)
        text = spoken_value(value.vr, value.text) or self.tr("empty")
        if row.state in ("same", "not-compared"):
            return TextCell(text, tone=Tone.TEXT2, mono=True)
        against = spoken_value(other.vr, other.text) if other is not None else ""
        return DiffCell(marked_parts(text, against), DiffSide.EITHER)

    def _meaning(self, row: ComparedRow) -> Cell:
        if row.state == "same":
            words = self.tr("the same") if row.written_alike else self.tr("the same, written otherwise")
            return TextCell(words, tone=Tone.TEXT2)
        if row.state != "not-compared" and (row.is_encoding or row.level == "file-meta"):
            return TextCell(self.tr("says only how it is written"), tone=Tone.TEXT2)
        if row.state != "not-compared" and is_pixel_data(row):
            return TextCell(self.tr("another image"), verdict=Verdict.ERROR)
        return TextCell(self._difference(row), verdict=Verdict.WARNING)

    def _difference(self, row: ComparedRow) -> str:
        of_state = {
            "not-compared": self.tr("not compared: compressed in different ways"),
            "only-first": self.tr("B lacks it"),
            "only-second": self.tr("A lacks it"),
        }
        if row.state in of_state:
            return of_state[row.state]
        return {
            "patient": self.tr("another patient, or other words for one"),
            "study": self.tr("says something else of the study"),
            "series": self.tr("says something else of the series"),
            "equipment": self.tr("another device wrote it"),
            "request": self.tr("another order"),
            "history": self.tr("another past"),
        }.get(row.level, self.tr("says something else"))

    def _subjects(self) -> dict[Subject, str]:
        return {
            "pixels": self.tr("Pixel data"),
            "image": self.tr("Image"),
            "patient": self.tr("Patient"),
            "study": self.tr("Study"),
            "series": self.tr("Series"),
            "equipment": self.tr("Equipment"),
            "request": self.tr("Request"),
            "history": self.tr("History"),
            "private": self.tr("Private"),
            "encoding": self.tr("Encoding"),
        }


def marked_parts(text: str, other: str) -> tuple[DiffPart, ...]:
    """Mark what differs from another text: all between what both begin and what both end with."""
    most = min(len(text), len(other))
    begin = next((at for at in range(most) if text[at] != other[at]), most)
    room = most - begin
    end = next((at for at in range(room) if text[-1 - at] != other[-1 - at]), room)
    past = len(text) - end
    parts = (DiffPart(text[:begin]), DiffPart(text[begin:past], changed=True), DiffPart(text[past:]))
    return tuple(part for part in parts if part.text) or (DiffPart(text),)
