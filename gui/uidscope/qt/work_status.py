"""The status bar's content: a summary of what is loaded, and the work under way."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStatusBar, QWidget

from uidscope.core.catalog.tree import Counts, counts
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import Progress
from uidscope.qt.kit.badges import Badge, BadgeKind, badge_text
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.scan_status import STATUS_HEIGHT, ScanProgress, ScanState, ScanSummary, SummaryItem
from uidscope.qt.kit.visible_text import plain_tool_tip
from uidscope.qt.screen_names import screen_names
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner
from uidscope.qt.work_pace import WorkPace

_PAUSE = 400  # milliseconds


class WorkStatus(QStatusBar):
    """Follows the state and the runner by itself; what is loaded is counted by `questions`.

    `cancelled` says that the work is to stop.
    """

    cancelled = Signal()

    def __init__(
        self, state: WorkState, runner: TaskRunner, questions: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._questions = questions
        self._pace = WorkPace(parent=self)
        self._summary = ScanSummary()
        self._progress = ScanProgress()
        self._counted: Counts | None = None
        self.setSizeGripEnabled(False)
        self.setMinimumHeight(STATUS_HEIGHT)
        self.addWidget(self._summary, 1)
        self.addPermanentWidget(self._progress)
        self._progress.cancelled.connect(self.cancelled)
        runner.started.connect(self._start)
        runner.progressed.connect(self._follow)
        runner.ended.connect(lambda _name: self._progress.setVisible(runner.is_running))
        # Counting a million takes its time: not at each sign of growth.
        self._due = QTimer(self, singleShot=True, interval=_PAUSE)
        self._due.timeout.connect(self._summarize)
        for signal in (state.tree_grew, state.findings_changed):
            signal.connect(lambda: self._due.isActive() or self._due.start())
        state.plan_changed.connect(self._show)
        state.catalog_replaced.connect(self._summarize)
        self._summarize()

    def _start(self, _name: str) -> None:
        self._pace = WorkPace(parent=self)
        self._progress.set_state(ScanState(self.tr("Working"), 0))
        self._progress.setToolTip(plain_tool_tip(""))

    def _follow(self, progress: Progress) -> None:
        self._progress.set_state(self._pace.state(progress))
        self._progress.setToolTip(plain_tool_tip(screen_names().file(progress.where)))

    def _summarize(self) -> None:
        catalog = self._state.catalog
        if catalog is None:
            self._counted = None
            self._summary.set_items([SummaryItem(self.tr("Nothing loaded"))])
            return

        def take(counted: Counts) -> None:
            if catalog is self._state.catalog:
                self._counted = counted
                self._show()

        self._questions.run(
            Task("counts", lambda _progress, _cancel: counts(catalog, references=False), done=take)
        )

    def _show(self) -> None:
        """Say what was counted last, and what is planned now."""
        if self._counted is not None:
            self._summary.set_items([*self._loaded(self._counted), self._planned(self._state.uid_map)])

    def _loaded(self, counted: Counts) -> list[SummaryItem]:
        patients, instances = counted.patients, counted.instances
        items = [
            SummaryItem(self.tr("1 patient") if patients == 1 else self.tr("%Ln patients", "", patients)),
            SummaryItem(self.tr("1 instance") if instances == 1 else self.tr("%Ln instances", "", instances)),
        ]
        if not self._state.checked:
            return [*items, SummaryItem(self.tr("not checked"))]
        by_kind = {BadgeKind.ERROR: counted.findings["error"], BadgeKind.WARNING: counted.findings["warning"]}
        for kind, found in by_kind.items():
            if found:
                return [*items, SummaryItem(badge_text(Badge(kind, found)), kind)]
        return [*items, SummaryItem(self.tr("no errors"), BadgeKind.VERIFIED)]

    def _planned(self, uid_map: UidMap | None) -> SummaryItem:
        planned = uid_map.entry_count() if uid_map else 0
        if not planned:
            return SummaryItem(self.tr("plan: empty"), BadgeKind.PLANNED)
        words = self.tr("plan: 1 UID") if planned == 1 else self.tr("plan: %1 UIDs")
        return SummaryItem(words.replace("%1", number_text(planned)), BadgeKind.PLANNED)
