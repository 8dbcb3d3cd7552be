"""The project at hand: opened, saved, and its plan taken up again once everything is read and checked."""

from __future__ import annotations

import os
from typing import Final

from PySide6.QtCore import QObject, Signal

from uidscope.core.project_file import Project, read_project, save_project, without_patient_ids
from uidscope.qt.operations import Operations
from uidscope.qt.planning.plan_operations import remap
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner

OPEN: Final = "open project"
SAVE: Final = "save project"
"""The names of the two tasks."""


class ProjectWork(QObject):
    """Knows which file the work at hand belongs to. `opened` and `saved` carry its path."""

    opened = Signal(str)
    saved = Signal(str)

    def __init__(
        self, state: WorkState, runner: TaskRunner, operations: Operations, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._runner = runner
        self._operations = operations
        self._coming: Project | None = None
        state.findings_changed.connect(self._take_plan)

    def open(self, path: str) -> None:
        """Read a project in place of what is loaded: its sources, then its plan."""

        def done(project: Project) -> None:
            self._state.set_project(path, project.rules)
            self._operations.open_paths(project.sources)
            self._coming = project
            self.opened.emit(path)

        self._runner.run(Task(OPEN, lambda _progress, _cancel: read_project(path), done=done))

    def save(self, path: str) -> None:
        """Write the work at hand; without Patient IDs, which stand for their series then."""
        state, catalog = self._state, self._state.catalog
        if catalog is None:
            return
        plan, issued = state.history.plan, tuple(state.issued.rows())

        def write(_progress: object, _cancel: object) -> None:
            kept = without_patient_ids(catalog, plan)
            save_project(Project(state.paths, kept, issued, state.scheme, state.rule_settings), path)

        def done(_result: object) -> None:
            state.set_project(path, state.rule_settings)
            if state.history.plan == plan:
                state.set_saved()
            self.saved.emit(path)

        self._runner.run(Task(SAVE, write, done=done))

    def _take_plan(self) -> None:
        """The plan needs what is loaded, and its findings."""
        project, state = self._coming, self._state
        if project is None or not state.checked or state.paths != _absolute(project.sources):
            return
        self._coming = None
        state.take_plan(project.plan, project.issued_uids(), project.scheme)
        remap(state, self._runner, is_saved=True)


def _absolute(paths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(os.path.abspath(path) for path in paths)
