"""What the selected object refers to, and what refers to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.report.node_relations import Relations, node_relations, relation_nodes
from uidscope.qt.kit.choice_tree_view import ChoiceTreeView
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.models.relations_model import RelationColumn, RelationsModel, relation_words
from uidscope.qt.panels.fetch_keys_box import FetchKeysBox
from uidscope.qt.panels.inspector_tab import InspectorTab
from uidscope.qt.state import WorkState

_LEAST_UID, _UID_SHARE = 108, 0.28
_LEAST_KIND, _WANTED_PATH = 64, 236
_INDENTATION = 12  # the paths need the room
_ICON_ROOM = 18
_ROWS_MEASURED = 200


class RelationsTab(InspectorTab):
    """A list of both; choosing a row selects its other end. `counted` tells how many relations there are."""

    counted = Signal(int)

    def __init__(self, state: WorkState, parent: QWidget | None = None) -> None:
        super().__init__(state, "relationsTab", parent)
        self.setAccessibleName(self.tr("Relations"))
        self.is_eager = True
        self.model = RelationsModel(self)
        self.view = ChoiceTreeView()
        self.view.setAccessibleName(self.tr("References of the selected object, and to it"))
        self.view.setModel(self.model)
        self.view.setIndentation(_INDENTATION)
        self.view.chosen.connect(self._go_to)
        self.view.selectionModel().currentChanged.connect(self._show_keys)
        self.keys = FetchKeysBox()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.keys)
        self.pages.set_content(content)
        self.setFocusProxy(self.view)
        self._size_columns()

    def finder(self, catalog: Catalog, node: Node) -> Callable[[], Any] | str:
        if node.level == "patient":
            self.counted.emit(0)
            return self.tr("Nothing refers to a patient by a UID. Select a study, a series or an image.")
        return lambda: node_relations(catalog, node)

    def present(self, found: Relations) -> None:
        """Show these relations."""
        self.keys.set_keys(None)
        self.model.set_relations(found)
        for row in range(self.model.rowCount()):
            self.view.setFirstColumnSpanned(row, QModelIndex(), True)
        self.view.expandAll()
        total = sum(found.reference_states.values()) + sum(found.referrer_states.values())
        self.counted.emit(total)
        if not total:
            self.pages.say(self.tr("It refers to nothing, and nothing that is loaded refers to it."))
            return
        self._size_columns()
        first = self.model.index(0, 0, self.model.index(0, 0))
        self.view.setCurrentIndex(first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The list has its own size once the tab's layout has been done.
        QTimer.singleShot(0, self, self._size_columns)

    def _go_to(self, index: QModelIndex) -> None:
        catalog, relation = self.state.catalog, self.model.relation(index)
        if catalog is not None and relation is not None:
            nodes = relation_nodes(catalog, relation)
            if nodes:
                self.state.select(nodes)

    def _show_keys(self, current: QModelIndex, _before: QModelIndex) -> None:
        relation = self.model.relation(current)
        if relation is None:
            self.keys.set_keys(None)
        else:
            self.keys.set_keys(relation.keys, relation_words().kind(relation))

    def _size_columns(self) -> None:
        """Give kind and state what their words need."""
        header, words = self.view.header(), relation_words()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(RelationColumn.PATH, QHeaderView.ResizeMode.Stretch)
        shown = [self.model.relation(index) for index in self._first_rows()]
        relations = [relation for relation in shown if relation is not None]
        kinds = [words.title(RelationColumn.KIND), *map(words.kind, relations)]
        states = [words.title(RelationColumn.STATE), *(words.state(each.state).text for each in relations)]
        width = self.view.viewport().width()
        state = max(map(_room, states)) + _ICON_ROOM
        kind = max(map(_room, kinds))
        # UIDs, and then a long kind, give way to the paths, which say more.
        room = width - state - _WANTED_PATH
        uid = max(_LEAST_UID, min(round(width * _UID_SHARE), room - kind))
        kind = min(kind, max(_LEAST_KIND, room - uid))
        self.view.setColumnWidth(RelationColumn.KIND, kind)
        self.view.setColumnWidth(RelationColumn.STATE, state)
        self.view.setColumnWidth(RelationColumn.UID, uid)

    def _first_rows(self) -> Iterator[QModelIndex]:
        for place in range(self.model.rowCount()):
            group = self.model.index(place, 0)
            for row in range(min(self.model.rowCount(group), _ROWS_MEASURED)):
                yield self.model.index(row, 0, group)


def _room(text: str) -> int:
    return round(text_width(text, FontRole.BODY)) + 18
