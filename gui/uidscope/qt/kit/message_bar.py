"""The message bar: one message at a time over the full width of the window, the gravest first."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolBar, QWidget

from uidscope.qt.kit.buttons import ButtonKind, ButtonSize, IconButton, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.icon_spot import VERDICT_ICONS, IconSpot
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.visible_text import visible_text

_HEIGHT = 36
_ICON = 16
_LEADING_ROOM = 12
_TRAILING_ROOM = 8
_GRAVITY = (Verdict.ERROR, Verdict.WARNING, Verdict.PLAN, Verdict.INFO, Verdict.OK)


@dataclass(frozen=True, slots=True)
class Message:
    """What the bar says, with at most two actions. `key` names it to whoever acts on it or takes it back."""

    key: str
    verdict: Verdict
    title: str
    text: str = ""
    action: str = ""
    second: str = ""


class MessageBar(QWidget):
    """Holds the messages that wait and shows the gravest, the newest of equals; hidden while it has none.

    `triggered`, `second_triggered` and `closed` carry the key of the message; `shown_changed` says whether
    there is one.
    """

    triggered = Signal(str)
    second_triggered = Signal(str)
    closed = Signal(str)
    shown_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAccessibleName(self.tr("Message"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._messages: dict[str, Message] = {}
        self._icon = IconSpot("note", Verdict.INFO, _ICON, on_soft=True)
        self._words = RunLabel()
        self._action = PlainButton("", ButtonKind.QUIET, ButtonSize.DENSE)
        self._second = PlainButton("", ButtonKind.QUIET, ButtonSize.DENSE)
        self._close = IconButton("close", self.tr("Close this message"))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addSpacing(_LEADING_ROOM)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._action)
        row.addWidget(self._second)
        row.addWidget(self._close)
        row.addSpacing(_TRAILING_ROOM)
        self._action.clicked.connect(self._on_action)
        self._second.clicked.connect(self._on_second)
        self._close.clicked.connect(self._on_close)
        self.hide()

    @property
    def shown(self) -> Message | None:
        """The message now shown."""
        waiting = reversed(self._messages.values())
        return min(waiting, key=lambda message: _GRAVITY.index(message.verdict), default=None)

    def post(self, message: Message) -> None:
        """Add a message, or put it in the place of the one with the same key."""
        self._messages.pop(message.key, None)
        self._messages[message.key] = message
        self._show_gravest()

    def withdraw(self, key: str) -> None:
        """Take the message `key` back, if it still waits."""
        self._messages.pop(key, None)
        self._show_gravest()

    def sizeHint(self) -> QSize:
        inner = self._row.sizeHint()
        return QSize(inner.width(), max(_HEIGHT, inner.height()))

    def minimumSizeHint(self) -> QSize:
        inner = self._row.minimumSize()
        return QSize(inner.width(), max(_HEIGHT, inner.height()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._messages:
            self._show_gravest()

    def paintEvent(self, _event: QPaintEvent) -> None:
        message = self.shown
        if message is None:
            return
        painter = QPainter(self)
        colours = tokens().verdict(message.verdict)
        painter.fillRect(self.rect(), colour(colours.soft))
        painter.end()

    def _show_gravest(self) -> None:
        message = self.shown
        if message is None:
            self.hide()
            self.shown_changed.emit(False)
            return
        words = [Words(message.title, FontRole.STRONG), Words(message.text, tone=Tone.TEXT)]
        self._words.set_words([word for word in words if word.text])
        self._icon.set_icon(VERDICT_ICONS[message.verdict], message.verdict)
        self._action.set_text(message.action)
        self._action.setVisible(bool(message.action))
        self._second.set_text(message.second)
        self._second.setVisible(bool(message.second))
        self.setAccessibleDescription(visible_text(f"{message.title} {message.text}".strip()))
        self.show()
        self.update()
        self.shown_changed.emit(True)

    def _on_action(self) -> None:
        message = self.shown
        if message is not None:
            self.triggered.emit(message.key)

    def _on_second(self) -> None:
        message = self.shown
        if message is not None:
            self.second_triggered.emit(message.key)

    def _on_close(self) -> None:
        message = self.shown
        if message is not None:
            self.withdraw(message.key)
            self.closed.emit(message.key)


class MessageToolBar(QToolBar):
    """The second toolbar, which holds the message bar: only a toolbar spans the window above its docks.

    Add it to the window after a toolbar break. It shows itself with the bar.
    """

    def __init__(self, bar: MessageBar, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setObjectName("messageToolBar")
        self.setMovable(False)
        self.setFloatable(False)
        self.toggleViewAction().setVisible(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._held = self.addWidget(bar)
        bar.shown_changed.connect(self._follow)
        self._follow(is_shown=bar.shown is not None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # The style gives a toolbar's layout margins anew at every change of its look.
        self._close_up()

    def _follow(self, is_shown: bool) -> None:
        self._close_up()
        self._held.setVisible(is_shown)
        self.setVisible(is_shown)

    def _close_up(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
