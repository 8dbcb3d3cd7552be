"""What the window shows while nothing is loaded, and what a panel shows while it has nothing to show."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from uidscope.qt.kit.buttons import ButtonKind, ButtonSize, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.icon_spot import IconSpot
from uidscope.qt.kit.icons import draw_icon
from uidscope.qt.kit.numbered_ring import NumberedRing
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.theme import tokens

_AREA_WIDTH = 640
_STEPS_WIDTH = 856
_STEP_WIDTH = 196
_BIG_ICON = 56


class EmptyState(QWidget):
    """The whole window: a drop area with two buttons and a promise, and the four steps of the work."""

    add_folder = Signal()
    open_sample = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        self.setAccessibleName(self.tr("Nothing loaded"))
        self._area = _DropArea()
        self._area.add_folder.connect(self.add_folder)
        self._area.open_sample.connect(self.open_sample)
        self._steps = self._make_steps()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addStretch(45)
        column.addWidget(self._area, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(38)
        column.addWidget(self._steps, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(55)

    def offer_sample(self, offered: bool) -> None:
        """Offer sample data, or not where there is none."""
        self._area.offer_sample(offered)

    def show_drag(self, title: str, names: str) -> None:
        """Say what letting go would add."""
        self._area.show_drag(title, names)
        self._steps.hide()

    def end_drag(self) -> None:
        """Go back to what it says while nothing is dragged."""
        self._area.end_drag()
        self._steps.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens().window))
        painter.end()

    def _make_steps(self) -> QWidget:
        holder = QWidget()
        holder.setMaximumWidth(_STEPS_WIDTH)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        steps = (
            (self.tr("Read"), self.tr("Every file, into patients, studies, series and instances.")),
            (self.tr("Judge"), self.tr("Every UID, by the standard's rules and against all others.")),
            (self.tr("Plan"), self.tr("New identifiers; whatever refers to them follows.")),
            (self.tr("Export"), self.tr("A verified copy in a new folder, with a report.")),
        )
        for number, (title, text) in enumerate(steps, 1):
            row.addWidget(_Step(number, title, text))
        return holder


class _Step(QWidget):
    def __init__(self, number: int, title: str, text: str) -> None:
        super().__init__()
        self.setFixedWidth(_STEP_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(NumberedRing(number))
        head.addWidget(PlainLabel(title, role=FontRole.STRONG), 1)
        column.addLayout(head)
        column.addWidget(PlainLabel(text, role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True))
        column.addStretch(1)


class _DropArea(QWidget):
    add_folder = Signal()
    open_sample = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._dragged_over = False
        self.setFixedWidth(_AREA_WIDTH)
        self._title = PlainLabel(role=FontRole.PAGE_TITLE)
        self._text = PlainLabel(tone=Tone.TEXT2, wraps=True)
        self._hint = PlainLabel(
            self.tr("Let go to start reading. Esc leaves everything as it is."), tone=Tone.TEXT2
        )
        self._buttons = self._make_buttons()
        for label in (self._title, self._text, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setMinimumHeight(self._buttons.sizeHint().height())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 40, 24, 36)
        column.setSpacing(0)
        column.addWidget(_BigIcon(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(18)
        column.addWidget(self._title)
        column.addSpacing(6)
        column.addWidget(self._text)
        column.addSpacing(23)
        column.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._hint)
        column.addSpacing(24)
        column.addLayout(self._make_promise())
        self.end_drag()

    def offer_sample(self, offered: bool) -> None:
        self._sample.setVisible(offered)

    def show_drag(self, title: str, names: str) -> None:
        self._show(title, names, dragged_over=True)

    def end_drag(self) -> None:
        title = self.tr("Drop folders or DICOM files here")
        self._show(
            title, self.tr("Folders and ZIP archives are read with everything in them."), dragged_over=False
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        over = self._dragged_over
        pen = QPen(colour(colours.accent if over else colours.edge), 2 if over else 1.5)
        if not over:
            pen.setDashPattern([6, 4])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(colour(colours.accent_soft if over else colours.base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _show(self, title: str, text: str, *, dragged_over: bool) -> None:
        self._dragged_over = dragged_over
        self._title.setText(title)
        self._text.setText(text)
        self._buttons.setHidden(dragged_over)
        self._hint.setHidden(not dragged_over)
        self.update()

    def _make_buttons(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        add = PlainButton(self.tr("Add folder…"), ButtonKind.PRIMARY, ButtonSize.LARGE, "folder-add")
        self._sample = PlainButton(self.tr("Open sample data"), size=ButtonSize.LARGE)
        add.clicked.connect(self.add_folder)
        self._sample.clicked.connect(self.open_sample)
        row.addWidget(add)
        row.addWidget(self._sample)
        return holder

    def _make_promise(self) -> QBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addStretch(1)
        row.addWidget(IconSpot("lock", Verdict.OK, 16))
        row.addWidget(
            PlainLabel(self.tr("Originals are never changed"), role=FontRole.STRONG, verdict=Verdict.OK)
        )
        row.addStretch(1)
        return row


class _BigIcon(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_BIG_ICON, _BIG_ICON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_icon(painter, QRectF(self.rect()), "folder-drop", tokens().accent, tokens().base)
        painter.end()


class PanelHint(QWidget):
    """What an empty panel says: one sentence and at most one action, at its top."""

    triggered = Signal()

    def __init__(self, sentence: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(PlainLabel(sentence, tone=Tone.TEXT2, wraps=True))
        if action:
            button = PlainButton(action, size=ButtonSize.DENSE)
            button.clicked.connect(self.triggered)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
