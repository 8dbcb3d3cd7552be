"""What was kept of errors of earlier runs: to read, to copy and to delete."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from uidscope.qt.kit.button_box import ButtonBox
from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel

_SIZE = (720, 480)


class CrashDialog(QDialog):
    """Shows reports as text; accepted where the user wants them deleted."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crashDialog")
        self.setWindowTitle(self.tr("Error report"))
        self.setAccessibleName(self.windowTitle())
        self.resize(*_SIZE)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text of the report"))
        self.text.setPlainText(text)
        self.copy_button = PlainButton(self.tr("Copy"))
        self.delete_button = PlainButton(self.tr("Delete"), ButtonKind.DANGER)
        self.close_button = PlainButton(self.tr("Close"))
        self.close_button.setDefault(True)
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        self.delete_button.clicked.connect(self.accept)
        self.close_button.clicked.connect(self.reject)
        self._lay_out()

    def _lay_out(self) -> None:
        said = self.tr(
            "Versions, the kind of error and the places in the program. It holds no names, no values and no "
            "paths of your files, and it has been sent to nobody."
        )
        buttons = ButtonBox()
        buttons.addButton(self.delete_button, QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("The program ran into an error"), role=FontRole.TITLE))
        column.addWidget(PlainLabel(said, tone=Tone.TEXT2, wraps=True))
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
