"""What the window's tests have in common: a window of their own, loaded and waited for."""

import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from uidscope.qt.main_window import MainWindow
from uidscope.qt.settings import Settings

LONGEST_WAIT = 20_000  # milliseconds


def shown_window(qtbot: QtBot, folder: Path) -> MainWindow:
    """A window on the screen whose settings lie in `folder`; closed after the test, without a question."""

    def let_nothing_be_asked(closing: MainWindow) -> None:
        """A test that failed amid its work would wait for an answer for ever."""
        closing.operations.cancel()
        qtbot.waitUntil(lambda: not closing.runner.is_running, timeout=LONGEST_WAIT)
        closing.state.set_exported()

    window = MainWindow(Settings(str(folder / "window.ini")))
    qtbot.addWidget(window, before_close_func=let_nothing_be_asked)
    window.show()
    return window


def load(qtbot: QtBot, window: MainWindow, *paths: str | os.PathLike[str]) -> None:
    """Load and wait for the end of the checks."""
    window.operations.load_paths([os.fspath(path) for path in paths])
    wait_until_checked(qtbot, window)


def wait_until_checked(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.state.checked and not window.runner.is_running, timeout=LONGEST_WAIT)


def mime_of(paths: Iterable[Path]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drag_over(target: QWidget, mime: QMimeData) -> bool:
    """Drag something into a window; whether it takes it."""
    event = QDragEnterEvent(
        target.rect().center(),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.setAccepted(False)
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def drag_away(target: QWidget) -> None:
    QApplication.sendEvent(target, QDragLeaveEvent())


def drop(target: QWidget, mime: QMimeData) -> bool:
    """Drop something on a window; whether it takes it."""
    event = QDropEvent(
        QPointF(target.rect().center()),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.setAccepted(False)
    QApplication.sendEvent(target, event)
    return event.isAccepted()
