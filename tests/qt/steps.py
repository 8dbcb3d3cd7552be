"""What a person does in the window, step by step, each waited for."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.qt.seen import view_of
from tests.qt.windows import LONGEST_WAIT, drag_over, drop, mime_of, wait_until_checked
from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog
from uidscope.qt.main_window import MainWindow
from uidscope.qt.models.findings_model import FindingsModel

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NO_MODIFIER = Qt.KeyboardModifier.NoModifier

Dialog = TypeVar("Dialog", bound=QDialog)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    """Press a key where the keyboard's focus is, so that shortcuts act too."""
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None, "nothing has the keyboard"
    QTest.keyClick(target, key, modifier)


def drop_folders(qtbot: QtBot, window: MainWindow, *folders: Path) -> None:
    """Drag folders in, let them go, and wait for the end of the checks and of all questions."""
    mime = mime_of(folders)
    assert drag_over(window, mime)
    assert drop(window, mime)
    wait_until_checked(qtbot, window)
    settle_window(qtbot, window)


def settle_window(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing runs and every panel and dialog has its answer."""

    def is_settled() -> bool:
        questions = window.findChildren(BackgroundQuestion)
        return not window.runner.is_running and not any(each.is_waiting for each in questions)

    for _ in range(2):  # an answer may lead to another question
        qtbot.waitUntil(is_settled, timeout=LONGEST_WAIT)
        qtbot.wait(30)
    qtbot.waitUntil(is_settled, timeout=LONGEST_WAIT)


def go_to(qtbot: QtBot, window: MainWindow, uid: str, level: str = "") -> None:
    """Select the place of the tree that bears a UID."""
    assert window.state.catalog is not None
    nodes = [node for node in nodes_with_uid(window.state.catalog, uid) if level in ("", node.level)]
    window.operations.go_to(nodes[:1])
    settle_window(qtbot, window)


def next_finding(qtbot: QtBot, window: MainWindow) -> None:
    """F8, and Enter on what it leads to."""
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Return)
    settle_window(qtbot, window)


def go_to_finding(qtbot: QtBot, window: MainWindow, title: str) -> None:
    """Press F8 until the finding at hand is one of this rule, by its words."""
    view = view_of(FindingsModel, window)
    assert view is not None
    for _ in range(200):
        press(Qt.Key.Key_F8)
        index = view.currentIndex()
        group = index.parent() if index.parent().isValid() else index
        if title in str(group.siblingAtColumn(0).data()):
            press(Qt.Key.Key_Return)
            settle_window(qtbot, window)
            return
    raise AssertionError(f"no finding called {title!r}")


def dialog_of(qtbot: QtBot, window: MainWindow, kind: type[Dialog]) -> Dialog:
    """The dialog that is open, once it is."""
    qtbot.waitUntil(lambda: bool(window.findChildren(kind)), timeout=LONGEST_WAIT)
    return window.findChildren(kind)[-1]


def plan(qtbot: QtBot, window: MainWindow, intention: str) -> None:
    """Ctrl+R, the choice, and the primary button."""
    press(Qt.Key.Key_R, CTRL)
    dialog = dialog_of(qtbot, window, RegenerateDialog)
    dialog.choices.set_current(intention)
    qtbot.waitUntil(dialog.plan_button.isEnabled, timeout=LONGEST_WAIT)
    qtbot.mouseClick(dialog.plan_button, Qt.MouseButton.LeftButton)
    settle_window(qtbot, window)
