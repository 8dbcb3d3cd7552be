"""What can be done about a faulty UID: three buttons below its verdict."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from uidscope.qt.kit.buttons import ButtonKind, ButtonSize, PlainButton
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.kit.wrapping_row import WrappingRow


class UidActions(QWidget):
    """Plans the fix, finds the uses, opens the rule. There is one for each UID, so each names its element."""

    fix = Signal()
    find_uses = Signal()
    explain = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._element = ""
        self.fix_button = PlainButton("", size=ButtonSize.DENSE)
        self.uses_button = PlainButton("", size=ButtonSize.DENSE)
        self.rule_button = PlainButton("", ButtonKind.QUIET, ButtonSize.DENSE)
        self.fix_button.clicked.connect(self.fix)
        self.uses_button.clicked.connect(self.find_uses)
        self.rule_button.clicked.connect(self.explain)
        self._row = WrappingRow((self.fix_button, self.uses_button, self.rule_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)

    def set_element(self, element: str, *, has_value: bool, can_fix: bool) -> None:
        """Be about another UID, whose uses are not counted yet."""
        self._element = element
        self.setAccessibleName(visible_text(element))
        self._say(self.fix_button, self.tr("Add fix to plan"))
        self._say(self.rule_button, self.tr("Why this verdict?"))
        self.fix_button.setVisible(can_fix)
        self.uses_button.setEnabled(has_value)
        self.set_uses(None)

    def set_uses(self, count: int | None) -> None:
        """Say how many elements hold the UID; None: not known yet."""
        if count is None:
            said = self.tr("Find all uses")
        else:
            said = self.tr("Find all uses (%1)").replace("%1", number_text(count))
        self._say(self.uses_button, said)
        self._row.rearrange()

    def set_primary(self, *, is_primary: bool) -> None:
        """Let the fix be the one filled button of the panel, or not."""
        self.fix_button.set_kind(ButtonKind.PRIMARY if is_primary else ButtonKind.SECONDARY)

    def _say(self, button: PlainButton, text: str) -> None:
        button.set_text(text)
        button.setAccessibleName(visible_text(f"{text}, {self._element}"))
