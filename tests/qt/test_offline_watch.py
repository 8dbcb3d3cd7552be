"""The tree tells which files are out of reach, and which have been exported as planned."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, write_folder
from tests.qt.plan_scene import Scene, scene
from uidscope.qt.kit.badges import Badge, BadgeKind
from uidscope.qt.kit.cells import CELL_ROLE, BadgesCell
from uidscope.qt.panels.tree_panel import TreePanel
from uidscope.qt.tasks import TaskRunner
from uidscope.qt.tree import offline_watch
from uidscope.qt.tree.hierarchy_columns import Column

STUDY = Study(1, "P-1", "TEST^ALPHA")
ACTIVE, INACTIVE = Qt.ApplicationState.ApplicationActive, Qt.ApplicationState.ApplicationInactive


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    folder = tmp_path / "drive"
    write_folder(ct_series(3, study=STUDY), folder)
    return folder


@pytest.fixture
def work(qtbot: QtBot, drive: Path) -> Iterator[Scene]:
    with scene(qtbot, drive) as made:
        yield made


@pytest.fixture
def panel(qtbot: QtBot, work: Scene) -> Iterator[TreePanel]:
    """The tree of what is loaded, as if it had been loaded long ago."""
    panel = TreePanel(work.state, work.questions)
    qtbot.addWidget(panel)
    panel.show()
    catalog = work.state.catalog
    panel.model.set_catalog(catalog)
    yield panel
    qtbot.waitUntil(lambda: not any(each.is_running for each in panel.findChildren(TaskRunner)))


def badges(panel: TreePanel, *path: int) -> tuple[Badge, ...]:
    """What the Status says at the end of a way down the tree."""
    index = QModelIndex()
    for place in path:
        panel.model.fetchMore(index)
        index = panel.model.index(place, 0, index)
    cell = panel.model.data(index.siblingAtColumn(Column.STATUS), CELL_ROLE)
    return cell.badges if isinstance(cell, BadgesCell) else ()


def look(qtbot: QtBot, panel: TreePanel) -> None:
    panel.offline.look()
    qtbot.waitUntil(lambda: not any(each.is_running for each in panel.offline.findChildren(TaskRunner)))


def test_a_drive_that_is_unplugged_and_comes_back(qtbot: QtBot, panel: TreePanel, drive: Path) -> None:
    look(qtbot, panel)
    assert badges(panel, 0, 0, 0) == ()
    drive.rename(drive.with_name("unplugged"))
    look(qtbot, panel)
    assert badges(panel, 0) == (Badge(BadgeKind.OFFLINE, 3, own=False),)
    assert badges(panel, 0, 0, 0, 1) == (Badge(BadgeKind.OFFLINE, 1),)
    drive.with_name("unplugged").rename(drive)
    look(qtbot, panel)
    assert badges(panel, 0) == badges(panel, 0, 0, 0, 1) == ()


def test_who_comes_back_to_the_program_sees_it(
    qtbot: QtBot, panel: TreePanel, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offline_watch, "_LEAST_PAUSE", -1)
    drive.rename(drive.with_name("unplugged"))
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.applicationStateChanged.emit(INACTIVE)
    with qtbot.waitSignal(panel.offline.found):
        application.applicationStateChanged.emit(ACTIVE)
    assert badges(panel, 0) == (Badge(BadgeKind.OFFLINE, 3, own=False),)


def test_nothing_is_asked_while_files_are_read(qtbot: QtBot, work: Scene, panel: TreePanel) -> None:
    work.state.set_busy(True)
    panel.offline.look()
    assert not any(each.is_running for each in panel.offline.findChildren(TaskRunner))


def test_another_catalog_knows_nothing_of_it(
    qtbot: QtBot, work: Scene, panel: TreePanel, drive: Path
) -> None:
    drive.rename(drive.with_name("unplugged"))
    look(qtbot, panel)
    panel.model.set_catalog(work.catalog)
    assert badges(panel, 0) == ()


def test_what_was_exported_as_planned_is_verified_until_the_plan_changes(
    qtbot: QtBot, work: Scene, panel: TreePanel
) -> None:
    image = work.node(STUDY.uid(2, 2), "instance")
    work.plan("copy", image)
    work.settle()
    assert badges(panel, 0, 0, 0, 1) == (Badge(BadgeKind.PLANNED),)
    work.state.set_exported()
    assert badges(panel, 0, 0, 0, 1) == (Badge(BadgeKind.VERIFIED),)
    assert badges(panel, 0) == (Badge(BadgeKind.VERIFIED, 1, own=False),)
    assert badges(panel, 0, 0, 0, 0) == ()
    work.plan("copy", work.node(STUDY.uid(2, 1), "instance"))
    work.settle()
    assert badges(panel, 0, 0, 0, 1) == (Badge(BadgeKind.PLANNED),)
    assert badges(panel, 0) == (Badge(BadgeKind.PLANNED, 2, own=False),)
