"""A question that must be answered before going on."""

from PySide6.QtWidgets import QMessageBox, QWidget

from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.plain_message_box import PlainMessageBox
from uidscope.qt.kit.visible_text import visible_text


class QuestionDialog(PlainMessageBox):
    """One sentence, what it means, and two buttons. To stay is the default, and what Escape does."""

    def __init__(
        self, sentence: str, explanation: str, go_on: str, stay: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(QMessageBox.Icon.NoIcon, "UIDscope", sentence, explanation, parent)
        self.setObjectName("questionDialog")
        self.setAccessibleName(visible_text(sentence))
        self.go_on_button = PlainButton(go_on, ButtonKind.DANGER)
        self.stay_button = PlainButton(stay)
        self.addButton(self.go_on_button, QMessageBox.ButtonRole.DestructiveRole)
        self.addButton(self.stay_button, QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.stay_button)
        self.setEscapeButton(self.stay_button)

    @property
    def goes_on(self) -> bool:
        """Whether the answer was to go on."""
        return self.clickedButton() is self.go_on_button


def ask(parent: QWidget, sentence: str, explanation: str, go_on: str, stay: str) -> bool:
    """Ask, and say whether the user goes on."""
    dialog = QuestionDialog(sentence, explanation, go_on, stay, parent)
    try:
        dialog.exec()
        return dialog.goes_on
    finally:
        dialog.deleteLater()
