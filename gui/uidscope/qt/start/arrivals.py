"""Paths that come from outside a window that is shown: they wait until no dialog stands before it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_INTERVAL = 300  # milliseconds between two looks


class Arrivals(QObject):
    """Brings the window to the front at once, and has the paths loaded when it is free."""

    def __init__(self, window: QWidget, load: Callable[[tuple[str, ...]], object]) -> None:
        super().__init__(window)
        self._window = window
        self._load = load
        self._waiting: dict[str, None] = {}
        self._looking = QTimer(self, interval=_INTERVAL)
        self._looking.timeout.connect(self._look)

    def take(self, paths: tuple[str, ...]) -> None:
        """Take paths; none where the window is only to come to the front."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        self._waiting.update(dict.fromkeys(paths))
        self._look()

    def _look(self) -> None:
        if not self._waiting:
            self._looking.stop()
        elif QApplication.activeModalWidget() is None:
            paths = tuple(self._waiting)
            self._waiting.clear()
            self._looking.stop()
            self._load(paths)
        else:
            self._looking.start()
