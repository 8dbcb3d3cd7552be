"""A dock with one panel, and the bar above it that holds the panel's own tools."""

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QDockWidget, QWidget

from uidscope.qt.buttons import IconButton
from uidscope.qt.dock_title import TOOLS_HEIGHT, DockTitle


@runtime_checkable
class HasTools(Protocol):
    """A panel that puts its tools into the bar above it."""

    def fill_title(self, title: DockTitle) -> None:
        """Add the panel's words and tools."""


class PanelDock(QDockWidget):
    """Can be closed, floated and moved. `name` is its object name, which the saved layout knows it by."""

    def __init__(self, name: str, title: str, panel: QWidget, *, height: int = TOOLS_HEIGHT) -> None:
        super().__init__(title)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.panel = panel
        self.setWidget(panel)
        bar = DockTitle(height)
        if isinstance(panel, HasTools):
            panel.fill_title(bar)
        outside = IconButton("open-outside", self.tr("Show in a window of its own"))
        outside.clicked.connect(lambda: self.setFloating(not self.isFloating()))
        bar.add_trailing(outside)
        self.setTitleBarWidget(bar)
