"""The main job in the window, from dropped folder to verified export, on made files and on the corpus."""

import json
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog, QTreeView
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, mip_in_source_series, rt_set
from tests.cli.running import run_cli
from tests.qt.windows import drag_over, drop, mime_of, shown_window, wait_until_checked
from tests.rewritten import broken_references, changed_references, written_files
from tests.watch import SourceFolders
from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.tree import row
from uidscope.qt.dialogs.export.export_dialog import ExportDialog, Step
from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog
from uidscope.qt.kit.cells import CELL_ROLE
from uidscope.qt.main_window import MainWindow
from uidscope.qt.tree.hierarchy_model import NODE_ROLE

WAIT = 30_000


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path)


def drop_on(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    """Drag a folder in, let it go, and wait for the end of the checks."""
    mime = mime_of([folder])
    assert drag_over(window, mime)
    assert drop(window, mime)
    wait_until_checked(qtbot, window)


def rows_by_level(view: QTreeView) -> dict[str, int]:
    """How many rows of each level the tree has once everything is opened."""
    model = view.model()
    found: dict[str, int] = {}
    pending = [QModelIndex()]
    while pending:
        parent = pending.pop()
        while model.canFetchMore(parent):
            model.fetchMore(parent)
        for number in range(model.rowCount(parent)):
            index = model.index(number, 0, parent)
            level = index.data(NODE_ROLE).level
            found[level] = found.get(level, 0) + 1
            pending.append(index)
    return found


def rows_of_json(inspection: dict[str, object]) -> dict[str, int]:
    patients = inspection["patients"]
    assert isinstance(patients, list)
    studies = [study for patient in patients for study in patient["studies"]]
    series = [each for study in studies for each in study["series"]]
    instances = [instance for each in series for instance in each["instances"]]
    copies = [len(instance["files"]) for instance in instances if len(instance["files"]) > 1]
    return {
        "patient": len(patients),
        "study": len(studies),
        "series": len(series),
        "instance": len(instances),
        "file": sum(copies),
    }


Dialog = TypeVar("Dialog", bound=QDialog)


def dialog_of(window: MainWindow, qtbot: QtBot, kind: type[Dialog]) -> Dialog:
    """The dialog that is open, once it is."""
    qtbot.waitUntil(lambda: bool(window.findChildren(kind)), timeout=WAIT)
    return window.findChildren(kind)[0]


def regenerate(window: MainWindow, qtbot: QtBot, kind: str) -> None:
    """Ctrl+R, the choice, and the primary button."""
    window.commands["actionRegenerate"].trigger()
    dialog = dialog_of(window, qtbot, RegenerateDialog)
    dialog.choices.set_current(kind)
    qtbot.waitUntil(dialog.plan_button.isEnabled, timeout=WAIT)
    qtbot.mouseClick(dialog.plan_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.state.uid_map is not None and not window.runner.is_running, timeout=WAIT)


def go_to_next_finding(window: MainWindow, qtbot: QtBot) -> None:
    """F8, then Enter, once the list is there."""
    view = window.findChild(QTreeView, "findingsView")
    assert view is not None
    qtbot.waitUntil(lambda: view.model().rowCount() > 0, timeout=WAIT)
    window.commands["actionNextFinding"].trigger()
    qtbot.keyClick(view, Qt.Key.Key_Return)


def step(window: MainWindow, qtbot: QtBot, action: str) -> None:
    window.commands[action].trigger()
    qtbot.waitUntil(lambda: not window.runner.is_running, timeout=WAIT)


def new_uids(window: MainWindow) -> dict[tuple[str, str], str]:
    uid_map = window.state.uid_map
    return {} if uid_map is None else {(entry.old, entry.scope): entry.new for entry in uid_map.entries()}


def export(window: MainWindow, qtbot: QtBot, target: Path) -> ExportDialog:
    """Ctrl+E, the folder, the dry run, the run; the dialog as it stands then."""
    window.commands["actionExport"].trigger()
    dialog = dialog_of(window, qtbot, ExportDialog)
    dialog.go_on()
    dialog.where.target_edit.setText(str(target))
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog.step is Step.DRY_RUN and not window.runner.is_running, timeout=WAIT)
    assert not target.exists()
    qtbot.waitUntil(dialog.go_on_button.isEnabled, timeout=WAIT)
    qtbot.mouseClick(dialog.go_on_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: target.exists() and not window.runner.is_running, timeout=WAIT)
    return dialog


def test_from_a_dropped_folder_to_a_verified_derived_series(
    window: MainWindow, qtbot: QtBot, make_source: SourceFolders, tmp_path: Path
) -> None:
    rt = rt_set(4)
    mip = mip_in_source_series(rt.images)
    folder = make_source([*rt.all, mip])
    drop_on(window, qtbot, folder)
    catalog = window.state.catalog
    assert catalog is not None
    window.operations.go_to(nodes_with_uid(catalog, mip.SOPInstanceUID))
    assert window.state.current == nodes_with_uid(catalog, mip.SOPInstanceUID)[0]

    regenerate(window, qtbot, "derived-series")
    planned = new_uids(window)
    assert len(planned) == 2  # a series and an instance
    step(window, qtbot, "actionUndo")
    assert new_uids(window) == {}
    step(window, qtbot, "actionRedo")
    assert new_uids(window) == planned

    target = tmp_path / "derived"
    export(window, qtbot, target)
    (file,) = written_files(target, folder)
    assert file.after["SOPInstanceUID"] == planned[mip.SOPInstanceUID, "all"]
    assert file.after["StudyInstanceUID"] == mip.StudyInstanceUID
    assert file.after["SeriesInstanceUID"] != mip.SeriesInstanceUID
    assert file.after["FrameOfReferenceUID"] == mip.FrameOfReferenceUID
    assert changed_references([file]) == []


def test_an_independent_copy_of_a_study_keeps_every_reference(
    window: MainWindow, qtbot: QtBot, make_source: SourceFolders, tmp_path: Path
) -> None:
    folder = make_source(rt_set(3).all)
    drop_on(window, qtbot, folder)
    assert window.state.catalog is not None
    window.operations.go_to(nodes_with_uid(window.state.catalog, Study().uid()))
    regenerate(window, qtbot, "copy")
    export(window, qtbot, tmp_path / "copy")
    files = written_files(tmp_path / "copy", folder)
    assert len(files) == 6
    assert broken_references(files) == []


def test_a_finding_leads_to_its_place_and_back_by_keyboard(
    window: MainWindow, qtbot: QtBot, make_source: SourceFolders
) -> None:
    """One SOP UID in 426 files is one finding; F8 and Enter lead there."""
    images = ct_series(426)
    for image in images:
        image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = images[0].SOPInstanceUID
    drop_on(window, qtbot, make_source(images))
    go_to_next_finding(window, qtbot)
    assert window.state.current is not None
    catalog = window.state.catalog
    assert catalog is not None
    assert window.state.current in nodes_with_uid(catalog, images[0].SOPInstanceUID)
    badges = {badge.severity: badge.own for badge in row(catalog, window.state.current).badges}
    assert badges["error"] == 1


@pytest.mark.corpus
def test_the_corpus_in_the_window_and_on_the_command_line(
    window: MainWindow, qtbot: QtBot, corpus: Path, tmp_path: Path
) -> None:
    drop_on(window, qtbot, corpus)
    inspected = run_cli("inspect", str(corpus), "--format", "json", "--fail-on", "never")
    inspection = json.loads(inspected.stdout)
    assert rows_by_level(window.tree.view) == rows_of_json(inspection)
    first = window.tree.view.model().index(0, 0)
    assert first.data(CELL_ROLE) is not None

    go_to_next_finding(window, qtbot)
    assert window.state.current is not None

    series = next(
        each
        for patient in inspection["patients"]
        for study in patient["studies"]
        for each in study["series"]
        if each["series_instance_uid"] and 20 < len(each["instances"]) < 200
    )
    assert window.state.catalog is not None
    window.operations.go_to(nodes_with_uid(window.state.catalog, series["series_instance_uid"])[:1])
    regenerate(window, qtbot, "derived-series")
    planned = new_uids(window)
    step(window, qtbot, "actionUndo")
    step(window, qtbot, "actionRedo")
    assert new_uids(window) == planned
    export(window, qtbot, tmp_path / "out")
    files = written_files(tmp_path / "out", corpus)
    assert len(files) == len(series["instances"])
    assert broken_references(files) == []
    assert {file.after["SOPInstanceUID"] for file in files} <= set(planned.values())
