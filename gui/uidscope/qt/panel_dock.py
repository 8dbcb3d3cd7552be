"""A dock with one panel, and the bar above it that holds the panel's own tools."""

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QDockWidget, QWidget

from uidscope.qt.kit.buttons import IconButton
from uidscope.qt.kit.dock_title import PLAIN_HEIGHT, TOOLS_HEIGHT, DockTitle
from uidscope.qt.tab_order import go_to_next_stop


@runtime_checkable
class HasTools(Protocol):
    """A panel that puts its words and tools into the bar above it."""

    def fill_title(self, title: DockTitle) -> None:
        """Add them."""


class PanelDock(QDockWidget):
    """Can be closed, floated and moved. `name` is its object name, which the saved layout knows it by.

    The panel's window title, where it has one, becomes that of the dock and of its tab. Docks `beside`
    the tree have no tab, so they bear a button that closes them.
    """

    def __init__(self, name: str, title: str, panel: QWidget, *, beside: bool) -> None:
        super().__init__(panel.windowTitle() or title)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.panel = panel
        self.setWidget(panel)
        panel.windowTitleChanged.connect(self.setWindowTitle)
        bar = DockTitle(PLAIN_HEIGHT if beside else TOOLS_HEIGHT)
        if isinstance(panel, HasTools):
            panel.fill_title(bar)
        outside = IconButton("open-outside", self.tr("Show in a window of its own"))
        outside.clicked.connect(lambda: self.setFloating(not self.isFloating()))
        bar.add_trailing(outside)
        if beside:
            close = IconButton("close", self.tr("Close"))
            close.clicked.connect(self.close)
            bar.add_trailing(close)
        self.setTitleBarWidget(bar)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self.isWindow():
            return go_to_next_stop(self, forward=forward)
        return super().focusNextPrevChild(forward)
