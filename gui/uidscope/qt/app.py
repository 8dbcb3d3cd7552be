"""The program with a window: from the first line to the exit status."""

import os
import sys
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from uidscope.core.collector import seldom_collected
from uidscope.core.private_folder import clear_left_behind
from uidscope.qt.display_check import display_fault, qt_fault

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from uidscope.qt.start.one_window import OneWindow
    from uidscope.qt.start.open_with import OpenWith

_FAILED = 3


def run_window(paths: Sequence[str], *, new_window: bool = False) -> int:
    """Show the window with these folders and files loaded, and return when it is closed.

    A window that is shown already takes the paths, but for ``new_window``, and this returns at once. Where no
    window can be shown, one sentence on standard error says why, and the status is 3.
    """
    _bear_missing_streams()
    try:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - what is missing is to be told
    except ImportError as error:
        return _refuse(qt_fault(error))
    fault = display_fault(os.environ)
    if fault:
        return _refuse(fault)
    from uidscope.qt.start.crash_watch import crashes_kept  # noqa: PLC0415 - needs Qt
    from uidscope.qt.start.one_window import OneWindow  # noqa: PLC0415
    from uidscope.qt.start.open_with import OpenWith  # noqa: PLC0415

    with crashes_kept():
        app = QApplication(sys.argv[:1])
        opened = OpenWith(app)
        one = OneWindow(app)
        if not new_window and one.hand_over(paths):
            return 0
        clearing = threading.Thread(target=clear_left_behind, name="clear what was left behind")
        clearing.start()
        try:
            return _show(app, paths, one, opened)
        finally:
            one.close()
            clearing.join()


def _show(app: "QApplication", paths: Sequence[str], one: "OneWindow", opened: "OpenWith") -> int:
    # What is loaded and built here stays: a tenth of the start would be the search for what could go.
    with seldom_collected():
        from PySide6.QtCore import QEvent  # noqa: PLC0415 - may be missing
        from PySide6.QtGui import QIcon  # noqa: PLC0415

        from uidscope.qt.appearance import Appearance  # noqa: PLC0415 - needs Qt
        from uidscope.qt.main_window import MainWindow  # noqa: PLC0415
        from uidscope.qt.program_icon import program_icon_path  # noqa: PLC0415
        from uidscope.qt.settings import Settings  # noqa: PLC0415
        from uidscope.qt.spoken_language import speak  # noqa: PLC0415
        from uidscope.qt.start.arrivals import Arrivals  # noqa: PLC0415
        from uidscope.qt.start.crash_notice import CrashNotice  # noqa: PLC0415
        from uidscope.qt.start.end_on_signals import EndOnSignals  # noqa: PLC0415
        from uidscope.qt.start.export_notice import ExportNotice  # noqa: PLC0415

        app.setApplicationName("uidscope")
        app.setApplicationDisplayName("UIDscope")
        app.setDesktopFileName("uidscope")
        app.setWindowIcon(QIcon(program_icon_path()))
        settings = Settings()
        speak(app, settings.language)
        appearance = Appearance(app, settings)
        window = MainWindow(settings, appearance)
    arrivals = Arrivals(window, window.load)
    one.asked.connect(arrivals.take)
    notice = CrashNotice(window, window.message_bar)
    notice.said.connect(window.operations.said)
    notice.unsaid.connect(window.operations.unsaid)
    exports = ExportNotice(window)
    with EndOnSignals(app):
        window.show()
        window.dialogs.load_in_idle_time()
        if paths:
            window.load(tuple(paths))
        opened.connect_to(arrivals.take)
        notice.tell()
        exports.tell()
        status = app.exec()
    # Destroyed while Python still runs: what Qt would destroy at its exit asks Python too late.
    window.end()
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return status


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 - there is no window to say it in
    return _FAILED


def _bear_missing_streams() -> None:
    """A program without a console has no standard streams, and whatever writes to them would fail."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - to the end
