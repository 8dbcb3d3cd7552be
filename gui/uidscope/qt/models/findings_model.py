"""The findings as a list in two steps: rules, and the findings of each that has more than one.

A rule with one finding is that finding. Nothing but ids is held; the findings themselves are read in
blocks when they are painted, and the last of them kept.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.catalog.finding_groups import FindingGroup, subject_nodes
from uidscope.core.catalog.findings import KeptFinding, finding
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node, NodeRow, path_to, row
from uidscope.core.report.words import rule_words
from uidscope.core.uid.syntax import faulty_parts
from uidscope.qt.finding_words import VERDICTS, finding_words, place_text, rule_icon
from uidscope.qt.kit.cells import CELL_ROLE, Cell, NameCell, NumberCell, TextCell, Tone, UidCell, cell_speech
from uidscope.qt.kit.grouped_model import GROUP, GroupedModel
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.screen_names import screen_names
from uidscope.qt.tree.entity_names import entity_name
from uidscope.qt.tree.fault_spans import fault_spans

Index = QModelIndex | QPersistentModelIndex

ROWS_AT_A_TIME: Final = 500
# A view asks for these of every row it knows of: Python's enums take long to combine.
_ROW: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_GROUP: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_NOTHING: Final = Qt.ItemFlag.NoItemFlags
_ROWS_KEPT: Final = 2048
_PARTS_NAMED: Final = 4
_KEYS: Final = ("SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID", "PatientID")


class FindingColumn(enum.IntEnum):
    FINDING = 0
    CONSEQUENCE = 1
    WHERE = 2
    FILES = 3
    RULE = 4


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding, and the way to the first place that it is about; empty for a DICOMDIR."""

    finding: KeptFinding
    path: tuple[NodeRow, ...]


class FindingsModel(GroupedModel):
    """The findings of one catalog, or of none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog: Catalog | None = None
        self._groups: tuple[FindingGroup, ...] = ()
        self._shown: list[int] = []
        self._rows: dict[int, FindingRow | None] = {}
        self._places: dict[Node, str] = {}

    def set_groups(self, catalog: Catalog | None, groups: Sequence[FindingGroup]) -> None:
        """Show the findings of a catalog, grouped."""
        self.beginResetModel()
        self._catalog = catalog
        self._groups = tuple(groups)
        self._shown = [0] * len(groups)
        self._rows.clear()
        self._places.clear()
        self.endResetModel()

    # From indexes to findings and on

    def group(self, index: Index) -> FindingGroup | None:
        """The group that an index is, or is in."""
        if not index.isValid():
            return None
        at = index.row() if index.internalId() == GROUP else index.internalId() - 1
        return self._groups[at]

    def finding_id(self, index: Index) -> int | None:
        """The id of the finding at an index; None for a group of several, and for the row behind the last."""
        group = self.group(index)
        if group is None:
            return None
        if index.internalId() == GROUP:
            return group.ids[0] if _is_single(group) else None
        return group.ids[index.row()] if index.row() < len(group.ids) else None

    def finding_row(self, index: Index) -> FindingRow | None:
        """The finding at an index, read."""
        id_ = self.finding_id(index)
        return None if id_ is None else self._row(id_)

    def step(self, index: Index, direction: int) -> QModelIndex:
        """The finding after (1) or before (-1) an index, by gravity; behind the last comes the first."""
        if not self._groups:
            return QModelIndex()
        if not index.isValid():
            return self._finding_index(0, 0) if direction > 0 else self._last_of(len(self._groups) - 1)
        is_group = index.internalId() == GROUP
        at = index.row() if is_group else index.internalId() - 1
        group = self._groups[at]
        place = index.row() if not is_group else (0 if _is_single(group) or direction < 0 else -1)
        place += direction
        if 0 <= place < len(group.ids):
            return self._finding_index(at, place)
        beside = (at + direction) % len(self._groups)
        return self._finding_index(beside, 0) if direction > 0 else self._last_of(beside)

    def _last_of(self, at: int) -> QModelIndex:
        return self._finding_index(at, len(self._groups[at].ids) - 1)

    def _finding_index(self, at: int, place: int) -> QModelIndex:
        above = self.createIndex(at, 0, GROUP)
        if _is_single(self._groups[at]):
            return above
        while self._shown[at] <= place and self.can_fetch_after(above):
            self.fetch_after(above)
        return self.index(place, 0, above)

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._groups)
        return self._shown[parent.row()] if self._may_have_rows(parent) else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(FindingColumn)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return self._may_have_rows(parent) if parent.isValid() else bool(self._groups)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether none of a group's findings is announced yet.

        Not whether there are more: a tree view fetches at each new layout, whatever is in view.
        """
        return self.can_fetch_after(parent) and not self._shown[parent.row()]

    def fetchMore(self, parent: Index) -> None:
        """Announce the first of a group's findings."""
        if self.canFetchMore(parent):
            self.fetch_after(parent)

    def can_fetch_after(self, parent: Index) -> bool:
        """Whether a group has findings behind those announced."""
        if not parent.isValid() or not self._may_have_rows(parent):
            return False
        return self._shown[parent.row()] < _row_total(self._groups[parent.row()])

    def fetch_after(self, parent: Index) -> None:
        """Announce the next chunk of a group's findings."""
        if not self.can_fetch_after(parent):
            return
        at = parent.row()
        first = self._shown[at]
        past_last = min(first + ROWS_AT_A_TIME, _row_total(self._groups[at]))
        self.beginInsertRows(self.createIndex(at, 0, GROUP), first, past_last - 1)
        self._shown[at] = past_last
        self.endInsertRows()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return _NOTHING
        return _GROUP if index.internalId() == GROUP and self._may_have_rows(index) else _ROW

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < len(FindingColumn):
            return None
        return (
            self.tr("Finding"),
            self.tr("Consequence"),
            self.tr("Where"),
            self.tr("Files"),
            self.tr("Rule"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role not in (CELL_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        column = FindingColumn(index.column())
        is_group = index.internalId() == GROUP
        cell = self._group_cell(index, column) if is_group else self._finding_cell(index, column)
        if role == CELL_ROLE or cell is None:
            return cell
        spoken = visible_text(cell_speech(cell))
        group = self.group(index)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == 0 and is_group and group is not None:
            # The icon's colour and shape in words.
            return f"{finding_words().severity(group.severity)}: {spoken}"
        return spoken

    # Cells

    def _group_cell(self, index: Index, column: FindingColumn) -> Cell | None:
        group = self._groups[index.row()]
        verdict = VERDICTS[group.severity]
        words = rule_words(group.rule)
        match column:
            case FindingColumn.FINDING:
                icon = rule_icon(group.rule, group.severity)
                counted = NumberCell(group.findings)
                return NameCell(words.title, icon, cell_speech(counted), strong=True, icon_verdict=verdict)
            case FindingColumn.CONSEQUENCE:
                return TextCell(finding_words().consequence(words.consequence), verdict=verdict)
            case FindingColumn.WHERE:
                return self._group_place(group)
            case FindingColumn.FILES:
                return NumberCell(group.files)
            case FindingColumn.RULE:
                return TextCell(group.rule, tone=Tone.TEXT2, mono=True)

    def _group_place(self, group: FindingGroup) -> Cell | None:
        if _is_single(group):
            return self._where(self._row(group.ids[0]))
        return TextCell(self._place(group.place), tone=Tone.TEXT2) if group.place else None

    def _finding_cell(self, index: Index, column: FindingColumn) -> Cell | None:
        group = self._groups[index.internalId() - 1]
        if index.row() >= len(group.ids):
            told = finding_words().more(group.findings - len(group.ids))
            return NameCell(told, tone=Tone.TEXT2) if column == 0 else None
        found = self._row(group.ids[index.row()])
        if found is None:
            return None
        match column:
            case FindingColumn.FINDING:
                return NameCell(finding_name(found), secondary=_element(found.finding))
            case FindingColumn.WHERE:
                return self._where(found)
            case FindingColumn.FILES:
                return NumberCell(found.finding.file_count)
            case _:
                return None

    def _where(self, found: FindingRow | None) -> Cell | None:
        """The UID where its form is the fault, else the place."""
        if found is None:
            return None
        spans = fault_spans(found.finding.uid)
        if spans and found.finding.rule.startswith("UID-"):
            return UidCell(found.finding.uid, spans)
        return TextCell(place_text(found.path), tone=Tone.TEXT2)

    def _place(self, node: Node) -> str:
        if node not in self._places:
            self._places[node] = place_text(_way(self._catalog, node))
        return self._places[node]

    # Rows

    def _row(self, id_: int) -> FindingRow | None:
        if id_ not in self._rows:
            if len(self._rows) > _ROWS_KEPT:
                for old in list(self._rows)[: _ROWS_KEPT // 2]:
                    del self._rows[old]
            self._rows[id_] = _read(self._catalog, id_)
        return self._rows[id_]

    def _may_have_rows(self, index: Index) -> bool:
        is_group = index.isValid() and index.column() == 0 and index.internalId() == GROUP
        return is_group and not _is_single(self._groups[index.row()])


def finding_name(found: FindingRow) -> str:
    """What a finding is called in a group of several: its place, and which parts of its UID are at fault."""
    words = finding_words()
    kept = found.finding
    name = entity_name(found.path[-1]) if found.path else screen_names().finding(kept).uid or kept.attribute
    at_fault = {fault.place + 1 for fault in faulty_parts(kept.uid)}
    if at_fault and kept.rule.startswith("UID-"):
        return words.about(name, words.parts(sorted(at_fault)[:_PARTS_NAMED]))
    return name


def _element(kept: KeptFinding) -> str:
    """The element a finding is about, where it is not the key of the place itself."""
    return "" if kept.attribute in _KEYS else kept.attribute


def _is_single(group: FindingGroup) -> bool:
    return len(group.ids) == 1


def _row_total(group: FindingGroup) -> int:
    """The rows of a group: its findings, and one that says how many more there are."""
    return len(group.ids) + (group.findings > len(group.ids))


def _read(catalog: Catalog | None, id_: int) -> FindingRow | None:
    kept = finding(catalog, id_) if catalog is not None else None
    if catalog is None or kept is None:
        return None
    nodes = subject_nodes(catalog, kept, limit=1)
    return FindingRow(kept, _way(catalog, nodes[0]) if nodes else ())


def _way(catalog: Catalog | None, node: Node) -> tuple[NodeRow, ...]:
    if catalog is None:
        return ()
    try:
        return tuple(row(catalog, step) for step in path_to(catalog, node))
    except LookupError:
        return ()
