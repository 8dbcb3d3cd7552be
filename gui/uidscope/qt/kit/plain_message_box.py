"""The one message box of the window: what it is given is shown as text, never as HTML."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from uidscope.qt.kit.visible_text import visible_text


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

    def setInformativeText(self, _text: str) -> None:
        """Not to be used, for Qt guesses its format: raises TypeError."""
        raise TypeError("put the explanation into the constructor")
