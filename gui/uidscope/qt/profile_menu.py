"""The menu of the profiles that findings are judged by."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from uidscope.core.judge.rule_settings import PROFILES
from uidscope.qt.state import WorkState


class ProfileMenu(QMenu):
    """Marks the profile in use, and calls `choose` with the name of another."""

    def __init__(self, state: WorkState, choose: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(self.tr("Pr&ofile"), parent)
        self._state = state
        self.setObjectName("menuProfile")
        words = {
            "strict": self.tr("&Strict: every rule as it stands"),
            "archive": self.tr("&Archive: what an archive refuses or loses"),
            "migration": self.tr("&Migration: what must be whole, and there once"),
        }
        group = QActionGroup(self)
        for name in PROFILES:
            action = self.addAction(words[name])
            action.setObjectName(f"profile-{name}")
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, name=name: choose(name))
            action.setData(name)
        state.findings_changed.connect(self._follow)
        state.busy_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        # Asked for each time: PySide may take actions kept here for deleted while they are in the menu.
        for action in self.actions():
            action.setChecked(action.data() == self._state.rule_settings.name)
            action.setEnabled(not self._state.busy)
