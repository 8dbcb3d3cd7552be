"""The way to a place: its last step is always to be seen, the first ones give way."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.qt.loaded_state import shown
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.path_label import PathLabel
from uidscope.qt.kit.theme import apply_theme

STEPS = ("TEST^ALPHA", "CT Thorax", "Series 2", "Image 3")


def test_all_steps_show_where_there_is_room(qtbot: QtBot, qapp: QApplication) -> None:
    label = PathLabel()
    label.set_steps(STEPS)
    shown(qtbot, label, label.sizeHint().width(), 30)
    assert label.shown == "TEST^ALPHA › CT Thorax › Series 2 › Image 3"
    assert label.accessibleName() == "TEST^ALPHA › CT Thorax › Series 2 › Image 3"


@pytest.mark.parametrize("missing", [40, 120, 200])
def test_first_steps_give_way(qtbot: QtBot, missing: int) -> None:
    label = PathLabel()
    label.set_steps(STEPS)
    shown(qtbot, label, label.sizeHint().width() - missing, 30)
    assert label.shown.startswith("… › ")
    assert label.shown.endswith("Image 3")
    assert label.accessibleName() == "TEST^ALPHA › CT Thorax › Series 2 › Image 3"


def test_last_step_shows_whatever_the_room(qtbot: QtBot) -> None:
    label = PathLabel()
    label.set_steps(STEPS)
    shown(qtbot, label, 40, 30)
    assert label.shown == "Image 3"
    label.set_steps(())
    assert label.shown == ""


def test_a_long_name_leaves_room_and_does_not_act(qtbot: QtBot, qapp: QApplication) -> None:
    label = PathLabel()
    shown(qtbot, label, 500, 30)
    label.set_steps(("x" * 10_000, "<b>A&B\u202e", "Image 3"))
    assert "\u202e" not in label.shown
    assert label.shown.endswith("<b>A&B\\u202e › Image 3")
    apply_theme(qapp, Scheme.DARK)
    assert label.shown.endswith("Image 3")
