"""The tree's filters, found in the background: a text over everything loaded takes its time."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree_filter import TreeFilter, occurrence_filter, severity_filter, text_filter
from uidscope.core.plan.uid_map import UidMap
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner
from uidscope.qt.tree.tree_filter_bar import ALL, CHANGED, ERRORS, WARNINGS

Filters = tuple[TreeFilter, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A text to look for, and a part of the switch."""

    text: str = ""
    part: str = ALL

    @property
    def is_all(self) -> bool:
        return not self.text and self.part == ALL


class TreeFilters(QObject):
    """Keeps filters up with the state.

    `found` carries them, and whether something else is wanted than before. One question is asked at a
    time; what is wanted meanwhile is asked afterwards, the last of it alone.
    """

    found = Signal(tuple, bool)

    def __init__(self, state: WorkState, questions: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._questions = questions
        self._wanted = self._shown = _Wanted()
        self._is_asking = self._ask_again = False

    @property
    def is_on(self) -> bool:
        """Whether anything may be left out."""
        return not self._wanted.is_all

    def set_wanted(self, text: str, part: str) -> None:
        """Look for a text, and for one part of the switch."""
        if _Wanted(text, part) != self._wanted:
            self._wanted = _Wanted(text, part)
            self._ask()

    def renew(self) -> None:
        """Find the same again in a catalog that has grown, has been checked, or has another plan."""
        if self.is_on:
            self._ask()

    def _ask(self) -> None:
        catalog, wanted = self._state.catalog, self._wanted
        if self._is_asking:
            self._ask_again = True
        elif catalog is None or wanted.is_all:
            self._tell(wanted, ())
        else:
            uid_map = self._state.uid_map
            self._is_asking = True
            self._questions.run(
                Task(
                    "filter",
                    lambda _progress, _cancel: _find(catalog, wanted, uid_map),
                    done=lambda filters: self._take(catalog, wanted, filters),
                    failed=lambda _error: self._take(catalog, wanted, None),
                )
            )

    def _take(self, catalog: Catalog, wanted: _Wanted, filters: Filters | None) -> None:
        self._is_asking, again = False, self._ask_again
        self._ask_again = False
        if filters is not None and wanted == self._wanted and catalog is self._state.catalog:
            self._tell(wanted, filters)
        if again or wanted != self._wanted:
            self._ask()

    def _tell(self, wanted: _Wanted, filters: Filters) -> None:
        is_new = wanted != self._shown
        self._shown = wanted
        self.found.emit(filters, is_new)


def _find(catalog: Catalog, wanted: _Wanted, uid_map: UidMap | None) -> Filters:
    found = [text_filter(catalog, wanted.text)] if wanted.text else []
    if wanted.part == ERRORS:
        found.append(severity_filter(catalog, "error"))
    elif wanted.part == WARNINGS:
        found.append(severity_filter(catalog, "warning"))
    elif wanted.part == CHANGED:
        outcomes = uid_map.outcomes if uid_map else {}
        changed = (id_ for id_ in outcomes if uid_map and uid_map.changed(id_) != "unchanged")
        found.append(occurrence_filter(catalog, changed))
    return tuple(found)
