"""A row of buttons that goes on below where it is too narrow."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.qt.loaded_state import shown
from tests.qt.room import cut_widgets
from uidscope.qt.kit.buttons import PlainButton
from uidscope.qt.kit.wrapping_row import WrappingRow


def a_page(qtbot: QtBot, buttons: list[PlainButton], width: int) -> tuple[QWidget, WrappingRow]:
    page, row = QWidget(), WrappingRow(buttons)
    column = QVBoxLayout(page)
    column.addWidget(row)
    column.addStretch(1)
    shown(qtbot, page, width, 300)
    return page, row


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_every_button_has_its_room_at_every_width(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    buttons = [PlainButton(text) for text in ("Add fix to plan", "Find all uses (1,234,567)", "Why?")]
    page, row = a_page(qtbot, buttons, 800)
    page.setLayoutDirection(direction)
    tops = []
    for width in (800, 330, 220):
        page.resize(width, 300)
        assert cut_widgets(page) == []
        assert row.height() >= max(button.geometry().bottom() for button in buttons)
        places = [button.geometry() for button in buttons]
        assert not any(a.intersects(b) for at, a in enumerate(places) for b in places[at + 1 :])
        tops.append(len({place.top() for place in places}))
    assert tops[0] == 1
    assert tops == sorted(tops)
    assert tops[-1] > 1


def test_it_follows_a_button_that_grows_or_goes(qtbot: QtBot) -> None:
    first, second = PlainButton("One"), PlainButton("Two")
    page, row = a_page(qtbot, [first, second], 320)
    before = second.x()
    first.set_text("One with many more words")
    qtbot.waitUntil(lambda: second.x() > before)
    first.hide()
    row.rearrange()
    assert second.x() == 0
    assert cut_widgets(page) == []
