"""What is shown of patients, and what is recorded of what is done with their files."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from uidscope.core.audit.recording import is_wanted
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.tick_buttons import PlainCheckBox
from uidscope.qt.preferences import Privacy

_INDENTATION = 26  # below the words of a check box


class PrivacyPage(QWidget):
    """The choices; they hold from *Keep* on."""

    def __init__(self, privacy: Privacy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = privacy
        self.mask_box = PlainCheckBox(self.tr("Mask patient names"))
        self.mask_box.setChecked(privacy.mask_names)
        self.log_box = PlainCheckBox(self.tr("Keep an audit log"))
        # The environment has the last word; the choice is kept for when it says nothing.
        self.log_box.setChecked(privacy.audit_log and is_wanted())
        self.log_box.setEnabled(is_wanted())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.mask_box)
        masked = self.tr(
            "Names, IDs, descriptions and names of files are shown, copied and put into reports as numbers. "
            "Exported files are not changed by it."
        )
        column.addLayout(_remark(masked))
        column.addSpacing(8)
        column.addWidget(self.log_box)
        recorded = self.tr(
            "It says who did what to which studies, when, and how it ended; no names. It stays on this "
            "computer, for you alone to read."
        )
        column.addLayout(_remark(recorded))
        column.addStretch(1)

    @property
    def privacy(self) -> Privacy:
        """What is chosen."""
        keeps_log = self.log_box.isChecked() if is_wanted() else self._before.audit_log
        return Privacy(self.mask_box.isChecked(), keeps_log)


def _remark(sentence: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addSpacing(_INDENTATION)
    row.addWidget(PlainLabel(sentence, role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True), 1)
    return row
