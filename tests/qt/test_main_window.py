"""The window as a whole: what it shows when, and what reaches it."""

import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QDialog,
    QDockWidget,
    QLineEdit,
    QProgressBar,
    QToolBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, set_unchecked
from tests.qt.menu_walk import actions_in_menus
from tests.qt.windows import drag_away, drag_over, drop, load, mime_of, shown_window, wait_until_checked
from tests.watch import SourceFolders
from uidscope.core import flow
from uidscope.core.catalog.tree import Node, child_ids, counts, row
from uidscope.core.progress import CancelToken
from uidscope.qt import main_window as main_window_module
from uidscope.qt.main_window import MainWindow
from uidscope.qt.panels.findings_panel import FindingsPanel
from uidscope.qt.planning.plan_operations import add_intention
from uidscope.qt.tree.hierarchy_columns import Column
from uidscope.qt.tree.hierarchy_model import NODE_ROLE
from uidscope.qt.tree.tree_filter_bar import CHANGED, ERRORS

DESIGNED_ACTIONS = {
    *("actionAddFolder", "actionAddFiles", "actionRescan", "actionClear", "actionRegenerate"),
    *("actionExport", "actionSaveReport", "actionUndo", "actionRedo", "actionNextFinding"),
    *("actionPreviousFinding", "actionCopyUid", "actionAbout"),
}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path)


@pytest.fixture
def two_folders(make_source: SourceFolders) -> tuple[Path, Path]:
    """Two patients' series, a text file beside the second."""
    alpha = Study(1, patient_name="TEST^ALPHA", patient_id="P-ALPHA")
    beta = Study(2, patient_name="TEST^BETA", patient_id="P-BETA")
    return (
        make_source(ct_series(4, study=alpha), folder="pacs-a"),
        make_source(ct_series(3, study=beta), folder="pacs-b", files={"notes.txt": b"nothing of DICOM"}),
    )


def rows_below(window: MainWindow, parent: QModelIndex = QModelIndex()) -> Counter[str]:  # noqa: B008
    model = window.tree.model
    while model.canFetchMore(parent):
        model.fetchMore(parent)
    found: Counter[str] = Counter()
    for place in range(model.rowCount(parent)):
        index = model.index(place, 0, parent)
        found[model.data(index, NODE_ROLE).level] += 1
        found += rows_below(window, index)
    return found


# With nothing loaded


def test_empty_window_offers_to_add_a_folder_and_nothing_that_needs_one(window: MainWindow) -> None:
    assert window.empty_state.isVisible()
    assert not any(dock.isVisible() for dock in window.findChildren(QDockWidget))
    enabled = {name for name in DESIGNED_ACTIONS if window.commands[name].isEnabled()}
    assert enabled == {"actionAddFolder", "actionAddFiles", "actionAbout"}
    offered = [
        button.accessibleName()
        for button in window.empty_state.findChildren(QAbstractButton)
        if button.isVisible() and button.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert offered == ["Add folder…", "Open sample data"]


def test_every_action_is_in_a_menu_and_no_shortcut_stands_twice(window: MainWindow) -> None:
    in_menus = actions_in_menus(window)
    named = {action.objectName() for action in in_menus}
    assert named >= DESIGNED_ACTIONS
    assert set(window.commands.by_name) <= named
    keys = Counter(key.toString() for action in window.findChildren(QAction) for key in action.shortcuts())
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("is_loaded", [False, True])
def test_everything_one_can_reach_has_a_name_for_screen_readers(
    qtbot: QtBot, window: MainWindow, two_folders: tuple[Path, Path], is_loaded: bool
) -> None:
    if is_loaded:
        load(qtbot, window, *two_folders)
    nameless = [
        widget
        for kind in (QAbstractButton, QLineEdit, QAbstractItemView, QProgressBar)
        for widget in window.findChildren(kind)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []
    for name in ("mainWindow", "hierarchyTree", "filterEdit", "messageBar", "scanProgress", "cancelButton"):
        found = window if name == "mainWindow" else window.findChild(QWidget, name)
        assert found is not None, name
        assert found.accessibleName(), name


# Dragging


def test_two_folders_are_taken_with_a_frame_that_says_so(
    qtbot: QtBot, window: MainWindow, two_folders: tuple[Path, Path]
) -> None:
    assert drag_over(window, mime_of(two_folders))
    frame = next(child for child in window.findChildren(QWidget) if child.accessibleName() == "Drop target")
    assert frame.isVisible()
    assert "Add 2 folders" in visible_words(window.empty_state)
    drag_away(window)
    assert not frame.isVisible()
    assert drag_over(window, mime_of(two_folders))
    assert drop(window, mime_of(two_folders))
    assert not frame.isVisible()
    wait_until_checked(qtbot, window)
    assert window.state.paths == tuple(map(str, two_folders))
    assert window.state.catalog is not None
    assert counts(window.state.catalog).patients == 2


def visible_words(widget: QWidget) -> list[str]:
    return [
        child.text() for child in widget.findChildren(QWidget) if child.isVisible() and hasattr(child, "text")
    ]


def test_what_is_no_folder_or_file_is_refused(window: MainWindow, two_folders: tuple[Path, Path]) -> None:
    text = QMimeData()
    text.setText("1.2.840.10008")
    assert not drag_over(window, text)
    assert not drop(window, text)
    assert not drag_over(window, mime_of([two_folders[0], two_folders[0] / "absent"]))
    assert window.state.paths == ()
    assert not window.runner.is_running


def test_a_drag_over_a_loaded_window_says_what_it_adds(
    qtbot: QtBot, window: MainWindow, two_folders: tuple[Path, Path]
) -> None:
    load(qtbot, window, two_folders[0])
    assert drag_over(window, mime_of([two_folders[1]]))
    frame = next(child for child in window.findChildren(QWidget) if child.accessibleName() == "Drop target")
    assert frame.isVisible()
    assert frame.accessibleDescription().startswith("Add 1 folder:")
    assert drop(window, mime_of([two_folders[1]]))
    wait_until_checked(qtbot, window)
    assert window.state.catalog is not None
    assert counts(window.state.catalog).patients == 2


# Loaded


def test_tree_shows_what_was_loaded_and_the_bar_what_was_not(
    qtbot: QtBot, window: MainWindow, two_folders: tuple[Path, Path]
) -> None:
    load(qtbot, window, *two_folders)
    assert window.state.catalog is not None
    counted = counts(window.state.catalog)
    rows = rows_below(window)
    assert (counted.loaded, counted.not_loaded) == (7, 1)
    assert rows["patient"] == counted.patients == 2
    assert rows["study"] == counted.studies
    assert rows["series"] == counted.series
    assert rows["instance"] == counted.instances == 7
    assert not window.empty_state.isVisible()
    shown = window.message_bar.shown
    assert shown is not None
    assert (shown.title, shown.action) == ("7 of 8 files loaded.", "Show 1 file")


def test_selection_in_the_tree_is_the_states_and_the_other_way_round(
    qtbot: QtBot, window: MainWindow, two_folders: tuple[Path, Path]
) -> None:
    load(qtbot, window, *two_folders)
    assert window.state.catalog is not None
    image = deepest(window, "instance")
    window.state.select((image,))
    view = window.tree.view
    qtbot.waitUntil(lambda: view.currentIndex().data(NODE_ROLE) == image)
    assert [index.data(NODE_ROLE) for index in view.selectionModel().selectedRows()] == [image]
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert [node.level for node in window.state.selection] == ["patient"]


def deepest(window: MainWindow, level: str) -> Node:
    """The last node of a level."""
    assert window.state.catalog is not None
    node = Node("root", 0)
    while node.level != level:
        ids = child_ids(window.state.catalog, node)
        below = {"root": "patient", "patient": "study", "study": "series", "series": "instance"}[node.level]
        node = Node(below, ids[-1])  # type: ignore[arg-type]
    return node


def test_filter_shows_matches_and_errors_and_gives_way_to_what_is_asked_for(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    images = ct_series(3, study=Study(3, patient_name="TEST^GAMMA", patient_id="P-GAMMA"))
    set_unchecked(images[1], "SOPInstanceUID", "1.2.840.01.5")
    other = ct_series(2, study=Study(4, patient_name="TEST^DELTA", patient_id="P-DELTA"))
    load(qtbot, window, make_source([*images, *other]))
    model, edit = window.tree.model, window.filter_bar.edit
    qtbot.keyClicks(edit, "delta")
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert model.index(0, 0).data() == "TEST^DELTA, P-DELTA"
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: model.rowCount() == 2)
    window.filter_bar.switch.set_current(ERRORS)
    window.filter_bar.switch.switched.emit(ERRORS)
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert rows_below(window)["instance"] == 1

    # What is selected is left out by the next filter, and stays selected.
    hidden = deepest(window, "instance")
    window.state.select((hidden,))
    qtbot.waitUntil(lambda: window.tree.view.currentIndex().data(NODE_ROLE) == hidden)
    assert window.filter_bar.switch.current == "all"
    qtbot.keyClicks(edit, "delta")
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    qtbot.wait(50)
    window.state.select((deepest(window, "patient"),))
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    window.state.select((hidden,))
    qtbot.waitUntil(lambda: window.tree.view.currentIndex().data(NODE_ROLE) == hidden)
    qtbot.keyClicks(edit, "delta")
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    qtbot.wait(50)
    assert (edit.text(), model.rowCount(), window.state.selection) == ("delta", 1, (hidden,))


def test_copied_uids_are_those_of_the_selection(
    qtbot: QtBot, window: MainWindow, two_folders: tuple[Path, Path]
) -> None:
    load(qtbot, window, *two_folders)
    catalog = window.state.catalog
    assert catalog is not None
    series, image = deepest(window, "series"), deepest(window, "instance")
    window.state.select((series, image, series))
    window.commands["actionCopyUid"].trigger()
    assert QGuiApplication.clipboard().text().splitlines() == [
        row(catalog, series).uid,  # type: ignore[union-attr]
        row(catalog, image).uid,  # type: ignore[union-attr]
    ]


def test_clearing_goes_back_to_the_empty_window(
    qtbot: QtBot, window: MainWindow, two_folders: tuple[Path, Path]
) -> None:
    load(qtbot, window, *two_folders)
    window.commands["actionClear"].trigger()
    assert window.empty_state.isVisible()
    assert window.tree.model.rowCount() == 0
    assert window.message_bar.shown is None
    assert not window.commands["actionRescan"].isEnabled()


def test_panes_are_cycled_by_f6(qtbot: QtBot, window: MainWindow, two_folders: tuple[Path, Path]) -> None:
    load(qtbot, window, *two_folders)
    window.filter_bar.edit.setFocus()
    window.commands["actionNextPane"].trigger()
    assert window.tree.isAncestorOf(window.focusWidget())
    seen = set()
    for _ in range(8):
        window.commands["actionNextPane"].trigger()
        seen.add(window.focusWidget())
    assert window.tree.view in seen


def test_findings_are_reached_from_the_keyboard(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    images = ct_series(3)
    set_unchecked(images[1], "SOPInstanceUID", "1.2.840.01.5")
    load(qtbot, window, make_source(images))
    findings = window.docks.panel(FindingsPanel)
    qtbot.waitUntil(lambda: findings.model.rowCount() > 0)
    catalog = window.state.catalog
    assert catalog is not None
    uids = set()
    for _ in range(counts(catalog, references=False).findings["error"]):
        window.commands["actionNextFinding"].trigger()
        qtbot.keyClick(findings.view, Qt.Key.Key_Return)
        uids |= {row(catalog, node).uid for node in window.state.selection if node.level == "instance"}  # type: ignore[union-attr]
    assert "1.2.840.01.5" in uids
    assert findings.view.isVisible()


def test_message_about_files_not_loaded_leads_to_their_list(
    qtbot: QtBot, window: MainWindow, two_folders: tuple[Path, Path]
) -> None:
    load(qtbot, window, *two_folders)
    window.message_bar.triggered.emit("not-loaded")
    view = window.findChild(QAbstractItemView, "notLoadedView")
    assert view is not None
    qtbot.waitUntil(lambda: view.isVisible() and view.model().rowCount() == 1)


def test_plan_shows_in_the_tree_and_goes_with_undo(
    qtbot: QtBot, window: MainWindow, two_folders: tuple[Path, Path]
) -> None:
    load(qtbot, window, *two_folders)
    tree, study = window.tree, deepest(window, "study")
    assert tree.view.isColumnHidden(Column.NEW_UID)
    add_intention(window.state, window.runner, "copy", (study,))
    new_uid = tree.model.index_of(study).siblingAtColumn(Column.NEW_UID)
    qtbot.waitUntil(lambda: bool(new_uid.data()))
    assert not tree.view.isColumnHidden(Column.NEW_UID)
    status = new_uid.siblingAtColumn(Column.STATUS)
    assert "3 planned" in status.data()
    window.filter_bar.switch.set_current(CHANGED)
    window.filter_bar.switch.switched.emit(CHANGED)
    qtbot.waitUntil(lambda: tree.model.rowCount() == 1)
    assert rows_below(window)["instance"] == 3
    assert window.commands["actionUndo"].text().startswith("Undo: ")
    window.commands["actionUndo"].trigger()
    qtbot.waitUntil(lambda: tree.view.isColumnHidden(Column.NEW_UID))
    assert not window.commands["actionUndo"].isEnabled()
    assert window.commands["actionRedo"].isEnabled()


@pytest.mark.parametrize(
    ("action", "dialog"), [("actionRegenerate", "regenerateDialog"), ("actionAbout", "aboutDialog")]
)
def test_dialogs_open_before_the_window_and_close_again(
    qtbot: QtBot, window: MainWindow, two_folders: tuple[Path, Path], action: str, dialog: str
) -> None:
    load(qtbot, window, *two_folders)
    window.commands[action].trigger()
    shown = window.findChild(QDialog, dialog)
    assert shown is not None
    assert shown.isVisible()
    assert shown.accessibleName()
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(QDialog, dialog) is None)


def test_columns_are_chosen_on_the_head(window: MainWindow) -> None:
    chooser = window.tree.columns.chooser()
    by_name = {action.text(): action for action in chooser.actions()}
    assert "Name" not in by_name
    by_name["File"].trigger()
    by_name["Status"].trigger()
    assert not window.tree.view.isColumnHidden(Column.FILE)
    assert window.tree.view.isColumnHidden(Column.STATUS)
    by_name["Reset columns"].trigger()
    assert window.tree.view.isColumnHidden(Column.FILE)
    assert not window.tree.view.isColumnHidden(Column.STATUS)


def test_work_can_be_cancelled_from_the_status_bar(
    qtbot: QtBot, window: MainWindow, two_folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_all = flow.load

    def load_until_cancelled(*arguments: object, cancel: CancelToken, **named: object) -> flow.Loaded:
        loaded = load_all(*arguments, cancel=cancel, **named)  # type: ignore[arg-type]
        end = time.monotonic() + 10
        while not cancel.cancelled and time.monotonic() < end:
            time.sleep(0.01)
        return loaded._replace(cancelled=cancel.cancelled)

    monkeypatch.setattr(flow, "load", load_until_cancelled)
    window.operations.load_paths(map(str, two_folders))
    button = window.findChild(QAbstractButton, "cancelButton")
    assert button is not None
    qtbot.waitUntil(lambda: button.isVisible() and window.tree.model.rowCount() == 2)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.runner.is_running)
    assert not button.isVisible()
    shown = window.message_bar.shown
    assert shown is not None
    assert shown.title == "Reading was cancelled."
    assert window.tree.model.rowCount() == 2
    window.message_bar.triggered.emit(shown.key)
    wait_until_checked(qtbot, window)


# Closing


def answer(monkeypatch: pytest.MonkeyPatch, *, go_on: bool) -> list[str]:
    asked: list[str] = []

    def ask(_parent: QWidget, sentence: str, *_rest: str) -> bool:
        asked.append(sentence)
        return go_on

    monkeypatch.setattr(main_window_module, "ask", ask)
    return asked


def test_closing_during_work_asks(
    window: MainWindow, two_folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    window.operations.load_paths(map(str, two_folders))
    asked = answer(monkeypatch, go_on=False)
    assert not window.close()
    assert asked == ["Work is still under way."]
    answer(monkeypatch, go_on=True)
    assert window.close()


def test_closing_with_a_plan_asks(
    qtbot: QtBot, window: MainWindow, two_folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(qtbot, window, *two_folders)
    add_intention(window.state, window.runner, "copy", (deepest(window, "study"),))
    qtbot.waitUntil(lambda: window.state.uid_map is not None and not window.runner.is_running)
    assert window.commands["actionUndo"].isEnabled()
    asked = answer(monkeypatch, go_on=False)
    assert not window.close()
    window.commands["actionClear"].trigger()
    assert asked == ["The plan has not been exported.", "This gives up the plan."]
    assert window.state.uid_map is not None
    window.state.set_exported()
    assert window.close()


def test_shape_and_columns_return_and_no_path_is_kept(
    qtbot: QtBot, tmp_path: Path, two_folders: tuple[Path, Path]
) -> None:
    window = shown_window(qtbot, tmp_path)
    load(qtbot, window, *two_folders)
    window.resize(1024, 740)  # no wider than the screen of the tests allows
    window.tree.columns.choice.shown[Column.FILE] = True
    window.tree.columns.lay_out()
    window.tree.view.setColumnWidth(Column.NAME, 222)
    window.close()

    again = shown_window(qtbot, tmp_path)
    assert (again.width(), again.height()) == (1024, 740)
    assert not again.tree.view.isColumnHidden(Column.FILE)
    load(qtbot, again, *two_folders)
    assert again.tree.view.columnWidth(Column.NAME) == 222
    kept = (tmp_path / "window.ini").read_bytes()
    for secret in (b"ALPHA", b"BETA", str(tmp_path).encode(), b"pacs-a"):
        assert secret not in kept
    again.reset_layout()
    assert again.tree.view.isColumnHidden(Column.FILE)


def test_toolbar_gives_up_words_before_anything_is_hidden(
    qtbot: QtBot, tmp_path: Path, two_folders: tuple[Path, Path], text_size: int
) -> None:
    window = shown_window(qtbot, tmp_path)
    load(qtbot, window, *two_folders)
    for width, is_narrow in ((1440, False), (1024, True)):
        window.resize(width, 760)
        # It is laid out in several slices of the event loop.
        qtbot.waitUntil(partial(is_laid_out, window, wordless=is_narrow), timeout=20_000)
        shown = {button.accessibleName() for button in tool_buttons(window)}
        assert {"Add folder", "Rescan", "Undo", "Redo", "Regenerate…", "Export…"} <= shown


def is_laid_out(window: MainWindow, *, wordless: bool) -> bool:
    """Whether all of the filter can be seen, its switch whole, and "Rescan" has its word or not."""
    bar = window.filter_bar
    is_whole = bar.edit.isVisible() and bar.switch.isVisible()
    is_whole = is_whole and bar.switch.width() >= bar.switch.sizeHint().width()
    return is_whole and is_wordless(window) == wordless


def tool_buttons(window: MainWindow) -> list[QToolButton]:
    """Those of the toolbar that can be seen."""
    (toolbar,) = window.findChildren(QToolBar, "mainToolBar")
    return [button for button in toolbar.findChildren(QToolButton) if button.isVisible()]


def is_wordless(window: MainWindow) -> bool:
    """Whether "Rescan" shows its icon alone."""
    (rescan,) = [button for button in tool_buttons(window) if button.accessibleName() == "Rescan"]
    return rescan.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
