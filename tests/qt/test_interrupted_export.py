"""Job 14 in the window: an export was killed; it is told, gone on with by the same UIDs, or cleared."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from pydicom import dcmread
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series
from tests.qt.plan_scene import Scene, scene
from tests.qt.test_export_dialog import facts, page, said, to_dry_run
from tests.qt.windows import LONGEST_WAIT, load, shown_window
from tests.watch import SourceFolders
from uidscope.core.running_exports import interrupted_exports
from uidscope.qt.dialogs.export.export_dialog import ExportDialog, Step
from uidscope.qt.main_window import MainWindow
from uidscope.qt.planning.plan_operations import add_intention, undo
from uidscope.qt.start.export_notice import ExportNotice

FILES = 30
WRITTEN = 20

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the test kills a process")

KILLED = """
    import os, signal, sys
    from uidscope.core.catalog.store import Catalog
    from uidscope.core.flow import Destination, check, load, write
    from uidscope.core.plan.entry import RowKey
    from uidscope.core.plan.intention import Plan, new_intention, parse_selector
    from uidscope.core.plan.issued import IssuedUids
    from uidscope.core.plan.mapping import derive_map
    from uidscope.core.project_file import Project, save_project, without_patient_ids
    from uidscope.core.read.find_files import resolve_sources
    from uidscope.core.read.scan import ScanOptions
    from uidscope.core.resumed_plan import journal_of
    from uidscope.core.running_exports import noted
    from uidscope.core.uid.schemes import SchemeOptions, make_scheme

    source, target, project, patient, written, off = sys.argv[1:]
    catalog = Catalog.create(None)
    sources = resolve_sources([source])
    load(catalog, sources, ScanOptions(1))
    check(catalog)
    # A project names no patient: its plan selects by series what this one selects by Patient ID.
    selected = (parse_selector("patient=" + patient),) if project else ()
    intention = new_intention("instances", selected)
    rows = [uid.partition("=") for uid in off.split()]
    keys = [(RowKey(intention.id, old), new) for old, _, new in rows]
    plan = Plan(
        (intention,),
        kept=frozenset(key for key, new in keys if not new),
        by_hand=tuple((key, new) for key, new in keys if new),
    )
    issued, scheme = IssuedUids(), make_scheme(SchemeOptions())
    uid_map = derive_map(catalog, plan, issued, scheme)
    if project:
        kept = without_patient_ids(catalog, plan)
        save_project(Project((source,), kept, tuple(issued.rows())), project)
    destination = Destination(target)
    journal = journal_of(catalog, plan, issued, uid_map, scheme, sources, destination)

    def killed_later(progress):
        if progress.stage == "writing" and progress.done == int(written):
            os.kill(os.getpid(), signal.SIGKILL)

    with noted(destination, project):
        write(catalog, uid_map, destination, plan=plan, scheme=scheme, journal=journal, progress=killed_later)
"""


def kill_an_export(
    source: Path, target: Path, project: Path | None = None, rows: str = ""
) -> dict[str, bytes]:
    """Export everything with new identities, until killed; return what lies there unfinished.

    `rows` are old UIDs that stay, or get the UID behind a "=".
    """
    patient = str(dcmread(next(source.iterdir())).PatientID)
    given = [str(source), str(target), str(project or ""), patient, str(WRITTEN), rows]
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED), *given], check=False)
    assert ended.returncode == -9
    assert not target.exists()
    staging = target.with_name(f"{target.name}.incomplete")
    return {path.name: path.read_bytes() for path in (staging / "files").iterdir()}


@pytest.fixture
def source(make_source: SourceFolders) -> Path:
    return make_source(ct_series(FILES, study=Study(2)))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


def press(qtbot: QtBot, place: QWidget, name: str) -> None:
    """Press the button of this name that is shown."""
    (button,) = (
        each
        for each in place.findChildren(QAbstractButton)
        if each.accessibleName() == name and each.isVisible()
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def dialog_at(work: Scene, qtbot: QtBot, target: Path) -> ExportDialog:
    dialog = ExportDialog(work.state, work.runner)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.go_on()
    dialog.where.target_edit.setText(str(target))
    return dialog


def is_complete(target: Path, left: dict[str, bytes]) -> bool:
    """Whether all is there, with the files that had been written as they were left."""
    same = [name for name, content in left.items() if (target / name).read_bytes() == content]
    # The last ones may have been half written.
    return len(list(target.iterdir())) == FILES and len(same) >= WRITTEN - 15


def test_the_dialog_goes_on_with_the_same_uids(source: Path, target: Path, qtbot: QtBot) -> None:
    """The plan was made anew, by hand, after the kill."""
    left = kill_an_export(source, target)
    with scene(qtbot, source) as work:
        work.plan("instances")
        assert work.state.uid_map is not None
        before = {entry.new for entry in work.state.uid_map.entries()}
        dialog = dialog_at(work, qtbot, target)
        assert dialog.where.interrupted.isVisible()
        assert not dialog.go_on_button.isEnabled()
        press(qtbot, dialog.where, "Go on")
        work.settle()
        assert dialog.step is Step.DRY_RUN
        assert f"{len(left)} files are written" in said(page(dialog))
        promised = facts(page(dialog))
        dialog.go_on()
        work.settle()
        assert "Exported and verified" in said(page(dialog))
        assert "were there from the interrupted export" in said(page(dialog))
        assert list(facts(page(dialog)).values()) == list(promised.values())
        new = {str(dcmread(path).SOPInstanceUID) for path in target.iterdir()}
        assert new == {entry.new for entry in work.state.uid_map.entries() if entry.kind == "instance"}
        assert new.isdisjoint(before)
    assert is_complete(target, left)
    assert interrupted_exports() == ()
    assert not Path(f"{target}.incomplete").exists()


def test_rows_switched_off_and_typed_are_so_again_without_the_project(
    source: Path, target: Path, qtbot: QtBot
) -> None:
    stays, typed = Study(2).uid(2, 1), Study(2).uid(2, 2)
    left = kill_an_export(source, target, rows=f"{stays} {typed}=1.2.276.0.7230010.3.5")
    with scene(qtbot, source) as work:
        work.plan("instances")
        dialog = dialog_at(work, qtbot, target)
        press(qtbot, dialog.where, "Go on")
        work.settle()
        assert {row.old for row in work.state.history.plan.kept} == {stays}
        dialog.go_on()
        work.settle()
        assert "Exported and verified" in said(page(dialog))
        new = {str(dcmread(path).SOPInstanceUID) for path in target.iterdir()}
        assert {stays, "1.2.276.0.7230010.3.5"} <= new
        assert typed not in new
        undo(work.state, work.runner)
        undo(work.state, work.runner)
        work.settle()
        assert work.state.history.plan.kept == frozenset()
    assert is_complete(target, left)


def test_the_dialog_clears_what_is_left(source: Path, target: Path, qtbot: QtBot) -> None:
    kill_an_export(source, target)
    with scene(qtbot, source) as work:
        work.plan("instances")
        dialog = dialog_at(work, qtbot, target)
        press(qtbot, dialog.where, "Clear")
        work.settle()
        assert not Path(f"{target}.incomplete").exists()
        assert not dialog.where.interrupted.isVisible()
        assert "It will be made." in dialog.where.check.said
        dialog.go_on()
        work.settle()
        dialog.go_on()
        work.settle()
        assert "Exported and verified" in said(page(dialog))
    assert len(list(target.iterdir())) == FILES


def test_another_plan_cannot_go_on_with_it_and_the_work_is_kept(
    source: Path, target: Path, qtbot: QtBot
) -> None:
    kill_an_export(source, target)
    with scene(qtbot, source) as work:
        work.plan("copy")
        dialog = dialog_at(work, qtbot, target)
        before = work.state.uid_map
        press(qtbot, dialog.where, "Go on")
        work.settle()
        assert dialog.step is Step.WHERE
        assert "other sources or options" in dialog.where.refusal.said
        assert work.state.uid_map is before
        assert Path(f"{target}.incomplete").exists()
        dialog.where.target_edit.setText(f"{target}-2")
        assert dialog.where.refusal.said == ""
        to_dry_run(work, dialog, Path(f"{target}-2"))


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path)


def told(window: MainWindow, qtbot: QtBot) -> ExportNotice:
    """What the next start says."""
    notice = ExportNotice(window)
    notice.tell()
    qtbot.waitUntil(lambda: window.message_bar.shown is not None, timeout=LONGEST_WAIT)
    assert window.message_bar.shown is not None
    assert window.message_bar.shown.key == ExportNotice.KEY
    return notice


def waiting_until(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    qtbot.waitUntil(holds, timeout=LONGEST_WAIT)


def test_the_next_start_says_it_and_clears_it(
    source: Path, target: Path, window: MainWindow, qtbot: QtBot
) -> None:
    left = kill_an_export(source, target)
    told(window, qtbot)
    message = window.message_bar.shown
    assert message is not None
    assert message.title == "An export was interrupted."
    assert str(target) in message.text
    assert f"{len(left)} files are written" in message.text
    press(qtbot, window.message_bar, "Clear")
    waiting_until(qtbot, lambda: not Path(f"{target}.incomplete").exists())
    waiting_until(qtbot, lambda: interrupted_exports() == ())
    assert window.message_bar.shown is None


def test_the_next_start_opens_its_project_and_the_export_there(
    source: Path, target: Path, tmp_path: Path, window: MainWindow, qtbot: QtBot
) -> None:
    left = kill_an_export(source, target, tmp_path / "work.uidscope")
    told(window, qtbot)
    press(qtbot, window.message_bar, "Go on…")
    waiting_until(qtbot, lambda: bool(window.findChildren(ExportDialog)))
    (dialog,) = window.findChildren(ExportDialog)
    assert dialog.step is Step.WHERE
    assert dialog.where.target_edit.text() == str(target)
    press(qtbot, dialog.where, "Go on")
    waiting_until(qtbot, lambda: dialog.step is Step.DRY_RUN and dialog.go_on_button.isVisible())
    qtbot.mouseClick(dialog.go_on_button, Qt.MouseButton.LeftButton)
    waiting_until(qtbot, lambda: "Exported and verified" in said(page(dialog)))
    assert is_complete(target, left)
    dialog.accept()
    window.state.set_exported()


def test_without_a_project_it_says_what_to_do_and_the_next_export_offers_it(
    source: Path, target: Path, window: MainWindow, qtbot: QtBot
) -> None:
    kill_an_export(source, target)
    told(window, qtbot)
    press(qtbot, window.message_bar, "Go on…")
    waiting_until(qtbot, lambda: bool(window.findChildren(QMessageBox, "interruptedExportBox")))
    (box,) = window.findChildren(QMessageBox, "interruptedExportBox")
    assert str(target) in box.text()
    press(qtbot, box, "Close")
    load(qtbot, window, source)
    add_intention(window.state, window.runner, "instances", ())
    waiting_until(qtbot, lambda: window.state.uid_map is not None and not window.runner.is_running)
    window.commands["actionExport"].trigger()
    (dialog,) = window.findChildren(ExportDialog)
    assert dialog.where.interrupted.isVisible()
    dialog.reject()
    window.state.set_exported()


def test_a_closed_message_leaves_everything_as_it_is(
    source: Path, target: Path, window: MainWindow, qtbot: QtBot
) -> None:
    kill_an_export(source, target)
    told(window, qtbot)
    press(qtbot, window.message_bar, "Close this message")
    qtbot.wait(300)
    assert window.message_bar.shown is None
    assert len(interrupted_exports()) == 1
