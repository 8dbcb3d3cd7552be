"""What the user can do, verb by verb: each changes the work's state, or makes a task for the runner."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication

from uidscope.core import flow
from uidscope.core.catalog.finding_groups import objects_singled_out, subject_nodes
from uidscope.core.catalog.findings import finding
from uidscope.core.catalog.kept_files import is_unchanged
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node, path_to, row
from uidscope.core.progress import CancelToken, ProgressCallback
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import ScanOptions
from uidscope.qt.kit.message_bar import Message
from uidscope.qt.operation_messages import OperationMessages
from uidscope.qt.screen_names import screen_names
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner
from uidscope.qt.tree.hierarchy_cells import row_uid

LOAD, CHECK, REPORT, MISSING = "load", "check", "report", "missing"

_GROWTH_INTERVAL = 0.25  # seconds, at least, between two looks at what has come
# Showing what has come takes at most this part of the window's time.
_GROWTH_SHARE = 0.1


class Operations(QObject):
    """The verbs. What is to be told comes as `said` (a `Message`) and is taken back by `unsaid` (its key)."""

    said = Signal(object)
    unsaid = Signal(str)
    will_read = Signal()  # everything anew; what is loaded now is about to go
    has_read = Signal()
    _opened = Signal(object, tuple)  # Catalog, paths; from the task's thread
    _grew = Signal()

    def __init__(self, state: WorkState, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._runner = runner
        self._running = ""
        self._load_number = 0
        self._coming: tuple[str, ...] = ()  # asked for, and not in the state yet
        self._growth_interval = _GROWTH_INTERVAL
        self._words = OperationMessages(self)
        self._opened.connect(self._take_catalog)
        self._grew.connect(self._take_growth)
        runner.started.connect(self._task_started)
        runner.ended.connect(self._task_ended)
        runner.failed.connect(self.tell_failure)

    def tell_failure(self, sentence: str) -> None:
        """Tell that something could not be done."""
        self.said.emit(self._words.failed(sentence))

    def tell_planned_fixes(self, planned: int, asking: int) -> None:
        """Tell how many findings the plan mends now, and how many are left to the user."""
        self.said.emit(self._words.fixes_planned(planned, asking))

    def tell_saved_project(self, path: str) -> None:
        """Tell that the project has been saved."""
        self.said.emit(self._words.project_saved(path))

    def tell_saved_audit_log(self, path: str) -> None:
        """Tell that the audit log has been saved."""
        self.said.emit(self._words.audit_log_saved(path))

    # Reading and checking

    def load_paths(self, paths: Iterable[str]) -> None:
        """Read these folders and files beside what is loaded already: everything is read together.

        A reading that is under way is given up for one of all of them.
        """
        given = [os.path.abspath(path) for path in paths]
        before = self._coming or self._state.paths
        self._load(tuple(dict.fromkeys((*before, *given))))

    def open_paths(self, paths: Iterable[str]) -> None:
        """Read these folders and files in place of what is loaded."""
        self._load(tuple(dict.fromkeys(os.path.abspath(path) for path in paths)))

    def rescan(self) -> None:
        """Read what has changed or come since it was read, and forget what has gone."""
        self._load(self._state.paths)

    def check(self) -> None:
        """Judge what is loaded."""
        catalog = self._state.catalog
        if catalog is None:
            return
        state = self._state  # its rule settings are asked when the task's turn comes
        self.unsaid.emit(OperationMessages.UNCHECKED)
        self._runner.run(
            Task(
                CHECK,
                lambda progress, cancel: flow.check(
                    catalog,
                    state.rule_settings,
                    leftovers=state.reading.leftovers,
                    progress=progress,
                    cancel=cancel,
                ),
                done=lambda _: self._state.set_checked(),
                cancelled=lambda: self.said.emit(self._words.check_cancelled()),
            )
        )

    def cancel(self) -> None:
        """Stop the work under way, and forget what waits; what was done is kept."""
        self._coming = ()
        self._runner.cancel()

    def clear(self) -> None:
        """Forget everything loaded and planned."""
        for key in OperationMessages.ABOUT_WHAT_IS_LOADED:
            self.unsaid.emit(key)
        self._state.replace_catalog(None, ())
        self._state.set_project("", self._state.rule_settings)

    def end(self) -> None:
        """Stop all work, wait for its end, and forget everything; for the end of the program."""
        self._load_number += 1
        self._runner.wait()
        # A catalog made at the last moment is taken over, so that it is closed and cleared too.
        QCoreApplication.sendPostedEvents(self)
        self._state.end()

    def _load(self, paths: tuple[str, ...]) -> None:
        if not paths:
            return
        if self._running in (LOAD, CHECK):
            self._runner.cancel()
        for key in OperationMessages.ABOUT_WHAT_IS_LOADED:
            self.unsaid.emit(key)
        self.will_read.emit()
        self._load_number += 1
        self._coming = paths
        number = self._load_number
        self._runner.run(
            Task(
                LOAD,
                partial(self._read, paths),
                done=lambda loaded: self._loaded(number, loaded),
                failed=lambda _error: self._not_loaded(number),
                cancelled=lambda: self._not_loaded(number),
            )
        )

    def _read(self, paths: tuple[str, ...], progress: ProgressCallback, cancel: CancelToken) -> flow.Loaded:
        """In the task's thread: make a catalog, hand it over, and fill it; nothing where none has changed."""
        sources = resolve_sources(paths)
        before, reading = self._state.catalog, self._state.reading
        options = ScanOptions(reading.jobs, reading.follow_links, numbers=reading.leftovers, keep=True)
        if before and is_unchanged(before, sources, options, progress=progress, cancel=cancel):
            return flow.loaded_before(before)
        catalog = Catalog.create()
        self._opened.emit(catalog, paths)
        loaded = flow.load(
            catalog,
            sources,
            options,
            progress=progress,
            cancel=cancel,
            shown=self._paced_growth(),
            before=before,
        )
        self._grew.emit()
        return loaded

    def _paced_growth(self) -> Callable[[], None]:
        last = time.monotonic()

        def shown() -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= self._growth_interval:
                last = now
                self._grew.emit()

        return shown

    def _take_catalog(self, catalog: Catalog, paths: tuple[str, ...]) -> None:
        self._growth_interval = _GROWTH_INTERVAL
        if paths == self._coming:
            self._coming = ()
        self._state.replace_catalog(catalog, paths)

    def _take_growth(self) -> None:
        started = time.monotonic()
        self._state.grow()
        taken = time.monotonic() - started
        self._growth_interval = max(_GROWTH_INTERVAL, taken / _GROWTH_SHARE)

    def _loaded(self, number: int, loaded: flow.Loaded) -> None:
        if number != self._load_number:
            return  # given up for another reading, which waits
        self._coming = ()
        self.has_read.emit()
        message = self._words.loaded(loaded)
        if message is not None:
            self.said.emit(message)
        if not loaded.cancelled and not (loaded.unchanged and self._state.checked):
            self.check()

    def _not_loaded(self, number: int) -> None:
        if number == self._load_number:
            self._coming = ()

    # Going about

    def go_to(self, nodes: Sequence[Node]) -> None:
        """Select these places of the tree, which then shows the first of them."""
        self._state.select(tuple(nodes))

    def go_to_finding(self, finding_id: int) -> None:
        """Select the places that a finding is about; does nothing where there is no such finding."""
        catalog = self._state.catalog
        kept = finding(catalog, finding_id) if catalog else None
        if catalog is not None and kept is not None:
            self.go_to(objects_singled_out(catalog, kept) or subject_nodes(catalog, kept))

    def current_uid(self) -> str:
        """The UID of what the inspector shows; empty for a patient, and where nothing is selected."""
        catalog, node = self._state.catalog, self._state.current
        return _uid_of(catalog, node) if catalog is not None and node is not None else ""

    def copy_uids(self) -> None:
        """Put the UIDs of what is selected on the clipboard, one a line."""
        catalog = self._state.catalog
        if catalog is not None:
            uids = [uid for node in self._state.selection if (uid := _uid_of(catalog, node))]
            QGuiApplication.clipboard().setText("\n".join(dict.fromkeys(uids)))

    # Report

    def save_report(self, path: str) -> None:
        """Write the report of what was found; the ending of the name says in which format.

        While names are masked in the window they are in the report.
        """
        from uidscope.core.report.report_file import save_report  # noqa: PLC0415 - for this alone

        self._save(
            REPORT,
            lambda catalog, masked, cancel: save_report(catalog, path, cancel, mask_names=masked),
            lambda _: self._words.report_saved(path),
        )

    def save_missing(self, path: str) -> None:
        """Write what is named and not loaded, with the keys to fetch it; nothing where there is none.

        While names are masked in the window they are in the list.
        """
        from uidscope.core.report.fetch_list import save_fetch_list  # noqa: PLC0415 - for this alone

        self._save(
            MISSING,
            lambda catalog, masked, cancel: save_fetch_list(catalog, path, cancel, mask_names=masked),
            lambda missing: self._words.missing_saved(missing, path),
        )

    def _save(
        self,
        name: str,
        save: Callable[[Catalog, bool, CancelToken], Any],
        told: Callable[[Any], Message],
    ) -> None:
        """Save something of the catalog in a task, names masked as they are now, and tell what came of it."""
        catalog, masked = self._state.catalog, screen_names().is_masked
        if catalog is None:
            return
        self._runner.run(
            Task(
                name,
                lambda _, cancel: save(catalog, masked, cancel),
                done=lambda saved: self.said.emit(told(saved)),
            )
        )

    def _task_started(self, name: str) -> None:
        self._running = name
        self._state.set_busy(True)

    def _task_ended(self, name: str) -> None:
        if self._running == name:  # its end may have begun another
            self._running = ""
        self._state.set_busy(self._runner.is_running)


def _uid_of(catalog: Catalog, node: Node) -> str:
    """The UID of a node; of a file that of its instance."""
    if node.level == "file":
        node = path_to(catalog, node)[-2]
    return row_uid(row(catalog, node))
