"""The window at work: how long its event loop is held up, how soon it shows, and what memory it takes.

Each window is measured in a process of its own, which opens a catalog made before by another.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.builders.files import write_folder
from tests.builders.images import ct_series
from tests.builders.study import Study

from benchmarks import process_memory
from benchmarks.event_loop import Gap, Painted, Probe, settle
from benchmarks.synthetic_catalog import ONE_FAULTY_IN, Series, make_catalog, sizes
from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node, counts
from uidscope.core.catalog.tree_order import Order
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.theme import apply_theme
from uidscope.qt.main_window import MainWindow
from uidscope.qt.settings import Settings
from uidscope.qt.tasks import TaskRunner
from uidscope.qt.tree.hierarchy_columns import SORT_KEYS, column_title
from uidscope.qt.tree.tree_filter_bar import ALL, ERRORS

LONGEST: Final = 100
"""Milliseconds for which the window may be held up at most."""

_FILES_IN_A_SERIES = 250


class Step(NamedTuple):
    """What was done, how long until all was shown, in seconds, and the longest gap meanwhile."""

    name: str
    seconds: float
    gap: Gap


class Shown(NamedTuple):
    """How long until something was painted, in ms, the goal, and for how much of it the window worked."""

    name: str
    goal: int
    length: float
    work: float


class Memory(NamedTuple):
    """Megabytes: of the empty window, with the tree shown, after all steps, and the most between."""

    empty: float
    shown: float
    after: float
    most: float


class Measured(NamedTuple):
    """Everything that was measured of one catalog."""

    instances: int
    steps: list[Step]
    shown: list[Shown]
    memory: Memory


def scan_gaps(files: int) -> None:
    """Print the table for a scan of so many files, which are written for it."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"Writing {files:,} files.", flush=True)
        _in_own_process(write_files, folder, files)
        print("Reading them.", flush=True)
        print(_scan_table(files, _in_own_process(use_scan, folder, files)))


def write_files(folder: str, files: int) -> None:
    """Write CT images: series of 250, each a patient's only one."""
    for number, first in enumerate(range(0, files, _FILES_IN_A_SERIES), 1):
        study = Study(number, patient_id=f"TEST-{number:04}")
        images = ct_series(min(_FILES_IN_A_SERIES, files - first), study=study)
        write_folder(images, Path(folder) / f"{number:03}")


def use_scan(folder: str, files: int) -> Step:
    """Read a folder into a window, and check it."""
    with _window() as window:
        use = _Use(window)
        step = use.scan(folder)
        assert window.state.catalog is not None
        loaded = counts(window.state.catalog).loaded
        if loaded != files or not window.state.checked:
            raise SystemExit(f"{loaded} files were loaded, not {files}")
        return step


def window_gaps(instances: int) -> None:
    """Print the tables for a catalog of so many instances."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "catalog.sqlite")
        print(f"Making a catalog of {instances:,} instances.", flush=True)
        _in_own_process(make_catalog, path, instances)
        print("Using it.", flush=True)
        print(_table(_in_own_process(use_catalog, path, instances)))


def _in_own_process(function: Callable[..., Any], *arguments: object) -> Any:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as process:
        return process.submit(function, *arguments).result()


def use_catalog(path: str, instances: int) -> Measured:
    """Show a catalog made before in a window and use it."""
    with _window() as window, Catalog.open(path) as catalog:
        use = _UseOfCatalog(window, catalog, instances)
        settle(use.is_busy)
        process_memory.forget_peak()
        empty = process_memory.resident()
        steps = [use.show_everything()]
        shown = use.memory_at_rest()
        steps += use.steps()
        memory = Memory(empty, shown, use.memory_at_rest(), process_memory.peak())
        steps.append(use.close_all())
        return Measured(instances, steps, use.shown, memory)


@contextmanager
def _window() -> Iterator[MainWindow]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, Scheme.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        window = MainWindow(Settings(str(Path(folder) / "window.ini")))
        window.show()
        yield window
        window.state.set_exported()
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class _Use:
    """What a person does with a window, timed; `shown` is how soon some of it was painted."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._probe = Probe()
        self.shown: list[Shown] = []

    def scan(self, folder: str) -> Step:
        name = "read a folder, and check it"
        return self._timed(name, lambda: self._window.operations.load_paths([folder]))

    def memory_at_rest(self) -> float:
        """Megabytes that the process holds once nothing has been asked for a while."""
        settle(self.is_busy)
        return process_memory.resident()

    def is_busy(self) -> bool:
        return any(each.is_running for each in self._window.findChildren(TaskRunner)) or any(
            each.is_waiting for each in self._window.findChildren(BackgroundQuestion)
        )

    def _timed(self, name: str, act: Callable[[], object]) -> Step:
        self._probe.start()
        start = time.perf_counter()
        act()
        calm = settle(self.is_busy)
        return Step(name, time.perf_counter() - start - calm, self._probe.longest())

    def _painted(self, name: str, goal: int, act: Callable[[], object], holds: Callable[[], bool]) -> Step:
        painted = Painted(self._window.tree.view, holds)
        step = self._timed(name, act)
        if painted.seconds is None or painted.work is None:
            raise SystemExit(f"{name}: nothing was painted")
        self.shown.append(Shown(name, goal, painted.seconds * 1000, painted.work * 1000))
        return step


class _UseOfCatalog(_Use):
    """What a person does with a catalog that was made before."""

    def __init__(self, window: MainWindow, catalog: Catalog, instances: int) -> None:
        super().__init__(window)
        self._catalog = catalog
        self._sizes = sizes(instances)

    def show_everything(self) -> Step:
        model, state = self._window.tree.model, self._window.state

        def show() -> None:
            state.replace_catalog(self._catalog, ("/import",))
            # As in the program, where the findings come when the tree is there.
            QTimer.singleShot(0, state.set_checked)

        return self._painted("tree on screen", 200, show, lambda: model.rowCount() > 0)

    def steps(self) -> Iterator[Step]:
        window, half = self._window, self._sizes.half
        tree, bar = window.tree.view, window.filter_bar
        middle, end = half.instances // 2 + 1, half.instances - 1
        for series, goal in ((self._sizes.short, 50), (self._sizes.long, 200)):
            yield self._open(f"open a series of {series.instances:,}", series, goal)
        yield self._timed("open a series of half of all", lambda: self._go_to(half, 1))
        yield self._timed("go to its middle", lambda: self._go_to(half, middle))
        yield self._timed("20 pages down", lambda: self._keys(Qt.Key.Key_PageDown, 20))
        yield self._timed("go to its end", lambda: self._go_to(half, end))
        yield self._timed("End", lambda: self._keys(Qt.Key.Key_End, 1))
        for column, key in SORT_KEYS.items():
            name = f"sort by {column_title(column)}"
            yield self._timed(name, partial(window.tree.columns.choose_order, Order(key, descending=True)))
        yield self._timed("natural order", lambda: window.tree.columns.choose_order(None))
        yield self._timed("filter: a patient", lambda: bar.edit.setText("P-000004"))
        yield self._timed("filter: nobody", lambda: bar.edit.setText("nobody"))
        yield self._timed("filter: everybody", lambda: bar.edit.setText("TEST"))
        yield self._timed("no filter", lambda: bar.edit.setText(""))
        yield self._timed("errors only", lambda: self._switch(ERRORS))
        faulty = ONE_FAULTY_IN * max(1, half.instances // (2 * ONE_FAULTY_IN))
        yield self._timed("go to an error in the long series", lambda: self._go_to(half, faulty))
        yield self._timed("all", lambda: self._switch(ALL))
        yield self._timed("F8 and Enter: next finding, go to it", self._next_finding)
        yield self._timed("100 findings further", lambda: self._next_findings(100))
        yield self._timed("more was read", window.state.grow)
        yield self._timed("everything selected", tree.selectAll)

    def close_all(self) -> Step:
        return self._timed("close all", lambda: self._window.state.replace_catalog(None, ()))

    def _open(self, name: str, series: Series, goal: int) -> Step:
        tree = self._window.tree
        (node,) = nodes_with_uid(self._catalog, series.uid)
        index = tree.model.index_of(node)
        self._window.operations.go_to([node])
        settle(self.is_busy)
        return self._painted(
            name, goal, lambda: tree.view.expand(index), lambda: self._has_rows(tree.model.index_of(node))
        )

    def _has_rows(self, index: QModelIndex) -> bool:
        return self._window.tree.model.rowCount(index) > 0

    def _nodes(self, series: Series, number: int) -> list[Node]:
        return nodes_with_uid(self._catalog, series.instance_uid(number))

    def _go_to(self, series: Series, number: int) -> None:
        self._window.operations.go_to(self._nodes(series, number))

    def _switch(self, part: str) -> None:
        switch = self._window.filter_bar.switch
        switch.set_current(part)
        switch.switched.emit(part)

    def _keys(self, key: Qt.Key, times: int) -> None:
        for _ in range(times):
            QTest.keyClick(self._window.tree.view, key)
            QApplication.processEvents()

    def _next_finding(self) -> None:
        self._window.commands["actionNextFinding"].trigger()
        view = self._window.focusWidget()
        QTest.keyClick(view, Qt.Key.Key_Return)

    def _next_findings(self, times: int) -> None:
        for _ in range(times):
            self._next_finding()
            QApplication.processEvents()


_STEP_HEAD = (
    "| step | most work, ms | of all threads, ms | longest gap, ms | all shown after, s |",
    "|---|--:|--:|--:|--:|",
)


def _step_row(step: Step) -> str:
    gap = step.gap
    return (
        f"| {step.name} | {gap.work:.0f} | {gap.all_work:.0f} | {gap.length:.0f}"
        f" | {max(step.seconds, 0):.2f} |"
    )


def _scan_table(files: int, step: Step) -> str:
    return "\n".join(
        [
            f"### A scan of {files:,} files",
            "",
            *_STEP_HEAD,
            _step_row(step),
            "",
        ]
    )


def _table(measured: Measured) -> str:
    memory = measured.memory
    lines = [
        f"### {measured.instances:,} instances",
        "",
        "| until it is painted | goal, ms | ms | work of it, ms |",
        "|---|--:|--:|--:|",
        *(f"| {each.name} | {each.goal} | {each.length:.0f} | {each.work:.0f} |" for each in measured.shown),
        "",
        "| memory over the empty window | goal, MB | MB |",
        "|---|--:|--:|",
        f"| tree and findings shown | 50 | {memory.shown - memory.empty:.0f} |",
        f"| after all steps | 50 | {memory.after - memory.empty:.0f} |",
        f"| at its peak | | {memory.most - memory.empty:.0f} |",
        "",
        f"The empty window: {memory.empty:.0f} MB.",
        "",
        *_STEP_HEAD,
        *map(_step_row, measured.steps),
    ]
    over = [step.name for step in measured.steps if step.gap.work > LONGEST]
    told = (
        f"More than {LONGEST} ms of work: {', '.join(over)}."
        if over
        else f"No gap held more than {LONGEST} ms of work."
    )
    return "\n".join([*lines, "", told, ""])
