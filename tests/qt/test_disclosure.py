"""A line that unfolds what is rarely needed, and an area that takes only the height its content needs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.qt.room import cut_widgets
from uidscope.qt.kit.capped_area import CappedArea
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.disclosure import Disclosure
from uidscope.qt.kit.plain_label import PlainLabel


def shown(qtbot: QtBot, *widgets: QWidget, width: int = 400) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    qtbot.addWidget(page)
    page.resize(width, 400)
    page.show()
    return page


def test_it_is_folded_until_it_is_pressed(qtbot: QtBot) -> None:
    content = PlainLabel("rare")
    fold = Disclosure("More", content)
    page = shown(qtbot, fold)
    assert page.isVisible()
    assert (fold.is_open, content.isVisible()) == (False, False)
    with qtbot.waitSignal(fold.toggled) as told:
        qtbot.mouseClick(fold.head, Qt.MouseButton.LeftButton)
    assert told.args == [True]
    assert content.isVisible()
    fold.head.setFocus()
    qtbot.keyClick(fold.head, Qt.Key.Key_Space)
    assert not content.isVisible()
    fold.set_open(True)
    assert content.isVisible()


def test_it_speaks(qtbot: QtBot) -> None:
    fold = Disclosure("A & B", PlainLabel("rare"))
    fold.set_summary("UUID under 2.25")
    page = shown(qtbot, fold)
    assert page.isVisible()
    assert fold.head.accessibleName() == "A & B"
    assert fold.head.accessibleDescription() == "UUID under 2.25"
    assert fold.head.isCheckable()


def test_nothing_is_cut(qtbot: QtBot, scheme: Scheme, direction: Qt.LayoutDirection, text_size: int) -> None:
    fold = Disclosure("How new UIDs are made", PlainLabel("rare"))
    fold.set_summary("own root, product, site and time")
    fold.set_open(True)
    assert cut_widgets(shown(qtbot, fold)) == []


def test_an_area_takes_the_height_it_needs_and_scrolls_beyond(qtbot: QtBot) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    label = PlainLabel("words " * 20, wraps=True)
    column.addWidget(label)
    area = CappedArea(content, 120)
    page = shown(qtbot, area)
    qtbot.waitUntil(lambda: area.height() == column.totalHeightForWidth(page.width()))
    assert area.verticalScrollBar().maximum() == 0
    label.setText("words " * 400)
    qtbot.waitUntil(lambda: area.height() == 120)
    assert area.verticalScrollBar().maximum() > 0
    area.set_most(80)
    qtbot.waitUntil(lambda: area.height() == 80)
    content.hide()
    qtbot.waitUntil(lambda: area.height() == 0)
