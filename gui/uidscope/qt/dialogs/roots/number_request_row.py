"""A number asked for under the organization's root, with what it would be while one types."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from uidscope.core.uid.organization.number_request import NumberRequest, preview
from uidscope.core.uid.organization.organization import Organization
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.segmented_switch import Segment, SegmentedSwitch

PRODUCT, VERSION, INSTALLATION = "product", "version", "installation"


class NumberRequestRow(QWidget):
    """Asks for a product, a version of the product at hand, or an installation.

    `asked` carries the request, which the organization shown would grant.
    """

    asked = Signal(object)  # NumberRequest

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._organization = Organization()
        self._product = ""
        self.switch = SegmentedSwitch(
            [
                Segment(PRODUCT, self.tr("Product")),
                Segment(VERSION, self.tr("Version")),
                Segment(INSTALLATION, self.tr("Installation")),
            ],
            self.tr("What gets a number"),
        )
        self.name_edit = QLineEdit()
        self.number_edit = QLineEdit()
        self.number_edit.setAccessibleName(self.tr("Another number for this installation"))
        self.number_edit.setPlaceholderText(self.tr("Other number"))
        self.hand_out_button = PlainButton(self.tr("Hand out"), ButtonKind.PRIMARY)
        self.uid = PlainLabel(" ", role=FontRole.MONO, selectable=True)
        self._uid_about = PlainLabel(" ", role=FontRole.SMALL, tone=Tone.TEXT2)
        self.remark = Remark()
        self._lay_out()
        self.switch.switched.connect(lambda _key: self._switch())
        self.name_edit.textChanged.connect(lambda _text: self._look())
        self.number_edit.textChanged.connect(lambda _text: self._look())
        self.name_edit.returnPressed.connect(self.ask)
        self.number_edit.returnPressed.connect(self.ask)
        self.hand_out_button.clicked.connect(self.ask)
        self._switch()

    def set_organization(self, organization: Organization) -> None:
        """Ask this organization from now on."""
        self._organization = organization
        self._look()

    def set_product(self, name: str) -> None:
        """The product that a version is asked for."""
        self._product = name
        self._switch()

    def choose(self, kind: str) -> None:
        """Switch to a product, a version or an installation."""
        self.switch.set_current(kind)
        self._switch()

    def clear(self) -> None:
        """Forget what was typed."""
        self.name_edit.clear()
        self.number_edit.clear()

    def ask(self) -> None:
        """Ask for what is typed, where it would be granted."""
        if self.hand_out_button.isEnabled():
            self.asked.emit(self._request())

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self.switch)
        fields.addWidget(self.name_edit, 2)
        fields.addWidget(self.number_edit, 1)
        fields.addWidget(self.hand_out_button)
        told = QGridLayout()
        told.setHorizontalSpacing(8)
        told.addWidget(self._uid_about, 0, 0)
        told.addWidget(self.uid, 0, 1)
        told.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(fields)
        column.addLayout(told)
        column.addWidget(self.remark)

    def _request(self) -> NumberRequest:
        name = self.name_edit.text().strip()
        match self.switch.current:
            case "product":
                return NumberRequest("product", name)
            case "version":
                return NumberRequest("version", name, self._product)
            case _:
                return NumberRequest("installation", name, number=self.number_edit.text().strip())

    def _switch(self) -> None:
        kind = self.switch.current
        self.number_edit.setVisible(kind == INSTALLATION)
        of_product = self.tr("New version of %1").replace("%1", self._product)
        wanted = {
            PRODUCT: self.tr("Name of a new product"),
            VERSION: of_product if self._product else self.tr("Select a product below first"),
            INSTALLATION: self.tr("Serial number of an installation"),
        }[kind]
        self.name_edit.setPlaceholderText(wanted)
        self.name_edit.setAccessibleName(wanted)
        self._look()

    def _look(self) -> None:
        request = self._request()
        found = preview(self._organization, request)
        self._uid_about.setText(self.tr("It gets") if found.uid else " ")
        self.uid.setText(found.uid or " ")
        verdict = Verdict.ERROR if found.refusal else Verdict.WARNING
        self.remark.say(found.refusal or " ".join(found.remarks), verdict)
        can_type = bool(self._organization.root) and (self.switch.current != VERSION or bool(self._product))
        self.name_edit.setEnabled(can_type)
        self.number_edit.setEnabled(can_type)
        self.hand_out_button.setEnabled(can_type and bool(request.name) and not found.refusal)
