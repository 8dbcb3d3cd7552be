"""How an organization gets a root: a page to read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from uidscope.core.uid.root_report import WayToARoot, toolkit_roots_warning, ways_to_a_root
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel


class WaysToARoot(QScrollArea):
    """Shows each way with the form of the root that comes of it, and a warning at the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("How to get a root"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Base)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(4)
        self._column.addWidget(PlainLabel(self.tr("How to get a root"), role=FontRole.TITLE))
        for way in ways_to_a_root():
            self._add(way)
        self._column.addSpacing(12)
        warning = toolkit_roots_warning()
        self._column.addWidget(PlainLabel(warning, verdict=Verdict.WARNING, wraps=True, selectable=True))
        self._column.addStretch(1)
        self.setWidget(page)

    def _add(self, way: WayToARoot) -> None:
        self._column.addSpacing(8)
        self._column.addWidget(PlainLabel(way.title, role=FontRole.STRONG))
        self._column.addWidget(PlainLabel(way.text, wraps=True, selectable=True))
        self._column.addWidget(PlainLabel(way.example, role=FontRole.MONO, tone=Tone.TEXT2, selectable=True))
        self._column.addWidget(PlainLabel(way.cost, role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True))
