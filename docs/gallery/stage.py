"""The window that scenes are played in, and what it takes to get it there and wait for it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from docs.gallery.faulty_archive import write_faulty_archive
from docs.gallery.looks import Look
from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtGui import QCursor, QFont
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.kit.theme import apply_theme
from uidscope.qt.main_window import MainWindow
from uidscope.qt.settings import Settings

Dialog = TypeVar("Dialog", bound=QDialog)

_LONGEST_WAIT = 60.0  # seconds
_SETTLING = 0.5  # for what follows a little later, such as the counts of the status bar
_TEXT_SIZE = 13


class Stage:
    """A window of its own, and a folder for what is loaded into it and written from it."""

    def __init__(self, look: Look, folder: Path) -> None:
        self.folder = folder
        self.archive = folder / "import"
        settings = Settings(str(folder / "window.ini"))
        settings.set_tour_seen()
        self.window = MainWindow(settings)
        self.window.resize(*look.size)
        self.window.show()
        self.settle()

    @property
    def catalog(self) -> Catalog:
        """What is loaded."""
        assert self.window.state.catalog is not None
        return self.window.state.catalog

    def load_archive(self) -> None:
        """Load the faulty archive and wait for the end of the checks."""
        write_faulty_archive(self.archive)
        self.window.load((str(self.archive),))
        self.wait(lambda: self.window.state.checked and not self.window.runner.is_running)
        self.settle()

    def node(self, uid: str, level: str = "instance") -> Node:
        """The first place of the tree that bears a UID at this level."""
        return next(node for node in nodes_with_uid(self.catalog, uid) if node.level == level)

    def go_to(self, uid: str, level: str = "instance") -> None:
        """Select it."""
        self.window.operations.go_to((self.node(uid, level),))
        self.settle()

    def opened(self, action: str, kind: type[Dialog]) -> Dialog:
        """The dialog that an action opens."""
        self.window.commands[action].trigger()
        self.wait(lambda: bool(self.window.findChildren(kind)))
        self.settle()
        return self.window.findChildren(kind)[-1]

    def shown(self, dialog: Dialog) -> Dialog:
        """A dialog that was made here, opened."""
        dialog.open()
        self.settle()
        return dialog

    def settle(self) -> None:
        """Wait until nothing runs, every panel has its answer, and all of it is shown."""

        def is_settled() -> bool:
            questions = self.window.findChildren(BackgroundQuestion)
            return not self.window.runner.is_running and not any(each.is_waiting for each in questions)

        for _ in range(2):  # an answer may lead to another question
            self.wait(is_settled)
            self.pause()

    def pause(self, seconds: float = _SETTLING) -> None:
        """Let the window work for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            _work()

    def wait(self, ready: Callable[[], bool]) -> None:
        """Let the window work until something is so; TimeoutError where that never comes."""
        end = time.monotonic() + _LONGEST_WAIT
        while not ready():
            if time.monotonic() > end:
                raise TimeoutError("what was waited for did not come")
            _work()

    def close_dialogs(self) -> None:
        """Close whatever stands before or beside the window."""
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        self.settle()

    def close(self) -> None:
        """End everything, without a question."""
        self.window.state.set_exported()
        self.window.operations.cancel()
        self.window.end()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def a_stage(look: Look, folder: Path) -> Iterator[Stage]:
    """A stage in `folder`, closed at the end."""
    os.makedirs(folder)
    stage = Stage(look, folder)
    try:
        yield stage
    finally:
        stage.close()


def dress(app: QApplication, look: Look) -> None:
    """Dress the application, for all stages that follow. The language is the process's own."""
    font = QFont(app.font())
    font.setPixelSize(_TEXT_SIZE)
    app.setFont(font)
    app.setLayoutDirection(look.direction)
    apply_theme(app, look.scheme)


def put_pointer_away(app: QApplication) -> None:
    """Take the pointer off whatever it stands on, which would show as much."""
    QCursor.setPos(app.primaryScreen().geometry().bottomRight())


def grab(widget: QWidget, path: Path) -> None:
    """Keep a picture of a widget."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not widget.grab().save(str(path)):
        raise OSError(f"{path} cannot be written")


def _work() -> None:
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    time.sleep(0.002)
