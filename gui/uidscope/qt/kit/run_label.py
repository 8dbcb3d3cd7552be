"""A line of mixed text (a path with its last step strong, a label with its value), drawn in runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.elide import elide_right
from uidscope.qt.kit.font_roles import FontRole, font, measure, metrics, text_width
from uidscope.qt.kit.icons import draw_icon
from uidscope.qt.kit.run_painting import draw_text
from uidscope.qt.kit.theme import is_new_look, tokens
from uidscope.qt.kit.visible_text import visible_text

_ICON = 14
_ICON_GAP = 8


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a line, with an icon before it where one is named; `gap` pixels part it from the one before.

    `verdict` colours the text, `icon_verdict` the icon alone.
    """

    text: str
    role: FontRole = FontRole.BODY
    tone: Tone = Tone.TEXT
    verdict: Verdict | None = None
    gap: int = 8
    icon: str = ""
    icon_verdict: Verdict | None = None


class RunLabel(QWidget):
    """Shows words of different looks on one line; what does not fit is cut at the end.

    A word with an icon is shown whole or not at all.
    """

    def __init__(self, words: Sequence[Words] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[Words, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_words(words)

    def set_words(self, words: Sequence[Words]) -> None:
        """Show these instead; their texts together are the accessible name."""
        self._words = tuple(words)
        self.setAccessibleName(" ".join(visible_text(word.text) for word in self._words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        gaps = sum(word.gap for word in self._words[1:])
        width = gaps + sum(
            _icon_room(word) + text_width(visible_text(word.text), word.role) for word in self._words
        )
        height = max(
            (metrics(word.role).height() for word in self._words), default=metrics(FontRole.BODY).height()
        )
        return QSize(int(width) + 2, int(height) + 2)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 80), hint.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self.updateGeometry()
            self.update()
        elif event.type() == QEvent.Type.LanguageChange:
            self.set_words(self._words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        inks = {Tone.TEXT: colours.text, Tone.TEXT2: colours.text2, Tone.DISABLED: colours.disabled}
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        along = 0.0
        for place, word in enumerate(self._words):
            along += word.gap if place else 0
            room = self.width() - along - _icon_room(word)
            fits_whole = text_width(visible_text(word.text), word.role) <= room
            if room <= 0 or (word.icon and not fits_whole):
                break
            if word.icon:
                self._draw_icon(painter, along, word)
                along += _icon_room(word)
            text = elide_right(visible_text(word.text), room, measure(word.role))
            width = text_width(text, word.role)
            left = self.width() - along - width if mirrored else along
            ink = colours.verdict(word.verdict).ink if word.verdict else inks[word.tone]
            draw_text(painter, QRectF(left, 0, width + 1, self.height()), text, font(word.role), ink, side)
            along += width
            if not fits_whole:
                break
        painter.end()

    def _draw_icon(self, painter: QPainter, along: float, word: Words) -> None:
        colours = tokens()
        ink = colours.verdict(word.icon_verdict).ink if word.icon_verdict else colours.text2
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - along - _ICON if mirrored else along
        square = QRectF(round(left), (self.height() - _ICON) // 2, _ICON, _ICON)
        draw_icon(painter, square, word.icon, ink, colours.base, mirrored=mirrored)


def _icon_room(word: Words) -> int:
    return _ICON + _ICON_GAP if word.icon else 0
