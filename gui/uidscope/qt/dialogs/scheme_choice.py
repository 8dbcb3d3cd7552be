"""How new UIDs are made: chosen, checked and shown by an example while one types."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from uidscope.core.errors import UsageError
from uidscope.core.uid.schemes import SchemeOptions, make_scheme, validate_root
from uidscope.core.uid.syntax import LONGEST_UID
from uidscope.qt.dialogs.choice_list import Choice, ChoiceList
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.planning.plan_words import plan_words

UUID, OWN_ROOT, AS_BEFORE = "uuid", "root-random", "as before"


class SchemeChoice(QWidget):
    """Offers UUIDs, and random numbers under a root of one's own; `changed` says that something else holds.

    A scheme of another kind that was in use before stays to choose.
    """

    changed = Signal()

    def __init__(self, before: SchemeOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = before
        self._choices = ChoiceList(self._offered(), self.tr("How new UIDs are made"))
        self.root_edit = QLineEdit(before.root)
        self.root_edit.setAccessibleName(self.tr("Root of your organization"))
        self.root_edit.setPlaceholderText(self.tr("Root, such as 1.3.6.1.4.1.32473"))
        self.check = Remark()
        self.sample = PlainLabel(role=FontRole.MONO, tone=Tone.TEXT2, selectable=True)
        # Any UID fits, so that nothing moves when another one is made.
        self.sample.setMinimumWidth(round(text_width("0" * LONGEST_UID, FontRole.MONO)) + 1)
        self._choices.add_below(OWN_ROOT, self.root_edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._choices)
        column.addWidget(self.check)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(PlainLabel(self.tr("Sample"), role=FontRole.SMALL, tone=Tone.TEXT2))
        line.addWidget(self.sample, 1)
        column.addLayout(line)
        self._choices.set_current(before.name if before.name in (UUID, OWN_ROOT) else AS_BEFORE)
        self._choices.chosen.connect(lambda _key: self._look())
        self.root_edit.textChanged.connect(lambda _text: self._look())
        self._look()

    @property
    def options(self) -> SchemeOptions | None:
        """What is chosen; None while no UID can be made with it."""
        return None if self._refusal() else self._wanted()

    def choose(self, key: str) -> None:
        """Choose a scheme by its name."""
        self._choices.set_current(key)
        self._look()

    def _offered(self) -> list[Choice]:
        choices = [
            Choice(
                UUID,
                self.tr("UUID"),
                self.tr("A random number under 2.25. Nobody need ask anybody for it."),
            ),
            Choice(
                OWN_ROOT,
                self.tr("Random number under our own root"),
                self.tr("The root says who assigned the number: use only one that was assigned to you."),
            ),
        ]
        if self._before.name not in (UUID, OWN_ROOT):
            choices.append(Choice(AS_BEFORE, self.tr("As before"), plan_words().scheme(self._before)))
        return choices

    def _wanted(self) -> SchemeOptions:
        match self._choices.current:
            case "uuid":
                return SchemeOptions()
            case "root-random":
                return SchemeOptions(OWN_ROOT, self.root_edit.text().strip())
            case _:
                return self._before

    def _refusal(self) -> str:
        try:
            make_scheme(self._wanted())
        except UsageError as error:
            return str(error)
        return ""

    def _look(self) -> None:
        """Check what is chosen, and make a sample with it."""
        wanted, refusal = self._wanted(), self._refusal()
        warnings = validate_root(wanted.root) if wanted.root and not refusal else ()
        verdict = Verdict.ERROR if refusal else Verdict.WARNING if warnings else Verdict.OK
        self.check.say(refusal or " ".join(warnings) or self._praise(wanted), verdict)
        self.sample.setText("" if refusal else make_scheme(wanted).new_uid("instance", ""))
        self.changed.emit()

    def _praise(self, wanted: SchemeOptions) -> str:
        return self.tr("This root can be used.") if wanted.root else ""
