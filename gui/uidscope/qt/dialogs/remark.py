"""A line below a field that is there only while it has something to say."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel


class Remark(PlainLabel):
    """Says a sentence in the ink of a verdict, or is hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        # Never without text: a wrapped label that has none knows no height.
        super().__init__(" ", parent, role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True)
        self.hide()

    @property
    def said(self) -> str:
        """What it says now."""
        return "" if self.isHidden() else self.text()

    def say(self, sentence: str, verdict: Verdict | None = None) -> None:
        """Say another sentence; an empty one hides it."""
        if sentence:
            self.set_look(Tone.TEXT2, verdict)
            self.setText(sentence)
        self.setHidden(not sentence)
