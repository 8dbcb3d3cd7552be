import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.qt.pixels import shows
from uidscope.qt.kit.badges import BadgeKind
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.segmented_switch import Segment, SegmentedSwitch
from uidscope.qt.kit.theme import tokens

SEGMENTS = (
    Segment("all", "All"),
    Segment("errors", "Errors", BadgeKind.ERROR, 4),
    Segment("warnings", "Warnings", BadgeKind.WARNING, 1500),
    Segment("changed", "Changed", BadgeKind.PLANNED),
)


@pytest.fixture
def switch(qtbot: QtBot, direction: Qt.LayoutDirection) -> SegmentedSwitch:
    made = SegmentedSwitch(SEGMENTS, "Show")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def parts(switch: SegmentedSwitch) -> list[QAbstractButton]:
    return switch.findChildren(QAbstractButton)


def test_one_is_always_on(switch: SegmentedSwitch, qtbot: QtBot) -> None:
    assert switch.current == "all"
    with qtbot.waitSignal(switch.switched) as switched:
        qtbot.mouseClick(parts(switch)[1], Qt.MouseButton.LeftButton)
    assert switched.args == ["errors"]
    assert switch.current == "errors"
    assert sum(part.isChecked() for part in parts(switch)) == 1


def test_the_program_switches_without_a_signal(switch: SegmentedSwitch, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(switch.switched):
        switch.set_current("changed")
    assert switch.current == "changed"
    with pytest.raises(KeyError):
        switch.set_current("no such part")


def test_arrow_keys_go_to_the_neighbour_on_that_side(switch: SegmentedSwitch, qtbot: QtBot) -> None:
    onward, back = Qt.Key.Key_Right, Qt.Key.Key_Left
    if switch.isRightToLeft():
        onward, back = back, onward
    parts(switch)[0].setFocus()
    qtbot.waitUntil(parts(switch)[0].hasFocus)
    for expected in ("errors", "warnings", "changed", "changed"):
        qtbot.keyClick(switch.focusWidget(), onward)
        assert switch.current == expected
    qtbot.keyClick(switch.focusWidget(), back)
    assert switch.current == "warnings"


def test_parts_say_their_counts(switch: SegmentedSwitch) -> None:
    assert [part.accessibleName() for part in parts(switch)] == [
        "All",
        "Errors 4",
        "Warnings 1,500",
        "Changed",
    ]
    assert switch.accessibleName() == "Show"
    wide = switch.sizeHint().width()
    switch.set_count("changed", 40)
    assert parts(switch)[3].accessibleName() == "Changed 40"
    assert switch.sizeHint().width() > wide


def test_nothing_moves_when_another_part_is_on(switch: SegmentedSwitch) -> None:
    widths = [part.sizeHint().width() for part in parts(switch)]
    switch.set_current("warnings")
    assert [part.sizeHint().width() for part in parts(switch)] == widths


def test_its_colours_follow_the_scheme(switch: SegmentedSwitch, scheme: Scheme) -> None:
    colours = tokens()
    assert shows(switch, [colours.select, colours.error.ink, colours.warning.ink, colours.plan.ink])
    switch.setEnabled(False)
    assert not shows(switch, [colours.select])
    assert not shows(switch, [colours.error.ink])
