"""Sample data: written by the program into a private folder when asked for, and gone at its end."""

import os
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject

from uidscope.core.private_folder import PrivateFolder
from uidscope.qt.tasks import Task, TaskRunner

SAMPLE: Final = "sample"
"""The name of the task."""


class SampleData(QObject):
    """Writes the sample once, and hands its folder to `load`."""

    def __init__(
        self, runner: TaskRunner, load: Callable[[tuple[str, ...]], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._load = load
        self._room: PrivateFolder | None = None
        self.path = ""

    def open(self) -> None:
        """Write the sample where that has not been done, and load it."""
        self._runner.run(Task(SAMPLE, lambda _progress, _cancel: self._written(), done=self._loaded))

    def end(self) -> None:
        """Remove the files; for the end of the program."""
        if self._room is not None:
            self._room.close()
            self._room = None
        self.path = ""

    def _written(self) -> PrivateFolder | None:
        """In the task's thread: the folder; None where it has been written already."""
        if self._room is not None:
            return None
        from uidscope.core.sample.write_sample import write_sample  # noqa: PLC0415 - slow to load

        room = PrivateFolder("sample")
        write_sample(os.path.join(room.path, "Sample data"))
        return room

    def _loaded(self, room: PrivateFolder | None) -> None:
        if room is not None:
            self._room = room
            self.path = os.path.join(room.path, "Sample data")
        self._load((self.path,))
