"""The way to a place of the tree on one line, its last step strong and always to be seen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.elide import ELLIPSIS
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.kit.theme import is_new_look
from uidscope.qt.kit.visible_text import plain_tool_tip, visible_text

STEP_SEPARATOR = "›"
_GAP = 8
_LONGEST_STEP = 40  # characters; a longer name would leave no room for the others


class PathLabel(RunLabel):
    """Shows steps. Where there is too little room the first ones are left out, for an ellipsis."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((), parent)
        self._steps: tuple[str, ...] = ()
        self._shown = ""

    @property
    def steps(self) -> tuple[str, ...]:
        return self._steps

    @property
    def shown(self) -> str:
        """What shows of them."""
        return self._shown

    def set_steps(self, steps: Sequence[str]) -> None:
        """Show these instead."""
        self._steps = tuple(steps)
        self.setToolTip(plain_tool_tip(f" {STEP_SEPARATOR} ".join(steps)))
        self._fit()

    def sizeHint(self) -> QSize:
        """The room that all steps need, whatever is shown of them."""
        whole = _width(_words([_shortened(step) for step in self._steps]))
        return QSize(round(whole) + 4, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self._fit()
        elif event.type() == QEvent.Type.LanguageChange:
            self.set_steps(self._steps)

    def _fit(self) -> None:
        shown = [_shortened(step) for step in self._steps]
        shorter = ([ELLIPSIS, *shown[first:]] for first in range(1, len(shown)))
        fitting = (words for words in map(_words, (shown, *shorter)) if _width(words) <= self.width())
        words = next(fitting, _words(shown[-1:]))
        self._shown = " ".join(word.text for word in words)
        self.set_words(words)
        self.setAccessibleName(visible_text(f" {STEP_SEPARATOR} ".join(self._steps)))


def _shortened(step: str) -> str:
    step = visible_text(step)
    return step if len(step) <= _LONGEST_STEP else step[:_LONGEST_STEP] + ELLIPSIS


def _words(steps: Sequence[str]) -> list[Words]:
    words: list[Words] = []
    for place, step in enumerate(steps):
        if place:
            words.append(Words(STEP_SEPARATOR, tone=Tone.TEXT2, gap=_GAP))
        is_last = place == len(steps) - 1
        role, tone = (FontRole.STRONG, Tone.TEXT) if is_last else (FontRole.BODY, Tone.TEXT2)
        words.append(Words(step, role, tone, gap=_GAP))
    return words


def _width(words: Sequence[Words]) -> float:
    return sum(text_width(word.text, word.role) for word in words) + _GAP * max(0, len(words) - 1)
