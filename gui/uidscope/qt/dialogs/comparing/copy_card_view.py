"""A card that stands for one of two files: its letter, its name, and what there is to say of it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDateTime, QLocale, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from uidscope.core.report.comparing.copies_to_compare import CopyCard
from uidscope.qt.kit.buttons import ButtonKind, ButtonSize, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.elided_label import ElidedLabel
from uidscope.qt.kit.font_roles import FontRole, font
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.kit.run_painting import draw_text
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.screen_names import screen_names

_RADIUS = 6
_LETTER = 32


class CopyCardView(QWidget):
    """Shows a letter and the facts of one file; `go_to` carries its place in the tree."""

    go_to = Signal(object)  # Node

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = letter
        self._card: CopyCard | None = None
        self.name = ElidedLabel(role=FontRole.STRONG)
        self.written = RunLabel()
        self.device = RunLabel()
        self.syntax = RunLabel()
        self.go_button = PlainButton(self.tr("Go to file"), ButtonKind.QUIET, ButtonSize.DENSE)
        self.go_button.setAccessibleName(self.tr("Go to file %1").replace("%1", letter))
        self.go_button.clicked.connect(self._go)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.name, 1)
        first.addWidget(self.go_button)
        # Spacings change sides with the direction, which margins do not.
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 10)
        row.setSpacing(0)
        row.addSpacing(12 + _LETTER + 12)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        row.addLayout(lines, 1)
        row.addSpacing(8)
        lines.addLayout(first)
        lines.addWidget(self.written)
        lines.addWidget(self.device)
        lines.addWidget(self.syntax)

    def set_card(self, card: CopyCard) -> None:
        """Show another file."""
        self._card = card
        self.name.set_text(screen_names().file(card.path))
        size = QLocale().formattedDataSize(card.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        when = QLocale().toString(_qt_time(card.modified), QLocale.FormatType.ShortFormat)
        self.written.set_words(
            [
                Words(size, FontRole.SMALL, Tone.TEXT2),
                Words(self.tr("modified %1").replace("%1", when), FontRole.SMALL, Tone.TEXT2, gap=16),
            ]
        )
        for line, fact in ((self.device, card.device), (self.syntax, card.transfer_syntax)):
            line.set_words([Words(fact, FontRole.SMALL, Tone.TEXT2)] if fact else [])
        self.go_button.setEnabled(card.node is not None)
        self.setAccessibleName(visible_text(f"{self._letter}: {screen_names().file(card.path)}"))

    def _go(self) -> None:
        if self._card is not None and self._card.node is not None:
            self.go_to.emit(self._card.node)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        painter.setPen(QPen(colour(colours.line), 1))
        painter.setBrush(colour(colours.base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - 12 - _LETTER if mirrored else 12
        square = QRectF(left, (self.height() - _LETTER) / 2, _LETTER, _LETTER)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(colours.accent_soft))
        painter.drawRoundedRect(square, 4, 4)
        draw_text(
            painter, square, self._letter, font(FontRole.TITLE), colours.accent, Qt.AlignmentFlag.AlignHCenter
        )
        painter.end()


def _qt_time(when: dt.datetime) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(round(when.timestamp() * 1000))
