"""The first page of the export: what is written."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from uidscope.core.plan.uid_map import UidMap
from uidscope.qt.kit.banner import Banner
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.fact_rows import Fact, FactRows
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.panels.plan_notices import PlanNotices
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
