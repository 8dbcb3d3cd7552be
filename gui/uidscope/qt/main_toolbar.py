"""The two toolbars: one with actions and the filter, and one for the message bar below it."""

from typing import cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from uidscope.qt.actions import Actions
from uidscope.qt.kit.icons import button_icon_size
from uidscope.qt.kit.message_bar import MessageBar
from uidscope.qt.tree.tree_filter_bar import TreeFilterBar

_NARROW = 1200  # a window below this shows some actions by their icon alone
_SIDES = 16  # the toolbar's own padding, and what the style takes

# What gives up its words for room, one after the other.
_WORDS_GO = (("actionRescan", "actionRegenerate"), ("actionAddFolder",), ("actionExport",))
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
        self._filter_bar = filter_bar
        self._window_width = _NARROW
        self._fitted: tuple[int, int, str] | None = None
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
        """Show less text where the window is narrow, and as little as is needed for everything to fit."""
        self._window_width = width
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit anew when a part has come to need another width, as the switch with its counts."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Without this a toolbar hides its last widgets almost without a sign."""
        now = (self._window_width, self._filter_bar.minimumSizeHint().width(), self.font().key())
        if now == self._fitted:
            return
        self._fitted = now
        least = 1 if self._window_width < _NARROW else 0
        for gone in range(len(_WORDS_GO) + 1):
            self._let_words_go(gone)
            if gone >= least and self._needed_width() <= self._window_width:
                return

    def _let_words_go(self, gone: int) -> None:
        style = Qt.ToolButtonStyle
        for place, names in enumerate(_WORDS_GO):
            for name in names:
                button = self._button(name)
                if button is not None:
                    words = style.ToolButtonIconOnly if place < gone else style.ToolButtonTextBesideIcon
                    button.setToolButtonStyle(words)

    def _needed_width(self) -> int:
        widgets = (self.widgetForAction(action) for action in self.actions())
        return _SIDES + sum(widget.minimumSizeHint().width() for widget in widgets)

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
