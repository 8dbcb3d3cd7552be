"""What proves the window's part of an installation: Qt, its plugins, icons, and the window at work."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from uidscope.core.sample.write_sample import write_sample
from uidscope.core.selftest import Probe, ProbeFailed, Skipped
from uidscope.core.uid.resource_files import resource_root
from uidscope.qt.display_check import display_fault, qt_fault

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from uidscope.qt.main_window import MainWindow

_LONGEST_WAIT: Final = 60.0  # seconds; a machine may be busy
_ICON_SIZE: Final = 32
_INK: Final = "#1B1F24"


def window_probes() -> tuple[Probe, ...]:
    """Return the probes of the window, to be run in this order in one go.

    The window is drawn where nobody sees it; QT_QPA_PLATFORM in the environment draws it elsewhere.
    """
    if find_spec("PySide6") is None:
        return (Probe("Qt", _no_qt),)
    return (
        Probe("display", _display),
        Probe("Qt", _qt),
        Probe("icons", _icons),
        Probe("translations", _translations),
        Probe("one window", _local_socket),
        Probe("window", _window),
    )


def _no_qt(_: str) -> str:
    raise Skipped("PySide6-Essentials is not installed; the command line works without")


def _display(_: str) -> str:
    """Where there is a display of X11, what the window needs to be shown on it is installed."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if sys.platform != "linux" or platform not in ("", "xcb"):
        raise Skipped(f"Qt draws on {platform or 'what the system gives it'}")
    try:
        fault = display_fault(os.environ)
    except ImportError as error:
        raise ProbeFailed(qt_fault(error)) from None
    if fault and not os.environ.get("DISPLAY"):
        raise Skipped("there is none here")
    if fault:
        raise ProbeFailed(fault)
    return "a window can be shown"


def _qt(_: str) -> str:
    """Qt starts, and text can be drawn: without any font every letter is an empty box."""
    from PySide6.QtCore import qVersion  # noqa: PLC0415 - its system libraries may be missing
    from PySide6.QtGui import QFontDatabase, QFontMetrics, QGuiApplication  # noqa: PLC0415

    app = _application()
    if not QFontDatabase.families() or QFontMetrics(app.font()).horizontalAdvance("0") <= 0:
        raise ProbeFailed("There is no font to write with.")
    return f"Qt {qVersion()} on {QGuiApplication.platformName()}, font {app.font().family()}"


def _application() -> "QApplication":
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.platform == "win32":
        # Off screen, Qt does not ask Windows for its fonts.
        os.environ.setdefault("QT_QPA_FONTDIR", os.path.join(os.environ.get("WINDIR", ""), "Fonts"))
    app = QApplication.instance()
    return app if isinstance(app, QApplication) else QApplication(["uidscope"])


def _icons(_: str) -> str:
    from PySide6.QtGui import QIcon  # noqa: PLC0415

    from uidscope.qt.kit.icons import icon_names, icon_pixmap  # noqa: PLC0415
    from uidscope.qt.program_icon import program_icon_path  # noqa: PLC0415

    _application()
    empty = [name for name in icon_names() if _is_empty(icon_pixmap(name, _INK, _ICON_SIZE).toImage())]
    # The program's own icon comes through a plugin of Qt, as the desktop asks for it.
    if _is_empty(QIcon(program_icon_path()).pixmap(_ICON_SIZE).toImage()):
        empty.append("the program's own")
    if empty:
        raise ProbeFailed(f"Icons that cannot be drawn: {', '.join(sorted(empty))}.")
    return f"{len(icon_names()) + 1} drawn"


def _is_empty(image: "QImage") -> bool:
    """Whether every pixel is the same, as where nothing was drawn."""
    pixels = bytes(image.constBits())
    return len(set(zip(*[iter(pixels)] * 4, strict=True))) < 2


def _translations(_: str) -> str:
    from PySide6.QtCore import QTranslator  # noqa: PLC0415

    files = sorted((resource_root() / "translations").glob("*.qm"))
    if not files:
        raise Skipped("the program speaks English alone")
    broken = [file.name for file in files if not QTranslator().load(str(file))]
    if broken:
        raise ProbeFailed(f"Translations that cannot be loaded: {', '.join(broken)}.")
    return f"{len(files)} loaded"


def _local_socket(_: str) -> str:
    """A second start hands its folders to the window that is there: that takes a socket of this machine."""
    from PySide6.QtNetwork import QLocalServer, QLocalSocket  # noqa: PLC0415

    server, socket = QLocalServer(), QLocalSocket()
    if sys.platform == "linux":
        # Without a file, whose path could be longer than a socket bears.
        server.setSocketOptions(QLocalServer.SocketOption.AbstractNamespaceOption)
        socket.setSocketOptions(QLocalSocket.SocketOption.AbstractNamespaceOption)
    if not server.listen(f"uidscope-selftest-{os.getpid()}"):
        raise ProbeFailed("A second start could not find the window: no local socket can be made.")
    socket.connectToServer(server.serverName())
    answered = socket.waitForConnected(5000)
    socket.abort()
    server.close()
    if not answered:
        raise ProbeFailed("A second start could not reach the window.")
    return "a second start would be heard"


def _window(folder: str) -> str:
    """The window loads the sample, shows it, and ends in order."""
    from PySide6.QtCore import QEvent  # noqa: PLC0415

    from uidscope.qt.appearance import Appearance  # noqa: PLC0415
    from uidscope.qt.main_window import MainWindow  # noqa: PLC0415
    from uidscope.qt.settings import Settings  # noqa: PLC0415

    app = _application()
    sample = os.path.join(folder, "sample of the window")
    write_sample(sample)
    settings = Settings(os.path.join(folder, "window.ini"))
    with _errors_kept() as errors:
        window = MainWindow(settings, Appearance(app, settings))
        try:
            window.show()
            window.operations.load_paths((sample,))
            told = _shown(app, window)
        finally:
            window.end()
            window.deleteLater()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if errors:
        raise ProbeFailed(f"Errors in the window: {' '.join(' '.join(errors).split())}")
    return told


@contextmanager
def _errors_kept() -> Iterator[list[str]]:
    """What Qt called and failed: it would be told and forgotten."""
    errors: list[str] = []
    before = sys.excepthook
    sys.excepthook = lambda kind, error, _: errors.append(f"{kind.__name__}: {error}")
    try:
        yield errors
    finally:
        sys.excepthook = before


def _shown(app: "QApplication", window: "MainWindow") -> str:
    from PySide6.QtWidgets import QTreeView  # noqa: PLC0415

    _wait(app, lambda: window.state.checked and not window.runner.is_running)
    patients = _rows(app, window.findChild(QTreeView, "hierarchyTree"))
    findings = _rows(app, window.findChild(QTreeView, "findingsView"))
    if _is_empty(window.grab().toImage()):
        raise ProbeFailed("The window is drawn empty.")
    return f"shown with {patients} patients and {findings} kinds of findings"


def _rows(app: "QApplication", view: object) -> int:
    from PySide6.QtWidgets import QTreeView  # noqa: PLC0415

    if not isinstance(view, QTreeView):
        raise ProbeFailed("The window lacks a part.")
    _wait(app, lambda: view.model().rowCount() > 0)
    return view.model().rowCount()


def _wait(app: "QApplication", until: Callable[[], bool]) -> None:
    latest = time.monotonic() + _LONGEST_WAIT
    while not until():
        if time.monotonic() > latest:
            raise ProbeFailed(f"The window did not answer within {_LONGEST_WAIT:.0f} seconds.")
        app.processEvents()
        time.sleep(0.005)
