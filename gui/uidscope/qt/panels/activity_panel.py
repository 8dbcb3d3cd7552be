"""What the program has done: time, what, and how it ended. Nothing of any patient stands here."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from uidscope.core.catalog.finding import Severity
from uidscope.core.catalog.findings import severity_counts
from uidscope.core.catalog.not_loaded_list import not_loaded_reasons
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import counts
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.finding_words import SEVERITY_BADGES
from uidscope.qt.kit.badges import Badge, badge_text
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.models.activity_model import Activity, ActivityColumn, ActivityModel
from uidscope.qt.panels.panel_pages import PanelPages
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import TaskRunner

_WHAT_WIDTH = 220


class ActivityPanel(QWidget):
    """Follows the tasks of a runner. A task whose name it does not know is listed by that name."""

    def __init__(self, state: WorkState, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._under_way: dict[str, Activity] = {}
        self._failure = ""
        self._uids_before = 0
        self.setAccessibleName(self.tr("Activity"))
        self.setWindowTitle(self.tr("Activity"))
        self.model = ActivityModel(self)
        self.view = RowTreeView(flat=True)
        self.view.setObjectName("activityView")
        self.view.setAccessibleName(self.tr("What the program has done"))
        self.view.setModel(self.model)
        self.pages = PanelPages(self.view)
        self.pages.say(self.tr("Nothing has been done yet."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.setFocusProxy(self.view)
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(ActivityColumn.ENDING, QHeaderView.ResizeMode.Stretch)
        self.view.setColumnWidth(ActivityColumn.TIME, round(text_width("00:00:00", FontRole.MONO)) + 20)
        self.view.setColumnWidth(ActivityColumn.WHAT, _WHAT_WIDTH)
        self._loaded = BackgroundQuestion("what was loaded", self)
        self._loaded.answered.connect(self._tell_loaded)
        runner.started.connect(self._begin)
        runner.failed.connect(self._take_failure)
        runner.ended.connect(self._end)

    def _begin(self, name: str) -> None:
        self._uids_before = self._planned()
        self._under_way[name] = self.model.begin(self._words(name))
        self.pages.show_content()

    def _take_failure(self, sentence: str) -> None:
        self._failure = sentence

    def _end(self, name: str) -> None:
        activity = self._under_way.pop(name, None)
        failure, self._failure = self._failure, ""
        if activity is None:
            return
        if failure:
            self.model.end(activity, failure, Verdict.ERROR)
        elif name == "load":
            self._end_loading(activity)
        elif name == "check":
            self._end_checking(activity)
        elif name == "plan":
            self.model.end(activity, self._plan_words(), Verdict.PLAN)
        else:
            self.model.end(activity, self.tr("ended"))

    def _end_loading(self, activity: Activity) -> None:
        self.model.end(activity, self.tr("ended"))
        catalog = self._state.catalog
        if catalog is not None:
            self._loaded.ask(lambda: _load_counts(catalog, activity))

    def _tell_loaded(self, found: _LoadCounts) -> None:
        words = self.tr("%1 of %2 files loaded")
        told = words.replace("%1", number_text(found.loaded)).replace("%2", number_text(found.files))
        if found.cancelled:
            self.model.end(found.activity, self.tr("cancelled: %1").replace("%1", told), Verdict.WARNING)
        else:
            verdict = Verdict.OK if found.loaded == found.files else Verdict.INFO
            self.model.end(found.activity, told, verdict)

    def _end_checking(self, activity: Activity) -> None:
        catalog = self._state.catalog
        if catalog is None or not self._state.checked:
            self.model.end(activity, self.tr("cancelled"), Verdict.WARNING)
            return
        counted: dict[Severity, int] = severity_counts(catalog)
        told = [
            badge_text(Badge(SEVERITY_BADGES[each], number)) for each, number in counted.items() if number
        ]
        verdict = Verdict.ERROR if counted["error"] else Verdict.WARNING if counted["warning"] else Verdict.OK
        self.model.end(activity, ", ".join(told) or self.tr("nothing found"), verdict)

    def _plan_words(self) -> str:
        planned = self._planned()
        if planned == self._uids_before:
            return self.tr("the plan is as before")
        return (
            self.tr("the plan has 1 new UID")
            if planned == 1
            else self.tr("the plan has %Ln new UIDs", "", planned)
        )

    def _planned(self) -> int:
        return self._state.uid_map.entry_count() if self._state.uid_map is not None else 0

    def _words(self, name: str) -> str:
        return {
            "load": self.tr("Read files"),
            "check": self.tr("Check what is loaded"),
            "plan": self.tr("Change the plan"),
            "report": self.tr("Save a report"),
            "sample": self.tr("Make sample data"),
            "dry run": self.tr("Export: dry run"),
            "export": self.tr("Export"),
            "audit log": self.tr("Save the audit log"),
            "comparison": self.tr("Compare two folders"),
            "comparison report": self.tr("Save a comparison"),
        }.get(name, name)


class _LoadCounts(NamedTuple):
    activity: Activity
    files: int
    loaded: int
    cancelled: int


def _load_counts(catalog: Catalog, activity: Activity) -> _LoadCounts:
    counted = counts(catalog, references=False)
    cancelled = not_loaded_reasons(catalog).get("cancelled", 0)
    return _LoadCounts(activity, counted.files, counted.loaded, cancelled)
