"""A question that must be answered before going on: one sentence, one remark, two buttons."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from uidscope.qt.buttons import ButtonKind, PlainButton
from uidscope.qt.cells import Tone
from uidscope.qt.font_roles import FontRole
from uidscope.qt.plain_label import PlainLabel

_WIDTH = 440


class QuestionDialog(QDialog):
    """Accepted where the user goes on. The safe answer, which is the default, has the focus."""

    def __init__(
        self, question: str, remark: str, go_on: str, stay: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("questionDialog")
        self.setWindowTitle("UIDscope")
        self.setAccessibleName(question)
        self.setAccessibleDescription(remark)
        self.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(question, role=FontRole.TITLE, wraps=True))
        column.addWidget(PlainLabel(remark, tone=Tone.TEXT2, wraps=True))
        self.go_on_button = PlainButton(go_on, ButtonKind.DANGER)
        self.stay_button = PlainButton(stay)
        self.stay_button.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self.go_on_button, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.addButton(self.stay_button, QDialogButtonBox.ButtonRole.RejectRole)
        self.go_on_button.clicked.connect(self.accept)
        self.stay_button.clicked.connect(self.reject)
        column.addWidget(buttons)
        self.stay_button.setFocus()


def ask(parent: QWidget, question: str, remark: str, go_on: str, stay: str) -> bool:
    """Ask, and say whether the user goes on."""
    dialog = QuestionDialog(question, remark, go_on, stay, parent)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
