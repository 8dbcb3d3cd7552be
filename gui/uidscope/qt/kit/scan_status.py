"""The status bar's parts: what is loaded at the leading end, how far the work is at the trailing end."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from uidscope.qt.kit.badges import BadgeKind
from uidscope.qt.kit.buttons import ButtonSize, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.run_label import RunLabel, Words

STATUS_HEIGHT = 32
_BAR_WIDTH = 160
_LEADING_ROOM = 12
_TRAILING_ROOM = 8


@dataclass(frozen=True, slots=True)
class SummaryItem:
    """A fact of the summary ("9,812 instances"), with a badge's shape before it where it has one."""

    text: str
    badge: BadgeKind | None = None


class ScanSummary(QWidget):
    """What is loaded, in a few facts; where there is too little room the last ones are cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = RunLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addSpacing(_LEADING_ROOM)
        row.addWidget(self._facts, 1)

    def set_items(self, items: Sequence[SummaryItem]) -> None:
        """Show these facts instead."""
        self._facts.set_words(summary_words(items))
        spoken = ", ".join(item.text for item in items)
        self.setAccessibleName(self.tr("Summary: %1").replace("%1", spoken))


def summary_words(items: Sequence[SummaryItem], role: FontRole = FontRole.SMALL) -> tuple[Words, ...]:
    """The facts as words for a `RunLabel`, as the tools of a panel show them too."""
    return tuple(
        Words(
            item.text,
            role,
            gap=16,
            icon=item.badge.icon if item.badge else "",
            icon_verdict=item.badge.verdict if item.badge else None,
        )
        for item in items
    )


@dataclass(frozen=True, slots=True)
class ScanState:
    """How far the work is. `total` is 0 while it is not known: then the count alone is shown.

    `text` says what is done ("Checking 6,083 of 9,812"), `speed` and `time_left` are empty while unknown.
    """

    text: str
    done: int
    total: int = 0
    speed: str = ""
    time_left: str = ""


class ScanProgress(QWidget):
    """What, how fast, how long still, a bar with its percent, and *Cancel*. Hidden while nothing runs."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._words = RunLabel()
        self._percent = PlainLabel(role=FontRole.SMALL_STRONG)
        self._bar = QProgressBar()
        self._bar.setObjectName("scanProgress")
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR_WIDTH)
        self._cancel = PlainButton(self.tr("Cancel"), size=ButtonSize.DENSE)
        self._cancel.setObjectName("cancelButton")
        self._cancel.setAccessibleName(self.tr("Cancel the work under way"))
        self._cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self._bar)
        row.addWidget(self._percent)
        row.addWidget(self._cancel)
        row.addSpacing(_TRAILING_ROOM)
        self.hide()

    def set_state(self, state: ScanState) -> None:
        """Show how far the work is."""
        facts = (state.text, state.speed, state.time_left)
        self._words.set_words([Words(fact, FontRole.SMALL, Tone.TEXT2, gap=16) for fact in facts if fact])
        known = state.total > 0
        percent = min(100, round(100 * state.done / state.total)) if known else 0
        self._bar.setRange(0, 100)
        self._bar.setValue(percent)
        self._percent.setText(self.tr("%1 %").replace("%1", number_text(percent)))
        self._bar.setVisible(known)
        self._percent.setVisible(known)
        self.show()
