"""What the user says of an export for its change record: the ticket, the reason, who did it."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from uidscope.core.report.change_record import ChangeNote
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.tick_buttons import PlainCheckBox
from uidscope.qt.settings import Settings

_TICKET_CHARACTERS = 16


class ChangeNoteFields(QWidget):
    """Three fields, and whether the operator is remembered, which nobody is unless that is ticked."""

    def __init__(self, settings: Settings | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        remembered = settings.operator if settings is not None else ""
        self.ticket_edit = self._edit(self.tr("Ticket"))
        self.ticket_edit.setMinimumWidth(round(text_width("0" * _TICKET_CHARACTERS, FontRole.BODY)))
        self.reason_edit = self._edit(self.tr("Reason"))
        self.operator_edit = self._edit(self.tr("Operator"))
        self.operator_edit.setText(remembered)
        self.remember_box = PlainCheckBox(self.tr("Remember the operator on this computer"))
        self.remember_box.setChecked(bool(remembered))
        self.remember_box.setVisible(settings is not None)
        self.remember_box.toggled.connect(lambda _on: self.keep())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        about = self.tr("For a change record beside the export; all may stay empty.")
        grid.addWidget(PlainLabel(about, role=FontRole.SMALL, tone=Tone.TEXT2), 0, 0, 1, 4)
        for column, (name, edit) in enumerate(
            ((self.tr("Ticket"), self.ticket_edit), (self.tr("Reason"), self.reason_edit))
        ):
            grid.addWidget(PlainLabel(name), 1, 2 * column)
            grid.addWidget(edit, 1, 2 * column + 1)
        grid.addWidget(PlainLabel(self.tr("Operator")), 2, 0)
        grid.addWidget(self.operator_edit, 2, 1)
        grid.addWidget(self.remember_box, 2, 2, 1, 2)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(3, 3)

    @property
    def note(self) -> ChangeNote | None:
        """What was said; None where nothing was."""
        edits = (self.ticket_edit, self.reason_edit, self.operator_edit)
        note = ChangeNote(*(edit.text().strip() for edit in edits))
        return note if note != ChangeNote() else None

    def keep(self) -> None:
        """Remember the operator, or forget who was remembered, as is ticked."""
        if self._settings is not None:
            operator = self.operator_edit.text().strip()
            self._settings.operator = operator if self.remember_box.isChecked() else ""

    def _edit(self, name: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(name)
        return edit
