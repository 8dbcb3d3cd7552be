"""The window's end when the system tells the program to stop."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

_CANCELLED = 130


class EndOnSignals:
    """Ends the program in order when it is told to, so that its temporary files are removed.

    Python sees a signal only when it runs code of its own; the socket wakes Qt, and Qt wakes Python. A signal
    that comes before the event loop runs ends it as soon as it does.
    """

    _SIGNALS = (signal.SIGINT, signal.SIGTERM)

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._woken, self._waker = socket.socketpair()
        for end in (self._woken, self._waker):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._woken.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._drain)

    def __enter__(self) -> None:
        self._before = [signal.signal(number, self._told) for number in self._SIGNALS]
        self._fd_before = signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in zip(self._SIGNALS, self._before, strict=True):
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._woken.close()
        self._waker.close()

    def _told(self, _number: int, _frame: FrameType | None) -> None:
        # Qt forgets an exit asked for before its event loop runs; a timer waits for the loop.
        QTimer.singleShot(0, self._app, lambda: self._app.exit(_CANCELLED))

    def _drain(self) -> None:
        self._woken.recv(64)
