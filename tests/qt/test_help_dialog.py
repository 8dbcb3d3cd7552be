"""The help: searched, read, and opened where the work is."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.builders import ct_series, set_unchecked
from tests.qt.accessible import HOSTILE, acting_labels, nameless
from tests.qt.loaded_state import settle, shown
from tests.qt.windows import load, shown_window
from tests.watch import SourceFolders
from uidscope.core.judge.rule_table import rules
from uidscope.core.report.beliefs import beliefs_page
from uidscope.core.report.help_page import Entry, HelpPage, Passage, Section
from uidscope.core.report.rule_book import rule_book_page
from uidscope.qt.dialogs.help_dialog import HelpDialog
from uidscope.qt.kit.cells import CELL_ROLE, NameCell
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.main_window import MainWindow
from uidscope.qt.panels.findings_panel import FindingsPanel


@pytest.fixture
def dialog(qtbot: QtBot) -> HelpDialog:
    dialog = HelpDialog(rule_book_page())
    shown(qtbot, dialog, 960, 640)
    return dialog


def listed(dialog: HelpDialog) -> list[str]:
    """The anchors of the entries that are listed."""
    entries = [dialog.model.entry(dialog.model.index(row, 0)) for row in range(dialog.model.rowCount())]
    return [entry.anchor for entry in entries if entry is not None]


def anchor(dialog: HelpDialog) -> str:
    entry = dialog.model.entry(dialog.view.currentIndex())
    return entry.anchor if entry is not None else ""


def said(dialog: HelpDialog) -> list[str]:
    # What was put into a layout is shown by an event of its own.
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    return [label.text() for label in dialog.findChildren(PlainLabel) if not label.isHidden()]


def test_every_rule_is_listed_below_its_section(dialog: HelpDialog) -> None:
    assert set(rules()) <= set(listed(dialog))
    first = dialog.model.index(0, 0).data(CELL_ROLE)
    assert isinstance(first, NameCell)
    assert first.group
    assert anchor(dialog) == listed(dialog)[0]


def test_an_anchor_opens_its_rule_with_all_that_is_said_of_it(dialog: HelpDialog) -> None:
    dialog.show_entry("UID-S04")
    assert anchor(dialog) == "UID-S04"
    entry = dialog.model.entry(dialog.view.currentIndex())
    assert entry is not None
    assert {passage.text for passage in entry.passages} <= set(said(dialog))


def test_search_keeps_what_holds_every_word(qtbot: QtBot, dialog: HelpDialog) -> None:
    dialog.show_entry("UID-S04")
    qtbot.keyClicks(dialog.search_edit, "LEADING zero")
    found = listed(dialog)
    assert "UID-S04" in found
    assert len(found) < len(rules())
    assert anchor(dialog) == "UID-S04"
    qtbot.keyClicks(dialog.search_edit, " qqqq")
    assert listed(dialog) == []
    assert "Nothing here holds these words." in said(dialog)
    dialog.show_entry("ENT-50")
    assert (dialog.search_edit.text(), anchor(dialog)) == ("", "ENT-50")


def test_down_goes_from_the_search_to_the_list(qtbot: QtBot, dialog: HelpDialog) -> None:
    dialog.search_edit.setFocus()
    qtbot.keyClick(dialog.search_edit, Qt.Key.Key_Down)
    assert dialog.focusWidget() is dialog.view
    before = anchor(dialog)
    qtbot.keyClick(dialog.view, Qt.Key.Key_Down)
    assert anchor(dialog) == listed(dialog)[listed(dialog).index(before) + 1]


def test_nothing_in_a_page_acts(qtbot: QtBot) -> None:
    entries = tuple(
        Entry(str(at), text, (Passage(text, text),)) for at, text in enumerate((*HOSTILE, "A&B" * 40))
    )
    dialog = HelpDialog(HelpPage("<b>Help</b>", HOSTILE[:2], (Section(HOSTILE[0], "", entries),)))
    shown(qtbot, dialog, 960, 640)
    for each in entries:
        dialog.show_entry(each.anchor)
        assert acting_labels(dialog) == []
    assert nameless(dialog) == []


def test_beliefs_are_a_page_too(qtbot: QtBot) -> None:
    dialog = HelpDialog(beliefs_page())
    shown(qtbot, dialog, 960, 640)
    assert "dicom-root" in listed(dialog)


def test_f1_opens_the_rule_of_the_finding_at_hand(
    qtbot: QtBot, tmp_path: Path, make_source: SourceFolders
) -> None:
    window = shown_window(qtbot, tmp_path)
    window.commands["actionRuleBook"].trigger()
    assert anchor(one_help(window))
    images = ct_series(3)
    set_unchecked(images[1], "SOPInstanceUID", "1.2.840.01.5")
    load(qtbot, window, make_source(images))
    settle(qtbot, window.docks.panel(FindingsPanel))
    panel = window.docks.panel(FindingsPanel)
    panel.next()
    assert panel.current_rule
    action = window.commands["actionRuleBook"]
    assert [key.toString() for key in action.shortcuts()] == ["F1"]
    action.trigger()
    assert anchor(one_help(window)) == panel.current_rule


def one_help(window: MainWindow) -> HelpDialog:
    """The one page of help that is open."""
    (dialog,) = (each for each in window.findChildren(HelpDialog) if each.isVisible())
    assert not dialog.isModal()
    assert dialog.findChild(QLineEdit) is dialog.search_edit
    assert not dialog.findChildren(QAction, "actionRuleBook")
    return dialog
