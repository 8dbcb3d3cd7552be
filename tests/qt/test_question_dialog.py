"""Questions that must be answered: the safe answer is the one that comes by itself."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from uidscope.qt.dialogs.question_dialog import QuestionDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> QuestionDialog:
    dialog = QuestionDialog("Is <b>it</b> to go?", "It is.", "Let it go", "Keep it")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_escape_and_return_stay(qtbot: QtBot, dialog: QuestionDialog, key: Qt.Key) -> None:
    qtbot.keyClick(dialog, key)
    assert not dialog.isVisible()
    assert not dialog.goes_on


def test_one_button_goes_on(qtbot: QtBot, dialog: QuestionDialog) -> None:
    qtbot.mouseClick(dialog.go_on_button, Qt.MouseButton.LeftButton)
    assert dialog.goes_on
    assert dialog.textFormat() == Qt.TextFormat.PlainText
