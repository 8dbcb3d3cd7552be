"""The first two pages of the export: what is written, and where."""

from __future__ import annotations

import os

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from uidscope.core.errors import UidscopeError
from uidscope.core.export.target import check_target, target_names
from uidscope.core.flow import Destination
from uidscope.core.plan.uid_map import UidMap
from uidscope.qt.dialogs.choice_list import Choice, ChoiceList
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.kit.banner import Banner
from uidscope.qt.kit.buttons import PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.fact_rows import Fact, FactRows
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.panels.plan_notices import PlanNotices
from uidscope.qt.path_choice import choose_folder
from uidscope.qt.planning.export_words import export_words
from uidscope.qt.planning.plan_words import plan_words
from uidscope.qt.state import WorkState

_MOST_INTENTIONS = 5


class WhatPage(QWidget):
    """What the plan writes, what it leaves out, and what new UIDs are not."""

    def __init__(self, state: WorkState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("This is what is written"), role=FontRole.TITLE))
        column.addWidget(PlainLabel("\n".join(self._intentions(state)), wraps=True))
        column.addWidget(FactRows(self._facts(state)))
        notices = PlanNotices(side_room=0)
        column.addWidget(notices)
        notices.set_map(state.uid_map)
        column.addStretch(1)
        column.addWidget(
            Banner(
                Verdict.WARNING,
                self.tr("New UIDs are not de-identification"),
                self.tr(
                    "Names, dates and text within the image remain. Links that are held elsewhere, in "
                    "reports or other archives, still name the old UIDs; digital signatures do not survive."
                ),
            )
        )

    def _intentions(self, state: WorkState) -> list[str]:
        """What the plan consists of, a line each."""
        catalog, intentions = state.catalog, state.history.plan.intentions
        if catalog is None:
            return []
        said = [plan_words().intention(catalog, intention) for intention in intentions[:_MOST_INTENTIONS]]
        lines = [sentence[:1].upper() + sentence[1:] for sentence in said]
        more = len(intentions) - _MOST_INTENTIONS
        return [*lines, self.tr("And %1 more.").replace("%1", number_text(more))] if more > 0 else lines

    def _renewed(self, uid_map: UidMap) -> str:
        """How many of the files get a new identity of their own."""
        renewed = len(uid_map.outcomes) - len(uid_map.kept)
        return self.tr("%1 with a new SOP Instance UID").replace("%1", number_text(renewed))

    def _facts(self, state: WorkState) -> list[Fact]:
        uid_map = state.uid_map
        if uid_map is None:
            return []
        skipped: dict[str, int] = {}
        for each in uid_map.skipped:
            skipped[each.reason] = skipped.get(each.reason, 0) + 1
        return [
            Fact(self.tr("Files"), number_text(len(uid_map.outcomes)), self._renewed(uid_map)),
            Fact(
                self.tr("New UIDs"), number_text(uid_map.new_uid_count()), plan_words().scheme(state.scheme)
            ),
            Fact(
                self.tr("Left out"),
                number_text(len(uid_map.skipped)),
                export_words().skipped(skipped) or self.tr("nothing"),
            ),
        ]


class WherePage(QWidget):
    """A folder that is made new, and how files lie in it. `changed` says that something else holds."""

    changed = Signal()

    def __init__(self, sources: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources = sources
        self.target_edit = QLineEdit(suggested_target(sources))
        self.target_edit.setAccessibleName(self.tr("The new folder"))
        self.check = Remark()
        self.layouts = ChoiceList(
            [
                Choice(
                    "keep",
                    self.tr("Keep folders"),
                    self.tr("As in the source; of several sources, each in a folder of its name."),
                ),
                Choice(
                    "hierarchy",
                    self.tr("By patient, study and series"),
                    self.tr("Folders and files are numbered: no name or ID of anybody stands in a path."),
                ),
            ],
            self.tr("Layout"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("Where it goes"), role=FontRole.TITLE))
        column.addWidget(PlainLabel(self.tr("A folder that does not exist yet"), tone=Tone.TEXT2))
        column.addLayout(self._target_line())
        column.addWidget(self.check)
        column.addSpacing(8)
        column.addWidget(PlainLabel(self.tr("Layout"), role=FontRole.STRONG))
        column.addWidget(self.layouts)
        column.addStretch(1)
        self.target_edit.textChanged.connect(lambda _text: self.look())
        self.look()

    @property
    def destination(self) -> Destination:
        """Where to, as it stands here."""
        return Destination(self._target(), "hierarchy" if self.layouts.current == "hierarchy" else "keep")

    @property
    def objection(self) -> str:
        """What speaks against the folder, as a sentence; empty where nothing does."""
        if not self.target_edit.text().strip():
            return self.tr("Name a folder.")
        try:
            check_target(target_names(self._target()), self._sources, ())
        except UidscopeError as error:
            return str(error)
        return ""

    def look(self) -> None:
        """Look again whether the folder can be made."""
        objection = self.objection
        beside = self.tr("It will be made. Beside it: a list of old and new UIDs, a manifest, the old UIDs.")
        self.check.say(objection or beside, Verdict.ERROR if objection else Verdict.OK)
        self.changed.emit()

    def _target(self) -> str:
        return os.path.abspath(os.path.expanduser(self.target_edit.text().strip()))

    def _target_line(self) -> QHBoxLayout:
        browse = PlainButton(self.tr("Choose place…"))
        browse.clicked.connect(self._choose_place)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.target_edit, 1)
        row.addWidget(browse)
        return row

    def _choose_place(self) -> None:
        """Ask for the folder in which the new one is made; its name stays."""
        place = choose_folder(self)
        if place:
            name = os.path.basename(self._target()) or "export"
            self.target_edit.setText(os.path.join(place, name))


def suggested_target(sources: tuple[str, ...]) -> str:
    """A folder beside the first source that does not exist yet."""
    if not sources:
        return ""
    stem = f"{sources[0].rstrip(os.sep)}-export"
    number, target = 1, stem
    while os.path.lexists(target):
        number += 1
        target = f"{stem}-{number}"
    return target
