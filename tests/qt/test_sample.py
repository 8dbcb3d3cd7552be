"""Sample data in the window: from the empty page to its findings, and gone at the end."""

import os
import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.qt.windows import load, shown_window, wait_until_checked
from uidscope.core.catalog.tree import counts
from uidscope.qt.main_window import MainWindow


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, temporary: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path)


def sample_button(window: MainWindow) -> QPushButton:
    (button,) = (
        each
        for each in window.empty_state.findChildren(QPushButton)
        if each.accessibleName() == "Open sample data"
    )
    return button


def test_the_empty_page_offers_it_and_a_press_loads_it(qtbot: QtBot, window: MainWindow) -> None:
    button = sample_button(window)
    assert button.isVisible()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    wait_until_checked(qtbot, window)
    assert window.state.catalog is not None
    found = counts(window.state.catalog)
    assert found.files == found.loaded + found.not_loaded >= 60
    assert found.findings["error"] > 0


def test_the_menu_offers_it_while_nothing_is_loaded(qtbot: QtBot, window: MainWindow) -> None:
    action = window.commands["actionOpenSample"]
    assert action in window.commands.menus["menuFile"].actions()
    action.trigger()
    wait_until_checked(qtbot, window)
    assert not action.isEnabled()
    window.operations.clear()
    assert action.isEnabled()
    action.trigger()
    wait_until_checked(qtbot, window)
    assert len(window.state.paths) == 1


def test_its_files_are_of_this_user_alone_and_gone_at_the_end(
    qtbot: QtBot, window: MainWindow, temporary: Path
) -> None:
    window.commands["actionOpenSample"].trigger()
    wait_until_checked(qtbot, window)
    folder = Path(window.sample.path)
    assert folder.is_relative_to(temporary)
    if os.name != "nt":
        assert folder.parent.stat().st_mode & 0o077 == 0
    window.close()
    assert os.listdir(temporary) == []


def test_an_archive_is_loaded_by_the_window_and_named_as_the_user_did(
    qtbot: QtBot, window: MainWindow, temporary: Path, tmp_path: Path
) -> None:
    from tests.builders import ct_series, encoded
    from tests.builders.archives import write_archive

    entries = {f"IM{number}": encoded(each) for number, each in enumerate(ct_series(3))}
    path = write_archive(tmp_path / "ct.zip", entries)
    load(qtbot, window, path)
    assert window.state.catalog is not None
    assert counts(window.state.catalog).loaded == 3
    assert window.state.paths == (str(path),)
    window.close()
    assert os.listdir(temporary) == []
