"""One part of a UID as a block: digits above, meaning below, a cap in the colour of its kind."""

import math

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from uidscope.qt.kit.anatomy_parts import AnatomyPart, PartKind
from uidscope.qt.kit.colour_tokens import ColourTokens, colour
from uidscope.qt.kit.elide import elide_middle, elide_right
from uidscope.qt.kit.font_roles import FontRole, font, measure, metrics, text_width
from uidscope.qt.kit.icons import draw_icon
from uidscope.qt.kit.run_painting import draw_text, draw_zigzag
from uidscope.qt.kit.theme import is_new_look, tokens
from uidscope.qt.kit.visible_text import plain_tool_tip, visible_text

_CAP = 3
_PADDING = 6
_FAULT_ICON = 11
_FAULT_GAP = 4
_RADIUS = 3
_LEAST_WIDTH = 24


class AnatomyBlock(QWidget):
    """Shows one part. It takes the focus by click, and by keys as its strip says."""

    def __init__(self, part: AnatomyPart, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(visible_text(name))
        self.setToolTip(plain_tool_tip(name))

    def sizeHint(self) -> QSize:
        digits = text_width(visible_text(self.part.digits), FontRole.MONO_PART)
        label = text_width(self._label(), FontRole.PART_LABEL)
        if self.part.fault:
            label += _FAULT_ICON + _FAULT_GAP
        width = max(_LEAST_WIDTH, math.floor(max(digits, label)) + 2 * _PADDING)
        return QSize(width, _CAP + 4 + self._digits_height() + 1 + self._label_height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, self.sizeHint().height())

    def digits_middle(self) -> float:
        """How far below its top the middle of the digits lies: the dots between blocks follow it."""
        return _CAP + 3 + self._digits_height() / 2

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self.updateGeometry()
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        fill, edge, cap, ink, label_ink = _colours_of(self.part, colours)
        self._draw_body(painter, fill, edge, cap)
        room = self.width() - 2 * _PADDING + 1
        digits = elide_middle(visible_text(self.part.digits), room, measure(FontRole.MONO_PART))
        line = QRectF(0, _CAP + 3, self.width(), self._digits_height())
        draw_text(painter, line, digits, font(FontRole.MONO_PART), ink, Qt.AlignmentFlag.AlignHCenter)
        if self.part.fault:
            width = max(text_width(digits, FontRole.MONO_PART), 8)
            left = (self.width() - width) / 2
            draw_zigzag(painter, left, left + width, line.bottom() - 1, colours.error.ink)
        self._draw_label(painter, label_ink, fill)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        painter.end()

    def _draw_body(self, painter: QPainter, fill: str, edge: str, cap: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(frame, _RADIUS, _RADIUS)
        painter.fillPath(outline, colour(fill))
        painter.setPen(QPen(colour(edge), 1))
        painter.drawPath(outline)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        top = QPainterPath()
        top.addRect(QRectF(0, 0, self.width(), _CAP))
        painter.fillPath(whole.intersected(top), colour(cap))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _draw_label(self, painter: QPainter, ink: str, fill: str) -> None:
        height = self._label_height()
        top = self.height() - 3 - height
        icon_room = _FAULT_ICON + _FAULT_GAP if self.part.fault else 0
        room = self.width() - 2 * _PADDING - icon_room + 1
        label = elide_right(self._label(), room, measure(FontRole.PART_LABEL))
        width = text_width(label, FontRole.PART_LABEL)
        left = (self.width() - width - icon_room) / 2
        if self.part.fault:
            square = QRectF(round(left), round(top + (height - _FAULT_ICON) / 2), _FAULT_ICON, _FAULT_ICON)
            draw_icon(painter, square, "error", ink, fill)
        place = QRectF(left + icon_room, top, width + 1, height)
        draw_text(painter, place, label, font(FontRole.PART_LABEL), ink)

    def _label(self) -> str:
        return visible_text(self.part.fault or self.part.meaning)

    def _digits_height(self) -> int:
        return round(metrics(FontRole.MONO_PART).height())

    def _label_height(self) -> int:
        return round(metrics(FontRole.PART_LABEL).height())


def _colours_of(part: AnatomyPart, colours: ColourTokens) -> tuple[str, str, str, str, str]:
    """Fill, edge, cap, ink of the digits and ink of the label."""
    if part.fault:
        error = colours.error
        return error.soft, error.edge, error.ink, error.ink, error.ink
    match part.kind:
        case PartKind.ROOT:
            return colours.accent_soft, colours.line, colours.accent, colours.text, colours.text2
        case PartKind.OWNER:
            return colours.alt, colours.line, colours.text2, colours.text, colours.text2
        case PartKind.UUID:
            return colours.plan.soft, colours.line, colours.plan.ink, colours.text, colours.text2
