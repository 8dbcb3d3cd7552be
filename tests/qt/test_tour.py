"""The tour: six places, by keyboard, beside what it speaks of, and the window stays in use."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.builders import ct_series, with_uids
from tests.qt.accessible import acting_labels, nameless
from tests.qt.windows import LONGEST_WAIT, load, shown_window, wait_until_checked
from tests.watch import SourceFolders
from uidscope.qt.kit.callout import TargetFrame
from uidscope.qt.main_window import MainWindow
from uidscope.qt.panels.findings_panel import FindingsPanel


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path)


@pytest.fixture
def touring(qtbot: QtBot, window: MainWindow, make_source: SourceFolders) -> MainWindow:
    """A window on the tour over two files with one fault."""
    images = ct_series(2)
    load(
        qtbot, window, make_source([images[0], *with_uids(images[1:], {images[1].StudyInstanceUID: "1.02"})])
    )
    findings = window.docks.panel(FindingsPanel)
    qtbot.waitUntil(lambda: findings.model.rowCount() > 0, timeout=LONGEST_WAIT)
    window.commands["actionTour"].trigger()
    qtbot.waitUntil(window.tour.callout.isVisible, timeout=LONGEST_WAIT)
    return window


def title(window: MainWindow) -> str:
    return window.tour.callout.accessibleName()


def test_it_begins_by_itself_once(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["actionOpenSample"].trigger()
    wait_until_checked(qtbot, window)
    qtbot.waitUntil(lambda: window.tour.is_shown, timeout=LONGEST_WAIT)
    window.tour.close()
    window.operations.clear()
    window.commands["actionOpenSample"].trigger()
    wait_until_checked(qtbot, window)
    qtbot.wait(100)
    assert not window.tour.is_shown


def test_asked_for_with_nothing_loaded_it_opens_the_sample(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["actionTour"].trigger()
    wait_until_checked(qtbot, window)
    qtbot.waitUntil(window.tour.callout.isVisible, timeout=LONGEST_WAIT)
    assert window.state.paths == (window.sample.path,)


def test_it_can_be_asked_for_again(qtbot: QtBot, touring: MainWindow) -> None:
    touring.tour.close()
    assert touring.commands["actionTour"] in touring.commands.menus["menuHelp"].actions()
    touring.commands["actionTour"].trigger()
    assert touring.tour.is_shown
    assert "1 of 6" in title(touring)


def test_enter_leads_to_the_end_and_back_leads_back(qtbot: QtBot, touring: MainWindow) -> None:
    callout = touring.tour.callout
    seen = [title(touring)]
    assert not callout.back_button.isEnabled()
    for _ in range(5):
        assert QApplication.focusWidget() is callout.next_button
        qtbot.keyClick(callout.next_button, Qt.Key.Key_Return)
        seen.append(title(touring))
    assert len(set(seen)) == 6
    callout.back_button.setFocus()
    qtbot.keyClick(callout.back_button, Qt.Key.Key_Return)
    assert title(touring) == seen[4]
    qtbot.keyClick(callout.next_button, Qt.Key.Key_Space)
    qtbot.keyClick(callout.next_button, Qt.Key.Key_Space)
    assert not touring.tour.is_shown
    assert callout.isHidden()


def test_escape_closes_it_and_gives_the_focus_back(qtbot: QtBot, touring: MainWindow) -> None:
    touring.tour.close()
    touring.tree.view.setFocus()
    touring.commands["actionTour"].trigger()
    qtbot.keyClick(touring.tour.callout.next_button, Qt.Key.Key_Escape)
    assert touring.tour.callout.isHidden()
    (frame,) = touring.findChildren(TargetFrame)
    assert frame.isHidden()
    assert QApplication.focusWidget() is touring.tree.view


def test_the_window_stays_in_use(qtbot: QtBot, touring: MainWindow) -> None:
    assert QApplication.activeModalWidget() is None
    touring.tree.view.setFocus()
    assert QApplication.focusWidget() is touring.tree.view
    assert touring.tour.is_shown


def test_each_place_is_there_and_the_callout_lies_inside_the_window(
    qtbot: QtBot, touring: MainWindow, text_size: int
) -> None:
    (frame,) = touring.findChildren(TargetFrame)
    for size in ((1440, 900), (1024, 700)):
        touring.resize(*size)
        touring.commands["actionTour"].trigger()
        frames = []
        for _ in range(6):
            qtbot.wait(20)
            callout = touring.tour.callout
            assert frame.isVisible()
            assert touring.rect().contains(callout.geometry())
            assert touring.rect().contains(frame.geometry())
            frames.append(QRect(frame.geometry()))
            for label in callout.findChildren(QLabel):
                assert label.height() >= label.heightForWidth(label.width())
                assert callout.rect().contains(label.geometry())
            touring.tour.next()
        assert len({(each.x(), each.y(), each.width()) for each in frames}) >= 4


def test_it_shows_a_finding_and_its_identity(qtbot: QtBot, touring: MainWindow) -> None:
    touring.tour.next()
    assert touring.state.selection
    touring.tour.next()
    assert touring.docks.by_name["inspectorDock"].isVisible()


def test_it_does_nothing_itself(qtbot: QtBot, touring: MainWindow) -> None:
    for _ in range(6):
        touring.tour.next()
    assert touring.state.uid_map is None
    assert touring.state.is_exported


def test_a_screen_reader_hears_each_place(touring: MainWindow) -> None:
    callout = touring.tour.callout
    assert nameless(callout) == []
    assert acting_labels(callout) == []
    heard = set()
    for _ in range(6):
        assert callout.accessibleDescription()
        heard.add(callout.next_button.accessibleDescription())
        touring.tour.next()
    assert len(heard) == 6


def test_it_ends_with_what_was_loaded(touring: MainWindow) -> None:
    touring.operations.clear()
    assert not touring.tour.is_shown
    assert touring.tour.callout.isHidden()
