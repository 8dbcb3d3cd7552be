"""The one label of the window: what it is given is shown as text, never as HTML."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.font_roles import FontRole, font
from uidscope.qt.kit.theme import is_new_look, tokens
from uidscope.qt.kit.visible_text import visible_text


class PlainLabel(QLabel):
    """A label of plain text in the font of a role and the ink of a tone or verdict."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        role: FontRole = FontRole.BODY,
        tone: Tone = Tone.TEXT,
        verdict: Verdict | None = None,
        wraps: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__(parent)
        self._role, self._tone, self._verdict = role, tone, verdict
        # Without it a label on a Base background would take another role's ink.
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.setText(text)
        self._dress()

    def setText(self, text: str) -> None:
        """Show `text`, each of its lines as it is."""
        self._given = text
        super().setText("\n".join(visible_text(line) for line in text.split("\n")))
        if self.wordWrap() and self.minimumHeight():
            self._insist()

    def setTextFormat(self, text_format: Qt.TextFormat) -> None:
        """Plain text is the only format there is: anything else raises ValueError."""
        if text_format != Qt.TextFormat.PlainText:
            raise ValueError("a plain label shows plain text only")
        super().setTextFormat(text_format)

    def set_look(self, tone: Tone = Tone.TEXT, verdict: Verdict | None = None) -> None:
        """Change the ink: that of `verdict` where one is given, else that of `tone`."""
        self._tone, self._verdict = tone, verdict
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.wordWrap() and event.size().width() != event.oldSize().width():
            self._insist()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self._dress()
        elif event.type() == QEvent.Type.LanguageChange:
            self.setText(self._given)

    def _insist(self) -> None:
        """Ask for the height of all lines: nested layouts give a wrapped label too little otherwise."""
        self.setMinimumHeight(0)  # or it would be part of the answer, and never become less
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))

    def _dress(self) -> None:
        colours = tokens()
        by_tone = {Tone.TEXT: colours.text, Tone.TEXT2: colours.text2, Tone.DISABLED: colours.disabled}
        ink = colours.verdict(self._verdict).ink if self._verdict else by_tone[self._tone]
        dressed = QPalette(self.palette())
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            dressed.setColor(group, QPalette.ColorRole.WindowText, colour(ink))
        self.setPalette(dressed)
        self.setFont(font(self._role))
