"""What the program has done, and how each piece of work ended."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.builders import ct_series, with_uids
from tests.qt.accessible import acting_labels, nameless
from tests.qt.loaded_state import a_state, settle, shown
from tests.watch import SourceFolders
from uidscope.core.errors import Cancelled, OutputError
from uidscope.core.progress import CancelToken, ProgressCallback
from uidscope.qt.kit.cells import CELL_ROLE, StateCell
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.models.activity_model import MOST_KEPT, ActivityColumn, ActivityModel
from uidscope.qt.operations import Operations
from uidscope.qt.panels.activity_panel import ActivityPanel
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner


@pytest.fixture
def state() -> Iterator[WorkState]:
    with a_state() as state:
        yield state


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.wait()


@pytest.fixture
def panel(qtbot: QtBot, state: WorkState, runner: TaskRunner) -> ActivityPanel:
    panel = ActivityPanel(state, runner)
    shown(qtbot, panel, 900, 250)
    return panel


def endings(panel: ActivityPanel) -> list[tuple[str, str]]:
    """What was done and how it ended, the newest first."""
    model = panel.model
    return [
        (
            str(model.index(row, ActivityColumn.WHAT).data()),
            str(model.index(row, ActivityColumn.ENDING).data()),
        )
        for row in range(model.rowCount())
    ]


def run(qtbot: QtBot, runner: TaskRunner, name: str, error: BaseException | None = None) -> None:
    def work(_progress: ProgressCallback, _cancel: CancelToken) -> None:
        if error is not None:
            raise error

    with qtbot.waitSignal(runner.ended):
        runner.run(Task(name, work))


def test_nothing_has_been_done_yet(panel: ActivityPanel) -> None:
    assert panel.pages.sentence == "Nothing has been done yet."


def test_reading_and_checking_tell_their_numbers_and_no_names(
    qtbot: QtBot, panel: ActivityPanel, state: WorkState, runner: TaskRunner, make_source: SourceFolders
) -> None:
    images = ct_series(3)
    faulty = with_uids(images, {images[0].SOPInstanceUID: "1.2.840.01.5"})
    folder = make_source(faulty, files={"notes.txt": b"no image"})
    operations = Operations(state, runner)
    operations.load_paths([str(folder)])
    qtbot.waitUntil(lambda: state.checked and not runner.is_running, timeout=20_000)
    settle(qtbot, panel)
    assert endings(panel) == [("Check what is loaded", "1 error"), ("Read files", "3 of 4 files loaded")]
    everything = " ".join(word for row in endings(panel) for word in row)
    assert "ALPHA" not in everything
    assert str(folder) not in everything
    checked = panel.model.index(0, ActivityColumn.ENDING).data(CELL_ROLE)
    assert checked == StateCell("error", "1 error", Verdict.ERROR)


def test_failure_tells_its_sentence(qtbot: QtBot, panel: ActivityPanel, runner: TaskRunner) -> None:
    run(qtbot, runner, "report", OutputError("The disk is full."))
    run(qtbot, runner, "report")
    assert endings(panel) == [("Save a report", "ended"), ("Save a report", "The disk is full.")]
    failed = panel.model.index(1, ActivityColumn.ENDING).data(CELL_ROLE)
    assert failed.verdict is Verdict.ERROR


def test_cancelled_check_says_so(
    qtbot: QtBot, panel: ActivityPanel, state: WorkState, runner: TaskRunner
) -> None:
    run(qtbot, runner, "check", Cancelled("Cancelled."))
    assert endings(panel) == [("Check what is loaded", "cancelled")]


def test_unknown_work_is_listed_by_its_name(qtbot: QtBot, panel: ActivityPanel, runner: TaskRunner) -> None:
    run(qtbot, runner, "compare <b>")
    assert endings(panel) == [("compare <b>", "ended")]
    assert acting_labels(panel) == []


def test_work_under_way_says_so(qtbot: QtBot, panel: ActivityPanel, runner: TaskRunner) -> None:
    panel.model.begin("Read files")
    assert endings(panel) == [("Read files", "under way")]


def test_model_keeps_qts_rules_and_forgets_the_oldest(qtmodeltester: ModelTester) -> None:
    model = ActivityModel()
    for number in range(MOST_KEPT + 2):
        model.end(model.begin(f"work {number}"), "ended")
    assert model.rowCount() == MOST_KEPT
    assert model.index(0, ActivityColumn.WHAT).data() == f"work {MOST_KEPT + 1}"
    assert model.index(MOST_KEPT - 1, ActivityColumn.WHAT).data() == "work 2"
    qtmodeltester.check(model)


def test_everything_has_a_name(qtbot: QtBot, panel: ActivityPanel, runner: TaskRunner) -> None:
    run(qtbot, runner, "plan")
    assert nameless(panel) == []
    assert panel.view.objectName() == "activityView"
    assert panel.model.headerData(0, Qt.Orientation.Horizontal) == "Time"
