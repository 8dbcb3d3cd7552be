"""Errors nobody caught: kept without a word of any patient, told at the next start, shown and deleted."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.qt.accessible import nameless
from tests.qt.windows import LONGEST_WAIT, shown_window
from uidscope.core.crash_report import crash_folder, keep_crash, left_reports, read_report
from uidscope.qt.dialogs.crash_dialog import CrashDialog
from uidscope.qt.main_window import MainWindow
from uidscope.qt.start.crash_notice import CrashNotice
from uidscope.qt.start.crash_watch import crashes_kept
from uidscope.qt.tasks import Task

CANARY = "CANARY^PATIENT"


def failing(name: str) -> None:
    raise ValueError(f"{name} in /data/{name}.dcm")


@pytest.fixture
def watched() -> Iterator[None]:
    with crashes_kept():
        yield


def kept_text() -> str:
    return "\n".join(read_report(path) for path in left_reports())


def test_an_error_leaves_a_report_without_its_text(watched: None, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        failing(CANARY)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    text = kept_text()
    assert "builtins.ValueError" in text
    assert "failing" in text
    assert "Qt " in text
    told = capsys.readouterr().err
    assert "ValueError at" in told
    assert "CANARY" not in text + told
    assert "/data" not in text + told


def test_an_error_of_a_thread_leaves_one_too(watched: None) -> None:
    thread = threading.Thread(target=failing, args=(CANARY,))
    thread.start()
    thread.join()
    assert "ValueError" in kept_text()
    assert "CANARY" not in kept_text()


def test_a_cancel_by_the_keyboard_is_none(watched: None, capsys: pytest.CaptureFixture[str]) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert left_reports() == ()


@pytest.mark.expected_log("task odd: ValueError")
def test_an_error_of_a_task_leaves_one_too(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    window.runner.run(Task("odd", lambda _progress, _cancel: failing(CANARY)))
    qtbot.waitUntil(lambda: not window.runner.is_running, timeout=LONGEST_WAIT)
    assert "failing" in kept_text()
    assert "CANARY" not in kept_text()


def test_hooks_are_as_before_once_it_is_over() -> None:
    before = sys.excepthook, threading.excepthook
    with crashes_kept():
        assert sys.excepthook is not before[0]
    assert (sys.excepthook, threading.excepthook) == before


def test_a_program_that_qt_ends_leaves_a_report() -> None:
    program = (
        "from PySide6.QtCore import qFatal\nfrom uidscope.qt.start.crash_watch import crashes_kept\n"
        f"def deadly(name): qFatal(name)\nwith crashes_kept(): deadly({CANARY!r})\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert ended.returncode != 0
    text = kept_text()
    assert "deadly" in text
    assert "CANARY" not in text


def test_a_window_that_cannot_be_made_leaves_a_report_and_no_text() -> None:
    program = (
        "import sys\nfrom uidscope.qt import app, main_window\n"
        f"def made(*_): raise ValueError({CANARY!r})\n"
        "main_window.MainWindow = made\nsys.exit(app.run_window(()))\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "ValueError at" in ended.stderr
    assert "_show" in kept_text()
    assert "CANARY" not in ended.stderr + ended.stdout + kept_text()


class Noticed:
    """A window that was told of the reports there are."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.window: MainWindow = shown_window(qtbot, folder)
        self.notice = CrashNotice(self.window, self.window.message_bar)
        self.notice.said.connect(self.window.operations.said)
        self.notice.unsaid.connect(self.window.operations.unsaid)
        self.notice.tell()

    def button(self, name: str) -> QPushButton:
        (found,) = (
            each
            for each in self.window.message_bar.findChildren(QPushButton)
            if each.accessibleName() == name
        )
        return found


def keep_one() -> None:
    with pytest.raises(ValueError, match="CANARY") as caught:
        failing(CANARY)
    assert keep_crash(caught.value)


def test_the_next_start_says_so_and_shows_it(qtbot: QtBot, tmp_path: Path) -> None:
    keep_one()
    noticed = Noticed(qtbot, tmp_path)
    shown = noticed.window.message_bar.shown
    assert shown is not None
    assert shown.key == CrashNotice.KEY
    qtbot.mouseClick(noticed.button("Show"), Qt.MouseButton.LeftButton)
    (dialog,) = noticed.window.findChildren(CrashDialog)
    assert dialog.isVisible()
    assert nameless(dialog) == []
    assert dialog.text.isReadOnly()
    assert "ValueError" in dialog.text.toPlainText()
    assert "CANARY" not in dialog.text.toPlainText()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(left_reports()) == 1


@pytest.mark.parametrize("by_dialog", [False, True])
def test_deleted_means_deleted(qtbot: QtBot, tmp_path: Path, by_dialog: bool) -> None:
    keep_one()
    noticed = Noticed(qtbot, tmp_path)
    if by_dialog:
        qtbot.mouseClick(noticed.button("Show"), Qt.MouseButton.LeftButton)
        (dialog,) = noticed.window.findChildren(CrashDialog)
        qtbot.mouseClick(dialog.delete_button, Qt.MouseButton.LeftButton)
    else:
        qtbot.mouseClick(noticed.button("Delete"), Qt.MouseButton.LeftButton)
    assert noticed.window.message_bar.shown is None
    assert os.listdir(crash_folder()) == []


def test_without_a_report_nothing_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    assert Noticed(qtbot, tmp_path).window.message_bar.shown is None
