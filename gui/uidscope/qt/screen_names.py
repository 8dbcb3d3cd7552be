"""What the window calls patients and files: one set of names for all of it, masked or not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from uidscope.core.report.screen_names import SCREEN_AS_IN_FILES, MaskedScreenNames, ScreenNames
from uidscope.qt.kit.visible_text import hide_with
from uidscope.qt.state import WorkState


class _Current:
    names: ScreenNames = SCREEN_AS_IN_FILES


def screen_names() -> ScreenNames:
    """What everything is called now."""
    return _Current.names


class NameMasking(QObject):
    """Masks names, or shows them again, and follows what is loaded.

    Made before the panels, so that its names know of a catalog before a panel shows it.
    """

    def __init__(self, state: WorkState, window: QWidget, *, masked: bool) -> None:
        super().__init__(window)
        self._state = state
        self._window = window
        self._masked = masked
        state.catalog_replaced.connect(self._take_catalog)
        for signal in (state.tree_grew, state.findings_changed):
            signal.connect(lambda: screen_names().grow())
        self._take_catalog()

    @property
    def is_masked(self) -> bool:
        """Whether names are masked."""
        return self._masked

    def set_masked(self, masked: bool) -> None:
        """Mask names, or show them; what is on the screen is said anew."""
        if masked == self._masked:
            return
        self._masked = masked
        self._take_catalog()
        for signal in (self._state.findings_changed, self._state.selection_changed, self._state.plan_changed):
            signal.emit()
        for part in (self._window, *self._window.findChildren(QWidget)):
            QApplication.sendEvent(part, QEvent(QEvent.Type.LanguageChange))
            part.update()

    def end(self) -> None:
        """Forget the catalog; for the end of the window."""
        _show(SCREEN_AS_IN_FILES)

    def _take_catalog(self) -> None:
        _show(MaskedScreenNames(self._state.catalog) if self._masked else SCREEN_AS_IN_FILES)


def _show(names: ScreenNames) -> None:
    _Current.names = names
    hide: Callable[[str], str] | None = names.text if names.is_masked else None
    hide_with(hide)
