"""Whether all words of a window have the room they ask for."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from uidscope.qt.kit.fitted_picture import FittedPicture
from uidscope.qt.kit.plain_label import PlainLabel


def cut_widgets(page: QWidget) -> list[str]:
    """What is cut in a page that is shown: words and buttons that have too little room, or lie outside.

    What stands in an area that scrolls may lie below its edge, but not beside it.
    """
    QApplication.processEvents()
    page.grab()
    cut = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, PlainLabel | QAbstractButton):
            continue
        if isinstance(widget, PlainLabel) and not widget.text():
            continue
        # A picture is made to fit; like words that wrap it needs its height alone.
        wraps = isinstance(widget, FittedPicture) or (isinstance(widget, PlainLabel) and widget.wordWrap())
        needed = widget.heightForWidth(widget.width()) if wraps else widget.sizeHint().height()
        has_room = widget.height() >= needed and (wraps or widget.width() >= widget.sizeHint().width())
        place = QRect(widget.mapTo(page, widget.rect().topLeft()), widget.size())
        bounds = page.rect()
        if any(area.isAncestorOf(widget) for area in page.findChildren(QScrollArea)):
            bounds = bounds.adjusted(0, -10_000, 0, 10_000)
        if not has_room or not bounds.contains(place):
            cut.append(f"{type(widget).__name__} {widget.text()!r} {place} in {bounds}")
    return cut
