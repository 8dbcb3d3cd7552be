"""A panel's content, or one sentence in its place."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.visible_text import visible_text


class PanelPages(QStackedWidget):
    """Shows either its content or what is to be said instead."""

    def __init__(self, content: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._sentence = PlainLabel(tone=Tone.TEXT2, wraps=True)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self._sentence)
        column.addStretch(1)
        self.addWidget(page)
        if content is not None:
            self.set_content(content)

    def set_content(self, content: QWidget) -> None:
        """Take the content; there is none before."""
        self.addWidget(content)

    @property
    def sentence(self) -> str:
        """What is said now; empty where the content is shown."""
        return self._sentence.text() if self.currentIndex() == 0 else ""

    def say(self, sentence: str) -> None:
        """Show one sentence."""
        self._sentence.setText(sentence)
        self._sentence.setAccessibleName(visible_text(sentence))
        self.setCurrentIndex(0)

    def show_content(self) -> None:
        self.setCurrentIndex(1)
