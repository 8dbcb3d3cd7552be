"""The row of a dialog's buttons, in the order of the system, each reached by Tab."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialogButtonBox


class ButtonBox(QDialogButtonBox):
    """Qt's box lends the keyboard to one of its buttons: Tab then leads to that one and past the others."""

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if self.focusProxy() is not None:
            self.setFocusProxy(None)  # type: ignore[arg-type]  # Qt's own way to have none
        return done
