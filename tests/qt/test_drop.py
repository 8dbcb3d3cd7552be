import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.qt.pixels import colours_within, grabbed, named, shows
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.drop_frame import DropFrame
from uidscope.qt.kit.drop_words import drop_names, drop_title
from uidscope.qt.kit.empty_state import EmptyState, PanelHint
from uidscope.qt.kit.theme import tokens


@pytest.mark.parametrize(
    ("folders", "files", "title"),
    [
        (2, 0, "Add 2 folders"),
        (1, 0, "Add 1 folder"),
        (0, 1, "Add 1 file"),
        (1, 3, "Add 1 folder and 3 files"),
    ],
)
def test_the_title_counts_what_is_dragged(qapp: QApplication, folders: int, files: int, title: str) -> None:
    assert drop_title(folders, files) == title


def test_three_names_at_most(qapp: QApplication) -> None:
    assert drop_names(["a"]) == "a"
    assert drop_names(["a", "b"]) == "a and b"
    assert drop_names(["a", "b", "c"]) == "a, b and c"
    assert drop_names(list("abcdef")) == "a, b, c and 3 more"


@given(names=st.lists(st.sampled_from(["%1", "%2", "100 %", "x"]), min_size=2, max_size=3))
def test_a_name_may_look_like_a_placeholder(names: list[str]) -> None:
    assert drop_names(names) == ", ".join(names[:-1]) + " and " + names[-1]


def test_the_frame_lies_over_the_window_and_follows_it(qtbot: QtBot, scheme: Scheme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    with qtbot.waitExposed(window):
        window.show()
    frame = DropFrame(window)
    assert frame.isHidden()
    frame.show_frame("Add 2 folders", "pacs-a and workstation-3", QRect(0, 40, 600, 36))
    window.resize(700, 500)
    assert frame.geometry() == window.rect()
    image = grabbed(window)
    for side in (QRect(0, 0, 700, 4), QRect(0, 496, 700, 4), QRect(0, 0, 4, 500), QRect(696, 0, 4, 500)):
        assert colours_within(image, side) == named(tokens().accent)
    bar = colours_within(image, QRect(4, 40, 590, 36))
    assert named(tokens().accent_soft, tokens().text) <= bar
    assert frame.accessibleDescription() == "Add 2 folders: pacs-a and workstation-3"
    assert frame.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


@pytest.fixture
def empty(qtbot: QtBot) -> EmptyState:
    made = EmptyState()
    qtbot.addWidget(made)
    made.resize(1024, 620)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_empty_state_offers_two_ways_to_start(empty: EmptyState, qtbot: QtBot) -> None:
    assert empty.objectName() == "emptyState"
    add, sample = empty.findChildren(QPushButton)
    assert add.focusPolicy() & Qt.FocusPolicy.TabFocus
    with qtbot.waitSignal(empty.add_folder):
        qtbot.keyClick(add, Qt.Key.Key_Space)
    with qtbot.waitSignal(empty.open_sample):
        qtbot.mouseClick(sample, Qt.MouseButton.LeftButton)


def test_a_drag_changes_its_words_and_its_colour(empty: EmptyState, scheme: Scheme) -> None:
    before = empty.findChildren(QPushButton)[0]
    assert not shows(empty, [tokens().accent_soft])
    empty.show_drag("Add 2 folders", "pacs-a and workstation-3")
    assert shows(empty, [tokens().accent_soft])
    assert not before.isVisible()
    empty.end_drag()
    assert before.isVisible()
    assert not shows(empty, [tokens().accent_soft])


def test_a_panel_hint_has_one_action(qtbot: QtBot) -> None:
    hint = PanelHint("The plan is empty.", "Regenerate…")
    qtbot.addWidget(hint)
    with qtbot.waitSignal(hint.triggered):
        qtbot.mouseClick(hint.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert hint.accessibleName() == "The plan is empty."
