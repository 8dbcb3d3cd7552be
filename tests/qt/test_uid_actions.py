"""What can be done about a faulty UID, below its verdict: planned, looked up, explained."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import ct_series, set_unchecked, with_uids
from tests.qt.accessible import nameless
from tests.qt.loaded_state import a_state, load_into, node_with, settle, shown
from tests.qt.room import cut_widgets
from tests.qt.steps import dialog_of, go_to, press, settle_window
from tests.qt.windows import load, shown_window
from tests.watch import SourceFolders
from uidscope.core.catalog.findings import KeptFinding, findings
from uidscope.core.catalog.tree import ROOT, children
from uidscope.core.catalog.uid_uses import uid_use_counts
from uidscope.qt.dialogs.help_dialog import HelpDialog
from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog
from uidscope.qt.dialogs.uses_dialog import UsesDialog
from uidscope.qt.docks import INSPECTOR
from uidscope.qt.kit.buttons import ButtonKind
from uidscope.qt.main_window import MainWindow
from uidscope.qt.panels.identity_tab import IdentityTab, UidSection
from uidscope.qt.panels.inspector import Inspector
from uidscope.qt.state import WorkState

IMAGES = ct_series(3)
FAULTY = "1.3.6.1.4.1.32473.1001.02.1"
FAULTY_FRAME = "1.3.6.1.4.1.32473.1001.03.1"


@pytest.fixture
def folder(make_source: SourceFolders) -> Path:
    """Three images, one with a faulty UID, all with a faulty frame of reference."""
    images = with_uids(ct_series(3), {IMAGES[0].SOPInstanceUID: FAULTY})
    for image in images:
        set_unchecked(image, "FrameOfReferenceUID", FAULTY_FRAME)
    return make_source(images)


@pytest.fixture
def state() -> Iterator[WorkState]:
    with a_state() as state:
        yield state


@pytest.fixture
def inspector(qtbot: QtBot, state: WorkState) -> Inspector:
    inspector = Inspector(state)
    shown(qtbot, inspector, 560, 900)
    return inspector


@pytest.fixture
def tab(inspector: Inspector) -> IdentityTab:
    return inspector.identity


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, folder: Path) -> MainWindow:
    """A window with the faulty image selected."""
    window = shown_window(qtbot, tmp_path)
    load(qtbot, window, folder)
    window.docks.show(INSPECTOR)
    go_to(qtbot, window, FAULTY)
    return window


def section(tab: IdentityTab, name: str) -> UidSection:
    (found,) = (each for each in tab.sections if each.isVisible() and each.accessibleName() == name)
    return found


def select_faulty(qtbot: QtBot, tab: IdentityTab) -> None:
    assert tab.state.catalog is not None
    tab.state.select((node_with(tab.state.catalog, FAULTY),))
    settle(qtbot, tab)


def own(window: MainWindow) -> UidSection:
    return section(window.docks.panel(Inspector).identity, "SOP Instance UID")


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_faulty_uid_has_three_actions_a_well_formed_one_its_icons(
    qtbot: QtBot, tab: IdentityTab, folder: Path
) -> None:
    catalog = load_into(tab.state, folder)
    select_faulty(qtbot, tab)
    faulty = section(tab, "SOP Instance UID")
    actions = faulty.uid_actions
    assert [each.text() for each in (actions.fix_button, actions.rule_button)] == [
        "Add fix to plan",
        "Why this verdict?",
    ]
    uses = uid_use_counts(catalog, FAULTY).total.elements
    assert uses > 1
    assert actions.uses_button.text() == f"Find all uses ({uses})"
    assert not faulty.uses_button.isVisible()
    sound = section(tab, "Series Instance UID")
    assert not sound.uid_actions.isVisible()
    assert sound.uses_button.isVisible()


def test_one_button_of_the_panel_is_filled(qtbot: QtBot, tab: IdentityTab, folder: Path) -> None:
    catalog = load_into(tab.state, folder)
    select_faulty(qtbot, tab)
    kinds = [
        each.uid_actions.fix_button.property("kind")
        for each in tab.sections
        if each.uid_actions.fix_button.isVisible()
    ]
    assert kinds == [ButtonKind.PRIMARY.value, ButtonKind.SECONDARY.value]
    tab.state.select((node_with(catalog, IMAGES[1].SOPInstanceUID),))
    settle(qtbot, tab)
    frame = section(tab, "Frame of Reference UID")
    assert frame.uid_actions.fix_button.property("kind") == ButtonKind.PRIMARY.value


def test_each_action_is_named_with_its_element(qtbot: QtBot, tab: IdentityTab, folder: Path) -> None:
    load_into(tab.state, folder)
    select_faulty(qtbot, tab)
    assert nameless(tab) == []
    actions = section(tab, "Frame of Reference UID").uid_actions
    for button in (actions.fix_button, actions.uses_button, actions.rule_button):
        assert button.accessibleName() == f"{button.text()}, Frame of Reference UID"


def test_before_the_checks_nothing_is_there_to_be_mended(
    qtbot: QtBot, tab: IdentityTab, folder: Path
) -> None:
    load_into(tab.state, folder, checked=False)
    select_faulty(qtbot, tab)
    actions = section(tab, "SOP Instance UID").uid_actions
    assert actions.isVisible()
    assert not actions.fix_button.isVisible()
    assert actions.rule_button.isVisible()


def test_a_uid_that_is_missing_has_no_uses(
    qtbot: QtBot, tab: IdentityTab, make_source: SourceFolders
) -> None:
    images = ct_series(1)
    set_unchecked(images[0], "SOPInstanceUID", "")
    catalog = load_into(tab.state, make_source(images))
    place = children(catalog, ROOT)[0].node
    while place.level != "instance":
        place = children(catalog, place)[0].node
    tab.state.select((place,))
    settle(qtbot, tab)
    actions = section(tab, "SOP Instance UID").uid_actions
    assert actions.uses_button.text() == "Find all uses"
    assert not actions.uses_button.isEnabled()
    assert actions.fix_button.isVisible()


def test_what_is_asked_for_is_carried(qtbot: QtBot, tab: IdentityTab, folder: Path) -> None:
    catalog = load_into(tab.state, folder)
    select_faulty(qtbot, tab)
    actions = section(tab, "Frame of Reference UID").uid_actions
    fixes: list[KeptFinding] = []
    rules: list[str] = []
    tab.fix_asked.connect(fixes.append)
    tab.rule_asked.connect(rules.append)
    click(qtbot, actions.fix_button)
    click(qtbot, actions.rule_button)
    assert rules == ["UID-S04"]
    assert fixes == [each for each in findings(catalog, rule="UID-S04") if each.uid == FAULTY_FRAME]


def test_the_keyboard_reaches_them_one_after_the_other(qtbot: QtBot, window: MainWindow) -> None:
    actions = own(window).uid_actions
    actions.fix_button.setFocus()
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is actions.uses_button
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is actions.rule_button
    press(Qt.Key.Key_Space)
    assert dialog_of(qtbot, window, HelpDialog).isVisible()


def test_the_fix_of_this_uid_alone_is_planned(qtbot: QtBot, window: MainWindow) -> None:
    click(qtbot, own(window).uid_actions.fix_button)
    settle_window(qtbot, window)
    assert window.state.uid_map is not None
    old = [entry.old for entry in window.state.uid_map.entries() if entry.kind == "instance"]
    assert old == [FAULTY]
    assert window.state.history.next_undo is not None


def test_a_fix_that_asks_opens_its_question(qtbot: QtBot, tmp_path: Path, make_source: SourceFolders) -> None:
    (image,), (other,) = ct_series(1), ct_series(1)
    other.PixelData = bytes(len(other.PixelData))
    window = shown_window(qtbot, tmp_path)
    load(qtbot, window, make_source([image, other]))
    window.docks.show(INSPECTOR)
    go_to(qtbot, window, image.SOPInstanceUID, "instance")
    click(qtbot, own(window).uid_actions.fix_button)
    settle_window(qtbot, window)
    dialog = dialog_of(qtbot, window, RegenerateDialog)
    assert dialog.choices.is_offered("apart")
    dialog.reject()


def test_uses_and_rule_open_beside_the_window(qtbot: QtBot, window: MainWindow) -> None:
    click(qtbot, own(window).uid_actions.uses_button)
    assert dialog_of(qtbot, window, UsesDialog).uid == FAULTY
    click(qtbot, own(window).uid_actions.rule_button)
    book = dialog_of(qtbot, window, HelpDialog)
    entry = book.model.entry(book.view.currentIndex())
    assert entry is not None
    assert entry.anchor == "UID-S04"
    settle_window(qtbot, window)


def test_in_german_they_have_room_in_the_smallest_window(
    qtbot: QtBot, german: None, text_size: int, window: MainWindow
) -> None:
    window.resize(1024, 700)
    settle_window(qtbot, window)
    actions = own(window).uid_actions
    assert actions.fix_button.text() == "Behebung in den Plan"
    assert actions.uses_button.text().startswith("Alle Verwendungen (")
    assert actions.isVisible()
    assert cut_widgets(actions) == []
