"""The export in four steps: what, where, a dry run, and the run with its verified result."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import IntEnum, auto
from typing import Final

from PySide6.QtCore import QStorageInfo, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from uidscope.core.errors import UidscopeError
from uidscope.core.export.figures import ExportFigures, figures
from uidscope.core.export.request import ExportResult
from uidscope.core.export.target import target_names
from uidscope.core.flow import Destination
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import Progress
from uidscope.core.report.export_text import export_text
from uidscope.qt.dialogs.export.change_note_fields import ChangeNoteFields
from uidscope.qt.dialogs.export.export_next_steps import ExportNextSteps
from uidscope.qt.dialogs.export.export_what_page import WhatPage
from uidscope.qt.dialogs.export.export_where_page import WherePage
from uidscope.qt.dialogs.export.export_work_page import ExportWorkPage, verdict_banner
from uidscope.qt.dialogs.export.unresolved_dialog import UnresolvedDialog
from uidscope.qt.dialogs.question_dialog import ask
from uidscope.qt.kit.banner import Banner
from uidscope.qt.kit.button_box import ButtonBox
from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.elide import elide_path
from uidscope.qt.kit.font_roles import FontRole, measure
from uidscope.qt.kit.numbered_ring import StepState
from uidscope.qt.kit.scrolled_page import ScrolledPage
from uidscope.qt.kit.step_rail import RailStep, StepRail
from uidscope.qt.kit.theme import tokens
from uidscope.qt.planning.export_operations import (
    CLEAR,
    DRY_RUN,
    EXPORT,
    GO_ON,
    Ends,
    GoneOn,
    clear_left,
    go_on,
    write_export,
)
from uidscope.qt.planning.export_words import Room, export_words
from uidscope.qt.planning.plan_operations import clear_plan
from uidscope.qt.planning.plan_words import plan_words
from uidscope.qt.screen_names import screen_names
from uidscope.qt.settings import Settings
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import TaskRunner

_SIZE: Final = (920, 690)
_RAIL_TEXT: Final = 165


class Step(IntEnum):
    """The steps, in their order."""

    WHAT = 0
    WHERE = auto()
    DRY_RUN = auto()
    RUN = auto()


class ExportDialog(QDialog):
    """Leads through the export of the plan as it stands; what is written is what the dry run has told.

    Work is done by `runner`. Closing the dialog while something runs asks, and stops that first. `settings`
    remembers the operator where the user wants that; `before` is where an interrupted export was going,
    and the dialog then begins there.
    """

    def __init__(
        self,
        state: WorkState,
        runner: TaskRunner,
        parent: QWidget | None = None,
        *,
        settings: Settings | None = None,
        before: Destination | None = None,
    ) -> None:
        super().__init__(parent)
        self._state, self._runner = state, runner
        self._map = state.uid_map
        self._step = Step.WHAT if before is None else Step.WHERE
        self._task = ""  # the one under way
        self._closes = False  # once that has stopped
        self._gone_on: GoneOn | None = None
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
        self.where = WherePage(state, before)
        self.note_fields = ChangeNoteFields(settings)
        self.dry_run_page = ExportWorkPage(self.tr("This is what the export will do"), self.note_fields)
        self.run_page = ExportWorkPage(self.tr("Run and verify"))
        self.pages = QStackedWidget()
        for page, name in (
            (WhatPage(state), self.tr("What is written")),
            (self.where, self.tr("Where it goes")),
            (self.dry_run_page, self.tr("What the export will do")),
            (self.run_page, self.tr("Run and verify")),
        ):
            self.pages.addWidget(ScrolledPage(page, name))
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
        self._promised = self._gone_on = None
        self._has_failed = False
        self._go_to(Step.WHAT if self._step is Step.WHERE else Step.WHERE)

    def stop(self) -> None:
        """Stop what runs."""
        self._runner.cancel()
        self.cancel_button.setEnabled(False)
        self.cancel_button.set_text(self.tr("Stopping…"))

    def reject(self) -> None:
        """Close; while something runs, ask first, and stop it."""
        if not self._task:
            super().reject()
        elif not self._closes and self._may_stop() and self._task:
            self._closes = True
            self.stop()

    # Parts

    def _lay_out(self) -> None:
        buttons = ButtonBox()
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
        self.cancel_button.clicked.connect(lambda: self.stop() if self._task else self.reject())
        self.extra_button.clicked.connect(self._do_extra)
        self.where.changed.connect(self._show_buttons)
        self.where.go_on_asked.connect(self._go_on_with_interrupted)
        self.where.clear_asked.connect(self._clear_interrupted)
        self._runner.progressed.connect(self._follow)
        self._state.plan_changed.connect(self._refuse_other_plan)

    # Work

    def _dry_run(self) -> None:
        self._promised = None
        self._go_to(Step.DRY_RUN)
        self.dry_run_page.start(self.tr("Working it out; nothing is written"))
        destination = self.where.destination._replace(dry_run=True)
        self._begin(DRY_RUN)
        ends = self._ends(destination, lambda result: self._show_promise(destination, result))
        write_export(self._state, self._runner, destination, ends, resume=self._gone_on is not None)

    def _run(self) -> None:
        self.note_fields.keep()
        self._go_to(Step.RUN)
        self.run_page.start(self.tr("Writing"))
        destination = self.where.destination._replace(change=self.note_fields.note)
        self._begin(EXPORT)
        ends = self._ends(destination, lambda result: self._show_result(destination, result))
        write_export(self._state, self._runner, destination, ends, resume=self._gone_on is not None)

    def _go_on_with_interrupted(self) -> None:
        def found(gone_on: GoneOn | None) -> None:
            self._end()
            self._gone_on, self._map = gone_on, self._state.uid_map
            if gone_on is None:
                self.where.look()
                self._show_step()
            else:
                self._dry_run()

        self._begin(GO_ON)
        ends = Ends(found, self._refuse_interrupted, self._leave_interrupted)
        go_on(self._state, self._runner, self.where.destination, ends)

    def _clear_interrupted(self) -> None:
        def cleared(_result: object) -> None:
            self._leave_interrupted()
            self.where.look()

        self._begin(CLEAR)
        clear_left(self._runner, self.where.destination, Ends(cleared, self._refuse_interrupted))

    def _refuse_interrupted(self, error: UidscopeError) -> None:
        self._leave_interrupted()
        self.where.look()
        self.where.refuse(str(error))

    def _leave_interrupted(self) -> None:
        self._end()
        self._show_step()

    def _ends(self, destination: Destination, done: Callable[[ExportResult], None]) -> Ends:
        def after(tell: Callable[[], None]) -> None:
            self._end()
            tell()
            self._show_step()

        return Ends(
            lambda result: after(lambda: done(result)),
            lambda error: after(lambda: self._fail(destination, error)),
            lambda: after(lambda: self._say_cancelled(destination)),
        )

    def _begin(self, name: str) -> None:
        self._task = name
        self._has_failed = False
        self._show_step()

    def _end(self) -> None:
        self._task = ""

    def _may_stop(self) -> bool:
        return ask(
            self,
            self.tr("Work is still under way."),
            self.tr(
                "Closing stops it. Nothing unfinished gets the name of the export; originals and plan stay."
            )
            if self._task == EXPORT
            else self.tr("Closing stops it. Nothing has been written."),
            self.tr("Stop and close"),
            self.tr("Go on working"),
        )

    def _follow(self, progress: Progress) -> None:
        if self._task in (DRY_RUN, EXPORT):
            self._page().follow(progress)

    def _page(self) -> ExportWorkPage:
        return self.dry_run_page if self._step is Step.DRY_RUN else self.run_page

    # What came of it

    def _show_promise(self, destination: Destination, result: ExportResult) -> None:
        self._closes = False
        numbers = figures(result)
        self._promised = numbers
        self._text = self._as_text(result)
        banner = None
        if numbers.unresolved_after:
            is_whole = numbers.only_not_written == numbers.unresolved_after
            banner = Banner(
                Verdict.INFO if is_whole else Verdict.WARNING,
                export_words().unresolved(numbers.unresolved_after),
                export_words().about_unresolved(numbers),
                [self.tr("Show")],
            )
            banner.triggered.connect(lambda _place: self._show_unresolved(result))
        room = self._room(destination, numbers)
        self.dry_run_page.show_numbers(banner, export_words().promised_facts(numbers, room))
        if self._gone_on is not None:
            left = self._gone_on.left
            self.dry_run_page.add_remark(
                self.tr("From the interrupted export: %1 It is compared with the plan and used.").replace(
                    "%1", export_words().left(left.files, left.total_bytes)
                )
            )
        said = self.tr("Beside it: %1, which re-identifies patients: keep it safe.")
        crosswalk = os.path.basename(target_names(destination.target, zipped=destination.zipped).crosswalk)
        self.dry_run_page.add_remark(said.replace("%1", crosswalk))

    def _show_unresolved(self, result: ExportResult) -> None:
        UnresolvedDialog(result, self).open()

    def _room(self, destination: Destination, numbers: ExportFigures) -> Room:
        free = QStorageInfo(os.path.dirname(destination.target)).bytesAvailable()
        # The files stay until the archive of them has been read back.
        needed = numbers.total_bytes * (2 if destination.zipped else 1)
        return Room(free, needed - (self._gone_on.left.total_bytes if self._gone_on is not None else 0))

    def _show_result(self, destination: Destination, result: ExportResult) -> None:
        assert self._promised is not None
        numbers = figures(result)
        self._is_done = True
        self._closes = False
        self._text = self._as_text(result)
        self._state.set_exported()
        said = [export_words().read_back(numbers.files)]
        if result.resumed:
            said.append(export_words().resumed(result.resumed))
        banner = verdict_banner(Verdict.OK, self.tr("Exported and verified"), " ".join(said))
        self.run_page.show_numbers(banner, export_words().done_facts(numbers, self._promised))
        next_steps = ExportNextSteps(self._state, self._runner, result, destination.change, self)
        next_steps.told.connect(self.run_page.add_next(self.tr("Next"), next_steps.steps(numbers)).say)

    def _fail(self, destination: Destination, error: UidscopeError) -> None:
        self._has_failed = True
        self._closes = False
        title = export_words().failure(error, is_dry=destination.dry_run)
        self._page().show_failure(
            Verdict.ERROR, title, (str(error), self._kept(destination), export_words().advice(error))
        )

    def _say_cancelled(self, destination: Destination) -> None:
        self._has_failed = True
        self._page().show_failure(Verdict.WARNING, self.tr("Cancelled"), (self._kept(destination),))
        if self._closes:
            super().reject()

    def _kept(self, destination: Destination) -> str:
        """What is as it was, and what is not."""
        if destination.dry_run:
            return self.tr("Nothing was written. Originals and plan are as they were.")
        made = (
            self.tr("No archive has been made.")
            if destination.zipped
            else self.tr("No folder has been made.")
        )
        said = f"{made} {self.tr('Originals and plan are as they were.')}"
        staging = target_names(destination.target, zipped=destination.zipped).staging
        if os.path.lexists(staging):
            left = self.tr("What was written lies in %1: go back to go on with it, or to clear it.")
            said = f"{said} {left.replace('%1', staging)}"
        return said

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
            QGuiApplication.clipboard().setText(screen_names().text(self._text))

    # What is shown

    def _go_to(self, step: Step) -> None:
        self._step = step
        if step is Step.WHERE:
            self.where.look()
        self._show_step()

    def _show_step(self) -> None:
        self.pages.setCurrentIndex(self._step)
        self.where.setEnabled(not self._task)
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
        return self._step is not Step.WHERE or not (self.where.objection or self.where.is_interrupted)

    def _rail_steps(self) -> list[RailStep]:
        room, measured = _RAIL_TEXT, measure(FontRole.SMALL)
        where = self.tr("A new folder")
        if self._step > Step.WHERE:
            destination = self.where.destination
            layout = export_words().layout(destination.layout, zipped=destination.zipped)
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
