"""The audit log of the window: kept or not, as the user chose, and saved as one file to hand over."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal

from uidscope.core.audit.log_file import AuditLogFile
from uidscope.core.audit.recording import close_log, is_wanted, open_log
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner

AUDIT: Final = "audit log"
"""The name of the task."""


class AuditKeeping(QObject):
    """Opens the log, and closes it. ``failed`` says, once, that it cannot be written."""

    failed = Signal(str)
    saved = Signal(str)  # the path of the file handed over

    def __init__(self, state: WorkState, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._runner = state, runner

    def set_kept(self, kept: bool) -> None:
        """Record what is done from now on, unless the environment says not to, or nothing any more."""
        if kept and is_wanted():
            open_log(AuditLogFile(), self.failed.emit)
        else:
            close_log()

    def export(self, path: str) -> None:
        """Save the whole log; the ending of the name says in which format."""
        from uidscope.core.report.audit_log_file import save_audit_log  # noqa: PLC0415 - for this alone

        sources = self._state.paths
        self._runner.run(
            Task(
                AUDIT,
                lambda _progress, _cancel: save_audit_log(path, sources),
                done=lambda _: self.saved.emit(path),
            )
        )

    def end(self) -> None:
        """Record nothing any more; for the end of the window."""
        close_log()
