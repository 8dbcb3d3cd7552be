"""The verbs: what they make of the state, and what they tell."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, rt_set, set_unchecked
from tests.watch import SourceFolders
from uidscope.core import flow
from uidscope.core.catalog.findings import findings
from uidscope.core.catalog.rule_settings import RuleSettings
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import counts, row
from uidscope.core.errors import Cancelled
from uidscope.core.progress import CancelToken, ProgressCallback
from uidscope.qt.kit.message_bar import Message
from uidscope.qt.operations import Operations
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner

LONGEST_WAIT = 20_000


class Desk(QObject):
    """A state, a runner and the verbs, without a window; `told` holds the messages by their keys."""

    def __init__(self) -> None:
        super().__init__()
        self.state = WorkState(self)
        self.runner = TaskRunner(self)
        self.operations = Operations(self.state, self.runner, self)
        self.told: dict[str, Message] = {}
        self.operations.said.connect(lambda message: self.told.update({message.key: message}))
        self.operations.unsaid.connect(lambda key: self.told.pop(key, None))

    @property
    def catalog(self) -> Catalog:
        assert self.state.catalog is not None
        return self.state.catalog


@pytest.fixture
def desk(qapp: object) -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.operations.end()


def wait_for_end(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.runner.is_running, timeout=LONGEST_WAIT)


@pytest.fixture
def folder(make_source: SourceFolders) -> Path:
    images = ct_series(5)
    set_unchecked(images[2], "SOPInstanceUID", "1.2.840.01.5")
    return make_source(images, files={"notes.txt": b"nothing of DICOM"})


def test_loading_reads_and_checks_and_tells_of_what_was_not_loaded(
    qtbot: QtBot, desk: Desk, folder: Path
) -> None:
    signals: list[str] = []
    for name in ("catalog_replaced", "tree_grew", "findings_changed"):
        getattr(desk.state, name).connect(lambda name=name: signals.append(name))
    desk.operations.load_paths([str(folder)])
    busy_meanwhile = desk.state.busy
    wait_for_end(qtbot, desk)
    assert (busy_meanwhile, desk.state.busy) == (True, False)
    assert (signals[0], signals[-1]) == ("catalog_replaced", "findings_changed")
    assert "tree_grew" in signals
    assert desk.state.checked
    counted = counts(desk.catalog)
    assert (counted.loaded, counted.not_loaded) == (5, 1)
    assert counted.findings["error"] >= 1
    told = desk.told["not-loaded"]
    assert told.title == "5 of 6 files loaded."
    assert told.text == "1 was not; it is listed with its reason."


def test_more_is_read_together_with_what_is_there(
    qtbot: QtBot, desk: Desk, folder: Path, make_source: SourceFolders
) -> None:
    other = make_source(ct_series(2, study=Study(2, patient_id="P-2", patient_name="TEST^BETA")), folder="b")
    desk.operations.load_paths([str(folder)])
    # While the first is still read: that reading is given up for one of both.
    desk.operations.load_paths([str(other), str(folder)])
    wait_for_end(qtbot, desk)
    assert desk.state.paths == (str(folder), str(other))
    assert counts(desk.catalog).instances == 7
    assert "cancelled" not in desk.told


def test_path_that_is_not_there_changes_nothing(qtbot: QtBot, desk: Desk, folder: Path) -> None:
    desk.operations.load_paths([str(folder)])
    wait_for_end(qtbot, desk)
    before = desk.catalog
    desk.operations.load_paths([str(folder / "absent")])
    wait_for_end(qtbot, desk)
    assert desk.state.catalog is before
    assert desk.state.paths == (str(folder),)
    assert "absent" in desk.told["failed"].title
    desk.operations.rescan()
    wait_for_end(qtbot, desk)
    assert "failed" not in desk.told
    assert counts(desk.catalog).loaded == 5


def test_cancelled_reading_keeps_what_was_loaded_and_says_so(
    qtbot: QtBot, desk: Desk, make_source: SourceFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_source(ct_series(450))
    reading, go_on = threading.Event(), threading.Event()
    load = flow.load

    def slow_load(*arguments: object, shown: object, **named: object) -> flow.Loaded:
        def after_first_batch() -> None:
            reading.set()
            assert go_on.wait(10)

        return load(*arguments, shown=after_first_batch, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(flow, "load", slow_load)
    desk.operations.load_paths([str(folder)])
    qtbot.waitUntil(reading.is_set)
    desk.operations.cancel()
    go_on.set()
    wait_for_end(qtbot, desk)
    counted = counts(desk.catalog)
    assert 0 < counted.loaded < 450
    assert counted.loaded + counted.not_loaded == counted.files
    told = desk.told["cancelled"]
    assert told.text.startswith(f"{counted.loaded} of {counted.files} files loaded.")

    monkeypatch.undo()
    checked = [desk.state.checked]
    desk.operations.check()
    wait_for_end(qtbot, desk)
    checked.append(desk.state.checked)
    assert checked == [False, True]
    desk.operations.rescan()
    wait_for_end(qtbot, desk)
    assert counts(desk.catalog).loaded == 450
    assert "cancelled" not in desk.told


def test_rescan_of_an_unchanged_folder_keeps_catalog_and_findings(
    qtbot: QtBot, desk: Desk, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = shutil.copytree(folder, tmp_path / "own")
    desk.operations.load_paths([str(own)])
    wait_for_end(qtbot, desk)
    before = desk.catalog
    with monkeypatch.context() as patch:
        patch.setattr(flow, "check", None)
        desk.operations.rescan()
        wait_for_end(qtbot, desk)
    assert desk.state.catalog is before
    assert desk.state.checked
    assert "unchanged" in desk.told
    next(own.rglob("*.dcm")).unlink()
    desk.operations.rescan()
    wait_for_end(qtbot, desk)
    assert "unchanged" not in desk.told
    assert counts(desk.catalog).loaded == 4


def test_cancelled_check_is_told_and_can_be_made_again(
    qtbot: QtBot, desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never_ends(
        _catalog: Catalog,
        _settings: RuleSettings,
        *,
        leftovers: bool,
        progress: ProgressCallback,
        cancel: CancelToken,
    ) -> None:
        raise Cancelled("Cancelled.")

    with monkeypatch.context() as patch:
        patch.setattr(flow, "check", never_ends)
        desk.operations.load_paths([str(folder)])
        wait_for_end(qtbot, desk)
    checked = [desk.state.checked]
    assert "unchecked" in desk.told
    desk.operations.check()
    wait_for_end(qtbot, desk)
    checked.append(desk.state.checked)
    assert checked == [False, True]
    assert "unchecked" not in desk.told


def test_clearing_forgets_everything_and_removes_the_temporary_catalog(
    qtbot: QtBot, desk: Desk, folder: Path
) -> None:
    desk.operations.load_paths([str(folder)])
    wait_for_end(qtbot, desk)
    file = desk.catalog.path
    assert os.path.exists(file)
    desk.operations.clear()
    assert desk.state.catalog is None
    assert desk.told == {}
    assert not os.path.exists(file)


def test_catalog_is_not_closed_under_a_task_that_asks_it(qtbot: QtBot, desk: Desk, folder: Path) -> None:
    desk.operations.load_paths([str(folder)])
    wait_for_end(qtbot, desk)
    catalog, asked, go_on = desk.catalog, threading.Event(), threading.Event()

    def question(_progress: ProgressCallback, _cancel: CancelToken) -> int:
        asked.set()
        assert go_on.wait(10)
        return counts(catalog).instances

    answers: list[int] = []
    other = TaskRunner(desk)
    other.run(Task("question", question, done=answers.append))
    assert asked.wait(10)
    desk.operations.clear()
    go_on.set()
    qtbot.waitUntil(lambda: not os.path.exists(catalog.path))
    assert answers == [5]


def test_going_to_a_finding_selects_what_it_is_about(qtbot: QtBot, desk: Desk, folder: Path) -> None:
    desk.operations.load_paths([str(folder)])
    wait_for_end(qtbot, desk)
    found = next(each for each in findings(desk.catalog) if each.uid == "1.2.840.01.5")
    desk.operations.go_to_finding(found.id)
    assert [row(desk.catalog, node).uid for node in desk.state.selection] == ["1.2.840.01.5"]  # type: ignore[union-attr]
    desk.operations.go_to_finding(10**6)
    assert len(desk.state.selection) == 1


def test_report_is_saved_in_the_format_of_its_ending(
    qtbot: QtBot, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    desk.operations.load_paths([str(folder)])
    wait_for_end(qtbot, desk)
    for ending, beginning in ((".html", "<!DOCTYPE html>"), (".csv", "rule,severity"), (".json", "{")):
        report = tmp_path / f"report{ending}"
        desk.operations.save_report(str(report))
        wait_for_end(qtbot, desk)
        assert report.read_text("utf-8").lower().startswith(beginning.lower())
        assert "1.2.840.01.5" in report.read_text("utf-8")
        assert desk.told["report-saved"].text == str(report)
    desk.operations.save_report(str(folder / "report.html"))
    wait_for_end(qtbot, desk)
    assert "failed" in desk.told
    assert sorted(os.listdir(tmp_path)) == ["report.csv", "report.html", "report.json", "source"]


def test_the_list_of_what_is_missing_is_saved(
    qtbot: QtBot, desk: Desk, make_source: SourceFolders, tmp_path: Path
) -> None:
    desk.operations.load_paths([str(make_source([rt_set().structure_set], folder="contours"))])
    wait_for_end(qtbot, desk)
    path = tmp_path / "missing.csv"
    desk.operations.save_missing(str(path))
    wait_for_end(qtbot, desk)
    missing = path.read_text("utf-8").splitlines()[1:]
    assert len(missing) > 1
    assert desk.told["report-saved"].title == f"The list of {len(missing)} missing objects is saved."
    assert desk.told["report-saved"].text == str(path)


def test_where_nothing_is_missing_no_list_is_saved(
    qtbot: QtBot, desk: Desk, make_source: SourceFolders, tmp_path: Path
) -> None:
    desk.operations.load_paths([str(make_source(rt_set().all, folder="whole"))])
    wait_for_end(qtbot, desk)
    desk.operations.save_missing(str(tmp_path / "missing.csv"))
    wait_for_end(qtbot, desk)
    assert "no list was saved" in desk.told["report-saved"].title
    assert not (tmp_path / "missing.csv").exists()
