"""The user's rule settings from one start to the next: read once, written whenever they change."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from uidscope.core.catalog.rule_settings import STRICT
from uidscope.core.errors import InputError, UidscopeError
from uidscope.core.report.rule_settings_file import keep_rule_settings, kept_rule_settings
from uidscope.qt.state import WorkState


class KeptRules(QObject):
    """Gives the state the settings in a file, and keeps those that the user makes of them.

    Those of a project are kept with it, and never here. A file that cannot be understood is left as it is,
    and nothing is kept over it: `failed` says so.
    """

    failed = Signal(str)

    def __init__(self, state: WorkState, path: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._path = path
        self._kept = STRICT

    def load(self) -> None:
        """Read the file, where there is one."""
        try:
            self._kept = kept_rule_settings(self._path)
        except InputError as error:
            self.failed.emit(self.tr("%1 The usual rules hold.").replace("%1", str(error)))
        self._state.set_rule_settings(self._kept)
        self._state.findings_changed.connect(self._keep)
        self._state.project_changed.connect(self._give_back)

    def _give_back(self) -> None:
        """Without a project the user's own settings hold again."""
        if not self._state.project_path:
            self._state.set_rule_settings(self._kept)

    def _keep(self) -> None:
        settings = self._state.rule_settings
        if settings == self._kept or self._state.project_path:
            return
        self._kept = settings
        try:
            keep_rule_settings(settings, self._path)
        except UidscopeError as error:
            self.failed.emit(str(error))
