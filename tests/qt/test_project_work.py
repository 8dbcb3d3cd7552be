"""A project in the window: saved, opened again, and the same new UIDs; the second delivery (job 10)."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.builders import ct_series, with_uids
from tests.qt.windows import LONGEST_WAIT, load, shown_window, wait_until_checked
from tests.watch import SourceFolders
from uidscope.core.catalog.rule_settings import Ignore
from uidscope.core.catalog.tree import ROOT, children
from uidscope.core.judge.rule_settings import profile
from uidscope.core.project_file import read_project
from uidscope.qt import main_window
from uidscope.qt.main_window import MainWindow
from uidscope.qt.planning.plan_operations import add_intention
from uidscope.qt.recent_menu import RecentMenu
from uidscope.qt.rule_operations import ignore


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path)


def map_of(window: MainWindow) -> dict[str, str]:
    uid_map = window.state.uid_map
    return {} if uid_map is None else {entry.old: entry.new for entry in uid_map.entries()}


def idle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.runner.is_running, timeout=LONGEST_WAIT)


def plan_copy(qtbot: QtBot, window: MainWindow) -> dict[str, str]:
    add_intention(window.state, window.runner, "copy", ())
    qtbot.waitUntil(lambda: bool(map_of(window)), timeout=LONGEST_WAIT)
    return map_of(window)


def save_as(qtbot: QtBot, window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_window, "choose_project_name", lambda *_: str(path))
    with qtbot.waitSignal(window.projects.saved, timeout=LONGEST_WAIT):
        window.commands["actionSaveProject"].trigger()
    idle(qtbot, window)


def open_in(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.load((str(path),))
    qtbot.waitUntil(lambda: bool(map_of(window)), timeout=LONGEST_WAIT)
    idle(qtbot, window)


def test_what_was_planned_is_there_again(
    qtbot: QtBot,
    window: MainWindow,
    make_source: SourceFolders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load(qtbot, window, make_source(ct_series(2)))
    before = plan_copy(qtbot, window)
    path = tmp_path / "research.uidscope"
    save_as(qtbot, window, path, monkeypatch)
    assert "research.uidscope" in window.windowTitle()
    assert window.state.plan_may_go
    window.close()

    again = shown_window(qtbot, tmp_path / "another")
    open_in(qtbot, again, path)
    assert map_of(again) == before
    assert again.state.plan_may_go
    assert "research.uidscope" in again.windowTitle()


def test_the_second_delivery_gets_the_same_uids(
    qtbot: QtBot,
    window: MainWindow,
    make_source: SourceFolders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    objects = ct_series(3)
    load(qtbot, window, make_source(objects[:2], folder="january"))
    before = plan_copy(qtbot, window)
    path = tmp_path / "research.uidscope"
    save_as(qtbot, window, path, monkeypatch)
    window.load((str(make_source(objects[2:], folder="february")),))
    wait_until_checked(qtbot, window)
    window.operations.clear()

    open_in(qtbot, window, path)
    assert map_of(window) == before


def test_patients_are_not_named_in_it(
    qtbot: QtBot,
    window: MainWindow,
    make_source: SourceFolders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    images = ct_series(1)
    for image in images:
        image.PatientName, image.PatientID = "CANARY^NAME", "CANARY-ID"
    load(qtbot, window, make_source(images))
    catalog = window.state.catalog
    assert catalog is not None
    add_intention(window.state, window.runner, "copy", (children(catalog, ROOT)[0].node,))
    qtbot.waitUntil(lambda: bool(map_of(window)), timeout=LONGEST_WAIT)
    assert "CANARY-ID" in repr(window.state.history.plan)
    path = tmp_path / "research.uidscope"
    save_as(qtbot, window, path, monkeypatch)
    assert "CANARY" not in path.read_text("utf-8")
    assert read_project(str(path)).plan.intentions[0].selectors


def test_its_rules_stay_with_the_project(
    qtbot: QtBot,
    window: MainWindow,
    make_source: SourceFolders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    images = ct_series(1)
    zeros = with_uids(images, {images[0].SOPInstanceUID: "1.3.6.1.4.1.32473.01.1"})
    load(qtbot, window, make_source(zeros))
    plan_copy(qtbot, window)
    path = tmp_path / "research.uidscope"
    save_as(qtbot, window, path, monkeypatch)
    ignore(window.state, window.runner, Ignore("UID-S04", "known here"))
    idle(qtbot, window)
    save_as(qtbot, window, path, monkeypatch)
    assert [each.reason for each in read_project(str(path)).rules.ignores] == ["known here"]
    assert not (tmp_path / "rules.toml").exists()
    window.operations.clear()
    assert window.state.rule_settings == profile("strict")
    assert window.windowTitle() == "UIDscope"


def test_recent_projects_are_listed_and_forgotten(
    qtbot: QtBot,
    window: MainWindow,
    make_source: SourceFolders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load(qtbot, window, make_source(ct_series(1)))
    save_as(qtbot, window, tmp_path / "A&B.uidscope", monkeypatch)
    menu = window.findChild(RecentMenu)
    assert menu is not None
    menu.fill()
    assert menu.actions()[0].text() == "A&&B.uidscope"
    menu.actions()[-1].trigger()
    menu.fill()
    assert [action.isEnabled() for action in menu.actions()] == [False]


def test_a_damaged_project_is_told_and_what_is_loaded_stays(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders, tmp_path: Path
) -> None:
    load(qtbot, window, make_source(ct_series(1)))
    catalog = window.state.catalog
    path = tmp_path / "broken.uidscope"
    path.write_text(json.dumps({"schema": "uidscope/project/9"}), "utf-8")
    window.load((str(path),))
    qtbot.waitUntil(lambda: window.message_bar.shown is not None, timeout=LONGEST_WAIT)
    shown = window.message_bar.shown
    assert shown is not None
    assert "broken.uidscope" in shown.title + shown.text
    assert window.state.catalog is catalog
    assert window.state.project_path == ""
