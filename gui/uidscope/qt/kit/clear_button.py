"""The buttons within a field, with names: Qt's own have none."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QToolButton

_QTS_NAME = "_q_qlineeditclearaction"


def add_clear_button(edit: QLineEdit, name: str) -> None:
    """Let a field be emptied by a button, which a screen reader calls by its name."""
    edit.setClearButtonEnabled(True)
    name_field_button(edit, edit.findChild(QAction, _QTS_NAME), name)


def name_field_button(edit: QLineEdit, action: QAction | None, name: str) -> None:
    """Name the button that a field has for an action; the action's own text would take its room."""
    for button in edit.findChildren(QToolButton):
        if action is not None and button.defaultAction() is action:
            button.setAccessibleName(name)
