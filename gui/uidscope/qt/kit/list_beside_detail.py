"""A list, and beside it what there is to say of the row at hand."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

_LIST_SHARE, _DETAIL_SHARE = 61, 39


class ListBesideDetail(QWidget):
    """Shares its width between the two, in line with the inspector's edge above."""

    def __init__(self, listed: QWidget, detail: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(listed, _LIST_SHARE)
        row.addWidget(detail, _DETAIL_SHARE)
