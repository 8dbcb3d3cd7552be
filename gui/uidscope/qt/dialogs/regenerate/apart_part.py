"""Which of several things that bear one UID keeps it; or which of two patients' objects go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from uidscope.core.plan.told.same_uid import Alternative, TellingApart
from uidscope.core.report.words import rule_words
from uidscope.qt.dialogs.choice_list import Choice, ChoiceList
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.drop_down import DropDown
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.layout_clearing import clear_layout
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.planning.alternative_words import alternative_words

_MOST_ALTERNATIVES = 60


class ApartPart(QWidget):
    """A list of findings where there are several, and below it the alternatives of the one at hand.

    `changed` says that another is chosen.
    """

    changed = Signal()

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self._found: tuple[TellingApart, ...] = ()
        self.findings = DropDown(self.tr("What shares a UID"))
        self.findings.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.findings.currentIndexChanged.connect(lambda _at: self._show())
        self._uid = PlainLabel(role=FontRole.MONO, tone=Tone.TEXT2, selectable=True)
        self.choices = ChoiceList((), question)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.findings)
        column.addWidget(self._uid)
        column.addWidget(PlainLabel(question, role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True))
        column.addLayout(self._place)

    def set_found(self, found: Sequence[TellingApart]) -> None:
        """Offer these findings."""
        self._found = tuple(found)
        self.findings.blockSignals(True)
        self.findings.clear()
        for each in self._found:
            title = rule_words(each.finding.rule).title
            self.findings.addItem(f"{title} ({each.finding.rule}): {each.finding.uid}")
        self.findings.blockSignals(False)
        self.findings.setVisible(len(self._found) > 1)
        self._show()

    @property
    def current(self) -> TellingApart | None:
        """The finding at hand."""
        at = self.findings.currentIndex()
        return self._found[at] if 0 <= at < len(self._found) else None

    @property
    def chosen(self) -> int:
        """The place of the alternative that is chosen."""
        return int(self.choices.current or 0)

    def choose(self, place: int) -> None:
        """Choose an alternative."""
        self.choices.set_current(str(place))
        self.changed.emit()

    def _show(self) -> None:
        apart = self.current
        clear_layout(self._place)
        alternatives = () if apart is None else apart.alternatives[:_MOST_ALTERNATIVES]
        self._uid.setText("" if apart is None else apart.finding.uid)
        self._uid.setVisible(apart is not None and bool(apart.finding.uid))
        self.choices = ChoiceList(
            [self._choice(at, each) for at, each in enumerate(alternatives)], self._question
        )
        self.choices.chosen.connect(lambda _key: self.changed.emit())
        self._place.addWidget(self.choices)
        self.changed.emit()

    def _choice(self, at: int, alternative: Alternative) -> Choice:
        words = alternative_words()
        return Choice(str(at), words.name(alternative), words.place(alternative))
