"""Setting findings aside: how many of them, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from uidscope.core.catalog.devices import Device
from uidscope.core.catalog.rule_settings import Ignore
from uidscope.core.catalog.tree import SeriesRow, StudyRow
from uidscope.core.report.words import rule_words
from uidscope.qt.dialogs.choice_list import Choice, ChoiceList
from uidscope.qt.finding_words import finding_words
from uidscope.qt.kit.button_box import ButtonBox
from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.models.findings_model import FindingRow

_WIDTH = 560


class IgnoreDialog(QDialog):
    """Asks what to ignore of a rule, from this UID alone to all of it, and for the reason.

    Without a finding, as for a whole rule, all of it is the only choice. Files of several devices leave
    that of the device out.
    """

    def __init__(
        self, rule: str, found: FindingRow | None, devices: Sequence[Device], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._scopes = _scopes(rule, found, devices)
        self.setObjectName("ignoreDialog")
        self.setWindowTitle(self.tr("Ignore with reason"))
        self.setAccessibleName(self.windowTitle())
        self.setMinimumWidth(_WIDTH)
        meant = self._choices()
        self.choices = ChoiceList(
            [choice for choice in meant if choice.key in self._scopes], self.tr("What is ignored")
        )
        self.reason_edit = QLineEdit()
        self.reason_edit.setAccessibleName(self.tr("Reason"))
        self.reason_edit.setPlaceholderText(self.tr("Why it may be ignored"))
        self.ignore_button = PlainButton(self.tr("Ignore"), ButtonKind.PRIMARY)
        self.ignore_button.setDefault(True)
        self.ignore_button.setEnabled(False)
        self.reason_edit.textChanged.connect(lambda text: self.ignore_button.setEnabled(bool(text.strip())))
        self._lay_out(rule)
        self.reason_edit.setFocus()

    @property
    def ignore(self) -> Ignore:
        """What is to be ignored, as it stands in the dialog."""
        return replace(self._scopes[self.choices.current], reason=self.reason_edit.text().strip())

    def _choices(self) -> list[Choice]:
        device = self._scopes["device"].device if "device" in self._scopes else Device()
        uid = self._scopes["uid"].uid if "uid" in self._scopes else ""
        return [
            Choice("uid", self.tr("This UID"), uid),
            Choice("series", self.tr("This series"), self.tr("Findings of this rule within the series.")),
            Choice("study", self.tr("This study"), self.tr("Findings of this rule within the study.")),
            Choice("device", self.tr("This device"), finding_words().device(device)),
            Choice("rule", self.tr("The whole rule"), self.tr("All findings of this rule, wherever.")),
        ]

    def _lay_out(self, rule: str) -> None:
        cancel = PlainButton(self.tr("Cancel"))
        box = ButtonBox()
        box.addButton(self.ignore_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        about = self.tr("It stays in the list of what is ignored, and in the report, with the reason.")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(rule_words(rule).title, role=FontRole.TITLE, wraps=True))
        column.addWidget(self.choices)
        column.addWidget(PlainLabel(self.tr("Reason"), role=FontRole.STRONG))
        column.addWidget(self.reason_edit)
        column.addWidget(PlainLabel(about, tone=Tone.TEXT2, wraps=True))
        column.addStretch(1)
        column.addWidget(box)


def _scopes(rule: str, found: FindingRow | None, devices: Sequence[Device]) -> dict[str, Ignore]:
    """What can be ignored, by its key, the least first."""
    whole = Ignore(rule, "")
    scopes: dict[str, Ignore] = {}
    if found is not None:
        if found.finding.uid:
            scopes["uid"] = replace(whole, uid=found.finding.uid)
        for step in found.path:
            if isinstance(step, SeriesRow) and step.uid:
                scopes["series"] = replace(whole, series=step.uid)
            if isinstance(step, StudyRow) and step.uid:
                scopes["study"] = replace(whole, study=step.uid)
        if len(devices) == 1:
            scopes["device"] = replace(whole, device=devices[0])
    scopes["rule"] = whole
    return scopes
