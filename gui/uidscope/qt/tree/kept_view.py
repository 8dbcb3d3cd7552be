"""What is selected, open and in view in the tree, kept while everything is read anew."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QTreeView

from uidscope.core.catalog.same_place import Place, PlaceFinder, place_of
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.state import WorkState
from uidscope.qt.tree.hierarchy_model import HierarchyModel

_MOST_SELECTED = 1000
_MOST_OPEN = 200
_MOST_LOOKS, _PAUSE = 100, 20  # for rows that are not there yet; milliseconds between two looks


class _Seen(NamedTuple):
    """Places that were selected and open, and the one at the top with its distance from there."""

    selected: tuple[Place, ...]
    opened: tuple[Place, ...]
    top: Place
    offset: int


class _Found(NamedTuple):
    """The same as nodes of another catalog, as far as they are there."""

    selected: tuple[Node, ...]
    opened: tuple[Node, ...]
    top: Node | None
    offset: int


class KeptView(QObject):
    """`keep` before everything is read anew, `give_back` when that has ended.

    What the user selects or scrolls to meanwhile stays.
    """

    def __init__(self, state: WorkState, view: QTreeView, model: HierarchyModel, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._view, self._model = state, view, model
        self._seen: _Seen | None = None
        self._is_kept = self._is_due = False
        self._looking = BackgroundQuestion("places to keep", self)
        self._looking.answered.connect(self._take)
        self._finding = BackgroundQuestion("places kept", self)
        self._finding.answered.connect(self._show)

    def keep(self) -> None:
        """Remember what is seen now; what waits to be given back is not forgotten for it."""
        catalog = self._state.catalog
        self._is_due = False
        if catalog is None or self._is_kept:
            return
        self._is_kept = True
        view, model = self._view, self._model
        at_top = view.indexAt(QPoint(0, 0))
        offset = view.visualRect(at_top).top() if at_top.isValid() else 0
        top = model.node(at_top)
        opened = [node for node in model.open_nodes() if view.isExpanded(model.known_index(node))]
        selected = self._state.selection[:_MOST_SELECTED]
        self._looking.ask(
            lambda: _Seen(
                _places(catalog, selected),
                _places(catalog, opened[:_MOST_OPEN]),
                next(iter(_places(catalog, (top,))), ()),
                offset,
            )
        )

    def give_back(self) -> None:
        """Select, open and scroll to the same, as far as it is there again."""
        self._is_due = self._is_kept
        self._find()

    def forget(self) -> None:
        """Give nothing back."""
        self._looking.drop()
        self._finding.drop()
        self._seen = None
        self._is_kept = self._is_due = False

    def _take(self, seen: _Seen) -> None:
        self._seen = seen
        self._find()

    def _find(self) -> None:
        catalog, seen = self._state.catalog, self._seen
        if not self._is_due or seen is None:
            return
        self.forget()
        if catalog is not None:
            self._finding.ask(lambda: _found(catalog, seen))

    def _show(self, found: _Found) -> None:
        view, model = self._view, self._model
        is_untouched = view.verticalScrollBar().value() == 0
        for node in found.opened:
            view.expand(model.index_of(node))
        if not self._state.selection:
            self._state.select(found.selected)
        if is_untouched:
            catalog = self._state.catalog
            # After the selection, which is scrolled to, in a slice of its own.
            QTimer.singleShot(0, self, lambda: self._scroll(catalog, found, _MOST_LOOKS))

    def _scroll(self, catalog: Catalog | None, found: _Found, looks: int) -> None:
        """Scroll as soon as the rows are there, and once more behind what scrolls to the selection then."""
        if found.top is None or catalog is not self._state.catalog:
            return
        index = self._model.index_of(found.top)
        if index.isValid():
            self._view.scrollTo(index, QTreeView.ScrollHint.PositionAtTop)
            bar = self._view.verticalScrollBar()
            bar.setValue(bar.value() - found.offset)
        # Children that are being put in order come later.
        is_there = index.isValid() and not any(map(self._model.waits_for, found.selected[:1]))
        if looks > 1:
            pause, more = (0, 1) if is_there else (_PAUSE, looks - 1)
            QTimer.singleShot(pause, self, lambda: self._scroll(catalog, found, more))


def _places(catalog: Catalog, nodes: tuple[Node, ...] | list[Node]) -> tuple[Place, ...]:
    places = []
    for node in nodes:
        try:
            places.append(place_of(catalog, node))
        except LookupError:
            continue
    return tuple(place for place in places if place)


def _found(catalog: Catalog, seen: _Seen) -> _Found:
    finder = PlaceFinder(catalog)
    selected = (finder.find(place) for place in seen.selected)
    opened = (finder.find(place) for place in seen.opened)
    return _Found(
        tuple(node for node in selected if node is not None),
        tuple(node for node in opened if node is not None),
        finder.find(seen.top) if seen.top else None,
        seen.offset,
    )
