"""The verbs of the export dialog: each makes a task, and what fails on purpose is told there alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from uidscope.core import flow
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import UidscopeError
from uidscope.core.export.request import ExportResult
from uidscope.core.export.stage import Interrupted
from uidscope.core.flow import Destination
from uidscope.core.plan.history import PlanHistory
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import CancelToken, ProgressCallback
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.report.change_record import ChangeNote
from uidscope.core.report.export_report import save_export_report, save_list
from uidscope.core.resume import clear_unfinished, unfinished
from uidscope.core.resumed_plan import ResumedPlan, journal_of, resume_plan
from uidscope.core.running_exports import noted
from uidscope.core.uid.schemes import make_scheme
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner, Work, own_fault

DRY_RUN: Final = "dry run"
EXPORT: Final = "export"
GO_ON: Final = "look at an interrupted export"
CLEAR: Final = "clear an interrupted export"
SAVE: Final = "save a list of an export"
"""The names of the tasks."""


@dataclass(frozen=True, slots=True)
class Ends:
    """How a verb may end; `failed` gets an error whose text is for the user."""

    done: Callable[[Any], None]
    failed: Callable[[UidscopeError], None]
    cancelled: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class GoneOn:
    """What there is to go on with; the state has the plan with its UIDs."""

    left: Interrupted


def write_export(
    state: WorkState, runner: TaskRunner, destination: Destination, ends: Ends, *, resume: bool
) -> None:
    """Write the plan as it stands, or work its dry run out; `ends.done` gets the result."""
    found = _planned(state)
    if found is None:
        return
    catalog, uid_map = found
    plan, issued, paths, project = state.history.plan, state.issued, state.paths, state.project_path
    options = state.scheme

    def work(progress: ProgressCallback, cancel: CancelToken) -> ExportResult:
        scheme = make_scheme(options)
        if destination.dry_run:
            return flow.write(
                catalog, uid_map, destination, plan=plan, resume=resume, progress=progress, cancel=cancel
            )
        sources = resolve_sources(paths)
        journal = journal_of(catalog, plan, issued, uid_map, scheme, sources, destination)
        with noted(destination, project):
            return flow.write(
                catalog,
                uid_map,
                destination,
                plan=plan,
                scheme=scheme,
                journal=journal,
                resume=resume,
                progress=progress,
                cancel=cancel,
            )

    _run(runner, DRY_RUN if destination.dry_run else EXPORT, work, ends)


def go_on(state: WorkState, runner: TaskRunner, destination: Destination, ends: Ends) -> None:
    """Give the plan the UIDs of the export that was interrupted there; `ends.done` gets a `GoneOn`, or None.

    It gets None where nothing lies there any more.
    """
    found = _planned(state)
    if found is None:
        return
    catalog, _ = found
    history, issued, paths, options = state.history, state.issued, state.paths, state.scheme
    plan = history.plan

    def work(_progress: ProgressCallback, cancel: CancelToken) -> tuple[Interrupted, ResumedPlan] | None:
        left = unfinished(destination)
        if left is None:
            return None
        scheme, sources = make_scheme(options), resolve_sources(paths)
        return left, resume_plan(catalog, plan, issued, scheme, sources, destination, left, cancel)

    def done(resumed: tuple[Interrupted, ResumedPlan] | None) -> None:
        if resumed is None:
            ends.done(None)
            return
        left, (table, uid_map, meant) = resumed
        if state.history is history and history.plan == plan:
            state.issued = table
            _take_rows(history, meant)
            state.set_plan(history, uid_map)
        ends.done(GoneOn(left))

    _run(runner, GO_ON, work, replace(ends, done=done))


def _take_rows(history: PlanHistory, meant: Plan) -> None:
    """Switch off, and type, what was so in the export that is gone on with; the user can undo it."""
    off = meant.kept - history.plan.kept
    if off:
        history.switch_off(off)
    typed = set(history.plan.by_hand)
    for row, uid in meant.by_hand:
        if (row, uid) not in typed:
            history.set_by_hand(row, uid)


def clear_left(runner: TaskRunner, destination: Destination, ends: Ends) -> None:
    """Remove what an interrupted export left; `ends.done` gets None."""
    _run(runner, CLEAR, lambda _progress, _cancel: clear_unfinished(destination), ends)


def save_report_of(
    state: WorkState, runner: TaskRunner, result: ExportResult, note: ChangeNote | None, path: str, ends: Ends
) -> None:
    """Save what an export did; the ending of the name says in which format."""
    plan, paths = state.history.plan, state.paths
    _run(
        runner,
        SAVE,
        lambda _progress, _cancel: save_export_report(result, note, plan, path, paths),
        ends,
    )


def save_list_as(state: WorkState, runner: TaskRunner, list_path: str, path: str, ends: Ends) -> None:
    """Save a copy of a list that lies beside an export."""
    paths = state.paths
    _run(runner, SAVE, lambda _progress, _cancel: save_list(list_path, path, paths), ends)


def _planned(state: WorkState) -> tuple[Catalog, UidMap] | None:
    catalog, uid_map = state.catalog, state.uid_map
    return (catalog, uid_map) if catalog is not None and uid_map is not None else None


def _run(runner: TaskRunner, name: str, work: Work, ends: Ends) -> None:
    def failed(error: BaseException) -> None:
        ends.failed(error if isinstance(error, UidscopeError) else UidscopeError(own_fault(error)))

    task = Task(name, work, done=ends.done, failed=failed, cancelled=ends.cancelled, tells_failures=True)
    runner.run(task)
