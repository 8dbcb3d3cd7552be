"""What the cells of the plan show: entries of the map, and the elements of one file before and after."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import IntEnum, auto
from functools import cache
from typing import Final, NamedTuple

from PySide6.QtCore import QObject

from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import row
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.told.preview import FileChange, PlanRow
from uidscope.qt.kit.cells import (
    Cell,
    Cut,
    DiffCell,
    DiffPart,
    DiffSide,
    NameCell,
    NumberCell,
    TextCell,
    Tone,
)
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.planning.plan_words import plan_words
from uidscope.qt.screen_names import screen_names
from uidscope.qt.tree.entity_names import entity_name

_UID: Final = re.compile(r"[0-9]+(\.[0-9]+)+")

GROUP_ICONS: Final = {"study": "study", "series": "series", "instance": "image", "encoding": "file"}
_OTHER_ICON: Final = "link"


class PlanColumn(IntEnum):
    """The columns of the map."""

    LEVEL = 0
    OLD = auto()
    NEW = auto()
    REASON = auto()
    REFERENCES = auto()
    FILES = auto()


class ChangeColumn(IntEnum):
    """The columns of one file's changes."""

    ELEMENT = 0
    BEFORE = auto()
    AFTER = auto()
    WHY = auto()


class BeforeAfter(NamedTuple):
    """A value as it was and as it will be."""

    before: DiffCell
    after: DiffCell


def before_after(old: str, new: str) -> BeforeAfter:
    """Mark what changes from one value to the other; UIDs share their root, up to a dot.

    Where two UIDs share no root, and where nothing was before, only the new one is marked; of a value
    that stays and is only written otherwise, nothing.
    """
    if old == new:
        same = _parts("", old, changed=False)
        return BeforeAfter(DiffCell(same, DiffSide.OLD), DiffCell(same, DiffSide.NEW))
    are_uids = _UID.fullmatch(old) is not None and _UID.fullmatch(new) is not None
    shared = _shared_root(old, new) if are_uids else ""
    marks_old = bool(shared) or not are_uids
    return BeforeAfter(
        DiffCell(_parts(shared, old.removeprefix(shared), changed=marks_old), DiffSide.OLD),
        DiffCell(_parts(shared, new.removeprefix(shared), changed=True), DiffSide.NEW),
    )


def group_cell(kind: str, count: int) -> NameCell:
    """The head of a group of the map."""
    icon = GROUP_ICONS.get(kind, _OTHER_ICON)
    return NameCell(plan_words().kind_title(kind), icon, number_text(count), strong=True, group=True)


class RowLook(NamedTuple):
    """How an entry of the map stands: on or switched off, its new UID typed or not.

    `new` is what an entry that is switched off would become, which the entry itself no longer says.
    """

    is_on: bool = True
    is_typed: bool = False
    new: str = ""


_ON: Final = RowLook()


def plan_cell(column: PlanColumn, plan_row: PlanRow, name: str, look: RowLook = _ON) -> Cell:
    """One cell of an entry of the map; `name` is what the entity is called."""
    entry = plan_row.entry
    tone = Tone.TEXT if look.is_on else Tone.TEXT2
    match column:
        case PlanColumn.LEVEL:
            secondary = plan_words().only_in(entry.file_count) if entry.scope == "occurrences" else ""
            return NameCell(name, secondary=secondary, tone=tone)
        case PlanColumn.OLD:
            return _active(before_after(entry.old, entry.new or look.new).before, look)
        case PlanColumn.NEW:
            return _active(before_after(entry.old, entry.new or look.new).after, look)
        case PlanColumn.REASON:
            reason = plan_words().entry_reason(entry.reason)
            return TextCell(plan_words().by_hand(reason) if look.is_typed else reason, Tone.TEXT2)
        case PlanColumn.REFERENCES:
            return NumberCell(plan_row.references, tone)
        case PlanColumn.FILES:
            return NumberCell(entry.file_count, tone)


def _active(cell: DiffCell, look: RowLook) -> DiffCell:
    return cell if look.is_on else replace(cell, active=False)


def change_cell(column: ChangeColumn, change: FileChange) -> Cell:
    """One cell of one file's elements; one that stays is told in text2."""
    names = screen_names()
    shown = change._replace(
        before=names.value_at(change.path, change.before), after=names.value_at(change.path, change.after)
    )
    return _unchanged_cell(column, shown) if change.does == "unchanged" else _changed_cell(column, shown)


def _changed_cell(column: ChangeColumn, change: FileChange) -> Cell:
    match column:
        case ChangeColumn.ELEMENT:
            return TextCell(change.path, cut=Cut.ELEMENT_PATH)
        case ChangeColumn.BEFORE:
            said = plan_words().nothing_before(change.does)
            if not change.before and said:
                return TextCell(said, Tone.TEXT2)
            return before_after(change.before, change.after).before
        case ChangeColumn.AFTER:
            if not change.after:
                said = plan_words().nothing_after(change.does, was_text=bool(change.before))
                return TextCell(said, Tone.TEXT2)
            return before_after(change.before, change.after).after
        case ChangeColumn.WHY:
            return TextCell(plan_words().change_reason(change.reason), Tone.TEXT2)


def _unchanged_cell(column: ChangeColumn, change: FileChange) -> Cell:
    match column:
        case ChangeColumn.ELEMENT:
            return TextCell(change.path, Tone.TEXT2, cut=Cut.ELEMENT_PATH)
        case ChangeColumn.BEFORE | ChangeColumn.AFTER if change.amount is not None:
            return TextCell(plan_words().amount(change.amount), Tone.TEXT2)
        case ChangeColumn.BEFORE | ChangeColumn.AFTER:
            return TextCell(change.before, Tone.TEXT2)
        case ChangeColumn.WHY:
            return TextCell("", Tone.TEXT2)


def entry_name(catalog: Catalog, entry: MapEntry) -> str:
    """What the entity of an entry is called: as the tree calls it, else by its kind.

    What is no new UID is called by its element.
    """
    if entry.change != "new-uid":
        return entry.kind
    nodes = [node for node in nodes_with_uid(catalog, entry.old) if node.level == entry.kind]
    return entity_name(row(catalog, nodes[0])) if nodes else plan_words().nameless(entry.kind)


def plan_column_title(column: PlanColumn) -> str:
    """The head of a column of the map."""
    return _words().plan_column(column)


def change_column_title(column: ChangeColumn) -> str:
    """The head of a column of one file's changes."""
    return _words().change_column(column)


def _shared_root(old: str, new: str) -> str:
    """The parts at the beginning of both, with the dot behind them; never all of one."""
    shared = 0
    for one, other in zip(old.split(".")[:-1], new.split(".")[:-1], strict=False):
        if one != other:
            break
        shared += len(one) + 1
    return old[:shared]


def _parts(shared: str, rest: str, *, changed: bool) -> tuple[DiffPart, ...]:
    parts = (DiffPart(shared), DiffPart(rest, changed=changed))
    return tuple(part for part in parts if part.text)


@cache
def _words() -> PlanColumnWords:
    return PlanColumnWords()


class PlanColumnWords(QObject):
    """The heads of the columns."""

    def plan_column(self, column: PlanColumn) -> str:
        return {
            PlanColumn.LEVEL: self.tr("Level"),
            PlanColumn.OLD: self.tr("Old UID"),
            PlanColumn.NEW: self.tr("New UID"),
            PlanColumn.REASON: self.tr("Reason"),
            PlanColumn.REFERENCES: self.tr("Refs"),
            PlanColumn.FILES: self.tr("Files"),
        }[column]

    def change_column(self, column: ChangeColumn) -> str:
        return {
            ChangeColumn.ELEMENT: self.tr("Element"),
            ChangeColumn.BEFORE: self.tr("Before"),
            ChangeColumn.AFTER: self.tr("After"),
            ChangeColumn.WHY: self.tr("Why"),
        }[column]
