"""Buttons in their four kinds, and the small ones that are an icon alone."""

import enum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from uidscope.qt.kit.colour_tokens import ColourTokens
from uidscope.qt.kit.icons import button_icon, button_icon_size, square_icon
from uidscope.qt.kit.theme import is_new_look, tokens
from uidscope.qt.kit.visible_text import button_text, plain_tool_tip, visible_text


class ButtonKind(enum.Enum):
    """One primary button a panel or dialog. Danger is never the default button."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"
    QUIET = "quiet"


class ButtonSize(enum.Enum):
    NORMAL = "normal"
    DENSE = "dense"
    LARGE = "large"


_ICON_BUTTON = 28


class PlainButton(QPushButton):
    """A push button that shows its text as it is, an ampersand included."""

    def __init__(
        self,
        text: str,
        kind: ButtonKind = ButtonKind.SECONDARY,
        size: ButtonSize = ButtonSize.NORMAL,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._icon_name = kind, icon
        self.setProperty("kind", kind.value)
        self.setProperty("dense", "true" if size is ButtonSize.DENSE else "false")
        self.setProperty("large", "true" if size is ButtonSize.LARGE else "false")
        self.setAutoDefault(False)
        self.set_text(text)
        self._dress()

    def set_kind(self, kind: ButtonKind) -> None:
        """Become a button of another kind."""
        if kind is self._kind:
            return
        self._kind = kind
        self.setProperty("kind", kind.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self._dress()

    def set_text(self, text: str) -> None:
        """Show `text` as it is; it is the accessible name too."""
        self.setText(button_text(text))
        self.setAccessibleName(visible_text(text))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self._dress()

    def _dress(self) -> None:
        if not self._icon_name:
            return
        colours = tokens()
        ink = _icon_ink(self._kind, colours)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setIconSize(button_icon_size())
        self.setIcon(button_icon(self._icon_name, ink, colours.disabled, mirrored=mirrored))


class IconButton(QToolButton):
    """A button that is an icon alone; `name` says what it does, in the tool tip and to screen readers."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self.setProperty("kind", "icon")
        self.setAccessibleName(name)
        self.setToolTip(plain_tool_tip(name))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(_ICON_BUTTON, _ICON_BUTTON)
        self._dress()

    def sizeHint(self) -> QSize:
        return QSize(_ICON_BUTTON, _ICON_BUTTON)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self._dress()

    def _dress(self) -> None:
        colours = tokens()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setIconSize(QSize(16, 16))
        self.setIcon(square_icon(self._icon_name, colours.text2, colours.disabled, mirrored=mirrored))


_ICON_NAME = "iconName"


def dress_action(action: QAction, icon: str, *, on_accent: bool = False, mirrored: bool = False) -> None:
    """Give an action an icon in the colours in use, for the toolbar, the menus, and primary buttons.

    Set the toolbar's icon size to `button_icon_size()`, and call `redress_actions` when the look changes.
    """
    colours = tokens()
    action.setProperty(_ICON_NAME, (icon, on_accent))
    ink = colours.on_accent if on_accent else colours.text2
    action.setIcon(button_icon(icon, ink, colours.disabled, mirrored=mirrored))


def redress_actions(owner: QWidget) -> None:
    """Make the icons of all dressed actions below `owner` anew, in the colours now in use."""
    mirrored = owner.layoutDirection() == Qt.LayoutDirection.RightToLeft
    for action in owner.findChildren(QAction):
        dressed = action.property(_ICON_NAME)
        if dressed:
            icon, on_accent = dressed
            dress_action(action, icon, on_accent=on_accent, mirrored=mirrored)


def _icon_ink(kind: ButtonKind, colours: ColourTokens) -> str:
    match kind:
        case ButtonKind.PRIMARY:
            return colours.on_accent
        case ButtonKind.DANGER:
            return colours.error.ink
        case ButtonKind.QUIET:
            return colours.accent
        case ButtonKind.SECONDARY:
            return colours.text2
