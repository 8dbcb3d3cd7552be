"""Which file keeps the organization's UIDs, and how to use another one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from uidscope.core.uid.organization.organization_file import default_organization_file
from uidscope.qt.kit.buttons import ButtonKind, ButtonSize, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.elided_label import ElidedLabel
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.path_choice import choose_new_organization, choose_organization


class OrganizationFileRow(QWidget):
    """`chosen` carries the path of another file, empty for the one in the user's own data folder."""

    chosen = Signal(str)

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ElidedLabel("", FontRole.SMALL, Tone.TEXT2)
        self.own_button = self._button(self.tr("My own file"))
        self.open_button = self._button(self.tr("Open file…"))
        self.new_button = self._button(self.tr("New file…"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._kept, 1)
        for button in (self.own_button, self.open_button, self.new_button):
            row.addWidget(button)
        self.own_button.clicked.connect(lambda: self.chosen.emit(""))
        self.open_button.clicked.connect(lambda: self._choose(choose_organization))
        self.new_button.clicked.connect(lambda: self._choose(choose_new_organization))
        self.show_file(path)

    def show_file(self, path: str) -> None:
        """Say which file it is; an empty path is the user's own."""
        self._kept.set_text(self.tr("Kept in %1").replace("%1", path or default_organization_file()))
        self.own_button.setVisible(bool(path))

    def _button(self, words: str) -> PlainButton:
        return PlainButton(words, ButtonKind.QUIET, ButtonSize.DENSE)

    def _choose(self, ask: Callable[[QWidget], str]) -> None:
        path = ask(self)
        if path:
            self.chosen.emit(path)
