"""A tree of groups whose rows are read page by page, in the background, as they come into view."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QWidget

from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.kit.choice_tree_view import ChoiceTreeView
from uidscope.qt.models.paged_groups_model import ROWS_AT_A_TIME, Group, Page, PagedGroupsModel

_ROWS_AHEAD = 20

ReadPage = Callable[[Any, int, int], Sequence[Any]]
"""Reads rows of a group, by what the group is about, an offset and a limit; called in another thread."""


class PagedTreeView(ChoiceTreeView):
    """Shows a `PagedGroupsModel` and gets it its rows. `failed` carries a sentence where that went wrong.

    `row_chosen` carries the row on which Enter was pressed, or a double click; a group opens and closes.
    """

    failed = Signal(str)
    row_chosen = Signal(object)

    def __init__(self, model: PagedGroupsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paged = model
        self._read: ReadPage = lambda _about, _offset, _limit: ()
        self._page: Page | None = None
        self.setModel(model)
        self.setExpandsOnDoubleClick(False)
        self._question = BackgroundQuestion("rows of a list", self)
        self._question.answered.connect(self._take)
        self._question.failed.connect(self._give_up)
        self._looking = QTimer(self, singleShot=True, interval=0)
        self._looking.timeout.connect(self._fetch_in_view)
        # What is wanted is asked for in a slice of its own: the view may be laying itself out just now.
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._ask)
        model.page_wanted.connect(self._asking.start)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._looking.start())
        self.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._looking.start())
        self.expanded.connect(lambda _index: self._looking.start())
        self.chosen.connect(self._choose)

    def show_groups(self, groups: Sequence[Group], read: ReadPage) -> None:
        """Show other groups; those that were open or at hand stay so, as far as they are still there."""
        model = self._paged
        current = model.group(self.currentIndex())
        opened = self.open_keys()
        self._question.drop()
        self._page = None
        self._read = read
        model.set_groups(groups)
        for at, group in enumerate(groups):
            if group.key in opened:
                self.expand(model.index(at, 0))
        keys = [group.key for group in groups]
        if keys:
            at = keys.index(current.key) if current is not None and current.key in keys else 0
            self.setCurrentIndex(model.index(at, 0))

    def open_keys(self) -> set[Hashable]:
        """The keys of the groups that are open."""
        groups = enumerate(self._paged.groups)
        return {group.key for at, group in groups if self.isExpanded(self._paged.index(at, 0))}

    def _choose(self, index: QModelIndex) -> None:
        row = self._paged.row(index)
        if row is None:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.row_chosen.emit(row)

    def _ask(self) -> None:
        page, read = self._paged.wanted, self._read
        if page is not None and self._page is None:
            self._page = page
            self._question.ask(lambda: read(page.group.about, page.offset, ROWS_AT_A_TIME))

    def _take(self, rows: Sequence[Any]) -> None:
        page, self._page = self._page, None
        if page is not None:
            self._paged.take_page(page, rows, is_last=len(rows) < ROWS_AT_A_TIME)
            self._looking.start()
            self._asking.start()

    def _give_up(self, sentence: str) -> None:
        """Ask for no more of a group of which no more can be read, and say why."""
        page, self._page = self._page, None
        if page is not None:
            self._paged.take_page(page, (), is_last=True)
        self.failed.emit(sentence)

    def _fetch_in_view(self) -> None:
        """Want more of each opened group whose last row so far comes into view."""
        model = self._paged
        bottom = self.viewport().height() + _ROWS_AHEAD * max(1, self.sizeHintForRow(0))
        for at in range(model.rowCount()):
            group = model.index(at, 0)
            if not self.isExpanded(group) or not model.has_more(group):
                continue
            last = model.index(model.rowCount(group) - 1, 0, group)
            if self.visualRect(last if last.isValid() else group).top() < bottom:
                model.want_more(group)
