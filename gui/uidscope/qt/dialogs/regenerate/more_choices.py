"""What is rarely chosen otherwise: order, frame of reference, texts, and what files tell of their past."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from uidscope.core.errors import UsageError
from uidscope.core.plan.copy_choices import COPY_QUESTIONS, KEEP_ALL, CopyChoices, CopyQuestion, emptying
from uidscope.core.plan.provenance_choices import (
    DEFAULT_SYSTEM,
    ProvenanceChoices,
    check_provenance,
    provenance_of,
)
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.tick_buttons import PlainCheckBox

_MOST_DERIVATIONS = 9999
_WITH_FRAME = frozenset({"copy", "derived-series"})


class MoreChoices(QWidget):
    """Shows what goes with a kind of intention; `changed` says that something else is chosen."""

    changed = Signal()

    def __init__(self, *, replaces_leftovers: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = ""
        self.emptied: dict[CopyQuestion, PlainCheckBox] = {}
        self.frame_box = PlainCheckBox(self.tr("A frame of reference of its own"))
        self.leftovers_box = PlainCheckBox(self.tr("Replace old UIDs in texts too"))
        self.leftovers_box.setChecked(replaces_leftovers)
        self.original_box = PlainCheckBox(self.tr("The replaced values (0400,0561)"))
        self.equipment_box = PlainCheckBox(self.tr("That this program took part (0018,A001)"))
        self.source_box = PlainCheckBox(self.tr("The object that each was made from (0008,2112)"))
        self.system_edit = QLineEdit(DEFAULT_SYSTEM)
        self.system_edit.setAccessibleName(self.tr("Who replaced the values"))
        self.previous_edit = QLineEdit()
        self.previous_edit.setAccessibleName(self.tr("Who gave the replaced values"))
        self.previous_edit.setPlaceholderText(self.tr("not known"))
        self.derivation = QSpinBox()
        self.derivation.setAccessibleName(self.tr("Which derivation of the same source this is"))
        self.derivation.lineEdit().setAccessibleName(self.derivation.accessibleName())
        self.derivation.setRange(1, _MOST_DERIVATIONS)
        self._check = Remark()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 0, 0, 0)
        self._column.setSpacing(4)
        self._order = self._make_order()
        self._frame = self._with_remark(
            self.frame_box,
            self.tr("Also where objects outside the selection share the old one: they no longer register."),
        )
        self._derivations = self._make_derivation()
        self._leftovers = self._with_remark(
            self.leftovers_box,
            self.tr("In plain text and private elements with room for it; names and numbers stay."),
        )
        self._past = self._make_past()
        for part in (self._order, self._frame, self._derivations, self._leftovers, self._past):
            self._column.addWidget(part)
        for box in (*self.emptied.values(), self.frame_box, self.leftovers_box, *self._past_boxes):
            box.toggled.connect(lambda _on: self._look())
        for edit in (self.system_edit, self.previous_edit):
            edit.textChanged.connect(lambda _text: self._look())
        self.derivation.valueChanged.connect(lambda _number: self._look())

    @property
    def choices(self) -> CopyChoices:
        """What a copy takes along of the order."""
        if self._kind != "copy":
            return KEEP_ALL
        return emptying(question for question, box in self.emptied.items() if box.isChecked())

    @property
    def new_frame_of_reference(self) -> bool:
        """Whether the selection gets a frame of reference of its own."""
        return self._kind in _WITH_FRAME and self.frame_box.isChecked()

    @property
    def derivation_number(self) -> int:
        """Which derivation of the same source it is."""
        return self.derivation.value() if self._kind == "derived-series" else 1

    @property
    def replace_leftovers(self) -> bool:
        """Whether old UIDs in texts are replaced."""
        return self.leftovers_box.isChecked()

    @property
    def provenance(self) -> ProvenanceChoices:
        """What is chosen otherwise than the kind of intention does by itself."""
        by_itself = provenance_of(self._kind)
        original, equipment = self.original_box.isChecked(), self.equipment_box.isChecked()
        source = self._kind == "derived-series" and self.source_box.isChecked()
        return ProvenanceChoices(
            None if original == by_itself.original_attributes else original,
            None if equipment == by_itself.contributing_equipment else equipment,
            True if source else None,
            self.system_edit.text(),
            self.previous_edit.text(),
        )

    @property
    def objection(self) -> str:
        """What speaks against what is chosen, as a sentence; empty where nothing does."""
        try:
            check_provenance(self._kind, self.provenance)
        except UsageError as error:
            return str(error)
        return ""

    def show_for(self, kind: str, *, is_repeatable: bool) -> None:
        """Show what goes with a kind of intention; what files tell of their past is as the kind has it."""
        if kind != self._kind:
            self._kind = kind
            by_itself = provenance_of(kind)
            self.original_box.setChecked(by_itself.original_attributes)
            self.equipment_box.setChecked(by_itself.contributing_equipment)
            self.source_box.setChecked(by_itself.source_reference)
        self._order.setVisible(kind == "copy")
        self._frame.setVisible(kind in _WITH_FRAME)
        self._derivations.setVisible(kind == "derived-series" and is_repeatable)
        self.source_box.setVisible(kind == "derived-series")
        self.original_box.setEnabled(kind != "pseudonymous")

    def _look(self) -> None:
        self._check.say(self.objection, Verdict.ERROR)
        self.changed.emit()

    # Parts

    @property
    def _past_boxes(self) -> tuple[PlainCheckBox, ...]:
        return self.original_box, self.equipment_box, self.source_box

    def _make_order(self) -> QWidget:
        words = {
            "accession": self.tr("Accession Number"),
            "study-id": self.tr("Study ID"),
            "request": self.tr("Request"),
            "performed-step": self.tr("Performed step"),
        }
        meanings = {
            "accession": self.tr("Kept, the order finds original and copy."),
            "study-id": self.tr("Kept, people take both for one study."),
            "request": self.tr("Kept, an archive may file the copy under the request."),
            "performed-step": self.tr("Kept, it names a step that knows nothing of the copy."),
        }
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        title = PlainLabel(self.tr("Left empty in the copy, as its type allows"), tone=Tone.TEXT2)
        grid.addWidget(title, 0, 0, 1, 2)
        for row, question in enumerate(COPY_QUESTIONS, 1):
            box = PlainCheckBox(words[question])
            box.setAccessibleDescription(meanings[question])
            self.emptied[question] = box
            grid.addWidget(box, row, 0)
            grid.addWidget(
                PlainLabel(meanings[question], role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True), row, 1
            )
        return part

    def _with_remark(self, box: PlainCheckBox, remark: str) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        column.addWidget(box)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addSpacing(26)
        row.addWidget(PlainLabel(remark, role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True), 1)
        column.addLayout(row)
        box.setAccessibleDescription(remark)
        return part

    def _make_derivation(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        row.addWidget(PlainLabel(self.tr("Derivation number"), tone=Tone.TEXT2))
        row.addWidget(self.derivation)
        said = self.tr("With a key, a second series from the same source needs another.")
        row.addWidget(PlainLabel(said, role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True), 1)
        return part

    def _make_past(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(PlainLabel(self.tr("What the files tell of their past"), tone=Tone.TEXT2))
        for box in self._past_boxes:
            column.addWidget(box)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for row, edit in enumerate((self.system_edit, self.previous_edit)):
            label = PlainLabel(edit.accessibleName(), role=FontRole.SMALL, tone=Tone.TEXT2)
            grid.addWidget(label, row, 0)
            grid.addWidget(edit, row, 1)
        column.addLayout(grid)
        column.addWidget(self._check)
        return part
