"""What references mean to a UID that different objects bear: asked one by one, or answered by a rule."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from uidscope.core.catalog.lookup import node_of_occurrence
from uidscope.core.plan.told.open_decisions import (
    DECISION_RULES,
    OpenDecision,
    open_decision_uids,
    open_decisions,
)
from uidscope.core.uid.syntax import LONGEST_UID
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.dialogs.choice_list import Choice, ChoiceList
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.kit.buttons import ButtonKind, ButtonSize, IconButton, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.hairline import Hairline
from uidscope.qt.kit.layout_clearing import clear_layout
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.upright_area import upright_area
from uidscope.qt.planning.alternative_words import alternative_words
from uidscope.qt.planning.plan_operations import decide, decide_by_rule, leave_open
from uidscope.qt.planning.plan_words import plan_words
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import TaskRunner

_SIZE = (680, 560)
_MOST_ASKED = 200
_MOST_SHOWN = 1000  # files selected at once


class DecisionsDialog(QDialog):
    """Follows the plan: what is decided is a step of its own, which undo takes back.

    `go_to` carries the places of the tree whose files refer to the UID at hand, a tuple of `Node`.
    """

    go_to = Signal(object)

    def __init__(self, state: WorkState, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._runner = state, runner
        self._asked: tuple[OpenDecision, ...] = ()
        self._at = 0
        self.setObjectName("decisionsDialog")
        self.setWindowTitle(self.tr("Decide"))
        self.setAccessibleName(self.tr("What references mean"))
        self.resize(*_SIZE)
        self._about = PlainLabel(" ", tone=Tone.TEXT2, wraps=True)
        self.rule_buttons = {
            rule: PlainButton(words, ButtonKind.QUIET, ButtonSize.DENSE)
            for rule, words in zip(
                DECISION_RULES,
                (
                    self.tr("What keeps its UID"),
                    self.tr("What gets a new one"),
                    self.tr("What stands in the same study"),
                ),
                strict=True,
            )
        }
        self._place = PlainLabel(" ", role=FontRole.STRONG)
        self._uid = PlainLabel(" ", role=FontRole.MONO, selectable=True)
        # Any UID fits, whichever is asked about.
        self._uid.setMinimumWidth(round(text_width("0" * LONGEST_UID, FontRole.MONO)) + 1)
        self._counts = PlainLabel(" ", role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True)
        self.previous_button = IconButton("chevron-up", self.tr("The one before"))
        self.next_button = IconButton("chevron-down", self.tr("The next one"))
        self.show_button = PlainButton(self.tr("Show files"), ButtonKind.QUIET, ButtonSize.DENSE)
        self.choices = ChoiceList((), "")
        self._choices_place = QVBoxLayout()
        self._failure = Remark()
        self.open_button = PlainButton(self.tr("Leave open again"))
        self.close_button = PlainButton(self.tr("Close"))
        self.decide_button = PlainButton(self.tr("References mean this one"), ButtonKind.PRIMARY)
        self.decide_button.setDefault(True)
        self._question = BackgroundQuestion("decisions", self)
        self._lay_out()
        self._connect()
        self._enable()
        self._ask()

    @property
    def current(self) -> OpenDecision | None:
        """What is asked now."""
        return self._asked[self._at] if self._at < len(self._asked) else None

    # Parts

    def _lay_out(self) -> None:
        self._body = body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("Which object do references mean?"), role=FontRole.TITLE))
        column.addWidget(self._about)
        column.addWidget(PlainLabel(self.tr("All at once, where that tells them apart:"), tone=Tone.TEXT2))
        rules = QHBoxLayout()
        rules.setSpacing(8)
        for button in self.rule_buttons.values():
            rules.addWidget(button)
        rules.addStretch(1)
        column.addLayout(rules)
        column.addWidget(Hairline())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._place)
        head.addStretch(1)
        for widget in (self.show_button, self.previous_button, self.next_button):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self._uid)
        column.addWidget(self._counts)
        column.addLayout(self._choices_place)
        column.addStretch(1)
        self._area = area = upright_area(body, takes_keyboard=False)
        body.setBackgroundRole(QPalette.ColorRole.Base)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 0, 24, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self.open_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.decide_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 16)
        whole.setSpacing(8)
        whole.addWidget(area, 1)
        whole.addWidget(self._failure)
        whole.addLayout(buttons)

    def _connect(self) -> None:
        self._state.plan_changed.connect(self._ask)
        self._state.busy_changed.connect(self._enable)
        self._question.answered.connect(self._take)
        self._question.failed.connect(lambda sentence: self._failure.say(sentence, Verdict.ERROR))
        for rule, button in self.rule_buttons.items():
            button.clicked.connect(
                lambda _checked=False, rule=rule: decide_by_rule(self._state, self._runner, rule)
            )
        self.previous_button.clicked.connect(lambda: self._go(-1))
        self.next_button.clicked.connect(lambda: self._go(1))
        self.show_button.clicked.connect(self._show_files)
        self.open_button.clicked.connect(self._leave_open)
        self.close_button.clicked.connect(self.reject)
        self.decide_button.clicked.connect(self._decide)

    # Questions

    def _ask(self) -> None:
        catalog, uid_map, plan = self._state.catalog, self._state.uid_map, self._state.history.plan
        if catalog is None or uid_map is None:
            self.reject()
            return
        self._question.ask(lambda: open_decisions(catalog, plan, uid_map, _MOST_ASKED))

    def _take(self, asked: tuple[OpenDecision, ...]) -> None:
        before = self.current
        self._asked = asked
        uids = [each.uid for each in asked]
        is_same = before is not None and before.uid in uids
        at = uids.index(before.uid) if is_same and before is not None else 0
        # What has just been decided gives way to the next that is open.
        self._at = at if is_same and asked[at].decided is None else 0
        self._show()

    # What is done

    def _decide(self) -> None:
        asked = self.current
        if asked is not None and self.choices.current:
            decide(self._state, self._runner, (asked.decision(int(self.choices.current)),))

    def _leave_open(self) -> None:
        asked = self.current
        if asked is not None:
            leave_open(self._state, self._runner, asked.uid)

    def _go(self, step: int) -> None:
        self._at = min(max(0, self._at + step), max(0, len(self._asked) - 1))
        self._show()

    def _show_files(self) -> None:
        catalog, asked = self._state.catalog, self.current
        if catalog is None or asked is None:
            return
        found = (node_of_occurrence(catalog, id_) for id_ in asked.referring[:_MOST_SHOWN])
        nodes = tuple(node for node in found if node is not None)
        if nodes:
            self.go_to.emit(nodes)

    # What is shown

    def _show(self) -> None:
        asked, uid_map = self.current, self._state.uid_map
        left = 0 if uid_map is None else len(open_decision_uids(uid_map))
        self._about.setText(self._about_words(left))
        focused: QWidget | None = self.focusWidget()
        takes_focus = focused is None or self.choices.isAncestorOf(focused)
        clear_layout(self._choices_place)
        self.choices = ChoiceList((), self.tr("The objects that bear this UID"))
        if asked is not None:
            self.choices = ChoiceList(
                [self._choice(asked, at) for at in range(len(asked.alternatives))],
                self.tr("The objects that bear this UID"),
            )
            if asked.decided is not None:
                self.choices.set_current(str(asked.decided))
        self._choices_place.addWidget(self.choices)
        self.choices.follow(self.next_button)
        if takes_focus:
            self.choices.focus_current()
        self._uid.setText("" if asked is None else asked.uid)
        self._counts.setText("" if asked is None else self._counts_words(asked))
        self._place.setText(self._place_words())
        self._enable()

    def _enable(self) -> None:
        asked, is_idle = self.current, not self._state.busy
        uid_map = self._state.uid_map
        has_open = uid_map is not None and bool(open_decision_uids(uid_map))
        for button in self.rule_buttons.values():
            button.setEnabled(is_idle and has_open)
        self.decide_button.setEnabled(is_idle and asked is not None)
        self.open_button.setEnabled(is_idle and asked is not None and asked.decided is not None)
        self.show_button.setEnabled(asked is not None and bool(asked.referring))
        self.previous_button.setEnabled(self._at > 0)
        self.next_button.setEnabled(self._at + 1 < len(self._asked))

    def _about_words(self, left: int) -> str:
        if not left:
            return self.tr("Everything is decided. A decision can still be changed.")
        if left == 1:
            return self.tr(
                "Different objects bear 1 UID that files of the output name: decide which is meant."
            )
        said = self.tr("Different objects bear %Ln UIDs that files of the output name.", "", left)
        return f"{said} {self.tr('Decide which is meant.')}"

    def _place_words(self) -> str:
        if not self._asked:
            return self.tr("Nothing to decide")
        said = self.tr("%1 of %2").replace("%1", number_text(self._at + 1))
        return said.replace("%2", number_text(len(self._asked)))

    def _counts_words(self, asked: OpenDecision) -> str:
        if asked.decided is not None:
            return self.tr("Decided.")
        said = self.tr("Named by %1 in %2.").replace("%1", plan_words().references(asked.references))
        return said.replace("%2", plan_words().files(len(asked.referring)))

    def _choice(self, asked: OpenDecision, at: int) -> Choice:
        words, new = alternative_words(), asked.new[at]
        becomes = self.tr("keeps this UID") if new is None else self.tr("becomes %1").replace("%1", new)
        alternative = asked.alternatives[at]
        return Choice(str(at), words.name(alternative), f"{words.place(alternative)}\n{becomes}")

    def showEvent(self, event: QShowEvent) -> None:
        """It may scroll down and up, and never sideways; how wide its buttons are is known by now."""
        super().showEvent(event)
        room = self._area.verticalScrollBar().sizeHint().width()
        self._area.setMinimumWidth(self._body.minimumSizeHint().width() + room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens().base))
        painter.end()
