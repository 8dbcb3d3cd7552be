"""The drop-down list: drawn as the fields are, and nothing for the wheel."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.qt.pixels import shows
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.drop_down import DropDown
from uidscope.qt.kit.theme import tokens


def shown(qtbot: QtBot) -> DropDown:
    box = DropDown("Reason")
    box.addItems(["None", "Another, which is a good deal longer"])
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    with qtbot.waitExposed(box):
        box.show()
    return box


def test_it_looks_like_a_field(qtbot: QtBot, scheme: Scheme, direction: Qt.LayoutDirection) -> None:
    box = shown(qtbot)
    assert box.height() == 28
    edge = tokens().accent if box.hasFocus() else tokens().edge
    assert shows(box, [edge])
    box.setEnabled(False)
    assert shows(box, [tokens().base])
    assert not shows(box, [edge])


def test_larger_text_has_its_room(qtbot: QtBot, text_size: int) -> None:
    box = shown(qtbot)
    assert box.height() >= text_size + 10


def test_the_wheel_changes_nothing(qtbot: QtBot) -> None:
    box = shown(qtbot)
    turned = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # not inverted; it is taken by its place alone
    )
    QApplication.sendEvent(box, turned)
    assert box.currentIndex() == 0
    assert not turned.isAccepted()
