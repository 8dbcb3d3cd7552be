"""From reports of progress to words."""

from PySide6.QtWidgets import QApplication

from uidscope.core.progress import Progress
from uidscope.qt.kit.scan_status import ScanState
from uidscope.qt.work_pace import WorkPace


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_speed_comes_at_once_and_the_time_left_after_three_seconds(qapp: QApplication) -> None:
    clock = Clock()
    pace = WorkPace(clock)
    assert pace.state(Progress("reading", 0, 10_000)) == ScanState("Reading 0 of 10,000", 0, 10_000)
    clock.now += 2
    assert pace.state(Progress("reading", 2000, 10_000)) == ScanState(
        "Reading 2,000 of 10,000", 2000, 10_000, "1,000 files/s"
    )
    clock.now += 2
    assert pace.state(Progress("reading", 4000, 10_000)) == ScanState(
        "Reading 4,000 of 10,000", 4000, 10_000, "1,000 files/s", "6 s left"
    )


def test_total_that_still_grows_is_not_shown(qapp: QApplication) -> None:
    clock = Clock()
    pace = WorkPace(clock)
    pace.state(Progress("reading", 0, 4000))
    clock.now += 0.5
    assert pace.state(Progress("reading", 400, 4200)).total == 0
    clock.now += 0.5
    assert pace.state(Progress("reading", 800, 4400)).text == "Reading 800"
    clock.now += 1.0
    assert pace.state(Progress("reading", 1600, 4400)).total == 4400


def test_files_found_while_others_are_read_are_part_of_the_reading(qapp: QApplication) -> None:
    clock = Clock()
    pace = WorkPace(clock)
    pace.state(Progress("finding", 0, 300))
    pace.state(Progress("reading", 100, 4000))
    clock.now += 2
    state = pace.state(Progress("finding", 2100, 4000))
    assert (state.text, state.speed) == ("Reading 2,100 of 4,000", "1,050 files/s")


def test_checks_are_no_files(qapp: QApplication) -> None:
    clock = Clock()
    pace = WorkPace(clock)
    pace.state(Progress("checking", 0, 29))
    clock.now += 1
    assert pace.state(Progress("checking", 15, 29)) == ScanState("Checking 15 of 29", 15, 29)


def test_each_stage_starts_anew(qapp: QApplication) -> None:
    clock = Clock()
    pace = WorkPace(clock)
    assert pace.state(Progress("finding", 0, 0)).text == "Finding files"
    clock.now += 60
    pace.state(Progress("reading", 100, 100))
    assert pace.state(Progress("checking", 0, 100)) == ScanState("Checking 0 of 100", 0, 100)
    clock.now += 10
    state = pace.state(Progress("checking", 1, 3000))
    assert state.speed == ""


def test_long_waits_are_told_in_minutes(qapp: QApplication) -> None:
    clock = Clock()
    pace = WorkPace(clock)
    pace.state(Progress("writing", 0, 1000))
    clock.now += 10
    assert pace.state(Progress("writing", 20, 1000)).time_left == "8 min left"
