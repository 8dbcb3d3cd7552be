"""Which rules a repair is to mend: one tick each, those that need no new UID ticked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from uidscope.core.plan.intention import Selector
from uidscope.core.plan.told.repair_offers import RepairOffer
from uidscope.core.report.words import rule_words
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.layout_clearing import clear_layout
from uidscope.qt.kit.tick_buttons import PlainCheckBox


class RepairPart(QWidget):
    """`changed` says that other rules are ticked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, PlainCheckBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def set_offers(self, offers: Iterable[RepairOffer], ticked: Iterable[str] | None = None) -> None:
        """Offer these; None ticks what needs no new UID."""
        clear_layout(self._column)
        self.boxes = {}
        wanted = None if ticked is None else set(ticked)
        for offer in offers:
            box = PlainCheckBox(self._name(offer))
            box.setChecked(not offer.new_uids if wanted is None else offer.rule in wanted)
            box.toggled.connect(lambda _on: self.changed.emit())
            self.boxes[offer.rule] = box
            self._column.addWidget(box)
            if offer.studies:
                remark = Remark()
                remark.say(self._about_studies(offer.studies), Verdict.WARNING)
                remark.setVisible(box.isChecked())
                box.toggled.connect(remark.setVisible)
                box.setAccessibleDescription(remark.text())
                self._column.addWidget(remark)

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """The rules ticked; none leaves nothing to repair."""
        return tuple(Selector("rule", code) for code, box in self.boxes.items() if box.isChecked())

    def _name(self, offer: RepairOffer) -> str:
        found = self.tr("1 finding") if offer.findings == 1 else self.tr("%Ln findings", "", offer.findings)
        makes = self.tr("new UIDs") if offer.new_uids else self.tr("no new UID")
        said = self.tr("%1 (%2): %3, %4").replace("%1", rule_words(offer.rule).title)
        return said.replace("%2", offer.rule).replace("%3", found).replace("%4", makes)

    def _about_studies(self, count: int) -> str:
        if count == 1:
            return self.tr(
                "This also replaces a Study Instance UID. Often the order or the information system has "
                "given it: tell them, or the study is no longer found."
            )
        return self.tr(
            "This also replaces %Ln Study Instance UIDs. Often the order or the information system has "
            "given them: tell them, or the studies are no longer found.",
            "",
            count,
        )
