"""How folders are read: processes, links, and the second look for UIDs in text."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.segmented_switch import Segment, SegmentedSwitch
from uidscope.qt.kit.tick_buttons import PlainCheckBox
from uidscope.qt.preferences import Reading

_NUMBERS = (0, 1, 2, 4, 8)
_INDENTATION = 26  # below the words of a check box


class ReadingPage(QWidget):
    """The choices; they hold from the next reading on."""

    def __init__(self, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs = SegmentedSwitch(self._numbers(reading.jobs), self.tr("Processes for reading"))
        self.jobs.set_current(str(reading.jobs))
        self.links_box = PlainCheckBox(self.tr("Follow links to other folders"))
        self.links_box.setChecked(reading.follow_links)
        self.leftovers_box = PlainCheckBox(self.tr("Look for UIDs in text, private elements and documents"))
        self.leftovers_box.setChecked(reading.leftovers)
        jobs = QHBoxLayout()
        jobs.setSpacing(8)
        jobs.addWidget(PlainLabel(self.tr("Processes")))
        jobs.addWidget(self.jobs)
        jobs.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(jobs)
        column.addLayout(
            _remark(self.tr("Fewer are kinder to a slow share, or to others who work on this computer."), 0)
        )
        column.addSpacing(8)
        column.addWidget(self.links_box)
        column.addLayout(
            _remark(self.tr("Without it each link is listed as not loaded. Files are never read twice."))
        )
        column.addSpacing(8)
        column.addWidget(self.leftovers_box)
        column.addLayout(
            _remark(
                self.tr("Such places do not follow when UIDs change. Every file is read once more for it.")
            )
        )
        column.addStretch(1)

    def _numbers(self, chosen: int) -> list[Segment]:
        """The usual numbers of processes, and the one that is chosen."""
        numbers = sorted({*_NUMBERS, chosen})
        return [
            Segment(str(number), str(number) if number else self.tr("One a processor")) for number in numbers
        ]

    @property
    def reading(self) -> Reading:
        """What is chosen."""
        return Reading(int(self.jobs.current), self.links_box.isChecked(), self.leftovers_box.isChecked())


def _remark(sentence: str, indentation: int = _INDENTATION) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addSpacing(indentation)
    row.addWidget(PlainLabel(sentence, role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True), 1)
    return row
