"""References and referrers of one place of the tree, as two groups of rows."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from functools import cache
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.catalog.references import ReferenceState
from uidscope.core.report.node_relations import MOST_LISTED, Relation, Relations
from uidscope.core.uid.registry import registered
from uidscope.qt.kit.cells import (
    CELL_ROLE,
    Cell,
    Cut,
    NameCell,
    StateCell,
    TextCell,
    Tone,
    UidCell,
    cell_speech,
)
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.grouped_model import GROUP, GroupedModel
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.tree.fault_spans import fault_spans

Index = QModelIndex | QPersistentModelIndex

# Every reference to an instance ends so; the sequence before it says more.
_PLAIN_END = ".ReferencedSOPInstanceUID"
_QUIET = ("resolved", "unchecked")


class RelationColumn(enum.IntEnum):
    PATH = 0
    KIND = 1
    STATE = 2
    UID = 3


class RelationsModel(GroupedModel):
    """The groups *References* and *Referenced by*; one that has no rows is left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[tuple[str, str, tuple[Relation, ...]]] = []

    def set_relations(self, relations: Relations) -> None:
        """Show these instead."""
        words = relation_words()
        groups = (
            (words.references(), relations.references, relations.reference_states),
            (words.referenced_by(), relations.referenced_by, relations.referrer_states),
        )
        self.beginResetModel()
        self._groups = [
            (title, words.counted(states, len(rows)), rows) for title, rows, states in groups if rows
        ]
        self.endResetModel()

    def relation(self, index: Index) -> Relation | None:
        """The relation of a row; None for a group."""
        if not index.isValid() or index.internalId() == GROUP:
            return None
        return self._groups[index.internalId() - 1][2][index.row()]

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._groups)
        if parent.column() > 0 or parent.internalId() != GROUP:
            return 0
        return len(self._groups[parent.row()][2])

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(RelationColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if wanted and orientation == Qt.Orientation.Horizontal and 0 <= section < len(RelationColumn):
            return relation_words().title(RelationColumn(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._cell(index)
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell)) if cell is not None else None
        return None

    def _cell(self, index: Index) -> Cell | None:
        column = RelationColumn(index.column())
        relation = self.relation(index)
        if relation is None:
            title, counted, _ = self._groups[index.row()]
            return NameCell(title, secondary=counted, strong=True, group=True) if column == 0 else None
        return _relation_cell(relation, column)


def _relation_cell(relation: Relation, column: RelationColumn) -> Cell:
    words = relation_words()
    match column:
        case RelationColumn.PATH:
            return TextCell(shown_path(relation), cut=Cut.ELEMENT_PATH)
        case RelationColumn.KIND:
            return TextCell(words.kind(relation))
        case RelationColumn.STATE:
            return words.state(relation.state)
        case RelationColumn.UID:
            tone = Tone.TEXT2 if relation.state == "unchecked" else Tone.TEXT
            return UidCell(relation.uid, fault_spans(relation.uid), tone=tone)


def shown_path(relation: Relation) -> str:
    """The element path without what all such paths end in, and how often it stands there."""
    return shown_reference(relation.path, relation.count)


def shown_reference(path: str, times: int) -> str:
    """The same for a path that stands somewhere this often."""
    path = path.removesuffix(_PLAIN_END)
    return f"{path} ×{number_text(times)}" if times > 1 else path


@cache
def relation_words() -> RelationWords:
    return RelationWords()


class RelationWords(QObject):
    """The words of the list. A QObject, for only there Qt's tools find the plural forms."""

    def references(self) -> str:
        return self.tr("References")

    def referenced_by(self) -> str:
        return self.tr("Referenced by")

    def title(self, column: RelationColumn) -> str:
        return {
            RelationColumn.PATH: self.tr("Element path"),
            RelationColumn.KIND: self.tr("Kind"),
            RelationColumn.STATE: self.tr("State"),
            RelationColumn.UID: self.tr("UID"),
        }[column]

    def counted(self, states: Mapping[ReferenceState, int], listed: int) -> str:
        """ "414, 2 missing": how many there are, and how many of them are not as they should be."""
        told = [number_text(sum(states.values()))]
        told += [
            f"{number_text(times)} {self.state(state).text}"
            for state, times in states.items()
            if state not in _QUIET and times
        ]
        if listed >= MOST_LISTED:
            told.append(self.tr("the first %1 listed").replace("%1", number_text(listed)))
        return ", ".join(told)

    def kind(self, relation: Relation) -> str:
        """What is referred to; for an instance by its class, as far as that is known."""
        match relation.kind:
            case "instance":
                entry = registered(relation.class_uid)
                is_image = entry is None or "Image Storage" in entry.name
                return self.tr("image") if is_image and relation.class_uid else self.tr("object")
            case "series":
                return self.tr("series")
            case "study":
                return self.tr("study")
            case "frame_of_reference":
                return self.tr("frame")
            case _:
                return self.tr("other")

    def not_written(self) -> StateCell:
        """The state of a reference in an export to what is loaded and no part of it."""
        return StateCell("note", self.tr("not written"), Verdict.INFO)

    def state(self, state: ReferenceState) -> StateCell:
        """A state as shape, word and colour."""
        return {
            "resolved": StateCell("check", self.tr("present"), Verdict.OK),
            "missing": StateCell("broken", self.tr("missing"), Verdict.WARNING),
            "wrong-class": StateCell("error", self.tr("wrong class"), Verdict.ERROR),
            "wrong-parent": StateCell("error", self.tr("wrong parent"), Verdict.ERROR),
            "ambiguous": StateCell("conflict", self.tr("ambiguous"), Verdict.ERROR),
            "self": StateCell("warning", self.tr("to itself"), Verdict.WARNING),
            "unchecked": StateCell("note", self.tr("not checked"), Verdict.INFO),
        }[state]
