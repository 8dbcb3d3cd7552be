"""What two files are copies of: its name, the way to it in the tree, and its UID."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from uidscope.core.catalog.tree import InstanceRow
from uidscope.core.report.comparing.copies_to_compare import CopyCard
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.path_label import STEP_SEPARATOR
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.tree.entity_names import entity_name

_GAP = 8
_BEHIND_NAME = 16


class ComparedHead(QWidget):
    """Says no more than that there are two files, where they are no copies of one object in the tree."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel(self.tr("Two file copies"), role=FontRole.TITLE)
        self._way = RunLabel()
        self._uid = RunLabel()
        first = QHBoxLayout()
        first.setSpacing(_BEHIND_NAME)
        first.addWidget(self._title)
        first.addWidget(self._way, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(first)
        column.addWidget(self._uid)
        self._uid.hide()

    def set_cards(self, first: CopyCard, second: CopyCard) -> None:
        """Show what these two are copies of."""
        place, other = first.place, second.place
        instance = place[-1] if place and other and place[-1].node == other[-1].node else None
        is_one = isinstance(instance, InstanceRow)
        self._title.setText(entity_name(instance) if instance is not None else self.tr("Two files"))
        self._way.set_words(_way([entity_name(step) for step in place[:-1]] if instance is not None else []))
        self._uid.setVisible(is_one)
        if isinstance(instance, InstanceRow):
            self._uid.set_words(
                [
                    Words("SOP Instance UID", FontRole.SMALL, Tone.TEXT2),
                    Words(instance.uid, FontRole.MONO, gap=_GAP),
                ]
            )


def _way(steps: list[str]) -> list[Words]:
    words: list[Words] = []
    for place, step in enumerate(steps):
        if place:
            words.append(Words(STEP_SEPARATOR, tone=Tone.TEXT2, gap=_GAP))
        words.append(Words(step, tone=Tone.TEXT2, gap=_GAP if place else 0))
    return words
