"""Folders and files dragged over the window: accepted with a frame that says so, all else refused."""

import os
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from uidscope.qt.kit.drop_frame import DropFrame
from uidscope.qt.kit.drop_words import drop_names, drop_title
from uidscope.qt.kit.empty_state import EmptyState


class DroppedPaths(NamedTuple):
    """What a drag carries: local folders and files, in its order."""

    folders: tuple[str, ...]
    files: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.folders or self.files)


def dropped_paths(mime: QMimeData) -> DroppedPaths:
    """The folders and files that a drag carries; none where anything else is among them."""
    paths = [url.toLocalFile() for url in mime.urls()]
    folders = tuple(path for path in paths if path and os.path.isdir(path))
    files = tuple(path for path in paths if path and os.path.isfile(path))
    whole = len(folders) + len(files) == len(paths)
    return DroppedPaths(folders, files) if whole else DroppedPaths((), ())


class DropTarget(QObject):
    """Makes a window take drags. `dropped` carries the paths, as a tuple of text.

    `bar` says where, over a loaded window, the words go; in the empty one they stand in its area.
    """

    dropped = Signal(tuple)

    def __init__(self, window: QWidget, empty_state: EmptyState, bar: Callable[[], QRect]) -> None:
        super().__init__(window)
        self._frame = DropFrame(window)
        self._empty_state = empty_state
        self._bar = bar
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter if isinstance(event, QDragEnterEvent):
                self._enter(event)
            case QEvent.Type.DragLeave:
                self._leave()
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                self._drop(event)
            case _:
                return super().eventFilter(watched, event)
        return True

    def _enter(self, event: QDragEnterEvent) -> None:
        paths = dropped_paths(event.mimeData())
        if not paths:
            event.ignore()
            return
        event.acceptProposedAction()
        title = drop_title(len(paths.folders), len(paths.files))
        if self._empty_state.isVisible():
            self._empty_state.show_drag(title, drop_names((*paths.folders, *paths.files)))
            self._frame.show_frame()
        else:
            self._frame.show_frame(title, drop_names((*paths.folders, *paths.files)), self._bar())

    def _leave(self) -> None:
        self._frame.hide()
        self._empty_state.end_drag()

    def _drop(self, event: QDropEvent) -> None:
        self._leave()
        paths = dropped_paths(event.mimeData())
        if not paths:
            event.ignore()
            return
        event.acceptProposedAction()
        self.dropped.emit((*paths.folders, *paths.files))
