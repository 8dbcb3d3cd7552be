"""What there is to say of one finding, or of all findings of a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStyle, QVBoxLayout, QWidget

from uidscope.qt.kit.buttons import ButtonKind, ButtonSize, IconButton, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.clamped_text import ClampedText
from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.visible_text import plain_tool_tip

_LINES = 3


@dataclass(frozen=True, slots=True)
class DetailFact:
    """A fact with its label: "Device", "SIM CT 40"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Detail:
    """What the pane shows; `go_to` is what the button says, which is off where `can_go` is not.

    The buttons that ignore, compare and mend are there where `can_ignore` is; the latter two are off where
    `can_compare` and `can_fix` are not, and `mends_all` says that it is about more than one finding. The one
    that takes an ignoring back is there where `can_show_again` is.
    """

    title: str
    citation: str
    text: str
    go_to: str
    can_go: bool = True
    can_copy: bool = True
    can_ignore: bool = False
    can_compare: bool = False
    can_fix: bool = False
    mends_all: bool = False
    can_show_again: bool = False


class FindingDetail(QWidget):
    """Title and section, what and why in a few lines, facts, and what can be done."""

    go_to = Signal()
    copy = Signal()
    ignore = Signal()
    compare = Signal()
    fix = Signal()
    show_again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = RunLabel()
        self._citation = PlainLabel(role=FontRole.SMALL, tone=Tone.TEXT2)
        self.text = ClampedText(_LINES)
        self.facts = RunLabel()
        self.go_button = PlainButton("", ButtonKind.PRIMARY, ButtonSize.DENSE)
        self.go_button.clicked.connect(self.go_to)
        self.fix_button = PlainButton(self.tr("Add fix to plan"), size=ButtonSize.DENSE)
        self.fix_button.clicked.connect(self.fix)
        self.compare_button = PlainButton(self.tr("Compare…"), size=ButtonSize.DENSE)
        self.compare_button.clicked.connect(self.compare)
        self._copy = IconButton("copy", self.tr("Copy text"))
        self._copy.clicked.connect(self.copy)
        # Short, so that all have room in the narrowest window.
        self.ignore_button = PlainButton(self.tr("Ignore…"), ButtonKind.QUIET, ButtonSize.DENSE)
        self.ignore_button.setToolTip(plain_tool_tip(self.tr("Ignore with reason")))
        self.ignore_button.setAccessibleDescription(self.tr("Ignore with reason"))
        self.ignore_button.clicked.connect(self.ignore)
        self._acting = (self.fix_button, self.compare_button, self.ignore_button)
        for button in self._acting:
            button.hide()
        self.again_button = PlainButton(self.tr("Show again"), ButtonKind.QUIET, ButtonSize.DENSE)
        self.again_button.clicked.connect(self.show_again)
        self.again_button.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._citation)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.go_button)
        for button in self._acting:
            buttons.addWidget(button)
        buttons.addWidget(self.again_button)
        buttons.addStretch(1)
        buttons.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.facts)
        column.addStretch(1)
        column.addLayout(buttons)

    def set_detail(self, detail: Detail | None) -> None:
        """Show another finding, or none. Its facts are told apart."""
        shown = detail or Detail("", "", "", self.tr("Go to"), can_go=False, can_copy=False)
        self._title.set_words([Words(shown.title, FontRole.STRONG)])
        self._title.setToolTip(plain_tool_tip(shown.title))
        self._citation.setText(shown.citation)
        self.text.set_text(shown.text)
        self.go_button.set_text(shown.go_to)
        self.go_button.setEnabled(shown.can_go)
        self._copy.setEnabled(shown.can_copy)
        for button in self._acting:
            button.setVisible(shown.can_ignore)
        self.compare_button.setEnabled(shown.can_compare)
        self.fix_button.setEnabled(shown.can_fix)
        one, all_of_them = self.tr("Add fix to plan"), self.tr("Add this rule’s fixes")
        self.fix_button.set_text(all_of_them if shown.mends_all else one)
        self.again_button.setVisible(shown.can_show_again)
        self.set_facts(())

    def set_facts(self, facts: Sequence[DetailFact]) -> None:
        """Show these facts below the text."""
        words = []
        for fact in facts:
            words.append(Words(fact.label, FontRole.SMALL, Tone.TEXT2, gap=16))
            words.append(Words(fact.value, FontRole.SMALL, gap=5))
        self.facts.set_words(words)
        self.facts.setToolTip(plain_tool_tip("\n".join(f"{fact.label}: {fact.value}" for fact in facts)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        painter.fillRect(self.rect(), colour(colours.alt))
        edge = self.rect()
        edge.setWidth(1)
        painter.fillRect(QStyle.visualRect(self.layoutDirection(), self.rect(), edge), colour(colours.line))
        painter.end()
