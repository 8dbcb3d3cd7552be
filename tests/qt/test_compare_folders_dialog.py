"""The window that compares two folders: its verdict, its numbers, its list, and the report."""

import copy
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from tests.builders import ct_series, encoded
from tests.qt.accessible import acting_labels, nameless
from tests.qt.windows import LONGEST_WAIT, shown_window
from tests.watch import SourceFolders
from uidscope.core.flow import load
from uidscope.core.judge.folder_comparison import compare_folders
from uidscope.core.progress import CancelToken, Progress, ProgressCallback
from uidscope.qt.dialogs.comparing import compare_folders_dialog
from uidscope.qt.dialogs.comparing.compare_folders_dialog import CompareFoldersDialog
from uidscope.qt.kit.banner import Banner
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.models import comparison_model
from uidscope.qt.models.comparison_model import DifferenceColumn
from uidscope.qt.tasks import Task, TaskRunner

IMAGES = ct_series(3)


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.wait()


@pytest.fixture
def dialog(qtbot: QtBot, runner: TaskRunner) -> Iterator[CompareFoldersDialog]:
    made = CompareFoldersDialog(runner)
    qtbot.addWidget(made)
    made.show()
    yield made
    settle(qtbot, runner)
    made.reject()


@pytest.fixture
def original(make_source: SourceFolders) -> Path:
    return make_source(IMAGES, folder="a")


def settle(qtbot: QtBot, runner: TaskRunner) -> None:
    qtbot.waitUntil(lambda: not runner.is_running, timeout=LONGEST_WAIT)
    # What was put into a layout is shown by an event of its own, and its children by one more.
    QApplication.sendPostedEvents()
    qtbot.wait(100)


def compare(
    qtbot: QtBot, runner: TaskRunner, dialog: CompareFoldersDialog, first: Path, second: Path
) -> None:
    dialog.first_edit.setText(str(first))
    dialog.second_edit.setText(str(second))
    dialog.compare_button.click()
    settle(qtbot, runner)


def banner(dialog: CompareFoldersDialog) -> tuple[Verdict, str]:
    (shown,) = (each for each in dialog.findChildren(Banner) if each.isVisible())
    return shown.verdict, shown.accessibleName()


def numbers(dialog: CompareFoldersDialog) -> dict[str, str]:
    """The numbers that are not 0, by their labels."""
    found = {}
    for label in dialog.findChildren(PlainLabel):
        name, colon, _ = label.accessibleName().partition(": ")
        if colon and label.isVisible() and label.text() != "0":
            found[name] = label.text()
    return found


def listed(dialog: CompareFoldersDialog, column: DifferenceColumn) -> list[str]:
    return [dialog.model.index(row, column).data() for row in range(dialog.model.rowCount())]


def test_it_is_known_by_its_names(dialog: CompareFoldersDialog) -> None:
    assert dialog.objectName() == "compareFoldersDialog"
    assert nameless(dialog) == []
    assert acting_labels(dialog) == []
    assert dialog.findChild(QAbstractItemView, "differencesView") is dialog.view


def test_equal_folders_are_called_so(
    qtbot: QtBot, runner: TaskRunner, dialog: CompareFoldersDialog, original: Path, make_source: SourceFolders
) -> None:
    assert not dialog.compare_button.isEnabled()
    compare(qtbot, runner, dialog, original, make_source(IMAGES, folder="b"))
    assert banner(dialog) == (Verdict.OK, "Both folders hold the same instances with the same content.")
    assert numbers(dialog) == {"The same": "3"}
    assert dialog.model.rowCount() == 0
    assert not dialog.view.isVisible()
    dialog.second_edit.setText("elsewhere")
    assert not any(each.isVisible() for each in dialog.findChildren(Banner))
    assert not dialog.save_button.isVisible()


def test_what_is_missing_and_what_is_extra_is_listed(
    qtbot: QtBot, runner: TaskRunner, dialog: CompareFoldersDialog, original: Path, make_source: SourceFolders
) -> None:
    extra = ct_series(1, series_number=9)
    compare(qtbot, runner, dialog, original, make_source([*IMAGES[1:], *extra], folder="b"))
    assert banner(dialog) == (Verdict.ERROR, "The folders differ.")
    assert numbers(dialog) == {"The same": "2", "Missing in B": "1", "Extra in B": "1"}
    found = dict(
        zip(listed(dialog, DifferenceColumn.INSTANCE), listed(dialog, DifferenceColumn.STATUS), strict=True)
    )
    assert found == {IMAGES[0].SOPInstanceUID: "missing", extra[0].SOPInstanceUID: "extra"}
    assert all(IMAGES[0].StudyInstanceUID in study for study in listed(dialog, DifferenceColumn.STUDY))


def test_one_changed_pixel_is_seen(
    qtbot: QtBot, runner: TaskRunner, dialog: CompareFoldersDialog, original: Path, make_source: SourceFolders
) -> None:
    after = copy.deepcopy(IMAGES)
    after[1].PixelData = after[1].PixelData[:-2] + b"\1\1"
    compare(qtbot, runner, dialog, original, make_source(after, folder="b"))
    assert banner(dialog)[0] is Verdict.ERROR
    assert numbers(dialog) == {"The same": "2", "Pixel data changed": "1"}
    assert listed(dialog, DifferenceColumn.INSTANCE) == [IMAGES[1].SOPInstanceUID]
    assert "pixel data" in listed(dialog, DifferenceColumn.WHAT)[0]
    assert dialog.view.isVisible()


def test_another_encoding_and_another_header_are_told_apart(
    qtbot: QtBot, runner: TaskRunner, dialog: CompareFoldersDialog, original: Path, make_source: SourceFolders
) -> None:
    edited = copy.deepcopy(IMAGES[2])
    edited.PatientName = "TEST^BETA"
    files = {
        "0": encoded(IMAGES[0]),
        "1": encoded(IMAGES[1], transfer_syntax="explicit-be"),
        "2": encoded(edited),
    }
    compare(qtbot, runner, dialog, original, make_source(files=files, folder="b"))
    assert numbers(dialog) == {"The same": "1", "Encoded differently": "1", "Header changed": "1"}
    assert any("PatientName" in what for what in listed(dialog, DifferenceColumn.WHAT))


def test_folders_without_dicom_are_not_called_equal(
    qtbot: QtBot, runner: TaskRunner, dialog: CompareFoldersDialog, tmp_path: Path
) -> None:
    folders = tmp_path / "a", tmp_path / "b"
    for folder in folders:
        folder.mkdir()
    compare(qtbot, runner, dialog, *folders)
    assert banner(dialog) == (Verdict.WARNING, "Neither folder holds a DICOM instance.")


def test_of_a_long_list_the_rest_is_counted(
    qtbot: QtBot,
    runner: TaskRunner,
    dialog: CompareFoldersDialog,
    original: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(comparison_model, "ROWS_SHOWN", 1)
    (tmp_path / "b").mkdir()
    compare(qtbot, runner, dialog, original, tmp_path / "b")
    assert dialog.model.rowCount() == 1
    assert dialog.more.said == "2 more: save the report"


@pytest.mark.parametrize("ending", ["html", "csv", "json"])
def test_the_report_is_saved_but_never_in_a_folder_compared(
    qtbot: QtBot,
    runner: TaskRunner,
    dialog: CompareFoldersDialog,
    original: Path,
    make_source: SourceFolders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
) -> None:
    compare(qtbot, runner, dialog, original, make_source(IMAGES[:2], folder="b"))
    target = original / f"report.{ending}"
    monkeypatch.setattr(compare_folders_dialog, "choose_report_file", lambda *_: str(target))
    dialog.save_button.click()
    settle(qtbot, runner)
    assert "inside a source folder" in dialog.remark.said
    target = tmp_path / f"report.{ending}"
    dialog.save_button.click()
    settle(qtbot, runner)
    assert dialog.remark.said == f"The report is saved: {target}"
    text = target.read_text("utf-8")
    assert IMAGES[2].SOPInstanceUID in text
    if ending == "json":
        assert json.loads(text)["counts"]["missing"] == 1


def test_what_cannot_be_compared_is_one_sentence(
    qtbot: QtBot, runner: TaskRunner, dialog: CompareFoldersDialog, original: Path, tmp_path: Path
) -> None:
    compare(qtbot, runner, dialog, original, tmp_path / "none")
    assert "No such file or directory." in dialog.remark.said
    compare(qtbot, runner, dialog, original, original / ".")
    assert dialog.remark.said == "Both are the same folder; choose two."
    assert not any(each.isVisible() for each in dialog.findChildren(Banner))
    assert dialog.compare_button.isEnabled()


def test_it_can_be_stopped_and_says_so(
    qtbot: QtBot,
    runner: TaskRunner,
    dialog: CompareFoldersDialog,
    original: Path,
    make_source: SourceFolders,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    is_stopped = threading.Event()

    def slow(*catalogs: object, progress: ProgressCallback, cancel: CancelToken) -> object:
        progress(Progress("comparing", 1, 6))
        is_stopped.wait(20)
        return compare_folders(*catalogs, progress=progress, cancel=cancel)  # type: ignore[arg-type]

    monkeypatch.setattr(compare_folders_dialog, "compare_folders", slow)
    dialog.first_edit.setText(str(original))
    dialog.second_edit.setText(str(make_source(IMAGES, folder="b")))
    with qtbot.waitSignal(
        runner.progressed,
        check_params_cb=lambda progress: progress.stage == "comparing",
        timeout=LONGEST_WAIT,
    ):
        dialog.compare_button.click()
    assert not dialog.compare_button.isEnabled()
    assert dialog.cancel_button.accessibleName() == "Stop"
    dialog.cancel_button.click()
    is_stopped.set()
    settle(qtbot, runner)
    assert dialog.isVisible()
    assert dialog.remark.said == "Cancelled; the files are as they were."
    assert dialog.model.rowCount() == 0
    dialog.cancel_button.click()
    assert not dialog.isVisible()


def test_a_second_catalog_does_not_stay(
    qtbot: QtBot,
    runner: TaskRunner,
    dialog: CompareFoldersDialog,
    original: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is read of patients goes with the dialog."""
    paths: list[str] = []

    def noted(catalog: object, *arguments: object, **options: object) -> object:
        paths.append(catalog.path)  # type: ignore[attr-defined]
        return load(catalog, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(compare_folders_dialog, "load", noted)
    compare(qtbot, runner, dialog, original, original.parent)
    assert len(paths) == 2
    assert all(Path(path).exists() for path in paths)
    dialog.reject()
    assert not any(Path(path).exists() for path in paths)


def test_the_window_opens_it_with_nothing_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    action = window.commands["actionCompareFolders"]
    assert action.isEnabled()
    assert action in window.commands.menus["menuTools"].actions()
    action.trigger()
    (opened,) = window.findChildren(CompareFoldersDialog)
    assert opened.isVisible()
    opened.reject()
    held = threading.Event()
    window.runner.run(Task("held", lambda _progress, _cancel: held.wait(20)))
    assert not action.isEnabled()
    held.set()
    settle(qtbot, window.runner)
    assert action.isEnabled()
