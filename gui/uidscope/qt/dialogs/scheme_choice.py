"""How new UIDs are made: every scheme with what speaks for and against it, checked while one types."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from uidscope.core.uid.scheme_description import (
    SchemeDescription,
    describe_schemes,
    length_words,
    scheme_description,
)
from uidscope.core.uid.schemes import SCHEME_NAMES, SchemeOptions
from uidscope.core.uid.syntax import LONGEST_UID
from uidscope.qt.dialogs.choice_list import Choice, ChoiceList
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.dialogs.scheme_fields import SchemeFields
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.plain_label import PlainLabel

UUID, OWN_ROOT = "uuid", "root-random"


class SchemeChoice(QWidget):
    """Offers every scheme; `changed` says that something else holds.

    The fields of the one that is chosen stand below it, with the check and a sample.
    """

    changed = Signal()

    def __init__(
        self, before: SchemeOptions, parent: QWidget | None = None, *, organization_file: str = ""
    ) -> None:
        super().__init__(parent)
        self.fields = SchemeFields(before, organization_file)
        self.check = Remark()
        self.sample = PlainLabel(role=FontRole.MONO, tone=Tone.TEXT2, selectable=True)
        # Any UID fits, so that nothing moves when another one is made.
        self.sample.setMinimumWidth(round(text_width("0" * LONGEST_UID, FontRole.MONO)) + 1)
        described = describe_schemes(before)
        self._choices = ChoiceList(
            [Choice(each.name, each.title, self._merits(each)) for each in described],
            self.tr("How new UIDs are made"),
        )
        self.lengths: dict[str, PlainLabel] = {}
        for each in described:
            self.lengths[each.name] = PlainLabel(" ", role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True)
            self._choices.add_note(each.name, self.lengths[each.name])
        self._of_choice = self._make_part_of_choice()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._choices)
        self._choices.set_current(before.name if before.name in SCHEME_NAMES else UUID)
        self._choices.chosen.connect(lambda _key: self._switch())
        self.fields.changed.connect(self._look)
        self._switch()

    @property
    def options(self) -> SchemeOptions | None:
        """What is chosen; None while no UID can be made with it."""
        wanted = self._wanted()
        return None if self.fields.lacks_its_key or scheme_description(wanted).refusal else wanted

    @property
    def root_edit(self) -> QLineEdit:
        """The field of the organization's root."""
        return self.fields.root_edit

    def choose(self, key: str) -> None:
        """Choose a scheme by its name."""
        self._choices.set_current(key)
        self._switch()

    def _make_part_of_choice(self) -> QWidget:
        part = QWidget()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(PlainLabel(self.tr("Sample"), role=FontRole.SMALL, tone=Tone.TEXT2))
        line.addWidget(self.sample, 1)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.fields)
        column.addWidget(self.check)
        column.addLayout(line)
        return part

    def _wanted(self) -> SchemeOptions:
        return self.fields.options(self._choices.current)

    def _switch(self) -> None:
        """Bring the fields to the scheme that is chosen."""
        name = self._choices.current
        self.fields.show_for(name)
        self.fields.setHidden(name == UUID)
        self._choices.move_below(name, self._of_choice, self.fields.stops)
        self._look()

    def _look(self) -> None:
        """Check what is chosen, and make a sample with it."""
        wanted = self._wanted()
        described = scheme_description(wanted)
        refusal = self.fields.refusal or described.refusal
        verdict = Verdict.ERROR if refusal else Verdict.WARNING if described.warnings else Verdict.OK
        praise = self.tr("This root can be used.") if wanted.root else ""
        self.check.say(refusal or " ".join(described.warnings) or praise, verdict)
        self.sample.setText(described.sample)
        for each in describe_schemes(wanted):
            self.lengths[each.name].setText(self._length(each))
        self.changed.emit()

    def _merits(self, described: SchemeDescription) -> str:
        for_it = self.tr("For it: %1").replace("%1", described.speaks_for)
        against = self.tr("Against it: %1").replace("%1", described.speaks_against)
        return f"{for_it}\n{against}"

    def _length(self, described: SchemeDescription) -> str:
        """How the 64 characters are spent; where the options do not fit the scheme, the longest root."""
        spent = length_words(described)
        if spent:
            return self.tr("Length: %1").replace("%1", spent)
        return self.tr("Length: with a root of at most %Ln characters", "", described.longest_root)
