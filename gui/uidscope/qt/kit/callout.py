"""A callout: a small panel beside what it speaks of, and a frame around that. The window stays in use."""

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from uidscope.qt.kit.buttons import ButtonKind, IconButton, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.theme import tokens

_WIDTH = 340
_GAP = 12
_RADIUS = 8
_FRAME = 2


class Callout(QWidget):
    """A title, a few words, which of how many this is, and Back, Next and Close.

    Enter and Space press the button that has the focus, Escape closes. The focus may leave it.
    """

    next_asked = Signal()
    back_asked = Signal()
    close_asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("callout")
        self.setFixedWidth(_WIDTH)
        self._title = PlainLabel(role=FontRole.TITLE)
        self._text = PlainLabel(wraps=True)
        self._place = PlainLabel(tone=Tone.TEXT2, role=FontRole.SMALL)
        self.back_button = PlainButton(self.tr("Back"))
        self.next_button = PlainButton(self.tr("Next"), ButtonKind.PRIMARY)
        self.close_button = IconButton("close", self.tr("Close"))
        self.back_button.clicked.connect(self.back_asked)
        self.next_button.clicked.connect(self.next_asked)
        self.close_button.clicked.connect(self.close_asked)
        self._lay_out()
        self.hide()

    def say(self, title: str, text: str, number: int, of: int) -> None:
        """Speak of something else; `number` counts from 1."""
        self._title.setText(title)
        self._text.setText(text)
        place = self.tr("%1 of %2").replace("%1", str(number)).replace("%2", str(of))
        self._place.setText(place)
        self.back_button.setEnabled(number > 1)
        self.next_button.set_text(self.tr("Next") if number < of else self.tr("Finish"))
        self.setAccessibleName(f"{title} ({place})")
        self.setAccessibleDescription(text)
        # The button has the focus all along: what it is described by is what a screen reader says.
        self.next_button.setAccessibleDescription(f"{title}. {text}")

    def stand_beside(self, target: QRect) -> None:
        """Move to where there is room beside a part of the window, given in the window's coordinates."""
        self._text.setMinimumHeight(0)
        size = QSize(_WIDTH, self._column.totalHeightForWidth(_WIDTH))
        self.setGeometry(QRect(_place_beside(target, size, self._window.rect()), size))
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = QApplication.focusWidget()
            buttons = (self.back_button, self.close_button)
            next((each for each in buttons if each is focused), self.next_button).click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        painter.fillRect(self.rect(), colour(colours.window))
        painter.setPen(QPen(colour(colours.accent), _FRAME))
        painter.setBrush(colour(colours.base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        painter.end()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._place, 1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.next_button)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addSpacing(4)
        column.addLayout(foot)


class TargetFrame(QWidget):
    """A frame around what a callout speaks of; it takes no events."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("What is spoken of"))
        self.hide()

    def surround(self, target: QRect) -> None:
        """Stand around a part of the window, within it."""
        around = target.marginsAdded(QMargins(_FRAME, _FRAME, _FRAME, _FRAME))
        self.setGeometry(around.intersected(self._window.rect()))
        self.setVisible(not target.isEmpty())
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(tokens().accent), _FRAME))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()


def _place_beside(target: QRect, size: QSize, within: QRect) -> QPoint:
    """Below, above, to the right or to the left of the target; else in its middle."""
    room = within.marginsRemoved(QMargins(_GAP, _GAP, _GAP, _GAP))
    left = target.center().x() - size.width() // 2
    top = target.center().y() - size.height() // 2
    places = (
        QPoint(left, target.bottom() + 1 + _GAP),
        QPoint(left, target.top() - _GAP - size.height()),
        QPoint(target.right() + 1 + _GAP, top),
        QPoint(target.left() - _GAP - size.width(), top),
    )
    for place, beside in zip(places, (False, False, True, True), strict=True):
        inside = QRect(place, size)
        if beside:
            inside.moveTop(_held(inside.top(), room.top(), room.bottom() + 1 - size.height()))
        else:
            inside.moveLeft(_held(inside.left(), room.left(), room.right() + 1 - size.width()))
        if not target.isEmpty() and room.contains(inside):
            return inside.topLeft()
    middle = (room if target.isEmpty() else target).center()
    return middle - QPoint(size.width() // 2, size.height() // 2)


def _held(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))
