"""A choice between a few things, each with a sentence that says what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.tick_buttons import PlainRadioButton

_INDENTATION = 26  # below the words of a radio button


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things to choose: a key for the program, its name, and what it means."""

    key: str
    name: str
    meaning: str = ""


class ChoiceList(QWidget):
    """Radio buttons with their meaning below; the first is chosen. `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[Choice], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, PlainRadioButton] = {}
        self._below: dict[str, QVBoxLayout] = {}
        self._blocks: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for choice in choices:
            self._add(column, choice)
        if choices:
            self._buttons[choices[0].key].setChecked(True)

    @property
    def current(self) -> str:
        """The key of what is chosen."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Choose without a signal. Raises KeyError for a key there is not."""
        self._buttons[key].setChecked(True)

    def focus_current(self) -> None:
        """Give what is chosen the keyboard."""
        if self.current:
            self._buttons[self.current].setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, before: QWidget) -> None:
        """Be what Tab comes to after another widget."""
        for button in self._buttons.values():
            QWidget.setTabOrder(before, button)
            before = button

    def add_below(self, key: str, widget: QWidget) -> None:
        """Put a widget below the meaning of a choice; it can be used while that is chosen."""
        self._below[key].addWidget(widget)
        button = self._buttons[key]
        widget.setEnabled(button.isChecked())
        button.toggled.connect(widget.setEnabled)

    def add_part(self, key: str, widget: QWidget) -> None:
        """Put a widget below the meaning of a choice; it is there while that is chosen."""
        self._below[key].addWidget(widget)
        button = self._buttons[key]
        widget.setVisible(button.isChecked())
        button.toggled.connect(widget.setVisible)

    def set_offered(self, key: str, is_offered: bool) -> None:
        """Let a choice be there, or not; one that goes while it is chosen gives way to the first left."""
        self._blocks[key].setVisible(is_offered)
        if not is_offered and self.current == key:
            left = (other for other, block in self._blocks.items() if not block.isHidden())
            self.set_current(next(left, key))

    def is_offered(self, key: str) -> bool:
        """Whether a choice is there."""
        return not self._blocks[key].isHidden()

    def add_note(self, key: str, widget: QWidget) -> None:
        """Put a widget below the meaning of a choice; it is the same whatever is chosen."""
        self._below[key].addWidget(widget)

    def move_below(self, key: str, widget: QWidget, stops: Sequence[QWidget]) -> None:
        """Put a widget below a choice, from wherever it was; Tab goes from the choice to its ``stops``."""
        self._below[key].addWidget(widget)
        widget.show()  # what is given another parent is hidden
        before: QWidget = self._buttons[key]
        for stop in stops:
            QWidget.setTabOrder(before, stop)
            before = stop

    def _add(self, column: QVBoxLayout, choice: Choice) -> None:
        button = PlainRadioButton(choice.name)
        button.setAccessibleDescription(choice.meaning)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(choice.key))
        self._buttons[choice.key] = button
        self._group.addButton(button)
        below = QVBoxLayout()
        below.setSpacing(4)
        if choice.meaning:
            below.addWidget(PlainLabel(choice.meaning, role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True))
        self._below[choice.key] = below
        indented = QHBoxLayout()
        indented.setSpacing(0)
        indented.addSpacing(_INDENTATION)
        indented.addLayout(below, 1)
        holder = QWidget()
        block = QVBoxLayout(holder)
        block.setContentsMargins(0, 0, 0, 0)
        block.setSpacing(2)
        block.addWidget(button)
        block.addLayout(indented)
        self._blocks[choice.key] = holder
        column.addWidget(holder)
