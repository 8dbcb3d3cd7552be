"""Tab: from one place of a window to the next that can be seen and used.

Qt's own way leads into docks that lie behind others, which have a place off the screen and count as
visible, and stays for good at a panel whose list is hidden by its hint.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QWidget


def go_to_next_stop(window: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the next place of a window, or the one before; False where there is no other."""
    focused: QWidget | None = window.focusWidget()
    start = window if focused is None else focused
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    at = _next(start, forward=forward)
    while at is not None and at is not start:
        if at.window() is window and _takes_keyboard(at):
            at.setFocus(reason)
            return True
        at = _next(at, forward=forward)
    return False


def is_behind(dock: QDockWidget) -> bool:
    """Whether a dock lies behind another one with which it shares its place."""
    return dock.isVisible() and not dock.isFloating() and dock.visibleRegion().isEmpty()


def _next(widget: QWidget, *, forward: bool) -> QWidget | None:
    return widget.nextInFocusChain() if forward else widget.previousInFocusChain()


def _takes_keyboard(widget: QWidget) -> bool:
    if not (widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None):
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not _lies_behind(widget)


def _lies_behind(widget: QWidget) -> bool:
    above: QWidget | None = widget
    while above is not None and not isinstance(above, QDockWidget):
        above = above.parentWidget()
    return above is not None and is_behind(above)
