"""The keys with which a missing object can be fetched from an archive, and where each was found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from uidscope.core.judge.fetch_keys import FetchKeys, FoundIn, Key
from uidscope.qt.kit.buttons import ButtonSize, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.elided_label import ElidedLabel
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.icon_spot import IconSpot
from uidscope.qt.kit.layout_clearing import clear_layout
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.screen_names import screen_names


class FetchKeysBox(QWidget):
    """Shows the keys of one missing object; hidden where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: FetchKeys | None = None
        self._title = PlainLabel(role=FontRole.STRONG, wraps=True)
        self.copy_button = PlainButton(self.tr("Copy keys"), size=ButtonSize.DENSE, icon="copy")
        self.copy_button.clicked.connect(self._copy_keys)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconSpot("broken", Verdict.WARNING, 16))
        head.addWidget(self._title, 1)
        head.addWidget(self.copy_button)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(24, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._grid)
        self.hide()

    def set_keys(self, keys: FetchKeys | None, what: str = "") -> None:
        """Show the keys of `what` ("Image"), or nothing."""
        self._keys = keys
        clear_layout(self._grid)
        self.setVisible(keys is not None)
        if keys is None:
            return
        title = self.tr("This %1 is not loaded. Fetch it with these keys:").replace("%1", what)
        self._title.setText(title)
        self.setAccessibleName(title)
        for row, (label, key) in enumerate(self._rows(keys)):
            name = PlainLabel(label, role=FontRole.SMALL, tone=Tone.TEXT2)
            told = key.value or self.tr("not known")
            shown = ElidedLabel(told, role=FontRole.MONO if key.value else FontRole.SMALL)
            source = self._source(key.found_in)
            found = PlainLabel(source, role=FontRole.SMALL, tone=Tone.TEXT2)
            shown.setAccessibleName(visible_text(f"{label} {told} {source}".strip()))
            for place, widget in enumerate((name, shown, found)):
                self._grid.addWidget(widget, row, place, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        painter.fillRect(self.rect(), colour(colours.alt))
        painter.fillRect(0, 0, self.width(), 1, colour(colours.line))
        painter.end()

    def _rows(self, keys: FetchKeys) -> list[tuple[str, Key]]:
        patient_id = Key(screen_names().patient_id(keys.patient_id.value), keys.patient_id.found_in)
        rows = [(self.tr("Patient ID"), patient_id), (self.tr("Study"), keys.study_uid)]
        if keys.sop_instance_uid.value or keys.series_uid.value:
            rows.append((self.tr("Series"), keys.series_uid))
        if keys.sop_instance_uid.value:
            rows.append((self.tr("Instance"), keys.sop_instance_uid))
        return rows

    def _source(self, found_in: FoundIn) -> str:
        return {
            "reference": self.tr("from the reference"),
            "series-list": self.tr("from the list of references"),
            "evidence": self.tr("from the evidence"),
            "image-evidence": self.tr("from the evidence of the image"),
            "enclosing": self.tr("from around the reference"),
            "other-object": self.tr("from another object"),
            "loaded-series": self.tr("from the loaded part of the series"),
            "referring-object": self.tr("from this object"),
            "assumed": self.tr("assumed: that of this object"),
            "": "",
        }[found_in]

    def _copy_keys(self) -> None:
        if self._keys is None:
            return
        named = (
            ("PatientID", screen_names().patient_id(self._keys.patient_id.value)),
            ("StudyInstanceUID", self._keys.study_uid.value),
            ("SeriesInstanceUID", self._keys.series_uid.value),
            ("SOPInstanceUID", self._keys.sop_instance_uid.value),
        )
        QGuiApplication.clipboard().setText("\n".join(f"{name}={value}" for name, value in named if value))
