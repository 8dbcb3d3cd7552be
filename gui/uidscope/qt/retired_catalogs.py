"""Catalogs that are shown no more, closed once no other thread may still ask them anything."""

from PySide6.QtCore import QObject, QTimer

from uidscope.core.catalog.store import Catalog
from uidscope.qt.tasks import any_task_runs, wait_for_all_tasks

_INTERVAL = 200  # milliseconds between two looks


class RetiredCatalogs(QObject):
    """Takes catalogs over and closes them, which clears the temporary ones."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Catalog] = []
        self._looking = QTimer(self, interval=_INTERVAL)
        self._looking.timeout.connect(self._look)

    def add(self, catalog: Catalog) -> None:
        """Close a catalog now if nothing is under way, else when it has ended."""
        self._waiting.append(catalog)
        self._look()

    def close_all(self) -> None:
        """Wait for all work and close every catalog; for the end of the program."""
        wait_for_all_tasks()
        self._close()

    def _look(self) -> None:
        if any_task_runs():
            self._looking.start()
        else:
            self._close()

    def _close(self) -> None:
        self._looking.stop()
        while self._waiting:
            self._waiting.pop().close()
