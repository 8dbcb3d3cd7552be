"""How long the window's event loop is held up by what a person does, whatever is loaded.

The catalog is made of records without files. A timer that should come every 10 ms notes how late it comes.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.store import Catalog
from uidscope.core.flow import check
from uidscope.core.read.attributes import PROFILE_INDEX, PROFILE_KEYWORDS
from uidscope.core.read.record import HAS_META, FileRecord, FileStamp
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.theme import apply_theme
from uidscope.qt.main_window import MainWindow
from uidscope.qt.settings import Settings
from uidscope.qt.tasks import TaskRunner
from uidscope.qt.tree.tree_filter_bar import ERRORS

INSTANCES: Final = 100_000
LONGEST: Final = 100
"""Milliseconds for which the window may be held up at most."""

_TICK = 10  # milliseconds
_CALM = 0.5  # seconds without work, after which a step is over; a filter waits until nobody types
_PATIENCE = 300.0  # seconds
_ROOT = "1.2.826.0.1.3680043.8.498"
_CT = "1.2.840.10008.5.1.4.1.1.2"
_IN_A_SERIES = 500
_SERIES_IN_A_STUDY = 4
_ONE_FAULTY_IN = 500
_BATCH = 5000


class Gap(NamedTuple):
    """How long the window did not answer, in ms, and for how much of it its own thread was at work.

    What is over is the machine's: other programs, and threads of this one that hold the interpreter.
    """

    length: float = 0.0
    work: float = 0.0


class Step(NamedTuple):
    """What was done, how long until all was shown, in seconds, and the longest gap meanwhile."""

    name: str
    seconds: float
    gap: Gap


class Probe(QObject):
    """Notes the longest time between two ticks beyond the tick itself."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=_TICK, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self.start()
        self._timer.start()

    def start(self) -> None:
        """Forget what was noted."""
        self._last, self._longest = (time.perf_counter(), time.thread_time()), Gap()

    def longest(self) -> Gap:
        """Since `start`."""
        self._tick()
        return self._longest

    def _tick(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        gap = Gap((now[0] - self._last[0]) * 1000 - _TICK, (now[1] - self._last[1]) * 1000)
        self._longest = max(self._longest, gap)
        self._last = now


def window_gaps(instances: int) -> None:
    """Print a table of the gaps for a catalog of so many instances."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, Scheme.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(Settings(str(Path(folder) / "window.ini")))
        window.show()
        print(f"Making a catalog of {instances:,} instances.", flush=True)
        catalog = synthetic_catalog(instances)
        print("Checking it.", flush=True)
        check(catalog)
        steps = list(_steps(window, catalog, instances))
        window.state.set_exported()
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    print(_table(instances, steps))


def synthetic_catalog(instances: int) -> Catalog:
    """Half of them in one series, the others in series of 500; one in 500 has a UID with a leading zero."""
    catalog = Catalog.create()
    writer = CatalogWriter(catalog)
    writer.add_sources([("/import", True)])
    batch: list[FileRecord] = []
    for record in _records(instances):
        batch.append(record)
        if len(batch) == _BATCH:
            writer.add(batch)
            writer.commit()
            batch = []
    writer.add(batch)
    writer.commit()
    return catalog


def _records(instances: int) -> Iterator[FileRecord]:
    half = instances // 2
    for number in range(half):
        yield _record(number + 1, study=1, series=1)
    for place in range(instances - half):
        series, number = divmod(place, _IN_A_SERIES)
        study, series = divmod(series, _SERIES_IN_A_STUDY)
        yield _record(number + 1, study=study + 2, series=series + 1)


def _record(number: int, study: int, series: int) -> FileRecord:
    facts = {
        "PatientID": f"P-{study:06}",
        "PatientName": f"TEST^{study:06}",
        "StudyInstanceUID": f"{_ROOT}.1.{study}",
        "StudyDate": "20260311",
        "SeriesInstanceUID": f"{_ROOT}.2.{study}.{series}",
        "SeriesNumber": str(series),
        "Modality": "CT",
        "SOPClassUID": _CT,
    }
    profile: list[str | None] = [None] * len(PROFILE_KEYWORDS)
    for keyword, value in facts.items():
        profile[PROFILE_INDEX[keyword]] = value
    zero = "0" if number % _ONE_FAULTY_IN == 0 else ""
    uid = f"{_ROOT}.3.{study}.{series}.{zero}{number}"
    path = f"{study}/{series}/IM{number:07}.dcm"
    stamp = FileStamp(1000, 1, 1, hash(path) & 0xFFFFFFFF)
    return FileRecord(
        0, path, stamp, "explicit-le", HAS_META, tuple(profile), uid, uid, str(number), (), (), ()
    )


def _steps(window: MainWindow, catalog: Catalog, instances: int) -> Iterator[Step]:
    probe = Probe()
    half = instances // 2
    tree, bar = window.tree.view, window.filter_bar

    def timed(name: str, act: Callable[[], object]) -> Step:
        probe.start()
        start = time.perf_counter()
        act()
        _settle(window)
        return Step(name, time.perf_counter() - start - _CALM, probe.longest())

    def show() -> None:
        window.state.replace_catalog(catalog, ("/import",))
        window.state.set_checked()

    def go_to(number: int, study: int = 1) -> None:
        window.operations.go_to(nodes_with_uid(catalog, f"{_ROOT}.3.{study}.1.{number}"))

    def filter_by(text: str) -> None:
        bar.edit.setText(text)

    def switch(part: str) -> None:
        bar.switch.set_current(part)
        bar.switch.switched.emit(part)

    def keys(key: Qt.Key, times: int) -> None:
        for _ in range(times):
            QTest.keyClick(tree, key)
            QApplication.processEvents()

    def next_finding() -> None:
        window.commands["actionNextFinding"].trigger()
        view = window.focusWidget()
        QTest.keyClick(view, Qt.Key.Key_Return)

    def many_findings() -> None:
        for _ in range(100):
            next_finding()
            QApplication.processEvents()

    yield timed("show the tree and the findings", show)
    yield timed("open a series of half of all", lambda: go_to(1))
    yield timed("go to its middle", lambda: go_to(half // 2 + 1))
    yield timed("20 pages down", lambda: keys(Qt.Key.Key_PageDown, 20))
    yield timed("go to its end", lambda: go_to(half - 1))
    yield timed("End", lambda: keys(Qt.Key.Key_End, 1))
    yield timed("filter: a patient", lambda: filter_by("P-000002"))
    yield timed("filter: nobody", lambda: filter_by("nobody"))
    yield timed("filter: everybody", lambda: filter_by("TEST"))
    yield timed("no filter", lambda: filter_by(""))
    yield timed("errors only", lambda: switch(ERRORS))
    yield timed("open the long series with errors only", lambda: go_to(500 * max(1, half // 1000)))
    yield timed("all", lambda: switch("all"))
    yield timed("next finding, go to it", next_finding)
    yield timed("100 findings further", many_findings)
    yield timed("more was read", window.state.grow)
    yield timed("everything selected", tree.selectAll)
    yield timed("close all", lambda: window.state.replace_catalog(None, ()))


def _settle(window: MainWindow) -> None:
    """Let the event loop run until nothing has been asked for a while."""
    end, calm_since = time.monotonic() + _PATIENCE, time.monotonic()
    loop = QEventLoop()
    look = QTimer(interval=5)

    def see() -> None:
        nonlocal calm_since
        now = time.monotonic()
        if _is_busy(window):
            calm_since = now
        if now - calm_since > _CALM or now > end:
            loop.quit()

    look.timeout.connect(see)
    look.start()
    loop.exec()
    look.stop()


def _is_busy(window: MainWindow) -> bool:
    return any(each.is_running for each in window.findChildren(TaskRunner)) or any(
        each.is_waiting for each in window.findChildren(BackgroundQuestion)
    )


def _table(instances: int, steps: list[Step]) -> str:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        f"### {instances:,} instances",
        "",
        f"Memory at its peak: {memory:.0f} MB, the making of the catalog and its checks included.",
        "",
        "| step | longest gap, ms | work of it, ms | all shown after, s |",
        "|---|--:|--:|--:|",
    ]
    lines += [
        f"| {step.name} | {step.gap.length:.0f} | {step.gap.work:.0f} | {max(step.seconds, 0):.2f} |"
        for step in steps
    ]
    over = [step.name for step in steps if step.gap.work > LONGEST]
    told = (
        f"More than {LONGEST} ms of work: {', '.join(over)}."
        if over
        else f"No gap held more than {LONGEST} ms of work."
    )
    return "\n".join([*lines, "", told, ""])
