"""The key of the repeatable scheme: from a file, or from the system's keyring by its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from uidscope.core.errors import UidscopeError
from uidscope.core.uid.key_file import KEYRING_PREFIX, key_fingerprint, read_key
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.kit.buttons import PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.elided_label import ElidedLabel
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.path_choice import choose_key_file


class _Read(NamedTuple):
    place: str
    key: bytes


class _NameEdit(QLineEdit):
    """Enter ends the name; it is not meant for the dialog's own button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class KeyPart(QWidget):
    """`changed` says that there is another key, or a reason why there is none.

    What could not be read leaves the key before. The keyring is asked beside the window's thread, since it
    may ask the user for a password first.
    """

    changed = Signal()

    def __init__(self, before: bytes | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._refusal = before, ""
        self.file_button = PlainButton(self.tr("Choose key file…"))
        self.name_edit = _NameEdit()
        self.name_edit.setAccessibleName(self.tr("Name of a key in the system's keyring"))
        self.name_edit.setPlaceholderText(self.tr("Name in the system's keyring"))
        self.keyring_button = PlainButton(self.tr("Take from keyring"))
        self.keyring_button.setEnabled(False)
        self._in_use = ElidedLabel(tone=Tone.TEXT2)
        self._say(self.tr("As before") if before is not None else "")
        self._question = BackgroundQuestion("key of the keyring", self)
        self._lay_out()
        self.file_button.clicked.connect(self._choose_file)
        self.name_edit.textChanged.connect(lambda text: self.keyring_button.setEnabled(bool(text.strip())))
        self.name_edit.returnPressed.connect(self.keyring_button.click)
        self.keyring_button.clicked.connect(self._ask_keyring)
        self._question.answered.connect(self._take)
        self._question.failed.connect(self._refuse)

    @property
    def key(self) -> bytes | None:
        """The key in use."""
        return self._key

    @property
    def refusal(self) -> str:
        """Why what was chosen last could not be read, as a sentence; empty where it could."""
        return self._refusal

    @property
    def stops(self) -> Sequence[QWidget]:
        """What takes part in going by Tab, in order."""
        return self.file_button, self.name_edit, self.keyring_button

    def take_file(self, path: str) -> None:
        """Read the key from a file."""
        self._question.drop()
        try:
            self._take(_Read(path, read_key(path)))
        except UidscopeError as error:
            self._refuse(str(error))

    def forget_refusal(self) -> None:
        """Say no longer why something could not be read."""
        self._refusal = ""

    def _lay_out(self) -> None:
        ways = QHBoxLayout()
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(8)
        ways.addWidget(self.file_button)
        ways.addWidget(PlainLabel(self.tr("or"), role=FontRole.SMALL, tone=Tone.TEXT2))
        ways.addWidget(self.name_edit, 1)
        ways.addWidget(self.keyring_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(ways)
        column.addWidget(self._in_use)

    def _choose_file(self) -> None:
        path = choose_key_file(self)
        if path:
            self.take_file(path)

    def _ask_keyring(self) -> None:
        place = f"{KEYRING_PREFIX}{self.name_edit.text().strip()}"
        self._question.ask(lambda: _Read(place, read_key(place)))

    def _take(self, read: _Read) -> None:
        self._key, self._refusal = read.key, ""
        self._say(read.place)
        self.changed.emit()

    def _refuse(self, sentence: str) -> None:
        self._refusal = sentence
        self.changed.emit()

    def _say(self, place: str) -> None:
        """Say which key is in use; people compare its fingerprint, and never the key."""
        said = ""
        if self._key is not None and place:
            said = self.tr("Key in use: %1, fingerprint %2")
            said = said.replace("%2", key_fingerprint(self._key)).replace("%1", place)
        self._in_use.set_text(said)
