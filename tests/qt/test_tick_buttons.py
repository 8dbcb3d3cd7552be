import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.qt.pixels import shows
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.tick_buttons import PlainCheckBox, PlainRadioButton

Made = PlainCheckBox | PlainRadioButton


@pytest.fixture(params=[PlainCheckBox, PlainRadioButton])
def button(request: pytest.FixtureRequest, qtbot: QtBot) -> Made:
    made: Made = request.param("Keep A&B <b>folders</b>")
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_text_is_shown_as_it_is(button: Made) -> None:
    assert button.accessibleName() == "Keep A&B <b>folders</b>"
    assert button.text() == "Keep A&&B <b>folders</b>"


def test_it_is_drawn_in_the_colours_in_use(button: Made, scheme: Scheme) -> None:
    colours = tokens()
    button.clearFocus()
    assert shows(button, [colours.text])
    assert not shows(button, [colours.accent])
    button.setChecked(True)
    assert shows(button, [colours.accent])
    button.setEnabled(False)
    assert shows(button, [colours.disabled])
    assert not shows(button, [colours.accent])


def test_a_click_anywhere_on_it_turns_it(button: Made, qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    button.resize(400, 30)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
    assert button.isChecked()


def test_the_space_bar_turns_it_and_the_focus_is_seen(button: Made, qtbot: QtBot) -> None:
    assert not shows(button, [tokens().accent]) or button.hasFocus()
    button.activateWindow()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    assert shows(button, [tokens().accent])
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert button.isChecked()


def test_its_size_grows_with_the_text(button: Made, text_size: int) -> None:
    assert button.sizeHint().height() >= text_size + 4
    assert button.minimumSizeHint() == button.sizeHint()
    assert button.sizeHint().width() > 10 * text_size
