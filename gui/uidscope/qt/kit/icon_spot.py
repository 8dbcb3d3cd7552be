"""An icon that stands for itself in a fixed square."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.icons import draw_icon
from uidscope.qt.kit.theme import tokens

VERDICT_ICONS = {
    Verdict.ERROR: "error",
    Verdict.WARNING: "warning",
    Verdict.INFO: "note",
    Verdict.PLAN: "planned",
    Verdict.OK: "verified",
}
"""The icon that goes with a verdict where nothing more particular does."""


class IconSpot(QWidget):
    """Shows an icon in the ink of a verdict. Mere ornament: the words beside it say the same."""

    def __init__(
        self, icon: str, verdict: Verdict, size: int, *, on_soft: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._verdict, self._on_soft = icon, verdict, on_soft
        self.setFixedSize(size, size)

    def set_icon(self, icon: str, verdict: Verdict) -> None:
        """Show another icon."""
        self._icon, self._verdict = icon, verdict
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        inks = colours.verdict(self._verdict)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        behind = inks.soft if self._on_soft else colours.base
        draw_icon(painter, QRectF(self.rect()), self._icon, inks.ink, behind, mirrored=mirrored)
        painter.end()
