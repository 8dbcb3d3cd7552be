import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from tests.qt.pixels import shows
from uidscope.qt.kit.badges import BadgeKind
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.scan_status import ScanProgress, ScanState, ScanSummary, SummaryItem, summary_words
from uidscope.qt.kit.theme import tokens


@pytest.fixture
def progress(qtbot: QtBot) -> ScanProgress:
    made = ScanProgress()
    qtbot.addWidget(made)
    return made


def bar_of(progress: ScanProgress) -> QProgressBar:
    bar = progress.findChild(QProgressBar, "scanProgress")
    assert bar is not None
    return bar


def cancel_of(progress: ScanProgress) -> QPushButton:
    button = progress.findChild(QPushButton, "cancelButton")
    assert button is not None
    return button


def test_its_parts_are_known_by_their_names(progress: ScanProgress) -> None:
    assert progress.isHidden()
    assert bar_of(progress).accessibleName()
    assert cancel_of(progress).accessibleName()
    assert cancel_of(progress).text() == "Cancel"


def test_it_shows_how_far_the_work_is(progress: ScanProgress) -> None:
    progress.set_state(ScanState("Checking 6,083 of 9,812", 6083, 9812, "1,240 files/s", "3 s left"))
    assert progress.isVisible()
    assert bar_of(progress).value() == 62
    assert bar_of(progress).isVisible()


def test_without_a_total_the_count_stands_alone(progress: ScanProgress) -> None:
    progress.set_state(ScanState("Finding 512", 512))
    assert not bar_of(progress).isVisible()
    # A bar from 0 to 0 would run to and fro for ever.
    assert bar_of(progress).maximum() > bar_of(progress).minimum()


def test_cancel_is_heard(progress: ScanProgress, qtbot: QtBot) -> None:
    progress.set_state(ScanState("Reading", 1, 2))
    with qtbot.waitSignal(progress.cancelled):
        qtbot.mouseClick(cancel_of(progress), Qt.MouseButton.LeftButton)


def test_it_gives_way_to_narrow_windows(progress: ScanProgress) -> None:
    progress.set_state(ScanState("Checking 6,083 of 9,812", 6083, 9812, "1,240 files/s", "3 s left"))
    assert progress.minimumSizeHint().width() < progress.sizeHint().width() - 100


def test_the_summary_speaks(qtbot: QtBot, scheme: Scheme) -> None:
    summary = ScanSummary()
    qtbot.addWidget(summary)
    items = (SummaryItem("3 patients"), SummaryItem("4 errors", BadgeKind.ERROR))
    summary.set_items(items)
    summary.resize(400, 30)
    assert summary.accessibleName() == "Summary: 3 patients, 4 errors"
    assert shows(summary, [tokens().error.ink])
    assert [word.text for word in summary_words(items)] == ["3 patients", "4 errors"]
