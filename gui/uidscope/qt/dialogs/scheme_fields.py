"""What a scheme for new UIDs has to be told: a root, numbers, an installation, a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from uidscope.core.uid.organization.organization_book import OrganizationBook
from uidscope.core.uid.organization.organization_file import default_organization_file
from uidscope.core.uid.schemes import SchemeOptions
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.dialogs.key_part import KeyPart
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.drop_down import DropDown
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel

_LONG_FIELDS: Final = ("product", "version", "site", "study", "series", "image")
_LONG_COLUMNS: Final = 3


class SchemeFields(QWidget):
    """The fields of one scheme at a time; `changed` says that another value stands in one of them."""

    changed = Signal()

    def __init__(
        self, before: SchemeOptions, organization_file: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._before, self._scheme = before, before.name
        self._book = OrganizationBook(organization_file or default_organization_file())
        self._installations: tuple[tuple[str, SchemeOptions], ...] = ()
        self._refusal = ""  # why the installations could not be read
        self.root_edit = QLineEdit(before.root)
        self.root_edit.setAccessibleName(self.tr("Root of your organization"))
        self.numbers = {field: QLineEdit(getattr(before, field)) for field in _LONG_FIELDS}
        self.installation_box = DropDown(self.tr("Installation"))
        self.key = KeyPart(before.key)
        self._about_key = PlainLabel(
            self.tr("A key is never kept: after a restart it is chosen anew."),
            role=FontRole.SMALL,
            tone=Tone.TEXT2,
            wraps=True,
        )
        self._long_part = self._make_long_part()
        self._none_yet = PlainLabel(
            self.tr("No installation is registered; Tools > UID roots hands out their numbers."),
            role=FontRole.SMALL,
            tone=Tone.TEXT2,
            wraps=True,
        )
        self._none_yet.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        for part in (self.root_edit, self._long_part, self.installation_box, self.key):
            column.addWidget(part)
        # Not within a part of their own: nested layouts give wrapped labels too little height.
        for label in (self._none_yet, self._about_key):
            column.addWidget(label)
        self._question = BackgroundQuestion("installations", self)
        self._question.answered.connect(self._take_installations)
        self._question.failed.connect(self._refuse)
        self.root_edit.textChanged.connect(lambda _text: self.changed.emit())
        for edit in self.numbers.values():
            edit.textChanged.connect(lambda _text: self.changed.emit())
        self.installation_box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.key.changed.connect(self.changed)
        self._fill_installations()

    @property
    def refusal(self) -> str:
        """Why what was chosen could not be read, as a sentence; empty where it could."""
        return {"keyed": self.key.refusal, "installation": self._refusal}.get(self._scheme, "")

    @property
    def lacks_its_key(self) -> bool:
        """Whether another key was asked for than the one that is there."""
        return self._scheme == "keyed" and bool(self.key.refusal)

    @property
    def stops(self) -> Sequence[QWidget]:
        """What takes part in going by Tab, in order."""
        return (self.root_edit, *self.numbers.values(), self.installation_box, *self.key.stops)

    def show_for(self, scheme: str) -> None:
        """Show the fields of a scheme."""
        if scheme != self._scheme:
            self._refusal = ""
            self.key.forget_refusal()
        self._scheme = scheme
        takes_root = scheme not in ("uuid", "installation")
        self.root_edit.setVisible(takes_root)
        self.root_edit.setEnabled(takes_root)
        is_repeatable = scheme == "keyed"
        self.root_edit.setPlaceholderText(
            self.tr("Root, if there is to be one")
            if is_repeatable
            else self.tr("Root, such as 1.3.6.1.4.1.32473")
        )
        self._long_part.setVisible(scheme == "long")
        for part in (self.key, self._about_key):
            part.setVisible(is_repeatable)
        self.installation_box.setVisible(scheme == "installation")
        self._none_yet.hide()
        if scheme == "installation":
            self._question.ask(self._book.installation_choices)

    def options(self, scheme: str) -> SchemeOptions:
        """The options of a scheme as its fields stand."""
        root = self.root_edit.text().strip()
        match scheme:
            case "uuid":
                return SchemeOptions()
            case "long":
                return SchemeOptions(
                    "long",
                    root,
                    product=self._number("product"),
                    version=self._number("version"),
                    site=self._number("site"),
                    study=self._number("study"),
                    series=self._number("series"),
                    image=self._number("image"),
                )
            case "installation":
                chosen: SchemeOptions | None = self.installation_box.currentData()
                return chosen or SchemeOptions("installation")
            case "keyed":
                return SchemeOptions("keyed", root, key=self.key.key)
            case _:
                return SchemeOptions(scheme, root)

    def _number(self, field: str) -> str:
        return self.numbers[field].text().strip()

    # Parts

    def _make_long_part(self) -> QWidget:
        names = {
            "product": self.tr("Product"),
            "version": self.tr("Version"),
            "site": self.tr("Site"),
            "study": self.tr("Study"),
            "series": self.tr("Series"),
            "image": self.tr("Image"),
        }
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for place, (field, edit) in enumerate(self.numbers.items()):
            row, column = divmod(place, _LONG_COLUMNS)
            label = PlainLabel(names[field], role=FontRole.SMALL, tone=Tone.TEXT2)
            label.setBuddy(edit)
            edit.setAccessibleName(self.tr("Number of the %1").replace("%1", names[field]))
            edit.setPlaceholderText("" if row == 0 else self.tr("counts by itself"))
            grid.addWidget(label, 2 * row, column)
            grid.addWidget(edit, 2 * row + 1, column)
        return part

    # Installations

    def _take_installations(self, found: tuple[tuple[str, SchemeOptions], ...]) -> None:
        self._installations = found
        self._fill_installations()
        self.changed.emit()

    def _fill_installations(self) -> None:
        """Those registered, and the one in use before where it is not among them."""
        box, before = self.installation_box, self._before
        chosen = box.currentData() or (before if before.name == "installation" else None)
        choices = [(serial, options) for serial, options in self._installations]
        if chosen is not None and chosen not in [options for _, options in choices]:
            choices.insert(
                0, (self.tr("As before: %1").replace("%1", f"{chosen.root}.2.{chosen.serial}"), chosen)
            )
        box.blockSignals(True)
        box.clear()
        for serial, options in choices:
            box.addItem(serial, options)
        box.setCurrentIndex(next((at for at, each in enumerate(choices) if each[1] == chosen), 0))
        box.blockSignals(False)
        box.setEnabled(bool(choices))
        self._none_yet.setVisible(self._scheme == "installation" and not choices)

    def _refuse(self, sentence: str) -> None:
        self._refusal = sentence
        self.changed.emit()
