"""The one message box of the window: what it is given is shown as text, never as HTML."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QMessageBox, QVBoxLayout, QWidget

from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.visible_text import visible_text

_WIDEST = 460  # pixels of a line


class PlainMessageBox(QMessageBox):
    """A question or an answer that cannot wait: one sentence, and below it what it means.

    Use a `MessageBar` or `Banner` where those will do.
    """

    def __init__(
        self,
        icon: QMessageBox.Icon,
        title: str,
        sentence: str,
        explanation: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setIcon(icon)
        self.setWindowTitle(title)
        self.setTextFormat(Qt.TextFormat.PlainText)
        lines = [sentence, "", *explanation.split("\n")] if explanation else [sentence]
        self.setText("\n".join(visible_text(line) for line in lines))
        self._show_in_two_weights(sentence, explanation)

    def setInformativeText(self, _text: str) -> None:
        """Not to be used, for Qt guesses its format: raises TypeError."""
        raise TypeError("put the explanation into the constructor")

    def _show_in_two_weights(self, sentence: str, explanation: str) -> None:
        """Put two labels in the place of Qt's one, which stays for who asks the box for its text."""
        own, grid = self.findChild(QWidget, "qt_msgbox_label"), self.layout()
        assert own is not None
        assert isinstance(grid, QGridLayout)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        said = ((sentence, FontRole.STRONG), (explanation, FontRole.BODY))
        for text, role in said:
            if text:
                column.addWidget(PlainLabel(text, role=role, wraps=True))
        widest = max(text_width(line, role) for text, role in said for line in text.split("\n"))
        words.setMinimumWidth(min(round(widest) + 2, _WIDEST))
        position = cast("tuple[int, int, int, int]", grid.getItemPosition(grid.indexOf(own)))
        row, place, rows, columns = position
        if self.icon() == QMessageBox.Icon.NoIcon:  # which leaves an empty column
            place, columns = 0, grid.columnCount()
        own.hide()
        grid.addWidget(words, row, place, rows, columns)
        grid.setContentsMargins(24, 20, 24, 16)
