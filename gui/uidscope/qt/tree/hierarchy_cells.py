"""One place of the tree as the cells of its row."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QObject

from uidscope.core.catalog.told_badges import ToldBadge, told_badges
from uidscope.core.catalog.tree import FileRow, InstanceRow, NodeRow, PatientRow, SeriesRow, StudyRow
from uidscope.core.read.record import TRUNCATED
from uidscope.qt.finding_words import KIND_BADGES, SEVERITY_BADGES
from uidscope.qt.kit.badges import Badge, BadgeKind
from uidscope.qt.kit.cells import BadgesCell, Cell, Cut, NameCell, TextCell, Tone, UidCell, cell_speech
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.screen_names import screen_names
from uidscope.qt.tree.entity_names import date_text, entity_icon, entity_name, entity_remark
from uidscope.qt.tree.fault_spans import fault_spans
from uidscope.qt.tree.hierarchy_columns import Column


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to be said of a row beside its findings.

    `planned` is the number of objects at or below it that the plan changes, `is_verified` says that they have
    been written as planned and read back; of `offline` ones a file cannot be reached any more.
    """

    planned: int = 0
    is_verified: bool = False
    offline: int = 0


def row_cell(
    column: Column, row: NodeRow, above: NodeRow | None, standing: Standing, new_uids: Sequence[str]
) -> Cell | None:
    """The cell of a row in one column; None leaves it empty.

    `above` is the row of the parent, `new_uids` what its UID becomes (several where its files go different
    ways).
    """
    match column:
        case Column.NAME:
            return _name(row)
        case Column.STATUS:
            badges = row_badges(row, standing)
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


def row_badges(row: NodeRow, standing: Standing) -> tuple[Badge, ...]:
    """What is to be said of a row: its findings and those below, what the plan does, what is out of reach."""
    badges = [_badge(told) for told in told_badges(row.badges)]
    is_object = isinstance(row, InstanceRow | FileRow)
    is_one_file = is_object and not row.child_count
    if _is_truncated(row) and all(badge.kind != "truncated" for badge in row.badges):
        badges.append(Badge(BadgeKind.TRUNCATED))  # read so, and not told by a finding
    if standing.planned:
        kind = BadgeKind.VERIFIED if standing.is_verified else BadgeKind.PLANNED
        badges.append(Badge(kind, standing.planned, own=is_object))
    if standing.offline:
        badges.append(Badge(BadgeKind.OFFLINE, standing.offline, own=is_one_file))
    return tuple(badges)


def _is_truncated(row: NodeRow) -> bool:
    """Whether a row is about one file, and that ends too soon."""
    return isinstance(row, InstanceRow | FileRow) and not row.child_count and bool(row.flags & TRUNCATED)


def _badge(told: ToldBadge) -> Badge:
    kind, severity = KIND_BADGES[told.kind], SEVERITY_BADGES[told.severity]
    return Badge(
        kind,
        told.findings,
        told.own,
        None if severity.verdict is kind.verdict else severity,
        tuple(Badge(KIND_BADGES[each.kind], each.findings, own=False) for each in told.including),
    )


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
