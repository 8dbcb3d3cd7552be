"""What the desktop asks the program to open: on macOS that comes as an event, and not as an argument."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFileOpenEvent

_GATHERING = 100  # milliseconds: several files come as an event each


class OpenWith(QObject):
    """Gathers the files asked for, and hands them over together; also those that came before a window.

    Elsewhere than on macOS nothing is looked at, unless it `comes_as_event`: the look is at every event of
    the program.
    """

    def __init__(self, application: QObject, *, comes_as_event: bool = sys.platform == "darwin") -> None:
        super().__init__(application)
        self._open: Callable[[tuple[str, ...]], object] | None = None
        self._paths: dict[str, None] = {}
        self._gathering = QTimer(self, singleShot=True, interval=_GATHERING)
        self._gathering.timeout.connect(self._hand_over)
        if comes_as_event:
            application.installEventFilter(self)

    def connect_to(self, open_paths: Callable[[tuple[str, ...]], object]) -> None:
        """Let this open what is asked for, from now on."""
        self._open = open_paths
        self._hand_over()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            if event.file():
                self._paths[event.file()] = None
                self._gathering.start()
            return True
        return super().eventFilter(watched, event)

    def _hand_over(self) -> None:
        if self._open is not None and self._paths:
            paths = tuple(self._paths)
            self._paths.clear()
            self._open(paths)
