"""The menu of the projects opened or saved last."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from uidscope.qt.kit.visible_text import button_text, plain_tool_tip
from uidscope.qt.settings import Settings


class RecentMenu(QMenu):
    """Lists the projects anew whenever it is opened, and calls `open_project` with the path of one."""

    def __init__(self, settings: Settings, open_project: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(self.tr("Open recen&t"), parent)
        self.setObjectName("menuRecent")
        self.setToolTipsVisible(True)
        self._settings = settings
        self._open = open_project
        self.aboutToShow.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """List the projects that are remembered."""
        self.clear()
        recent = self._settings.recent_projects
        for path in recent:
            action = self.addAction(button_text(os.path.basename(path)))
            action.setToolTip(plain_tool_tip(path))
            action.triggered.connect(lambda _checked=False, path=path: self._open(path))
        if recent:
            self.addSeparator()
        clear = self.addAction(self.tr("&Clear this list"))
        clear.setEnabled(bool(recent))
        clear.triggered.connect(self._settings.forget_recent_projects)
