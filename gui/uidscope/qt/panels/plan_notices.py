"""What the plan has to say besides its map: what blocks the export, what is to decide, what to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from uidscope.core.plan.attested import is_to_acknowledge
from uidscope.core.plan.edits.leftover_files import is_to_replace
from uidscope.core.plan.told.notes import PlanNote, sentence
from uidscope.core.plan.told.open_decisions import AMBIGUOUS
from uidscope.core.plan.told.outside_referrers import OutsideReferrers
from uidscope.core.plan.uid_map import UidMap
from uidscope.qt.kit.banner import Banner
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.disclosure import Disclosure
from uidscope.qt.kit.layout_clearing import clear_layout
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.screen_names import screen_names

_MOST_SENTENCES = 4
_LEFT_OUT = "referrers-left-out"  # said in full once the files are known


class PlanNotices(QWidget):
    """A banner each for conflicts, decisions and notes; hidden where there is none of them.

    `is_planned` says that it is so, and not that it would be. With `can_act` a banner offers what can be
    done about it: `show_files` carries the ids of its files, `include` the intention that takes along what
    refers to it; the others say that it is to be decided, acknowledged, or that texts are to change too.
    """

    show_files = Signal(object)
    decide = Signal()
    acknowledge = Signal()
    replace_leftovers = Signal()
    include = Signal(object)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        side_room: int = 12,
        is_planned: bool = True,
        can_act: bool = False,
    ) -> None:
        super().__init__(parent)
        self._is_planned, self._can_act = is_planned, can_act
        self._outside: tuple[OutsideReferrers, ...] = ()
        self._map: UidMap | None = None
        self._is_open = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(side_room, 8, side_room, 8)
        self._column.setSpacing(8)
        self.hide()

    def set_map(self, uid_map: UidMap | None) -> None:
        """Show what is to be said of another map; who refers into it is told later (`set_outside`)."""
        self._map, self._outside = uid_map, ()
        self._show_map()

    def set_outside(self, outside: tuple[OutsideReferrers, ...]) -> None:
        """Say who refers into what the map shown changes, and is not written."""
        if outside != self._outside:
            self._outside = outside
            self._show_map()

    def set_notes(
        self,
        conflicts: Sequence[PlanNote],
        decisions: Sequence[PlanNote],
        notes: Sequence[PlanNote],
    ) -> None:
        """Show these instead."""
        clear_layout(self._column)
        self._add_conflicts(conflicts)
        self._add_decisions(decisions)
        self._add_outside()
        self._add_notes([note for note in notes if not (self._outside and note.code == _LEFT_OUT)])
        self.setVisible(self._column.count() > 0)

    def _add_notes(self, notes: Sequence[PlanNote]) -> None:
        """What is only to be known; in the panel folded, so that the rows keep their room."""
        if not notes:
            return
        banners = QWidget()
        column = QVBoxLayout(banners)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        leftovers = [note for note in notes if self._can_act and is_to_replace(note)]
        others = [note for note in notes if note not in leftovers]
        if leftovers:
            replace = (self.tr("Replace them"), self.replace_leftovers.emit)
            column.addWidget(
                self._banner(Verdict.INFO, self.tr("UIDs in texts stay"), leftovers, more=[replace])
            )
        if others:
            column.addWidget(self._banner(Verdict.INFO, self.tr("Good to know"), others))
        if not self._can_act:
            self._column.addWidget(banners)
            return
        fold = Disclosure(self.tr("Good to know"), banners)
        fold.set_summary(number_text(len(notes)))
        fold.set_open(self._is_open)
        fold.toggled.connect(self._remember_open)
        self._column.addWidget(fold)

    def _remember_open(self, is_open: bool) -> None:
        self._is_open = is_open

    def _show_map(self) -> None:
        if self._map is None:
            self.set_notes((), (), ())
        else:
            self.set_notes(self._map.conflicts, self._map.decisions, self._map.notes)

    def _add_conflicts(self, conflicts: Sequence[PlanNote]) -> None:
        attested = [note for note in conflicts if is_to_acknowledge(note)]
        others = [note for note in conflicts if not is_to_acknowledge(note)]
        title = self.tr("A conflict blocks the export")
        if not self._is_planned:
            title = self.tr("This cannot be planned as it stands")
        if others:
            self._column.addWidget(self._banner(Verdict.ERROR, title, others, icon="conflict"))
        if attested:
            if self._is_planned:
                title = self.tr("The export is blocked until this is acknowledged")
            change = (self.tr("Change them too"), self.acknowledge.emit)
            self._column.addWidget(self._banner(Verdict.WARNING, title, attested, more=[change]))

    def _add_decisions(self, decisions: Sequence[PlanNote]) -> None:
        ambiguous = [note for note in decisions if note.code == AMBIGUOUS]
        others = [note for note in decisions if note.code != AMBIGUOUS]
        title = self.tr("The export is blocked until this is decided")
        if not self._is_planned:
            title = self.tr("This would block the export until it is decided")
        if ambiguous:
            ask = (self.tr("Decide…"), self.decide.emit)
            self._column.addWidget(self._banner(Verdict.WARNING, title, ambiguous, more=[ask]))
        if others:
            self._column.addWidget(self._banner(Verdict.WARNING, title, others))

    def _add_outside(self) -> None:
        for each in self._outside:
            include = (self.tr("Include them"), lambda each=each: self.include.emit(each.included))
            title = self.tr("%Ln files outside refer to what changes", "", each.files)
            if each.files == 1:
                title = self.tr("1 file outside refers to what changes: %1").replace(
                    "%1", screen_names().file(each.named[0].path) if each.named else ""
                )
            self._column.addWidget(self._banner(Verdict.INFO, title, [each.if_left_out], more=[include]))

    def _banner(
        self,
        verdict: Verdict,
        title: str,
        notes: Sequence[PlanNote],
        *,
        icon: str = "",
        more: Sequence[tuple[str, Callable[[], None]]] = (),
    ) -> Banner:
        said = [sentence(screen_names().note(note)) for note in notes[:_MOST_SENTENCES]]
        unsaid = len(notes) - _MOST_SENTENCES
        if unsaid > 0:
            said.append(self._more(unsaid))
        files = tuple(dict.fromkeys(id_ for note in notes for id_ in note.occurrences))
        actions = [*more]
        if files:
            actions.append((self.tr("Show files"), lambda: self.show_files.emit(files)))
        if not self._can_act:
            actions = []
        banner = Banner(verdict, title, "\n".join(said), [words for words, _ in actions], icon=icon)
        banner.triggered.connect(lambda place: actions[place][1]())
        return banner

    def _more(self, count: int) -> str:
        return self.tr("And 1 more.") if count == 1 else self.tr("And %Ln more.", "", count)
