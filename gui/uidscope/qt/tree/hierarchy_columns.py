"""The columns of the tree: their order, their titles, and how they share the room there is."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from PySide6.QtCore import QObject

from uidscope.core.catalog.tree_order import SortKey
from uidscope.qt.kit.font_roles import FontRole, text_width


class Column(enum.IntEnum):
    """The columns in their order."""

    NAME = 0
    STATUS = 1
    MODALITY = 2
    DATE = 3
    NUMBER = 4
    UID = 5
    NEW_UID = 6
    FILE = 7


SORT_KEYS: Mapping[Column, SortKey] = {
    Column.NAME: "name",
    Column.STATUS: "status",
    Column.MODALITY: "modality",
    Column.DATE: "date",
    Column.NUMBER: "number",
    Column.UID: "uid",
    Column.FILE: "file",
}
"""What each column orders by. The new UIDs are the plan's, and no order: they are random."""

ALWAYS_SHOWN = frozenset((Column.NAME,))
# What goes first where room is short.
_EXPENDABLE = (Column.DATE, Column.NUMBER, Column.MODALITY)
_SHARED_OUT = (Column.UID, Column.NEW_UID, Column.FILE)
_NAME_PART = 0.30
_LEAST_NAME = 168
_WANTED_NAME = 232
_LEAST_UID = 150
_ONE_BADGE = "00 broken refs"


@dataclass(slots=True)
class ColumnChoice:
    """What the user chose: columns shown or not against the rule, and widths in pixels."""

    shown: dict[Column, bool] = field(default_factory=dict)
    widths: dict[Column, int] = field(default_factory=dict)


def column_title(column: Column) -> str:
    """The title of a column, as the head shows it."""
    return _words().title(column)


def shown_columns(room: int, choice: ColumnChoice, *, with_new_uids: bool) -> tuple[Column, ...]:
    """The columns to show in `room` pixels, in their order.

    The user's choice goes before everything. *New UID* is there where the plan has rows; the file only
    where it is asked for; date, number and modality go, in this order, where room is short.
    """
    own = {column: column not in (Column.NEW_UID, Column.FILE) for column in Column}
    own[Column.NEW_UID] = with_new_uids
    shown = [column for column in Column if column in ALWAYS_SHOWN or choice.shown.get(column, own[column])]
    for column in _EXPENDABLE:
        if column in shown and not choice.shown.get(column) and _least_width(shown, choice) > room:
            shown.remove(column)
    return tuple(shown)


def column_widths(room: int, shown: tuple[Column, ...], choice: ColumnChoice) -> dict[Column, int]:
    """The widths of these columns: together `room`, or more where they cannot be as narrow."""
    widths = {column: choice.widths.get(column) or _fixed_width(column) for column in shown}
    if Column.STATUS in shown and Column.STATUS not in choice.widths:
        # Badges shrink to shape and count before a name is cut.
        missing = sum(map(_wanted_least, shown)) - room
        widths[Column.STATUS] = max(_least(Column.STATUS), widths[Column.STATUS] - max(0, missing))
    open_ones = [column for column in shown if not widths[column]]
    rest = max(0, room - sum(widths.values()))
    sharing = [column for column in open_ones if column is not Column.NAME]
    if Column.NAME in open_ones:
        widths[Column.NAME] = max(_WANTED_NAME, round(room * _NAME_PART)) if sharing else rest
        # A tree with room enough gives it to the names, one without takes it from them.
        spare = rest - widths[Column.NAME] - sum(map(_least, sharing))
        widths[Column.NAME] = max(_LEAST_NAME, widths[Column.NAME] + min(0, spare))
        rest -= widths[Column.NAME]
    for place, column in enumerate(sharing):
        widths[column] = max(_least(column), rest // (len(sharing) - place))
        rest -= widths[column]
    return widths


def _least_width(shown: list[Column], choice: ColumnChoice) -> int:
    """The room below which columns go."""
    return sum(
        choice.widths.get(column) or (_least if column is Column.STATUS else _wanted_least)(column)
        for column in shown
    )


def _least(column: Column) -> int:
    if column is Column.STATUS:
        return round(text_width(_ONE_BADGE, FontRole.BODY)) + 20
    return _LEAST_NAME if column is Column.NAME else _LEAST_UID


def _wanted_least(column: Column) -> int:
    """The width below which the badges give way."""
    return _fixed_width(column) or (_WANTED_NAME if column is Column.NAME else _LEAST_UID)


def _fixed_width(column: Column) -> int:
    """What a column of short texts needs; 0 for one that takes what there is."""
    widest = _widest().get(column)
    return 0 if widest is None else round(text_width(widest, FontRole.BODY)) + 20


def _widest() -> Mapping[Column, str]:
    return {
        Column.STATUS: "00 broken refs  00 warnings",
        Column.MODALITY: "RTSTRUCT",
        Column.DATE: "0000-00-00",
        Column.NUMBER: "0000",
    }


@cache
def _words() -> "ColumnWords":
    return ColumnWords()


class ColumnWords(QObject):
    """The titles. A QObject, for Qt's tools find words to translate there."""

    def title(self, column: Column) -> str:
        return {
            Column.NAME: self.tr("Name"),
            Column.STATUS: self.tr("Status"),
            Column.MODALITY: self.tr("Mod."),
            Column.DATE: self.tr("Date"),
            Column.NUMBER: self.tr("No."),
            Column.UID: self.tr("UID"),
            Column.NEW_UID: self.tr("New UID"),
            Column.FILE: self.tr("File"),
        }[column]
