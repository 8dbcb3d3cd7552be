"""A paragraph of plain text of which at most a few lines show."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from uidscope.qt.kit.elide import elide_right
from uidscope.qt.kit.font_roles import FontRole, font, measure, metrics
from uidscope.qt.kit.run_painting import draw_text
from uidscope.qt.kit.theme import is_new_look, tokens
from uidscope.qt.kit.visible_text import plain_tool_tip, visible_text

_NARROWEST = 160


class ClampedText(QWidget):
    """Wraps its text. What does not fit into its lines stands in the tool tip and the accessible name."""

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most_lines = lines
        self._given = self._text = ""
        self._lines: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def lines(self) -> tuple[str, ...]:
        """What shows, line by line."""
        return self._lines

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._given, self._text = text, visible_text(text)
        self.setAccessibleName(self._text)
        self._wrap()

    def sizeHint(self) -> QSize:
        return QSize(2 * _NARROWEST, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self._wrap()
        elif event.type() == QEvent.Type.LanguageChange:
            self.set_text(self._given)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = self._line_height()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        for place, line in enumerate(self._lines):
            row = QRectF(0, place * height, self.width(), height)
            draw_text(painter, row, line, font(FontRole.BODY), tokens().text, side)
        painter.end()

    def _wrap(self) -> None:
        width = max(self.width(), _NARROWEST)
        whole = _wrapped(self._text, width)
        self._lines = tuple(line.rstrip() for line in whole[: self._most_lines])
        if len(whole) > self._most_lines:
            rest = "".join(whole[self._most_lines - 1 :])
            last = elide_right(rest, width, measure(FontRole.BODY))
            self._lines = (*self._lines[:-1], last)
        self.setToolTip(plain_tool_tip(self._text if len(whole) > self._most_lines else ""))
        if self.minimumHeight() != self._height():
            self.setMinimumHeight(self._height())
        self.updateGeometry()
        self.update()

    def _line_height(self) -> int:
        return round(metrics(FontRole.BODY).height()) + 1

    def _height(self) -> int:
        return max(1, len(self._lines)) * self._line_height()


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines that are no wider than `width`."""
    layout = QTextLayout(text, font(FontRole.BODY))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = text.encode("utf-16-le")  # Qt counts these, two bytes each
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, length = 2 * line.textStart(), 2 * line.textLength()
        lines.append(units[start : start + length].decode("utf-16-le", "replace"))
    layout.endLayout()
    return lines
