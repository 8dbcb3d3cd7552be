"""The help: searched, read, and opened where the work is."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QFontInfo, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.builders import ct_series, set_unchecked
from tests.qt.accessible import HOSTILE, acting_labels, nameless
from tests.qt.loaded_state import settle, shown
from tests.qt.room import cut_widgets
from tests.qt.windows import load, shown_window
from tests.watch import SourceFolders
from uidscope.core.judge.rule_table import rules
from uidscope.core.language import LANGUAGES
from uidscope.core.report.beliefs import beliefs_page
from uidscope.core.report.guide import guide_page
from uidscope.core.report.help_page import Entry, HelpPage, Passage, Picture, Section
from uidscope.core.report.rule_book import rule_book_page
from uidscope.qt.dialogs.help_dialog import HelpDialog
from uidscope.qt.dialogs.picture_dialog import PictureDialog
from uidscope.qt.kit.cells import CELL_ROLE, NameCell
from uidscope.qt.kit.fitted_picture import FittedPicture
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


# The guide: what to do, step by step, with pictures


def a_guide(folder: Path) -> HelpPage:
    """A page with a job that has everything, and one whose picture is not there."""
    picture = QImage(1600, 900, QImage.Format.Format_RGB32)
    picture.fill(QColor("#0B6380"))
    path = folder / "job.png"
    assert picture.save(str(path))
    whole = Entry(
        "whole",
        "A job",
        (Passage("", "When it comes up."),),
        Picture(str(path), "The window with a folder loaded"),
        ("First this.", "Then that."),
        (Passage("", "This is what comes of it."),),
        Passage("Command line", "uidscope inspect FOLDER"),
    )
    without = Entry("without", "Another job", (), Picture(str(folder / "gone.png"), "Gone"), ("Only this.",))
    return HelpPage("User guide", ("Each page is one job.",), (Section("Jobs", "", (whole, without)),))


@pytest.fixture
def guide(qtbot: QtBot, tmp_path: Path) -> HelpDialog:
    dialog = HelpDialog(a_guide(tmp_path), "whole")
    shown(qtbot, dialog, 960, 640)
    return dialog


def picture_of(dialog: HelpDialog) -> FittedPicture:
    (picture,) = (each for each in dialog.findChildren(FittedPicture) if not each.isHidden())
    return picture


def enlarged(dialog: HelpDialog) -> list[PictureDialog]:
    return [each for each in dialog.findChildren(PictureDialog) if each.isVisible()]


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_each_job_of_the_guide_says_its_steps_in_order_as_text(qtbot: QtBot, spoken: str) -> None:
    page = guide_page(spoken)
    dialog = HelpDialog(page)
    shown(qtbot, dialog, 960, 640)
    entries = [entry for section in page.sections for entry in section.entries]
    assert entries
    for entry in entries:
        dialog.show_entry(entry.anchor)
        texts = said(dialog)
        assert entry.steps
        steps = [text for text in texts if text in {f"{n}. {step}" for n, step in enumerate(entry.steps, 1)}]
        assert [step.partition(". ")[2] for step in steps] == list(entry.steps)
        assert {passage.text for passage in (*entry.passages, *entry.closing)} <= set(texts)


def test_the_picture_is_as_wide_as_there_is_room_and_never_larger_than_it_is(guide: HelpDialog) -> None:
    picture = picture_of(guide)
    guide.grab()
    assert picture.accessibleName() == "The window with a folder loaded"
    assert picture.width() < picture.picture.width()
    assert abs(picture.height() - picture.width() * 900 / 1600) <= 1
    guide.resize(4000, 1200)
    guide.grab()
    assert picture.height() == 900
    assert said(guide).index("When it comes up.") < said(guide).index("1. First this.")


@pytest.mark.parametrize("key", [None, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_picture_opens_in_full_size_by_mouse_and_by_keyboard(
    qtbot: QtBot, guide: HelpDialog, key: Qt.Key | None
) -> None:
    picture = picture_of(guide)
    if key is None:
        qtbot.mouseClick(picture, Qt.MouseButton.LeftButton)
    else:
        guide.view.setFocus()
        for _ in range(10):
            if QApplication.focusWidget() is picture:
                break
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is picture
        qtbot.keyClick(picture, key)
    (large,) = enlarged(guide)
    assert large.accessibleName() == large.windowTitle() == "The window with a folder loaded"
    (label,) = large.findChildren(QLabel)
    assert label.pixmap().size() == picture.picture.size()
    assert nameless(large) == []
    available = large.screen().availableSize()
    assert large.width() <= available.width()
    assert large.height() <= available.height()
    qtbot.keyClick(large, Qt.Key.Key_Escape)
    assert enlarged(guide) == []
    assert guide.isVisible()


def test_where_a_picture_is_missing_the_steps_are_there(guide: HelpDialog) -> None:
    guide.show_entry("without")
    assert "1. Only this." in said(guide)
    assert [each for each in guide.findChildren(FittedPicture) if not each.isHidden()] == []


def test_the_command_line_stands_in_monospace_and_can_be_copied(guide: HelpDialog) -> None:
    labels = {label.text(): label for label in guide.findChildren(PlainLabel)}
    assert "uidscope inspect FOLDER" in said(guide)
    command = labels["uidscope inspect FOLDER"]
    assert QFontInfo(command.font()).fixedPitch()
    assert not QFontInfo(labels["1. First this."].font()).fixedPitch()
    assert command.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_in_german_nothing_of_the_guide_is_cut_in_a_small_dialog(
    qtbot: QtBot, german: None, text_size: int
) -> None:
    page = guide_page()
    dialog = HelpDialog(page)
    shown(qtbot, dialog, 1024, 700)
    assert dialog.windowTitle() == "Handbuch"
    for section in page.sections:
        for entry in section.entries:
            dialog.show_entry(entry.anchor)
            said(dialog)
            assert cut_widgets(dialog) == [], entry.anchor


def test_the_menu_opens_the_guide(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    window.commands["actionGuide"].trigger()
    assert one_help(window).windowTitle() == guide_page().title
