"""The panels beside and below the tree: one table of them, and where each stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMainWindow, QTabWidget, QWidget

from uidscope.qt.panel_dock import PanelDock
from uidscope.qt.panels.activity_panel import ActivityPanel
from uidscope.qt.panels.findings_panel import FindingsPanel
from uidscope.qt.panels.inspector import Inspector
from uidscope.qt.panels.not_loaded_panel import NotLoadedPanel
from uidscope.qt.panels.plan_panel import PlanPanel
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import TaskRunner

Panel = TypeVar("Panel", bound=QWidget)

INSPECTOR, FINDINGS, PLAN = "inspectorDock", "findingsDock", "planDock"
NOT_LOADED, ACTIVITY = "notLoadedDock", "activityDock"

_RIGHT: Final = Qt.DockWidgetArea.RightDockWidgetArea
_BOTTOM: Final = Qt.DockWidgetArea.BottomDockWidgetArea
_SHARES: Final = {_RIGHT: 0.39, _BOTTOM: 0.28}
_SHARE_OF_PLAN: Final = 0.5
_LEAST_WIDTH, _LEAST_HEIGHT = 480, 200  # of a dock beside the tree, and of one below it


class Workplace(NamedTuple):
    """What a panel may be made of."""

    state: WorkState
    runner: TaskRunner
    questions: TaskRunner


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    area: Qt.DockWidgetArea
    make: Callable[[Workplace], QWidget]


_ENTRIES: tuple[_Entry, ...] = (
    _Entry(INSPECTOR, _RIGHT, lambda place: Inspector(place.state)),
    _Entry(FINDINGS, _BOTTOM, lambda place: FindingsPanel(place.state)),
    _Entry(PLAN, _BOTTOM, lambda place: PlanPanel(*place)),
    _Entry(NOT_LOADED, _BOTTOM, lambda place: NotLoadedPanel(place.state)),
    _Entry(ACTIVITY, _BOTTOM, lambda place: ActivityPanel(place.state, place.runner)),
)


class Docks(QObject):
    """All docks of a window. With nothing loaded they are hidden, and come back as they were."""

    def __init__(self, window: QMainWindow, workplace: Workplace) -> None:
        super().__init__(window)
        self._window = window
        self.by_name: dict[str, PanelDock] = {}
        self._has_grown = False
        window.setCorner(Qt.Corner.BottomRightCorner, _BOTTOM)
        window.setCorner(Qt.Corner.BottomLeftCorner, _BOTTOM)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        window.setDocumentMode(True)
        for entry in _ENTRIES:
            panel = entry.make(workplace)
            dock = PanelDock(entry.name, self._title(entry.name), panel, beside=entry.area == _RIGHT)
            if entry.area == _RIGHT:
                dock.setMinimumWidth(_LEAST_WIDTH)
            else:
                dock.setMinimumHeight(_LEAST_HEIGHT)
            self.by_name[entry.name] = dock
        self.arrange()

    def panel(self, kind: type[Panel]) -> Panel:
        """The panel of a class; LookupError where there is none."""
        for dock in self.by_name.values():
            if isinstance(dock.panel, kind):
                return dock.panel
        raise LookupError(f"no panel {kind.__name__}")

    def arrange(self) -> None:
        """Put every dock where it stands at a first start, and show it."""
        first: dict[Qt.DockWidgetArea, PanelDock] = {}
        for entry in _ENTRIES:
            dock = self.by_name[entry.name]
            dock.setFloating(False)
            self._window.addDockWidget(self._mirrored(entry.area), dock)
            if entry.area in first:
                self._window.tabifyDockWidget(first[entry.area], dock)
            first.setdefault(entry.area, dock)
            dock.show()
        for area, dock in first.items():
            dock.raise_()
            across = area == _BOTTOM
            whole = self._window.height() if across else self._window.width()
            orientation = Qt.Orientation.Vertical if across else Qt.Orientation.Horizontal
            self._window.resizeDocks([dock], [round(whole * _SHARES[area])], orientation)

    def set_shown(self, shown: bool) -> None:
        """Show all docks, or hide them; those hidden cannot be called up from the menu."""
        for dock in self.by_name.values():
            dock.setVisible(shown)

    def set_callable(self, can_be_called: bool) -> None:
        """Say whether the menu can call the docks up."""
        for dock in self.by_name.values():
            dock.toggleViewAction().setEnabled(can_be_called)

    def show(self, name: str) -> None:
        """Bring a dock to the front; the first time, the plan gets room for its rows and a file."""
        dock = self.by_name[name]
        dock.show()
        dock.raise_()
        if name == PLAN and not self._has_grown:
            self._has_grown = True
            # A dock that comes to the front of others has its place once the window is laid out again.
            QTimer.singleShot(0, self, lambda: self._give_room(dock, _SHARE_OF_PLAN))

    def _give_room(self, dock: PanelDock, share: float) -> None:
        room = round(self._window.height() * share)
        if not dock.isFloating() and dock.height() < room:
            self._window.resizeDocks([dock], [room], Qt.Orientation.Vertical)

    def _mirrored(self, area: Qt.DockWidgetArea) -> Qt.DockWidgetArea:
        """Beside the tree is where lines end, which Qt does not see to itself."""
        from_right = self._window.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return Qt.DockWidgetArea.LeftDockWidgetArea if from_right and area == _RIGHT else area

    def _title(self, name: str) -> str:
        return {
            INSPECTOR: self.tr("Inspector"),
            FINDINGS: self.tr("Findings"),
            PLAN: self.tr("Plan"),
            NOT_LOADED: self.tr("Not loaded"),
            ACTIVITY: self.tr("Activity"),
        }[name]
