"""What the plan has to say besides its map: what blocks the export, what is to decide, what to know."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from uidscope.core.plan.notes import PlanNote, sentence
from uidscope.core.plan.uid_map import UidMap
from uidscope.qt.kit.banner import Banner
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.layout_clearing import clear_layout

_MOST_SENTENCES = 4


class PlanNotices(QWidget):
    """A banner each for conflicts, decisions and notes; hidden where there is none of them.

    `is_planned` says that it is so, and not that it would be. With `can_show` a banner offers to show its
    files: `show_files` then carries their ids.
    """

    show_files = Signal(object)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        side_room: int = 12,
        is_planned: bool = True,
        can_show: bool = False,
    ) -> None:
        super().__init__(parent)
        self._is_planned, self._can_show = is_planned, can_show
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(side_room, 8, side_room, 8)
        self._column.setSpacing(8)
        self.hide()

    def set_map(self, uid_map: UidMap | None) -> None:
        """Show what is to be said of another map."""
        if uid_map is None:
            self.set_notes((), (), ())
        else:
            self.set_notes(uid_map.conflicts, uid_map.decisions, uid_map.notes)

    def set_notes(
        self,
        conflicts: Sequence[PlanNote],
        decisions: Sequence[PlanNote],
        notes: Sequence[PlanNote],
    ) -> None:
        """Show these instead."""
        clear_layout(self._column)
        if conflicts:
            title = self.tr("A conflict blocks the export")
            if not self._is_planned:
                title = self.tr("This cannot be planned as it stands")
            self._add(Verdict.ERROR, title, conflicts, "conflict")
        if decisions:
            title = self.tr("The export is blocked until this is decided")
            if not self._is_planned:
                title = self.tr("This would block the export until it is decided")
            self._add(Verdict.WARNING, title, decisions)
        if notes:
            self._add(Verdict.INFO, self.tr("Good to know"), notes)
        self.setVisible(self._column.count() > 0)

    def _add(self, verdict: Verdict, title: str, notes: Sequence[PlanNote], icon: str = "") -> None:
        said = [sentence(note) for note in notes[:_MOST_SENTENCES]]
        more = len(notes) - _MOST_SENTENCES
        if more > 0:
            said.append(self._more(more))
        files = tuple(dict.fromkeys(id_ for note in notes for id_ in note.occurrences))
        actions = [self.tr("Show files")] if files and self._can_show else []
        banner = Banner(verdict, title, "\n".join(said), actions, icon=icon)
        banner.triggered.connect(lambda _place: self.show_files.emit(files))
        self._column.addWidget(banner)

    def _more(self, count: int) -> str:
        return self.tr("And 1 more.") if count == 1 else self.tr("And %Ln more.", "", count)
