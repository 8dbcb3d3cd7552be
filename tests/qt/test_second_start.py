"""A second start hands its paths to the window there is; nothing but the user's own starts is heard."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.builders import ct_series
from tests.qt.windows import LONGEST_WAIT, shown_window, wait_until_checked
from tests.watch import SourceFolders
from uidscope.qt.start.arrivals import Arrivals
from uidscope.qt.start.one_window import OneWindow, asked_paths
from uidscope.qt.start.open_with import OpenWith

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="sockets as files")


@pytest.fixture
def first(qapp: QApplication) -> Iterator[OneWindow]:
    """The window there is."""
    one = OneWindow()
    assert not one.hand_over([])
    yield one
    one.close()


def started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "uidscope", *arguments],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_start_ends_and_the_first_hears_its_paths(
    qtbot: QtBot, first: OneWindow, tmp_path: Path
) -> None:
    with qtbot.waitSignal(first.asked, timeout=LONGEST_WAIT) as asked:
        second = started(str(tmp_path), "relative")
    assert asked.args == [(str(tmp_path), os.path.join(os.getcwd(), "relative"))]
    out, err = second.communicate(timeout=30)
    assert (second.returncode, out, err) == (0, "", "")


def test_a_start_without_paths_brings_the_window_to_the_front(qtbot: QtBot, first: OneWindow) -> None:
    with qtbot.waitSignal(first.asked, timeout=LONGEST_WAIT) as asked:
        second = started()
    assert asked.args == [()]
    second.communicate(timeout=30)


def test_a_new_window_may_be_asked_for(qtbot: QtBot, first: OneWindow) -> None:
    heard: list[object] = []
    first.asked.connect(heard.append)
    another = started("--new-window")
    try:
        qtbot.wait(1500)
        assert another.poll() is None
        assert heard == []
    finally:
        another.send_signal(signal.SIGTERM)
        another.communicate(timeout=30)


@posix_only
def test_what_a_killed_window_left_is_in_nobodys_way(qapp: QApplication) -> None:
    running = started()
    runtime = Path(os.environ["XDG_RUNTIME_DIR"]) if sys.platform == "linux" else Path()
    end = time.monotonic() + 30
    while not list(runtime.rglob("window-*")) and time.monotonic() < end:
        time.sleep(0.05)
    running.kill()
    running.communicate(timeout=30)
    one = OneWindow()
    assert not one.hand_over([])
    other = OneWindow()
    try:
        assert _hands_over(other)
    finally:
        one.close()


def _hands_over(one: OneWindow) -> bool:
    """In a process of its own, since it waits for an answer that this one gives."""
    second = started()
    end = time.monotonic() + 30
    while second.poll() is None and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)
    second.communicate(timeout=30)
    return second.returncode == 0


@posix_only
def test_only_the_user_can_speak_to_it(first: OneWindow) -> None:
    path = Path(first.address)
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(path.parent.stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\n",
        b"hello\n",
        b"[" * 100_000 + b"\n",
        b'{"paths": ["/a"]}\n',
        b'{"uidscope": 2, "paths": ["/a"]}\n',
        b'{"uidscope": 1, "paths": "/a"}\n',
        b'{"uidscope": 1, "paths": ["relative"]}\n',
        b'{"uidscope": 1, "paths": ["/a", 7]}\n',
        b'{"uidscope": 1, "paths": ["/a\\u0000b"]}\n',
        b"\xff\xfe\n",
    ],
)
def test_what_is_no_message_is_not_heard(qtbot: QtBot, first: OneWindow, message: bytes) -> None:
    heard: list[object] = []
    first.asked.connect(heard.append)
    socket = QLocalSocket()
    socket.connectToServer(first.address)
    assert socket.waitForConnected(1000)
    socket.write(message)
    socket.flush()
    qtbot.wait(100)
    socket.disconnectFromServer()
    qtbot.wait(50)
    assert heard == []


def test_a_caller_who_says_nothing_is_cut_off(qtbot: QtBot, first: OneWindow) -> None:
    socket = QLocalSocket()
    socket.connectToServer(first.address)
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected, timeout=10_000):
        pass


def test_a_path_of_any_bytes_comes_through() -> None:
    path = os.fsdecode(b"/a/\xff\xe9 \xf0\x9f\x98\x80")
    message = json.dumps({"uidscope": 1, "paths": [path]}).encode()
    assert asked_paths(message) == (path,)


def test_what_arrives_is_loaded(qtbot: QtBot, make_source: SourceFolders, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    window.showMinimized()
    Arrivals(window, window.load).take((str(make_source(ct_series(2))),))
    wait_until_checked(qtbot, window)
    assert not window.isMinimized()


def test_what_arrives_waits_for_the_end_of_a_dialog(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    loaded: list[tuple[str, ...]] = []
    arrivals = Arrivals(window, loaded.append)
    dialog = QDialog(window)
    dialog.open()
    arrivals.take(("/a",))
    arrivals.take(("/b", "/a"))
    qtbot.wait(400)
    assert loaded == []
    dialog.reject()
    qtbot.waitUntil(lambda: loaded == [("/a", "/b")], timeout=LONGEST_WAIT)
    arrivals.take(())
    assert len(loaded) == 1


def test_a_path_that_is_not_there_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    Arrivals(window, window.load).take((str(tmp_path / "gone"),))
    qtbot.waitUntil(lambda: window.message_bar.shown is not None, timeout=LONGEST_WAIT)
    assert "gone" in (window.message_bar.shown.title if window.message_bar.shown else "")


def test_files_the_desktop_asks_for_are_opened_together(qapp: QApplication, qtbot: QtBot) -> None:
    opened: list[tuple[str, ...]] = []
    asked = OpenWith(qapp, comes_as_event=True)
    try:
        for name in ("/a", "/b"):
            QApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(name)))
        qtbot.wait(200)
        asked.connect_to(opened.append)  # what came before the window is not lost
        QApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile("/c")))
        paths = [QFileInfo(name).filePath() for name in ("/a", "/b", "/c")]
        qtbot.waitUntil(lambda: opened == [tuple(paths[:2]), (paths[2],)], timeout=LONGEST_WAIT)
    finally:
        qapp.removeEventFilter(asked)
