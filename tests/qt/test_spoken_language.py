"""The window in German: every word of it, all of it with room, numbers and Qt's own dialogs with it."""

import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QSize
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox
from pytestqt.qtbot import QtBot

from tests.builders import ct_series, with_uids
from tests.qt.conftest import silence
from tests.qt.every_dialog import DIALOGS
from tests.qt.room import cut_widgets
from tests.qt.steps import settle_window
from tests.qt.windows import load, shown_window
from tests.watch import SourceFolders
from uidscope.core.errors import UsageError
from uidscope.core.language import language
from uidscope.qt.dialogs.preferences.preferences_dialog import PreferencesDialog
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.main_window import MainWindow
from uidscope.qt.settings import Settings
from uidscope.qt.spoken_language import LANGUAGE_CHOICES, locale_of, speak

SMALLEST = (1024, 700)


@pytest.fixture
def window(qtbot: QtBot, german: None, tmp_path: Path, make_source: SourceFolders) -> MainWindow:
    """A window in German, as small as it may be, with a faulty series, a second copy and a finding."""
    images = ct_series(3)
    faulty = with_uids(images, {images[0].SOPInstanceUID: "1.3.6.1.4.1.32473.01"})
    window = shown_window(qtbot, tmp_path)
    window.resize(*SMALLEST)
    load(qtbot, window, make_source([*faulty, faulty[0]]))
    settle_window(qtbot, window)
    return window


def test_the_core_and_the_numbers_speak_it_too(german: None) -> None:
    assert language() == "de"
    assert number_text(12_345) == QLocale("de").toString(12_345)
    assert str(UsageError("There is no rule called “X”.")) == "Es gibt keine Regel „X“."


def test_qts_own_buttons_speak_it(qtbot: QtBot, german: None) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"


def test_a_count_takes_its_form(german: None) -> None:
    assert QCoreApplication.translate("FindingWords", "%Ln findings", "", 1) == "1 Feststellung"
    assert QCoreApplication.translate("FindingWords", "%Ln findings", "", 2) == "2 Feststellungen"


def test_english_is_spoken_where_the_user_chose_it(qapp: QApplication) -> None:
    speak(qapp, "en")
    assert language() == "en"
    assert QCoreApplication.translate("Actions", "&File") == "&File"
    silence(qapp)


@pytest.mark.parametrize(
    ("spoken", "system", "expected"),
    [
        ("de", "de_AT", "de_AT"),
        ("de", "en_US", "de_DE"),
        ("en", "de_DE", "en_DE"),
        ("en", "en_GB", "en_GB"),
        ("de", "fr_CH", "de_CH"),
    ],
)
def test_numbers_and_dates_keep_the_systems_country(spoken: str, system: str, expected: str) -> None:
    assert locale_of(spoken, QLocale(system)).name() == expected


def test_the_window_has_room_for_its_words(qtbot: QtBot, window: MainWindow) -> None:
    assert window.menuBar().actions()[0].text() == "&Datei"
    for name, dock in window.docks.by_name.items():
        window.docks.show(name)
        settle_window(qtbot, window)
        assert cut_widgets(dock) == [], name


def test_the_empty_window_has_room_for_its_words(qtbot: QtBot, german: None, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    window.resize(*SMALLEST)
    assert cut_widgets(window.empty_state) == []


def test_no_letter_of_a_menu_stands_for_two(window: MainWindow) -> None:
    bar = [action.text() for action in window.menuBar().actions()]
    menus = [[action.text() for action in menu.actions()] for menu in window.commands.menus.values()]
    for texts in (bar, *menus):
        letters = Counter(QKeySequence.mnemonic(text).toString() for text in texts)
        letters.pop("", None)
        assert [letter for letter, times in letters.items() if times > 1] == [], texts


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_every_dialog_has_room_for_its_words(qtbot: QtBot, window: MainWindow, kind: type[QDialog]) -> None:
    dialog = DIALOGS[kind](qtbot, window)
    dialog.resize(dialog.size().boundedTo(QSize(*SMALLEST)))
    settle_window(qtbot, window)
    assert dialog.minimumSizeHint().boundedTo(QSize(*SMALLEST)) == dialog.minimumSizeHint()
    assert cut_widgets(dialog) == []


def test_the_choice_is_kept_for_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    window.commands["actionPreferences"].trigger()
    dialog = window.findChild(PreferencesDialog)
    assert dialog is not None
    assert dialog.preferences.language == "system"
    dialog.language.set_current("de")
    dialog.accept()
    window.close()
    assert Settings(str(tmp_path / "window.ini")).language == "de"
    assert language() == "en"


@pytest.mark.parametrize("choice", LANGUAGE_CHOICES)
def test_settings_keep_each_choice(tmp_path: Path, choice: str) -> None:
    path = str(tmp_path / "window.ini")
    settings = Settings(path)
    settings.language = choice
    settings.save()
    assert Settings(path).language == choice


def test_a_choice_that_is_not_known_is_as_none(tmp_path: Path) -> None:
    path = tmp_path / "window.ini"
    path.write_text("[window]\nlanguage=tlh\n", "utf-8")
    assert Settings(str(path)).language == "system"


def test_a_page_names_each_language_in_itself(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["actionPreferences"].trigger()
    dialog = window.findChild(PreferencesDialog)
    assert dialog is not None
    entries = [dialog.list.item(at).text() for at in range(dialog.list.count())]
    assert entries[-1] == "Sprache"
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    assert cut_widgets(dialog) == []
    assert not [text for text in entries if re.search(r"\b(Reading|Rules|Appearance)\b", text)]
