"""The export in four steps: what, where, a dry run, and the run with its verified result."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from enum import IntEnum, auto
from typing import Final

from PySide6.QtCore import QStorageInfo, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from uidscope.core import flow
from uidscope.core.errors import Cancelled, UidscopeError
from uidscope.core.export.figures import ExportFigures, figures
from uidscope.core.export.request import ExportResult
from uidscope.core.export.target import target_names
from uidscope.core.flow import Destination
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import CancelToken, Progress, ProgressCallback
from uidscope.core.report.export_text import export_text
from uidscope.qt.dialogs.export_pages import WhatPage, WherePage
from uidscope.qt.dialogs.export_work_page import ExportWorkPage, NextStep, verdict_banner
from uidscope.qt.kit.banner import Banner
from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.elide import elide_path
from uidscope.qt.kit.font_roles import FontRole, measure
from uidscope.qt.kit.numbered_ring import StepState
from uidscope.qt.kit.step_rail import RailStep, StepRail
from uidscope.qt.kit.theme import tokens
from uidscope.qt.planning.export_words import export_words
from uidscope.qt.planning.plan_operations import clear_plan
from uidscope.qt.planning.plan_words import plan_words
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner

DRY_RUN: Final = "dry run"
EXPORT: Final = "export"
"""The names of the two tasks."""

_SIZE = (900, 620)
_RAIL_TEXT = 165


class Step(IntEnum):
    """The steps, in their order."""

    WHAT = 0
    WHERE = auto()
    DRY_RUN = auto()
    RUN = auto()


class ExportDialog(QDialog):
    """Leads through the export of the plan as it stands; what is written is what the dry run has told.

    Work is done by `runner`. Closing the dialog while something runs stops that first.
    """

    def __init__(self, state: WorkState, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._runner = state, runner
        self._map = state.uid_map
        self._step = Step.WHAT
        self._task = ""  # the one under way
        self._promised: ExportFigures | None = None
        self._has_failed = False
        self._is_done = False
        self._text = ""  # the last result, for the clipboard
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export"))
        self.setAccessibleName(self.tr("Export of the plan"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(*_SIZE)
        self.rail = StepRail(self.tr("Export"), self.tr("Originals stay as they are"))
        self.where = WherePage(state.paths)
        self.dry_run_page = ExportWorkPage(self.tr("This is what the export will do"))
        self.run_page = ExportWorkPage(self.tr("Run and verify"))
        self.pages = QStackedWidget()
        for page in (WhatPage(state), self.where, self.dry_run_page, self.run_page):
            self.pages.addWidget(page)
        self.cancel_button = PlainButton("")
        self.back_button = PlainButton(self.tr("Back"))
        self.go_on_button = PlainButton("", ButtonKind.PRIMARY)
        self.go_on_button.setDefault(True)
        self.extra_button = PlainButton("", ButtonKind.QUIET)
        self._lay_out()
        self._connect()
        self._show_step()

    @property
    def step(self) -> Step:
        """Where the user is."""
        return self._step

    def go_on(self) -> None:
        """Do what the primary button says."""
        if self._is_done:
            self.accept()
        elif self._step is Step.WHAT:
            self._go_to(Step.WHERE)
        elif self._step is Step.WHERE or (self._step is Step.DRY_RUN and self._promised is None):
            self._dry_run()
        else:
            self._run()

    def go_back(self) -> None:
        """Go back to where something else can be chosen; a dry run is needed again then."""
        self._promised = None
        self._has_failed = False
        self._go_to(Step.WHAT if self._step is Step.WHERE else Step.WHERE)

    def reject(self) -> None:
        """Close; while something runs, stop that instead."""
        if self._task:
            self._runner.cancel()
            self.cancel_button.setEnabled(False)
            self.cancel_button.set_text(self.tr("Stopping…"))
        else:
            super().reject()

    # Parts

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox()
        buttons.addButton(self.go_on_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.back_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.cancel_button, QDialogButtonBox.ButtonRole.RejectRole)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.extra_button)
        foot.addWidget(buttons, 1)
        right = QVBoxLayout()
        right.setContentsMargins(24, 20, 24, 20)
        right.setSpacing(12)
        right.addWidget(self.pages, 1)
        right.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(right, 1)

    def _connect(self) -> None:
        self.go_on_button.clicked.connect(self.go_on)
        self.back_button.clicked.connect(self.go_back)
        self.cancel_button.clicked.connect(self.reject)
        self.extra_button.clicked.connect(self._do_extra)
        self.where.changed.connect(self._show_buttons)
        self._runner.progressed.connect(self._follow)
        self._state.plan_changed.connect(self._refuse_other_plan)

    # Work

    def _dry_run(self) -> None:
        self._promised = None
        self._go_to(Step.DRY_RUN)
        self.dry_run_page.start(self.tr("Working it out; nothing is written"))
        self._start(DRY_RUN, dataclasses.replace(self.where.destination, dry_run=True), self._show_promise)

    def _run(self) -> None:
        self._go_to(Step.RUN)
        self.run_page.start(self.tr("Writing"))
        self._start(EXPORT, self.where.destination, self._show_result)

    def _start(
        self, name: str, destination: Destination, show: Callable[[Destination, ExportResult], None]
    ) -> None:
        catalog, uid_map = self._state.catalog, self._map
        if catalog is None or uid_map is None:
            return

        def work(progress: ProgressCallback, cancel: CancelToken) -> ExportResult | UidscopeError:
            # What fails on purpose is told here, and not in the window's message bar as well.
            try:
                return flow.write(catalog, uid_map, destination, progress=progress, cancel=cancel)
            except Cancelled:
                raise
            except UidscopeError as error:
                return error

        def done(result: ExportResult | UidscopeError) -> None:
            self._end()
            if isinstance(result, UidscopeError):
                self._fail(destination, result)
            else:
                show(destination, result)
            self._show_step()

        def failed(error: BaseException) -> None:
            self._end()
            said = self.tr("Something went wrong in the program itself (%1).")
            self._fail(destination, UidscopeError(said.replace("%1", type(error).__name__)))
            self._show_step()

        def cancelled() -> None:
            self._end()
            self._say_cancelled(destination)
            self._show_step()

        self._task = name
        self._has_failed = False
        self._runner.run(Task(name, work, done=done, failed=failed, cancelled=cancelled))
        self._show_step()

    def _end(self) -> None:
        self._task = ""

    def _follow(self, progress: Progress) -> None:
        if self._task:
            self._page().follow(progress)

    def _page(self) -> ExportWorkPage:
        return self.dry_run_page if self._step is Step.DRY_RUN else self.run_page

    # What came of it

    def _show_promise(self, destination: Destination, result: ExportResult) -> None:
        numbers = figures(result)
        self._promised = numbers
        self._text = self._as_text(result)
        free = QStorageInfo(os.path.dirname(destination.target)).bytesAvailable()
        banner = None
        if numbers.unresolved_after:
            banner = Banner(
                Verdict.WARNING,
                export_words().unresolved(numbers.unresolved_after),
                self.tr("They were unresolved before: nothing gets worse."),
            )
        self.dry_run_page.show_numbers(banner, export_words().promised_facts(numbers, free))
        said = self.tr("Beside the folder: %1, which re-identifies patients: keep it safe.")
        crosswalk = os.path.basename(target_names(destination.target).crosswalk)
        self.dry_run_page.add_remark(said.replace("%1", crosswalk))

    def _show_result(self, destination: Destination, result: ExportResult) -> None:
        assert self._promised is not None
        numbers = figures(result)
        self._is_done = True
        self._text = self._as_text(result)
        self._state.set_exported()
        banner = verdict_banner(
            Verdict.OK, self.tr("Exported and verified"), export_words().read_back(numbers.files)
        )
        self.run_page.show_numbers(banner, export_words().done_facts(numbers, self._promised))
        self.run_page.add_next(self.tr("Next"), self._next_steps(destination, numbers))

    def _next_steps(self, destination: Destination, numbers: ExportFigures) -> list[NextStep]:
        names = target_names(destination.target)
        size = export_words().bytes(numbers.total_bytes)
        copy = self.tr("Copy path")
        rejected = plan_words().counted("instance", numbers.new_uids.get("instance", 0))
        told = self.tr("the UIDs replaced, for an archive that is to reject them: %1")
        beside = (
            (names.crosswalk, "lock", self.tr("re-identifies patients: keep it safe")),
            (names.old_uids, "file", told.replace("%1", rejected)),
            (names.manifest, "report", self.tr("what was written, with checksums")),
        )
        return [
            NextStep(
                "folder",
                os.path.basename(names.folder),
                f"{plan_words().files(numbers.files)}, {size}",
                self.tr("Open folder"),
                lambda: _open_folder(names.folder),
            ),
            *(
                NextStep(icon, os.path.basename(path), remark, copy, _copying(path))
                for path, icon, remark in beside
            ),
        ]

    def _fail(self, destination: Destination, error: UidscopeError) -> None:
        self._has_failed = True
        is_dry = destination.dry_run
        title = self.tr("The dry run failed") if is_dry else self.tr("The export failed")
        self._page().show_failure(
            Verdict.ERROR, title, (str(error), self._kept(destination), export_words().advice(error))
        )

    def _say_cancelled(self, destination: Destination) -> None:
        self._has_failed = True
        self._page().show_failure(Verdict.WARNING, self.tr("Cancelled"), (self._kept(destination),))

    def _kept(self, destination: Destination) -> str:
        """What is as it was."""
        if destination.dry_run:
            return self.tr("Nothing was written. Originals and plan are as they were.")
        return self.tr("No folder has been made. Originals and plan are as they were.")

    def _refuse_other_plan(self) -> None:
        """What was shown holds for one plan only."""
        if self._state.uid_map is not self._map and not self._is_done and not self._task:
            self._promised = None
            super().reject()

    def _as_text(self, result: ExportResult) -> str:
        return export_text(result, self._map.notes if self._map is not None else ())

    def _do_extra(self) -> None:
        if self._is_done:
            self.accept()
            clear_plan(self._state, self._runner)
        else:
            QGuiApplication.clipboard().setText(self._text)

    # What is shown

    def _go_to(self, step: Step) -> None:
        self._step = step
        if step is Step.WHERE:
            self.where.look()
        self._show_step()

    def _show_step(self) -> None:
        self.pages.setCurrentIndex(self._step)
        self.rail.set_steps(self._rail_steps())
        self._show_buttons()
        # A button that goes would hand the focus to its neighbour.
        if self._task:
            self.cancel_button.setFocus()
        elif self._step is Step.WHERE:
            self.where.target_edit.setFocus()
        else:
            self.go_on_button.setFocus()

    def _show_buttons(self) -> None:
        runs = bool(self._task)
        self.go_on_button.set_text(self._go_on_text())
        self.go_on_button.setVisible(not runs)
        self.go_on_button.setEnabled(self._may_go_on())
        self.back_button.setVisible(not runs and not self._is_done and self._step is not Step.WHAT)
        self.cancel_button.setVisible(not self._is_done)
        self.cancel_button.setEnabled(True)
        self.cancel_button.set_text(self.tr("Stop") if runs else self.tr("Cancel"))
        has_promise = self._step is Step.DRY_RUN and self._promised is not None
        self.extra_button.set_text(self.tr("Clear the plan") if self._is_done else self.tr("Copy as text"))
        self.extra_button.setVisible(not runs and (self._is_done or has_promise))

    def _go_on_text(self) -> str:
        if self._is_done:
            return self.tr("Close")
        if self._has_failed:
            return self.tr("Try again")
        if self._step is Step.DRY_RUN and self._promised is not None:
            return export_words().write_verb(self._promised.files)
        return self.tr("Continue") if self._step is Step.WHAT else self.tr("Start the dry run")

    def _may_go_on(self) -> bool:
        if self._is_done:
            return True
        if not _is_decided(self._map):
            return False
        return self._step is not Step.WHERE or not self.where.objection

    def _rail_steps(self) -> list[RailStep]:
        room, measured = _RAIL_TEXT, measure(FontRole.SMALL)
        where = self.tr("A new folder")
        if self._step > Step.WHERE:
            destination = self.where.destination
            layout = self.tr("Keep folders") if destination.layout == "keep" else self.tr("By patient")
            where = f"{elide_path(destination.target, room, measured, os.sep)}\n{layout}"
        files = plan_words().files(len(self._map.outcomes)) if self._map is not None else ""
        said = {
            Step.WHAT: (self.tr("What"), self.tr("The plan: %1").replace("%1", files)),
            Step.WHERE: (self.tr("Where and layout"), where),
            Step.DRY_RUN: (self.tr("Dry run"), self.tr("Nothing is written")),
            Step.RUN: (self.tr("Run and verify"), self.tr("Read back and compared")),
        }
        return [RailStep(*said[step], self._state_of(step)) for step in Step]

    def _state_of(self, step: Step) -> StepState:
        if step < self._step or self._is_done:
            return StepState.DONE
        return StepState.CURRENT if step is self._step else StepState.TO_COME

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens().base))
        painter.end()


def _is_decided(uid_map: UidMap | None) -> bool:
    return uid_map is not None and bool(uid_map.outcomes) and not (uid_map.conflicts or uid_map.decisions)


def _open_folder(folder: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(folder))


def _copying(path: str) -> Callable[[], None]:
    return lambda: QGuiApplication.clipboard().setText(path)
