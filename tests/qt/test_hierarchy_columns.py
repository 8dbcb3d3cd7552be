"""How the columns of the tree share the room there is."""

import pytest
from PySide6.QtWidgets import QApplication

from uidscope.qt.tree.hierarchy_columns import (
    Column,
    ColumnChoice,
    column_title,
    column_widths,
    shown_columns,
)

USUAL = (Column.NAME, Column.STATUS, Column.MODALITY, Column.DATE, Column.NUMBER, Column.UID)


@pytest.mark.parametrize("with_new_uids", [False, True])
def test_columns_go_in_order_where_room_is_short(qapp: QApplication, with_new_uids: bool) -> None:
    shown = [
        set(shown_columns(room, ColumnChoice(), with_new_uids=with_new_uids))
        for room in range(1600, 200, -10)
    ]
    new = {Column.NEW_UID} if with_new_uids else set()
    orders = [set(USUAL) | new]
    for gone in (Column.DATE, Column.NUMBER, Column.MODALITY):
        orders.append(orders[-1] - {gone})
    assert [columns for at, columns in enumerate(shown) if columns not in shown[:at]] == orders


def test_choice_goes_before_the_rule(qapp: QApplication) -> None:
    choice = ColumnChoice({Column.DATE: True, Column.FILE: True, Column.STATUS: False, Column.NAME: False})
    shown = shown_columns(400, choice, with_new_uids=False)
    assert shown == (Column.NAME, Column.DATE, Column.UID, Column.FILE)


@pytest.mark.parametrize("room", [420, 600, 878, 1400, 2500])
@pytest.mark.parametrize("with_new_uids", [False, True])
def test_widths_fill_the_room_and_are_never_too_narrow(
    qapp: QApplication, room: int, with_new_uids: bool
) -> None:
    shown = shown_columns(room, ColumnChoice(), with_new_uids=with_new_uids)
    widths = column_widths(room, shown, ColumnChoice())
    assert tuple(widths) == shown
    assert sum(widths.values()) == room or sum(widths.values()) > room >= 0
    assert all(width >= 40 for width in widths.values())
    assert widths[Column.NAME] >= 160
    if room >= 878:
        assert sum(widths.values()) == room


def test_chosen_widths_are_kept(qapp: QApplication) -> None:
    choice = ColumnChoice(widths={Column.NAME: 333, Column.UID: 210})
    widths = column_widths(900, USUAL, choice)
    assert (widths[Column.NAME], widths[Column.UID]) == (333, 210)


def test_every_column_has_a_title(qapp: QApplication) -> None:
    assert len({column_title(column) for column in Column}) == len(Column)
