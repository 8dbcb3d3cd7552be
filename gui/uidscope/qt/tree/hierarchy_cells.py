"""One place of the tree as the cells of its row."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QObject

from uidscope.core.catalog.finding import Severity
from uidscope.core.catalog.tree import FileRow, InstanceRow, NodeRow, PatientRow, SeriesRow, StudyRow
from uidscope.core.read.record import TRUNCATED
from uidscope.qt.kit.badges import Badge, BadgeKind
from uidscope.qt.kit.cells import BadgesCell, Cell, Cut, NameCell, TextCell, Tone, UidCell, cell_speech
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.screen_names import screen_names
from uidscope.qt.tree.entity_names import date_text, entity_icon, entity_name, entity_remark
from uidscope.qt.tree.fault_spans import fault_spans
from uidscope.qt.tree.hierarchy_columns import Column

_KINDS: dict[Severity, BadgeKind] = {
    "error": BadgeKind.ERROR,
    "warning": BadgeKind.WARNING,
    "info": BadgeKind.NOTE,
}


def row_cell(
    column: Column, row: NodeRow, above: NodeRow | None, planned: int, new_uids: Sequence[str]
) -> Cell | None:
    """The cell of a row in one column; None leaves it empty.

    `above` is the row of the parent, `planned` the number of objects at or below the row that change,
    `new_uids` what its UID becomes (several where its files go different ways).
    """
    match column:
        case Column.NAME:
            return _name(row)
        case Column.STATUS:
            badges = row_badges(row, planned)
            return BadgesCell(badges) if badges else None
        case Column.UID:
            uid = row_uid(row)
            return UidCell(uid, fault_spans(uid)) if uid else None
        case Column.NEW_UID:
            return _new_uid(new_uids)
        case _:
            text = _text(column, row, above)
            return TextCell(text, cut=Cut.FILE_PATH if column is Column.FILE else Cut.RIGHT) if text else None


def row_uid(row: NodeRow) -> str:
    """The UID that a row bears itself; empty for a patient and a file."""
    return row.uid if isinstance(row, StudyRow | SeriesRow | InstanceRow) else ""


def row_badges(row: NodeRow, planned: int) -> tuple[Badge, ...]:
    """What is to be said of a row: own findings and those below, and what the plan does to it."""
    badges = []
    for severity, own, below in row.badges:
        badges += [Badge(_KINDS[severity], own)] if own else []
        badges += [Badge(_KINDS[severity], below, own=False)] if below else []
    if isinstance(row, InstanceRow | FileRow):
        badges += [Badge(BadgeKind.TRUNCATED)] if row.flags & TRUNCATED else []
        badges += [Badge(BadgeKind.PLANNED)] if planned else []
    elif planned:
        badges.append(Badge(BadgeKind.PLANNED, planned, own=False))
    return tuple(badges)


def row_speech(cells: Sequence[Cell | None]) -> str:
    """A row in words: its name, then what its badges say ("Series 3, 2 errors")."""
    return ", ".join(visible_text(cell_speech(cell)) for cell in cells if cell is not None)


def _name(row: NodeRow) -> NameCell:
    is_file = isinstance(row, FileRow)
    return NameCell(
        entity_name(row),
        entity_icon(row),
        entity_remark(row),
        strong=isinstance(row, PatientRow),
        tone=Tone.TEXT2 if is_file else Tone.TEXT,
        cut=Cut.FILE_PATH if is_file else Cut.RIGHT,
    )


def _new_uid(new_uids: Sequence[str]) -> Cell | None:
    if len(new_uids) == 1:
        return UidCell(new_uids[0], verdict=Verdict.PLAN)
    return TextCell(_words().several(len(new_uids)), verdict=Verdict.PLAN) if new_uids else None


def _text(column: Column, row: NodeRow, above: NodeRow | None) -> str:
    match column, row:
        case Column.MODALITY, SeriesRow():
            return row.modality
        case Column.MODALITY, InstanceRow():
            return above.modality if isinstance(above, SeriesRow) else ""
        case Column.DATE, StudyRow() | SeriesRow():
            return date_text(row.date)
        case Column.NUMBER, SeriesRow() | InstanceRow():
            return row.number
        case Column.FILE, InstanceRow() | FileRow():
            return screen_names().file(row.path)
    return ""


@cache
def _words() -> "HierarchyWords":
    return HierarchyWords()


class HierarchyWords(QObject):
    """The words of the tree's cells. A QObject, for only there Qt's tools find the plural forms."""

    def several(self, count: int) -> str:
        return self.tr("%Ln new UIDs", "", count)
