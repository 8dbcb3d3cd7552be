"""Numbers as the locale writes them."""

from PySide6.QtCore import QLocale


def number_text(number: int) -> str:
    """The number with its thousands set apart: "9,812"."""
    return QLocale().toString(number)
