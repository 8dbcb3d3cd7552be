"""One window for each user and screen: a second start hands its paths to the first and ends.

They meet at a socket that this user alone may open: it lies in the user's runtime folder, or has such rights
on Windows. Whatever comes through it is checked all the same.
"""

import getpass
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any, Final

import platformdirs
from filelock import FileLock, Timeout
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from uidscope.core.private_folder import make_private

_WAIT: Final = 2000  # milliseconds, for the other program
_ANSWER_WAIT: Final = 8000  # the same where it is there: it may be starting itself
_START_WAIT: Final = 10.0  # seconds, for another start that is under way
_MOST_BYTES: Final = 4 << 20
_TAKEN: Final = b"taken"
_VERSION: Final = 1
# A window on another screen is no use to the one who sits here.
_SCREEN: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "SESSIONNAME")


class OneWindow(QObject):
    """Either this program's window is the one, and hears of later starts, or another's is.

    `asked` carries the absolute paths, none where a start had none: the window is to come to the front.
    `address` is that of the socket.
    """

    asked = Signal(tuple)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = _folder()  # empty where there is none
        self.address = _address(self._folder, os.environ)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take_all)

    def hand_over(self, paths: Iterable[str]) -> bool:
        """Give the paths to the window there is; true where it has taken them. Else this one is to be shown.

        It then listens. Where no socket can be made it is just a window of its own.
        """
        asked = json.dumps({"uidscope": _VERSION, "paths": [os.path.abspath(path) for path in paths]})
        if not self._folder or len(asked) >= _MOST_BYTES:
            return False
        lock = FileLock(os.path.join(self._folder, "start.lock"), mode=0o600)
        try:
            lock.acquire(timeout=_START_WAIT)
        except (Timeout, OSError):
            return False
        try:
            if self._send(asked.encode() + b"\n"):
                return True
            # Nobody answers: what lies there is of a program that was killed.
            QLocalServer.removeServer(self.address)
            self._server.listen(self.address)
            return False
        finally:
            lock.release()

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _send(self, message: bytes) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self.address)
        if not socket.waitForConnected(_WAIT):
            return False
        socket.write(message)
        if not socket.waitForBytesWritten(_WAIT):
            return False
        heard = b""
        while not heard.startswith(_TAKEN) and socket.waitForReadyRead(_ANSWER_WAIT):
            heard += socket.readAll().data()
        socket.disconnectFromServer()
        return heard.startswith(_TAKEN)

    def _take_all(self) -> None:
        while self._server.hasPendingConnections():
            _Caller(self._server.nextPendingConnection(), self)


class _Caller(QObject):
    """One start that speaks to us: a line, an answer, the end. Whoever says more or nothing is cut off."""

    def __init__(self, socket: QLocalSocket, one: OneWindow) -> None:
        super().__init__(one)
        self._socket = socket
        self._one = one
        self._heard = b""
        socket.setParent(self)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self.deleteLater)
        QTimer.singleShot(_WAIT, self, socket.abort)
        self._read()

    def _read(self) -> None:
        self._heard += self._socket.read(_MOST_BYTES).data()
        line, end, _ = self._heard.partition(b"\n")
        if not end:
            if len(self._heard) >= _MOST_BYTES:
                self._socket.abort()
            return
        paths = asked_paths(line)
        if paths is None:
            self._socket.abort()
            return
        self._socket.write(_TAKEN)
        self._socket.flush()
        self._one.asked.emit(paths)


def asked_paths(line: bytes) -> tuple[str, ...] | None:
    """The absolute paths that a message asks for; None where it is no message of ours."""
    try:
        said: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("uidscope") != _VERSION:
        return None
    paths = said.get("paths")
    if not isinstance(paths, list) or not all(map(_is_path, paths)):
        return None
    return tuple(paths)


def _is_path(path: Any) -> bool:
    """Whether this could be a path; one that is not there is told as at any start."""
    return isinstance(path, str) and "\0" not in path and os.path.isabs(path)


def _folder() -> str:
    """A folder that this user alone may enter: that of the session where there is one, else the state's."""
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    if sys.platform == "linux" and os.path.isdir(session) and os.stat(session).st_uid == os.getuid():
        folder = os.path.join(session, "uidscope")
    else:
        folder = platformdirs.user_state_dir("uidscope", appauthor=False)
    try:
        make_private(folder)
    except OSError:
        return ""
    return folder


def _address(folder: str, surroundings: Mapping[str, str]) -> str:
    """Where the socket is: a path, on Windows the name of a pipe, which all users of a machine share."""
    screen = "\0".join(surroundings.get(name, "") for name in _SCREEN)
    if sys.platform == "win32":
        owner = hashlib.sha256(f"{getpass.getuser()}\0{screen}".encode()).hexdigest()[:16]
        return f"uidscope-{owner}"
    return os.path.join(folder, f"window-{hashlib.sha256(screen.encode()).hexdigest()[:8]}")
