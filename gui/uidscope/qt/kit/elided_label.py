"""A line of text from a file that is cut in its middle where it does not fit."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.elide import elide_middle
from uidscope.qt.kit.font_roles import FontRole, font, measure, metrics, text_width
from uidscope.qt.kit.run_painting import draw_text
from uidscope.qt.kit.theme import is_new_look, tokens
from uidscope.qt.kit.visible_text import plain_tool_tip, visible_text

_LEAST_WIDTH = 60


class ElidedLabel(QWidget):
    """Shows a value; the whole of it stands in the tool tip and the accessible name."""

    def __init__(
        self,
        text: str = "",
        role: FontRole = FontRole.BODY,
        tone: Tone = Tone.TEXT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._role, self._tone = "", role, tone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another value."""
        self._given, self._text = text, visible_text(text)
        self.setAccessibleName(self._text)
        self.setToolTip(plain_tool_tip(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = text_width(self._text, self._role)
        return QSize(int(width) + 2, round(metrics(self._role).height()) + 2)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), _LEAST_WIDTH), hint.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self.updateGeometry()
            self.update()
        elif event.type() == QEvent.Type.LanguageChange:
            self.set_text(self._given)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        inks = {Tone.TEXT: colours.text, Tone.TEXT2: colours.text2, Tone.DISABLED: colours.disabled}
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        text = elide_middle(self._text, self.width(), measure(self._role))
        draw_text(painter, QRectF(self.rect()), text, font(self._role), inks[self._tone], side)
        painter.end()
