"""A banner: a verdict with one line of explanation and at most two actions."""

import enum
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from uidscope.qt.kit.buttons import ButtonSize, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.icon_spot import VERDICT_ICONS, IconSpot
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.visible_text import visible_text

_RADIUS = 6


class BannerSize(enum.Enum):
    """How much a banner says: a remark in a panel, a box of text alone, or the verdict of a whole page."""

    REMARK = "remark"
    BOX = "box"
    VERDICT = "verdict"


class Banner(QWidget):
    """Soft fill, edge, icon, a strong title and one line below it; actions at the trailing end.

    `citation` stands before the line in the verdict's ink ("PS3.5 9.1"). `triggered` carries the place of
    the action pressed, counted from 0.
    """

    triggered = Signal(int)

    def __init__(
        self,
        verdict: Verdict,
        title: str,
        text: str = "",
        actions: Sequence[str] = (),
        size: BannerSize = BannerSize.REMARK,
        citation: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._verdict = verdict
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(visible_text(" ".join(part for part in (title, citation, text) if part)))
        row = QHBoxLayout(self)
        above = 8 if size is BannerSize.BOX else 10
        row.setContentsMargins(12, above, 12, above)
        row.setSpacing(12 if size is BannerSize.VERDICT else 8)
        if size is not BannerSize.BOX:
            side = 28 if size is BannerSize.VERDICT else 16
            spot = IconSpot(icon or VERDICT_ICONS[verdict], verdict, side, on_soft=True)
            row.addWidget(spot, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._words(title, text, citation), 1)
        self._trailing = QHBoxLayout()
        self._trailing.setSpacing(8)
        row.addLayout(self._trailing)
        for place, words in enumerate(actions):
            button = PlainButton(words, size=ButtonSize.DENSE)
            button.clicked.connect(lambda _checked=False, at=place: self.triggered.emit(at))
            self._trailing.addWidget(button)

    @property
    def verdict(self) -> Verdict:
        return self._verdict

    def add_trailing(self, widget: QWidget) -> None:
        """Add a widget, such as a badge, at the trailing end."""
        self._trailing.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens().verdict(self._verdict)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(colours.edge), 1))
        painter.setBrush(colour(colours.soft))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()

    def _words(self, title: str, text: str, citation: str) -> QBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch(1)
        title_role = FontRole.TITLE if self._size is BannerSize.VERDICT else FontRole.STRONG
        column.addWidget(PlainLabel(title, role=title_role, wraps=True))
        if text or citation:
            second = QHBoxLayout()
            second.setSpacing(8)
            text_role = FontRole.SMALL if self._size is BannerSize.BOX else FontRole.BODY
            if citation:
                cited = PlainLabel(citation, role=FontRole.BADGE, verdict=self._verdict)
                second.addWidget(cited, 0, Qt.AlignmentFlag.AlignTop)
            second.addWidget(PlainLabel(text, role=text_role, tone=Tone.TEXT, wraps=True), 1)
            column.addLayout(second)
        column.addStretch(1)
        return column
