"""Keeps up with which of the loaded files can be reached, beside the window's thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from uidscope.core.catalog.node_counts import NodeCounts
from uidscope.core.catalog.offline_files import OfflineSearch
from uidscope.core.progress import CancelToken, ProgressCallback
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner

_EVERY: Final = 20  # seconds, between two looks at one file of each source
# From one look at every folder to the next, unless a source comes or goes: seconds, and that many times what
# the last one took.
_LEAST_PAUSE: Final = 10
_PAUSE_SHARE: Final = 20


class OfflineWatch(QObject):
    """Looks when the user comes back to the program, and soon after a drive is unplugged or back.

    `found` carries the `NodeCounts` of the instances with a file out of reach, once there have been any.
    """

    found = Signal(object)

    def __init__(self, state: WorkState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._runner = TaskRunner(self)
        self._search: OfflineSearch | None = None
        self._looked = self._took = 0.0
        self._is_known_offline = False
        self._rhythm = QTimer(self, interval=_EVERY * 1000)
        self._rhythm.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._rhythm.timeout.connect(self._look_at_sources)
        state.catalog_replaced.connect(self._begin_anew)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.applicationStateChanged.connect(self._come_back)

    def look(self) -> None:
        """Look at every folder of what is loaded, unless it is being read or looked at."""
        self._run(lambda search, cancel: search.look(cancel))

    def _look_at_sources(self) -> None:
        def look_again(search: OfflineSearch, cancel: CancelToken) -> NodeCounts | None:
            return search.look(cancel) if search.has_changed(cancel) else None

        self._run(look_again)

    def _come_back(self, now: Qt.ApplicationState) -> None:
        pause = max(_LEAST_PAUSE, _PAUSE_SHARE * self._took)
        if now == Qt.ApplicationState.ApplicationActive and time.monotonic() - self._looked > pause:
            self.look()

    def _begin_anew(self) -> None:
        self._runner.cancel()
        self._search, self._is_known_offline = None, False
        self._looked = time.monotonic()  # it is being read, or is not there
        if self._state.catalog is None:
            self._rhythm.stop()
        else:
            self._rhythm.start()

    def _run(self, ask: Callable[[OfflineSearch, CancelToken], NodeCounts | None]) -> None:
        catalog = self._state.catalog
        if catalog is None or self._state.busy or self._runner.is_running:
            return
        search = self._search = self._search or OfflineSearch(catalog)

        began = time.monotonic()

        def work(_progress: ProgressCallback, cancel: CancelToken) -> NodeCounts | None:
            return ask(search, cancel)

        def take(counts: NodeCounts | None) -> None:
            if counts is not None and search is self._search:
                self._looked = time.monotonic()
                self._took = self._looked - began
                self._tell(counts)

        self._runner.run(Task("offline", work, done=take))

    def _tell(self, counts: NodeCounts) -> None:
        was_offline, self._is_known_offline = self._is_known_offline, counts.any()
        if was_offline or self._is_known_offline:
            self.found.emit(counts)
