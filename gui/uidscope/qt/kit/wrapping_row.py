"""A row of widgets that goes on in further rows where it is too narrow for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_GAP = 8


class _Arranged(NamedTuple):
    places: tuple[QRect, ...]
    height: int


class WrappingRow(QWidget):
    """Stands in a column and takes its width from there; each widget keeps the size that it asks for."""

    def __init__(self, widgets: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets = tuple(widgets)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in self._widgets:
            widget.setParent(self)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arranged(width).height

    def sizeHint(self) -> QSize:
        widths = [widget.sizeHint().width() for widget in self._shown()]
        whole = sum(widths) + _GAP * max(0, len(widths) - 1)
        return QSize(whole, self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        widest = max((widget.sizeHint().width() for widget in self._shown()), default=0)
        return QSize(widest, self.heightForWidth(max(self.width(), widest)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rearrange()

    def event(self, event: QEvent) -> bool:
        """Arrange anew when a widget has come to ask for another size."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange):
            self.rearrange()
        return super().event(event)

    def rearrange(self) -> None:
        """Put each widget in its place; to be called where one was shown or hidden."""
        arranged = self._arranged(self.width())
        for widget, place in zip(self._shown(), arranged.places, strict=True):
            widget.setGeometry(place)
        if self.minimumHeight() != arranged.height:
            self.setMinimumHeight(arranged.height)
            self.updateGeometry()

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _arranged(self, width: int) -> _Arranged:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        places: list[QRect] = []
        left = top = height = 0
        for widget in self._shown():
            size = widget.sizeHint()
            if left and left + size.width() > width:
                left, top = 0, top + height + _GAP
                height = 0
            at = width - left - size.width() if mirrored else left
            places.append(QRect(at, top, size.width(), size.height()))
            left += size.width() + _GAP
            height = max(height, size.height())
        return _Arranged(tuple(places), top + height)
