"""What is selected, open and in view stays so when everything is read anew, as far as it is there again."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, write_folder
from tests.qt.loaded_state import node_with, settle
from tests.qt.windows import LONGEST_WAIT, load, shown_window, wait_until_checked
from tests.watch import SourceFolders
from uidscope.core.catalog.tree import InstanceRow, Node, row
from uidscope.qt.docks import PLAN
from uidscope.qt.main_window import MainWindow
from uidscope.qt.planning.plan_operations import add_intention

IMAGES = 60
ONE, TWO, LATER = Study(1), Study(2), Study(3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two studies, in a folder that grows before each reading: what has not changed is not read anew."""
    folder = tmp_path / "growing"
    write_folder([*ct_series(IMAGES, study=ONE), *ct_series(IMAGES, study=TWO)], folder / "first")
    return folder


def grow(window: MainWindow) -> None:
    (folder,) = window.state.paths
    write_folder(ct_series(1, study=LATER), Path(folder) / "later")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, folder: Path) -> MainWindow:
    window = shown_window(qtbot, tmp_path)
    load(qtbot, window, folder)
    return window


def node(window: MainWindow, uid: str, level: str = "instance") -> Node:
    assert window.state.catalog is not None
    return node_with(window.state.catalog, uid, level)


def uids(window: MainWindow, nodes: Sequence[Node]) -> list[str]:
    catalog = window.state.catalog
    assert catalog is not None
    rows = [row(catalog, each) for each in nodes]
    return [each.uid for each in rows if isinstance(each, InstanceRow)]


def top_uid(window: MainWindow) -> list[str]:
    view = window.tree.view
    return uids(window, [window.tree.model.node(view.indexAt(QPoint(0, 0)))])


def read_anew(qtbot: QtBot, window: MainWindow) -> None:
    before = window.state.catalog
    window.commands["actionRescan"].trigger()
    qtbot.waitUntil(lambda: window.state.catalog is not before, timeout=LONGEST_WAIT)
    wait_until_checked(qtbot, window)
    settle(qtbot, window)
    qtbot.wait(50)


def scroll_to_images(qtbot: QtBot, window: MainWindow) -> None:
    """Open the second series, with three of its images selected, and scroll to the middle of it."""
    chosen = [node(window, TWO.uid(2, number)) for number in (3, 4, 9)]
    window.operations.go_to(chosen)
    qtbot.waitUntil(lambda: window.tree.view.selectionModel().hasSelection(), timeout=LONGEST_WAIT)
    bar = window.tree.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 400, timeout=LONGEST_WAIT)
    bar.setValue(333)
    qtbot.wait(50)
    assert bar.value() == 333


def test_selection_and_place_in_view_stay(qtbot: QtBot, window: MainWindow) -> None:
    scroll_to_images(qtbot, window)
    top, chosen = top_uid(window), uids(window, window.state.selection)
    assert len(top) == 1
    grow(window)
    read_anew(qtbot, window)
    # The place comes back once the rows do.
    qtbot.waitUntil(lambda: window.tree.view.verticalScrollBar().value() == 333, timeout=LONGEST_WAIT)
    assert uids(window, window.state.selection) == chosen
    selected = window.tree.view.selectionModel().selectedRows()
    assert sorted(uids(window, [window.tree.model.node(index) for index in selected])) == sorted(chosen)
    assert top_uid(window) == top


def test_what_is_gone_is_not_selected(qtbot: QtBot, tmp_path: Path, make_source: SourceFolders) -> None:
    images = ct_series(5, study=ONE)
    folder = tmp_path / "shrinking"
    paths = write_folder(images, folder)
    window = shown_window(qtbot, tmp_path)
    load(qtbot, window, folder)
    window.operations.go_to([node(window, ONE.uid(2, number)) for number in (2, 4)])
    qtbot.wait(20)
    paths[1].unlink()
    read_anew(qtbot, window)
    assert uids(window, window.state.selection) == [ONE.uid(2, 4)]


def test_what_is_selected_meanwhile_stays(qtbot: QtBot, window: MainWindow) -> None:
    scroll_to_images(qtbot, window)
    before = window.state.catalog
    grow(window)
    window.commands["actionRescan"].trigger()
    qtbot.waitUntil(
        lambda: window.state.catalog is not before and bool(window.tree.model.rowCount()),
        timeout=LONGEST_WAIT,
    )
    patient = window.tree.model.node(window.tree.model.index(0, 0))
    window.operations.go_to((patient,))
    wait_until_checked(qtbot, window)
    settle(qtbot, window)
    qtbot.wait(50)
    assert window.state.selection == (patient,)


def test_with_nothing_selected_nothing_is(qtbot: QtBot, window: MainWindow) -> None:
    window.operations.go_to(())
    grow(window)
    read_anew(qtbot, window)
    assert window.state.selection == ()


def idle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.runner.is_running, timeout=LONGEST_WAIT)
    qtbot.wait(20)


def is_in_front(window: MainWindow, dock: str) -> bool:
    return not window.docks.by_name[dock].visibleRegion().isEmpty()


def test_the_plan_comes_to_the_front_when_something_is_planned_and_not_by_undo_and_redo(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.waitUntil(lambda: is_in_front(window, "findingsDock"), timeout=LONGEST_WAIT)
    assert not is_in_front(window, PLAN)
    add_intention(window.state, window.runner, "copy", (node(window, ONE.uid(), "study"),))
    idle(qtbot, window)
    assert is_in_front(window, PLAN)
    window.docks.show("findingsDock")
    qtbot.waitUntil(lambda: not is_in_front(window, PLAN))
    for action in ("actionUndo", "actionRedo"):
        window.commands[action].trigger()
        idle(qtbot, window)
        assert not is_in_front(window, PLAN)
    add_intention(window.state, window.runner, "copy", (node(window, TWO.uid(), "study"),))
    idle(qtbot, window)
    assert is_in_front(window, PLAN)
    window.state.set_exported()  # so that closing asks nothing
