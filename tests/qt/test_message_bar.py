import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.qt.pixels import shows
from uidscope.qt.kit.colour_tokens import Scheme, Verdict
from uidscope.qt.kit.message_bar import Message, MessageBar, MessageToolBar
from uidscope.qt.kit.theme import tokens

LOADED = Message(
    "loaded", Verdict.WARNING, "9,812 of 10,004 files loaded.", "192 were not.", "Show 192 files"
)


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    made = MessageBar()
    qtbot.addWidget(made)
    return made


def test_it_is_known_by_its_name(bar: MessageBar) -> None:
    assert bar.objectName() == "messageBar"
    assert bar.accessibleName()
    assert bar.isHidden()


def test_the_gravest_is_shown_and_then_the_next(bar: MessageBar) -> None:
    bar.post(LOADED)
    bar.post(Message("target", Verdict.ERROR, "The target lies inside a source folder."))
    bar.post(Message("note", Verdict.INFO, "12 files are identical."))
    shown = []
    while bar.shown is not None:
        shown.append(bar.shown.key)
        bar.withdraw(bar.shown.key)
    assert shown == ["target", "loaded", "note"]
    assert bar.isHidden()


def test_the_newest_of_equals_is_shown_and_a_key_is_shown_once(bar: MessageBar) -> None:
    bar.post(LOADED)
    bar.post(Message("other", Verdict.WARNING, "Another."))
    assert bar.shown is not None
    assert bar.shown.key == "other"
    bar.post(Message("loaded", Verdict.WARNING, "All files loaded."))
    assert bar.shown.title == "All files loaded."
    bar.withdraw("loaded")
    assert bar.shown.key == "other"
    bar.withdraw("never posted")


def test_action_and_close_name_their_message(bar: MessageBar, qtbot: QtBot) -> None:
    bar.post(LOADED)
    bar.show()
    with qtbot.waitSignal(bar.triggered) as triggered:
        qtbot.mouseClick(bar.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert triggered.args == ["loaded"]
    with qtbot.waitSignal(bar.closed) as closed:
        qtbot.mouseClick(bar.findChildren(QToolButton)[0], Qt.MouseButton.LeftButton)
    assert closed.args == ["loaded"]
    assert bar.shown is None


def test_it_wears_the_colour_of_its_verdict(bar: MessageBar, scheme: Scheme) -> None:
    bar.post(LOADED)
    bar.resize(900, 36)
    colours = tokens().warning
    assert shows(bar, [colours.soft, colours.ink])


def test_its_tool_bar_spans_the_window_and_hides_with_it(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = MessageBar()
    holder = MessageToolBar(bar, "Message")
    window.addToolBar(holder)
    window.resize(1024, 400)
    with qtbot.waitExposed(window):
        window.show()
    assert holder.isHidden()
    bar.post(LOADED)
    qtbot.waitUntil(lambda: bar.width() == 1024)
    assert bar.height() == 36
    bar.withdraw("loaded")
    assert holder.isHidden()
