"""The two toolbars: one with actions and the filter, and one for the message bar below it."""

from typing import cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from uidscope.qt.actions import Actions
from uidscope.qt.icons import button_icon_size
from uidscope.qt.message_bar import MessageBar
from uidscope.qt.tree_filter_bar import TreeFilterBar

_NARROW = 1200  # a window below this shows some actions by their icon alone
_GAP = 8

_TEXT_WHERE_WIDE = ("actionRescan", "actionRegenerate")
_ICON_ALONE = ("actionUndo", "actionRedo")


class MainToolBar(QToolBar):
    """What adds, undo and redo, what changes, the one filled button, then the filter."""

    def __init__(self, actions: Actions, filter_bar: TreeFilterBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mainToolBar")
        self.setWindowTitle(self.tr("Toolbar"))
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(button_icon_size())
        self._actions = actions
        for names in (
            ("actionAddFolder", "actionRescan"),
            ("actionUndo", "actionRedo"),
            ("actionRegenerate", "actionExport"),
        ):
            if self.actions():
                self.addSeparator()
            for name in names:
                if name in actions.by_name:
                    self._add(actions[name])
        self.addWidget(filter_bar)

    def set_window_width(self, width: int) -> None:
        """Show less text where the window is narrow."""
        style = Qt.ToolButtonStyle
        for name in _TEXT_WHERE_WIDE:
            button = self._button(name)
            if button is not None:
                wide = width >= _NARROW
                button.setToolButtonStyle(
                    style.ToolButtonTextBesideIcon if wide else style.ToolButtonIconOnly
                )

    def _add(self, action: QAction) -> None:
        self.addAction(action)
        name = action.objectName()
        button = self._button(name)
        if button is None:
            return
        button.setAccessibleName(action.iconText())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if name in _ICON_ALONE:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        if name == "actionExport":
            button.setProperty("kind", "primary")

    def _button(self, name: str) -> QToolButton | None:
        action = self._actions.by_name.get(name)
        return cast("QToolButton | None", self.widgetForAction(action)) if action else None


class MessageToolBar(QToolBar):
    """Holds the message bar: only a second toolbar goes over the full width above the docks."""

    def __init__(self, bar: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageToolBar")
        self.setWindowTitle(self.tr("Messages"))
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._bar = bar
        self._holder = self.addWidget(bar)
        self.follow_bar()

    def follow_bar(self) -> None:
        """Be there while the bar has a message."""
        has_message = self._bar.shown is not None
        self._holder.setVisible(has_message)
        self.setVisible(has_message)

    def event(self, event: QEvent) -> bool:
        """Let the bar reach the edges: the style sets margins anew whenever it looks at the toolbar."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.Polish, QEvent.Type.Show):
            layout = self.layout()
            if layout is not None:
                layout.setContentsMargins(0, 0, 0, 0)
        return handled
