"""F6: from one pane of the window to the next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget


def go_to_next_pane(panes: Sequence[QWidget], step: int = 1) -> None:
    """Give the focus to the pane `step` after the one that has it; one behind others comes to the front."""
    there = [pane for pane in panes if pane.isVisible()]
    if not there:
        return
    focused = QApplication.focusWidget()
    at = next((place for place, pane in enumerate(there) if _holds(pane, focused)), -1 if step > 0 else 0)
    for distance in range(1, len(there) + 1):
        if focus_pane(there[(at + step * distance) % len(there)]):
            return


def focus_pane(pane: QWidget) -> bool:
    """Give the focus to the first list or field of a pane that takes it by the keyboard."""
    target = next((child for child in _reachable(pane)), None)
    if target is None:
        return False
    if isinstance(pane, QDockWidget):
        pane.raise_()
    target.setFocus(Qt.FocusReason.TabFocusReason)
    return True


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))


def _reachable(pane: QWidget) -> Sequence[QWidget]:
    proxy = pane.focusProxy()
    candidates = [proxy] if proxy is not None and proxy.isVisible() else [pane, *pane.findChildren(QWidget)]
    takes = [
        widget
        for widget in candidates
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    # A list before the buttons above it: that is what one comes for.
    return sorted(takes, key=lambda widget: not widget.inherits("QAbstractItemView"))
