"""What a screen reader would find, and text that must not act."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)

HOSTILE = ("<img src=x>&amp;", "A&B", "left\u202eright", "x" * 10_000)
"""Texts from files that must be shown as they are; none may become HTML, a shortcut or another order."""


def nameless(widget: QWidget) -> list[str]:
    """Every part of a widget that can be used and has no accessible name."""
    kinds = (QAbstractButton, QAbstractItemView, QLineEdit, QTabBar)
    parts = [widget, *(part for part in widget.findChildren(QWidget) if isinstance(part, kinds))]
    return [
        f"{type(part).__name__} {part.objectName()}"
        for part in parts
        if not part.accessibleName() and not isinstance(part, QHeaderView) and not _is_qts_own(part)
    ]


def _is_qts_own(part: QWidget) -> bool:
    """The buttons that Qt puts into fields and tab bars, which it names itself."""
    return isinstance(part.parentWidget(), QLineEdit | QTabBar)


def acting_labels(widget: QWidget) -> list[str]:
    """Every label that would take its text for HTML."""
    return [
        label.text() for label in widget.findChildren(QLabel) if label.textFormat() != Qt.TextFormat.PlainText
    ]
