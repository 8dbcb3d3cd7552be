"""The inspector: what there is to know of the first thing that is selected."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node, path_to, row
from uidscope.qt.kit.dock_title import DockTitle
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.path_label import PathLabel
from uidscope.qt.panels.attributes_tab import AttributesTab
from uidscope.qt.panels.files_tab import FilesTab
from uidscope.qt.panels.identity_tab import IdentityTab
from uidscope.qt.panels.inspector_tab import InspectorTab
from uidscope.qt.panels.relations_tab import RelationsTab
from uidscope.qt.state import WorkState
from uidscope.qt.tree.entity_names import entity_name

_LEAST_WIDTH = 480
_ALL_THE_ROOM = 100  # of the bar, against the 1 of its own spacer


class Inspector(QTabWidget):
    """Four tabs that follow the selection; `path` shows the way to it, for the bar above."""

    def __init__(self, state: WorkState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspectorTabs")
        self.setAccessibleName(self.tr("Inspector"))
        self.setDocumentMode(True)
        self.setMinimumWidth(_LEAST_WIDTH)
        self._state = state
        self._is_stale = True
        self.path = PathLabel()
        self.identity = IdentityTab(state)
        self.relations = RelationsTab(state)
        self.attributes = AttributesTab(state)
        self.files = FilesTab(state)
        self.addTab(self.identity, self.tr("Identity"))
        self.addTab(self.relations, self.tr("Relations"))
        self.addTab(self.attributes, self.tr("Attributes"))
        self.addTab(self.files, self.tr("Files"))
        self.tabBar().setAccessibleName(self.tr("What to show of the selection"))
        self.relations.counted.connect(self._show_count)
        state.catalog_replaced.connect(self._follow)
        state.selection_changed.connect(self._follow)
        state.findings_changed.connect(self._follow)
        self._follow()

    def fill_title(self, title: DockTitle) -> None:
        """Put the way to the selection into the bar above."""
        title.add_leading(self.path, _ALL_THE_ROOM)

    def show_identity(self) -> None:
        """Bring the UIDs to the front."""
        self.setCurrentWidget(self.identity)
        self.identity.setFocus()

    @property
    def tabs(self) -> tuple[InspectorTab, ...]:
        return (self.identity, self.relations, self.attributes, self.files)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._follow()

    def _follow(self) -> None:
        catalog, node = self._state.catalog, self._state.current
        self._is_stale = not self.isVisible()
        self.path.set_steps(_steps(catalog, node) if catalog is not None and node is not None else ())
        if node is None:
            self._show_count(0)
        for tab in self.tabs:
            # Unseen they ask nothing.
            tab.show_node(None if self._is_stale else node)

    def _show_count(self, count: int) -> None:
        words = self.tr("Relations")
        counted = f"{words}  {number_text(count)}" if count else words
        self.setTabText(self.indexOf(self.relations), counted)


def _steps(catalog: Catalog, node: Node) -> tuple[str, ...]:
    """The names on the way to a node; none where it is not there (any more)."""
    try:
        return tuple(entity_name(row(catalog, step)) for step in path_to(catalog, node))
    except LookupError:
        return ()
