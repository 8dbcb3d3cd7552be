"""A switch of a few parts of which one is on, each with an icon and a count where it has them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from uidscope.qt.kit.badges import BadgeKind
from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.font_roles import FontRole, font, metrics, text_width
from uidscope.qt.kit.icons import draw_icon
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.run_painting import draw_text
from uidscope.qt.kit.theme import is_new_look, tokens

_HEIGHT = 28
_PADDING = 12
_ICON = 14
_ICON_GAP = 5
_COUNT_GAP = 8


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the switch: a key for the program, a word for the user, a badge's shape, a count."""

    key: str
    word: str
    badge: BadgeKind | None = None
    count: int | None = None


class SegmentedSwitch(QWidget):
    """Shows segments side by side in one frame. `switched` carries the key of the one now on."""

    switched = Signal(str)

    def __init__(self, segments: Sequence[Segment], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._parts: dict[str, _Part] = {}
        for segment in segments:
            part = _Part(segment, self)
            self._parts[segment.key] = part
            self._group.addButton(part)
            row.addWidget(part)
            part.clicked.connect(lambda _checked=False, key=segment.key: self.switched.emit(key))
        if segments:
            self._parts[segments[0].key].setChecked(True)

    @property
    def current(self) -> str:
        """The key of the segment that is on."""
        return next((key for key, part in self._parts.items() if part.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Switch to `key` without a signal. Raises KeyError for a key there is not."""
        self._parts[key].setChecked(True)

    def set_count(self, key: str, count: int | None) -> None:
        """Show `count` behind the word; None shows none."""
        self._parts[key].set_count(count)
        self._row.invalidate()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        inner = self._row.sizeHint()
        return QSize(inner.width(), max(_HEIGHT, inner.height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go to the neighbour, as between radio buttons."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft and event.key() in (
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
        ):
            step = -step
        keys = list(self._parts)
        target = keys.index(self.current) + step if step else -1
        if not 0 <= target < len(keys):
            super().keyPressEvent(event)
            return
        self._parts[keys[target]].setFocus(Qt.FocusReason.TabFocusReason)
        self._parts[keys[target]].click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        painter.setPen(QPen(colour(colours.edge), 1))
        painter.setBrush(colour(colours.base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()


class _Part(QAbstractButton):
    def __init__(self, segment: Segment, parent: QWidget) -> None:
        super().__init__(parent)
        self._segment = segment
        self._count = segment.count
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self._rename()

    def set_count(self, count: int | None) -> None:
        self._count = count
        self._rename()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        # The strong width is kept for, so that nothing moves when another part is switched on.
        width = 2 * _PADDING + self._words_width(FontRole.STRONG)
        return QSize(int(width) + 1, max(_HEIGHT - 4, round(metrics(FontRole.STRONG).height()) + 6))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the switch knows the order
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self.updateGeometry()
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        fill = colours.base
        if self.isChecked() and self.isEnabled():
            fill = colours.select
        elif self.underMouse() and self.isEnabled():
            fill = colours.hover
        self._draw_fill(painter, fill)
        role = FontRole.STRONG if self.isChecked() and self.isEnabled() else FontRole.BODY
        ink = colours.text if self.isChecked() else colours.text2
        ink = ink if self.isEnabled() else colours.disabled
        along = (self.width() - self._words_width(role)) / 2
        if self._segment.badge:
            badge_ink = colours.verdict(self._segment.badge.verdict).ink if self.isEnabled() else ink
            left = self._from_leading(along, _ICON)
            square = QRectF(round(left), (self.height() - _ICON) // 2, _ICON, _ICON)
            draw_icon(painter, square, self._segment.badge.icon, badge_ink, fill, mirrored=self._mirrored)
            along += _ICON + _ICON_GAP
        self._draw_words(painter, along, self._segment.word, role, ink)
        if self._count is not None:
            along += text_width(self._segment.word, role) + _COUNT_GAP
            self._draw_words(painter, along, number_text(self._count), role, ink)
        painter.end()

    def _words_width(self, role: FontRole) -> float:
        """What badge, word and count take in the font of a role."""
        width = text_width(self._segment.word, role)
        if self._segment.badge:
            width += _ICON + _ICON_GAP
        if self._count is not None:
            width += _COUNT_GAP + text_width(number_text(self._count), role)
        return width

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _from_leading(self, along: float, width: float) -> float:
        return self.width() - along - width if self._mirrored else along

    def _draw_words(self, painter: QPainter, along: float, text: str, role: FontRole, ink: str) -> None:
        width = text_width(text, role) + 1
        side = Qt.AlignmentFlag.AlignRight if self._mirrored else Qt.AlignmentFlag.AlignLeft
        place = QRectF(self._from_leading(along, width), 0, width, self.height())
        draw_text(painter, place, text, font(role), ink, side)

    def _draw_fill(self, painter: QPainter, fill: str) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outlined = self.hasFocus() or (self.isChecked() and not tokens().has_fills)
        painter.setPen(QPen(colour(tokens().accent), 2) if outlined else Qt.PenStyle.NoPen)
        painter.setBrush(colour(fill))
        inset = 1 if outlined else 0
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 3, 3)
        painter.restore()

    def _rename(self) -> None:
        counted = "" if self._count is None else f" {number_text(self._count)}"
        self.setText(self._segment.word)
        self.setAccessibleName(self._segment.word + counted)
