"""The export dialog: four steps, no export without its dry run, and what is said where it fails."""

import errno
import itertools
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pydicom
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QProgressBar, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, mip_in_source_series
from tests.qt.plan_scene import Scene, scene
from tests.qt.room import cut_widgets
from tests.qt.seen import rows_in
from tests.watch import SourceFolders
from uidscope.core.errors import Cancelled, OutputError
from uidscope.core.export.export import export
from uidscope.core.export.request import ExportRequest, ExportResult
from uidscope.core.progress import CancelToken, Progress, ProgressCallback
from uidscope.core.running_exports import interrupted_exports, notes_folder
from uidscope.qt.dialogs.export.export_dialog import ExportDialog, Step
from uidscope.qt.dialogs.export.export_where_page import suggested_target
from uidscope.qt.dialogs.export.unresolved_dialog import UnresolvedDialog
from uidscope.qt.dialogs.question_dialog import QuestionDialog
from uidscope.qt.kit.banner import Banner
from uidscope.qt.kit.colour_tokens import Scheme, Verdict
from uidscope.qt.kit.plain_label import PlainLabel

STUDY = Study(2)
ABSENT = STUDY.uid(2, 4)
"""The image that the projection names, and that is not loaded."""


@pytest.fixture
def work(qtbot: QtBot, make_source: SourceFolders) -> Iterator[Scene]:
    """Three images, a copy of one, and a projection of four: all to become new derived series."""
    images = ct_series(4, study=STUDY)
    folder = make_source([*images[:3], images[0], mip_in_source_series(images)])
    with scene(qtbot, folder) as made:
        made.plan("derived-series", made.node(STUDY.uid(2), "series"))
        yield made


@pytest.fixture
def dialog(work: Scene, qtbot: QtBot) -> ExportDialog:
    made = ExportDialog(work.state, work.runner)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def target_folder(tmp_path: Path) -> Path:
    return tmp_path / "target"


def to_dry_run(work: Scene, dialog: ExportDialog, target: Path) -> None:
    dialog.go_on()
    dialog.where.target_edit.setText(str(target))
    dialog.go_on()
    work.settle()


def page(dialog: ExportDialog) -> QWidget:
    """The page that is shown."""
    shown = dialog.pages.currentWidget()
    assert shown is not None
    return shown


def facts(page: QWidget) -> dict[str, str]:
    """The numbers of a page, by label."""
    labels = [label for label in page.findChildren(PlainLabel) if label.isVisible()]
    found = {}
    for label in labels:
        words, _, rest = label.accessibleName().partition(": ")
        if rest:
            found[words] = label.text()
    return found


def said(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(PlainLabel) if label.isVisible())


def failure(page: QWidget) -> Banner:
    (banner,) = (banner for banner in page.findChildren(Banner) if banner.isVisible())
    return banner


def test_it_is_known_by_its_names(dialog: ExportDialog) -> None:
    assert dialog.objectName() == "exportDialog"
    assert dialog.accessibleName()
    for kind in (QAbstractButton, QLineEdit, QRadioButton):
        assert all(widget.accessibleName() for widget in dialog.findChildren(kind))
    assert not dialog.findChildren(QWidget, "scanProgress")


def test_the_first_step_says_what_and_what_new_uids_are_not(work: Scene, dialog: ExportDialog) -> None:
    words = said(page(dialog))
    assert dialog.step is Step.WHAT
    assert "New derived series from CT axial" in words
    assert "not de-identification" in words
    assert facts(page(dialog))["Files"] == "4"
    assert facts(page(dialog))["Left out"] == "1"


def test_a_target_that_is_there_is_refused_with_a_sentence(
    work: Scene, dialog: ExportDialog, tmp_path: Path
) -> None:
    dialog.go_on()
    assert dialog.where.objection == ""
    assert dialog.go_on_button.isEnabled()
    there = tmp_path / "there"
    there.mkdir()
    dialog.where.target_edit.setText(str(there))
    assert dialog.where.check.said == f"{there} is there already; choose another name."
    assert not dialog.go_on_button.isEnabled()
    dialog.where.target_edit.setText(str(tmp_path / "source" / "inside"))
    assert "sources are never changed" in dialog.where.check.said
    dialog.where.target_edit.setText(str(tmp_path / "no" / "such"))
    assert "is not a folder" in dialog.where.check.said
    dialog.where.target_edit.setText(" ")
    assert dialog.where.check.said == "Name a folder."
    dialog.where.target_edit.setText(str(tmp_path / "fresh"))
    assert dialog.go_on_button.isEnabled()


def test_the_suggested_target_can_be_made_and_lies_beside_the_source(
    dialog: ExportDialog, tmp_path: Path
) -> None:
    assert dialog.where.target_edit.text() == str(tmp_path / "source-export")
    (tmp_path / "source-export").mkdir()
    assert suggested_target((str(tmp_path / "source"),)) == str(tmp_path / "source-export-2")


def test_the_dry_run_writes_nothing_and_says_every_number(
    work: Scene, dialog: ExportDialog, target_folder: Path
) -> None:
    before = sorted(target_folder.parent.iterdir())
    to_dry_run(work, dialog, target_folder)
    assert sorted(target_folder.parent.iterdir()) == before
    assert dialog.step is Step.DRY_RUN
    assert dialog.go_on_button.text() == "Write 4 files"
    numbers = facts(dialog.dry_run_page)
    assert numbers["Files to write"] == "4"
    # The projection comes from another device, so the one series becomes two.
    assert numbers["New UIDs"] == "6"
    assert numbers["References that resolve"] == "3"
    assert numbers["References unresolved"] == "1"
    words = said(dialog.dry_run_page)
    assert "1 identical copy" in words
    assert "2 series, 4 instances" in words
    assert "1 reference points outside the export" in words
    assert "target.crosswalk.csv" in words


def test_unresolved_references_are_shown_one_by_one(
    work: Scene, dialog: ExportDialog, target_folder: Path
) -> None:
    to_dry_run(work, dialog, target_folder)
    (show,) = (each for each in dialog.findChildren(QAbstractButton) if each.text() == "Show")
    show.click()
    listed = dialog.findChildren(UnresolvedDialog)[-1]
    assert rows_in(listed.view) == [f"0005.dcm | SourceImageSequence[] | missing | {ABSENT}"]
    listed.copy_button.click()
    assert QApplication.clipboard().text() == ABSENT
    listed.close_button.click()
    assert dialog.go_on_button.isEnabled()


def test_references_to_what_is_loaded_and_not_written_are_no_fault(
    qtbot: QtBot, make_source: SourceFolders, target_folder: Path
) -> None:
    images = ct_series(3, study=STUDY)
    mip = mip_in_source_series(images)
    with scene(qtbot, make_source([*images, mip])) as work:
        work.plan("derived-series", work.node(str(mip.SOPInstanceUID), "instance"))
        dialog = ExportDialog(work.state, work.runner)
        qtbot.addWidget(dialog)
        dialog.show()
        to_dry_run(work, dialog, target_folder)
        (banner,) = (each for each in dialog.dry_run_page.findChildren(Banner) if each.isVisible())
        assert banner.verdict is Verdict.INFO
        words = said(dialog.dry_run_page)
        assert "3 references point outside the export" in words
        assert "in the archive they lead there as before" in words
        assert "unresolved before" not in words
        next(each for each in banner.findChildren(QAbstractButton) if each.text() == "Show").click()
        listed = dialog.findChildren(UnresolvedDialog)[-1]
        assert [row.split(" | ")[2] for row in rows_in(listed.view)] == ["not written"] * 3


def test_the_dry_run_is_the_result_number_by_number(
    work: Scene, dialog: ExportDialog, target_folder: Path
) -> None:
    to_dry_run(work, dialog, target_folder)
    promised = facts(dialog.dry_run_page)
    dialog.go_on()
    work.settle()
    done = facts(dialog.run_page)
    assert list(done.values()) == list(promised.values())
    words = said(dialog.run_page)
    assert "Exported and verified" in words
    assert words.count("as the dry run said") == len(done)
    assert "the dry run said" not in words.replace("as the dry run said", "")
    assert work.state.is_exported
    assert len(list(target_folder.rglob("*.dcm"))) == 4
    new = {str(pydicom.dcmread(path).SOPInstanceUID) for path in target_folder.rglob("*.dcm")}
    assert work.state.uid_map is not None
    assert new == {entry.new for entry in work.state.uid_map.entries() if entry.kind == "instance"}
    for suffix in ("crosswalk.csv", "manifest.json", "old-uids.txt"):
        assert Path(f"{target_folder}.{suffix}").exists()


def test_there_is_no_export_without_the_dry_run_of_that_target(
    work: Scene, dialog: ExportDialog, target_folder: Path
) -> None:
    to_dry_run(work, dialog, target_folder)
    dialog.go_back()
    dialog.where.target_edit.setText(f"{target_folder}-2")
    dialog.go_on()
    work.settle()
    assert dialog.step is Step.DRY_RUN
    assert not Path(f"{target_folder}-2").exists()


def test_a_layout_by_study_numbers_the_files(work: Scene, dialog: ExportDialog, target_folder: Path) -> None:
    dialog.go_on()
    dialog.where.layouts.set_current("hierarchy")
    dialog.where.target_edit.setText(str(target_folder))
    dialog.go_on()
    work.settle()
    dialog.go_on()
    work.settle()
    names = {path.relative_to(target_folder).parts[0] for path in target_folder.rglob("*.dcm")}
    assert names == {"patient-001"}


def no_room(*_: object) -> None:
    raise OutputError("The disk has 10 bytes free, and the export needs 1,000; make room.")


def filling_disk(writes: int) -> Callable[[int, Any], int]:
    """A disk that takes so many pieces and no more."""
    write, left = os.write, itertools.repeat(True, writes)

    def until_full(descriptor: int, data: Any) -> int:
        if next(left, False):
            return write(descriptor, data)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return until_full


@pytest.mark.parametrize("when", ["before", "at the first byte", "while writing"])
def test_a_full_disk_is_told_nothing_is_left_and_trying_again_works(
    work: Scene, dialog: ExportDialog, target_folder: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    to_dry_run(work, dialog, target_folder)
    before = sorted(target_folder.parent.iterdir())
    with monkeypatch.context() as patched:
        if when == "before":
            patched.setattr("uidscope.core.export.export.check_space", no_room)
        else:
            patched.setattr(os, "write", filling_disk(0 if when == "at the first byte" else 9))
        dialog.go_on()
        work.settle()
    banner = failure(dialog.run_page)
    assert banner.verdict is Verdict.ERROR
    words = banner.accessibleName()
    assert ("10 bytes free" if when == "before" else os.strerror(errno.ENOSPC)) in words
    assert ("The disk is full" in words) == (when != "before")
    assert "No folder has been made. Originals and plan are as they were." in words
    assert "try again" in words
    assert interrupted_exports() == ()
    assert sorted(target_folder.parent.iterdir()) == before
    assert not work.state.is_exported
    assert dialog.go_on_button.text() == "Try again"
    dialog.go_on()
    work.settle()
    assert "Exported and verified" in said(dialog.run_page)
    assert target_folder.is_dir()


def test_after_a_failure_another_place_can_be_chosen(
    work: Scene, dialog: ExportDialog, target_folder: Path
) -> None:
    to_dry_run(work, dialog, target_folder)
    target_folder.mkdir()
    dialog.go_on()
    work.settle()
    assert "is there already" in failure(dialog.run_page).accessibleName()
    dialog.go_back()
    assert dialog.step is Step.WHERE
    assert not dialog.go_on_button.isEnabled()
    target_folder.rmdir()
    dialog.where.look()
    dialog.go_on()
    work.settle()
    dialog.go_on()
    work.settle()
    assert "Exported and verified" in said(dialog.run_page)


def test_a_cancel_leaves_nothing_and_the_dialog_stays(
    work: Scene, dialog: ExportDialog, target_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_dry_run(work, dialog, target_folder)
    before = sorted(target_folder.parent.iterdir())

    def stop(*_: object) -> None:
        work.runner.cancel()

    with monkeypatch.context() as patched:
        patched.setattr("uidscope.core.export.export.check_space", stop)
        dialog.go_on()
        work.settle()
    assert "Cancelled" in failure(dialog.run_page).accessibleName()
    assert sorted(target_folder.parent.iterdir()) == before
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()


def until_cancelled(progress: ProgressCallback, cancel: CancelToken) -> NoReturn:
    progress(Progress("writing", 1, 4, "0001.dcm"))
    while not cancel.cancelled:
        time.sleep(0.005)
    raise Cancelled("Cancelled.")


def to_running(work: Scene, dialog: ExportDialog, target: Path, qtbot: QtBot) -> None:
    """To an export that runs until it is stopped."""
    to_dry_run(work, dialog, target)
    qtbot.mouseClick(dialog.go_on_button, Qt.MouseButton.LeftButton)
    bar = dialog.run_page.findChild(QProgressBar, "exportProgress")
    assert isinstance(bar, QProgressBar)
    qtbot.waitUntil(lambda: bar.value() == 25)
    assert bar.accessibleName()


def answer(dialog: ExportDialog, qtbot: QtBot, *, goes_on: bool) -> list[str]:
    """Answer the next question of the dialog; what was asked stands in the list then."""
    asked: list[str] = []

    def press() -> None:
        for question in dialog.findChildren(QuestionDialog):
            asked.append(question.text())
            button = question.go_on_button if goes_on else question.stay_button
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, press)
    return asked


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exports that run until they are stopped; dry runs are as ever."""

    def run(request: ExportRequest, progress: ProgressCallback, cancel: CancelToken) -> ExportResult:
        return export(request, progress, cancel) if request.dry_run else until_cancelled(progress, cancel)

    monkeypatch.setattr("uidscope.core.export.export.export", run)


def test_closing_while_an_export_runs_asks(
    work: Scene, dialog: ExportDialog, target_folder: Path, qtbot: QtBot, endless: None
) -> None:
    to_running(work, dialog, target_folder, qtbot)
    assert not dialog.go_on_button.isVisible()
    asked = answer(dialog, qtbot, goes_on=False)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(asked) == 1
    assert "Work is still under way." in asked[0]
    assert dialog.isVisible()
    assert work.runner.is_running
    answer(dialog, qtbot, goes_on=True)
    dialog.close()
    work.settle()
    assert not dialog.isVisible()
    assert not target_folder.exists()


def test_the_stop_button_stops_and_the_dialog_stays(
    work: Scene, dialog: ExportDialog, target_folder: Path, qtbot: QtBot, endless: None
) -> None:
    to_running(work, dialog, target_folder, qtbot)
    assert dialog.cancel_button.text() == "Stop"
    (note,) = Path(notes_folder()).iterdir()
    assert str(target_folder) in note.read_text()
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    work.settle()
    assert "No folder has been made." in failure(dialog.run_page).accessibleName()
    assert not note.exists()
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_changed_source_is_told(
    work: Scene, dialog: ExportDialog, target_folder: Path, make_source: SourceFolders
) -> None:
    source = Path(work.state.paths[0])
    os.utime(source / "0001.dcm", ns=(1, 1))
    make_source.watch(source)
    to_dry_run(work, dialog, target_folder)
    assert "changed since it was read" in failure(dialog.dry_run_page).accessibleName()
    assert dialog.go_on_button.text() == "Try again"


def test_a_conflict_blocks_the_export_and_says_why(work: Scene, qtbot: QtBot) -> None:
    work.plan("copy", work.node(STUDY.uid(), "study"))
    dialog = ExportDialog(work.state, work.runner)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.go_on_button.isEnabled()
    assert "would be treated by two steps of the plan" in said(page(dialog))


def test_another_plan_ends_the_dialog(work: Scene, dialog: ExportDialog, target_folder: Path) -> None:
    to_dry_run(work, dialog, target_folder)
    work.plan("copy", work.node(STUDY.uid(), "study"))
    assert not dialog.isVisible()
    assert not target_folder.exists()


def test_afterwards_the_folder_is_opened_and_the_plan_is_cleared(
    work: Scene, dialog: ExportDialog, target_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_dry_run(work, dialog, target_folder)
    dialog.extra_button.click()
    assert "would be written" in QGuiApplication.clipboard().text()
    dialog.go_on()
    work.settle()
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    buttons = {button.accessibleName(): button for button in dialog.findChildren(QAbstractButton)}
    buttons["Open folder target"].click()
    assert opened == [str(target_folder)]
    dialog.extra_button.click()
    work.settle()
    assert work.state.uid_map is None
    assert not dialog.isVisible()


def test_nothing_is_cut(
    work: Scene,
    dialog: ExportDialog,
    target_folder: Path,
    scheme: Scheme,
    direction: Qt.LayoutDirection,
    text_size: int,
) -> None:
    assert cut_widgets(dialog) == []
    dialog.go_on()
    dialog.where.target_edit.setText(str(target_folder.parent))
    assert cut_widgets(dialog) == []
    dialog.where.target_edit.setText(str(target_folder))
    dialog.go_on()
    work.settle()
    assert cut_widgets(dialog) == []
    dialog.go_on()
    work.settle()
    assert cut_widgets(dialog) == []
    assert dialog.width() <= 1024
    assert dialog.height() <= 700
