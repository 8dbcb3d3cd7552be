"""What can be seen of a widget."""

from collections.abc import Iterable

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

_NEARLY = 24  # of 255


def grabbed(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def colours_within(image: QImage, place: QRect) -> set[str]:
    """All colours in a part of an image, as `#rrggbb`."""
    inside = place.intersected(image.rect())
    columns = range(inside.left(), inside.right() + 1)
    rows = range(inside.top(), inside.bottom() + 1)
    return {image.pixelColor(x, y).name() for x in columns for y in rows}


def named(*colours: str) -> set[str]:
    """The colours as `QColor.name` writes them."""
    return {QColor(colour).name() for colour in colours}


def shows(widget: QWidget, colours: Iterable[str]) -> bool:
    """Whether all of `colours` can be seen somewhere in the widget."""
    image = grabbed(widget)
    return named(*colours) <= colours_within(image, image.rect())


def shows_text(widget: QWidget, colour: str) -> bool:
    """Whether text in this colour can be seen: how full its strokes get hangs on the system's fonts."""
    ink = QColor(colour)
    image = grabbed(widget)
    return any(_is_nearly(QColor(found), ink) for found in colours_within(image, image.rect()))


def _is_nearly(one: QColor, other: QColor) -> bool:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(mine - theirs) <= _NEARLY for mine, theirs in pairs)
