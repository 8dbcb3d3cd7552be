"""What is chosen once for all work: kept only when asked to, held at once, and there after a restart."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.builders import ct_series, with_uids
from tests.qt.accessible import nameless
from tests.qt.room import cut_widgets
from tests.qt.windows import LONGEST_WAIT, load, shown_window
from tests.watch import SourceFolders
from uidscope.core.catalog.findings import rule_counts
from uidscope.core.judge.rule_settings import CHANGED, profile, with_severity
from uidscope.core.uid.schemes import SchemeOptions
from uidscope.qt.dialogs.preferences.preferences_dialog import PreferencesDialog
from uidscope.qt.dialogs.scheme_choice import OWN_ROOT
from uidscope.qt.main_window import MainWindow
from uidscope.qt.models.rule_severities_model import RuleColumn
from uidscope.qt.preferences import Preferences, Reading
from uidscope.qt.state import WorkState

ZEROS = "1.3.6.1.4.1.32473.01"


@pytest.fixture
def dialog(qtbot: QtBot) -> PreferencesDialog:
    before = Preferences(SchemeOptions(), profile("strict"), Reading(), "system")
    dialog = PreferencesDialog(before)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def preferences_of(qtbot: QtBot, window: MainWindow) -> PreferencesDialog:
    window.commands["actionPreferences"].trigger()
    dialog = window.findChild(PreferencesDialog)
    assert dialog is not None
    return dialog


def choose_severity(dialog: PreferencesDialog, code: str, key: str) -> None:
    rules = dialog.rules
    dialog.list.setCurrentRow(1)
    rules.search_edit.setText(code)
    assert rules.model.rowCount() == 1
    assert rules.severity is not None
    rules.severity.set_current(key)
    rules.severity.chosen.emit(key)


def test_it_shows_what_holds(dialog: PreferencesDialog) -> None:
    assert dialog.preferences == Preferences(SchemeOptions(), profile("strict"), Reading(), "system")
    assert dialog.objectName() == "preferencesDialog"
    assert [dialog.list.item(at).text() for at in range(dialog.list.count())] == [
        "Identity",
        "Rules",
        "Reading",
        "Privacy",
        "Appearance",
        "Language",
    ]


def test_a_root_that_makes_no_uid_cannot_be_kept(dialog: PreferencesDialog) -> None:
    dialog.scheme.choose(OWN_ROOT)
    dialog.scheme.root_edit.setText("1.2.0840")
    assert not dialog.keep_button.isEnabled()
    dialog.scheme.root_edit.setText("1.3.6.1.4.1.32473")
    assert dialog.keep_button.isEnabled()
    assert dialog.preferences.scheme == SchemeOptions(OWN_ROOT, "1.3.6.1.4.1.32473")


def test_a_rule_is_found_changed_and_given_back(dialog: PreferencesDialog) -> None:
    choose_severity(dialog, "UID-S04", "off")
    rules = dialog.preferences.rules
    assert rules.severities == {"UID-S04": "off"}
    assert rules.name == CHANGED
    severity = dialog.rules.model.index(0, RuleColumn.SEVERITY)
    assert severity.data() == "Off"
    assert dialog.rules.restore_button.isEnabled()
    choose_severity(dialog, "UID-S04", "as the profile")
    assert dialog.preferences.rules == profile("strict")
    assert severity.data() != "Off"
    assert not dialog.rules.restore_button.isEnabled()


def test_another_profile_takes_the_changes_back(dialog: PreferencesDialog) -> None:
    choose_severity(dialog, "UID-S04", "info")
    dialog.rules.profiles.switched.emit("archive")
    assert dialog.preferences.rules == profile("archive")


def test_words_that_no_rule_holds(dialog: PreferencesDialog) -> None:
    dialog.rules.search_edit.setText("no rule says anything of the kind")
    assert dialog.rules.model.rowCount() == 0
    assert dialog.rules.severity is None
    dialog.rules.search_edit.clear()
    assert dialog.rules.model.rowCount() > 60


def test_the_model_keeps_qts_promises(dialog: PreferencesDialog) -> None:
    tester = QAbstractItemModelTester(
        dialog.rules.model, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    dialog.rules.search_edit.setText("series")
    dialog.rules.search_edit.clear()
    tester.deleteLater()


def test_every_page_has_room_and_names(dialog: PreferencesDialog, text_size: int) -> None:
    for page in range(dialog.list.count()):
        dialog.list.setCurrentRow(page)
        assert cut_widgets(dialog) == []
    assert nameless(dialog) == []


def test_what_is_kept_holds_at_once_and_after_a_restart(
    qtbot: QtBot, tmp_path: Path, make_source: SourceFolders
) -> None:
    images = ct_series(2)
    numbers = {image.SOPInstanceUID: f"{ZEROS}.{image.InstanceNumber}" for image in images}
    window = shown_window(qtbot, tmp_path)
    load(qtbot, window, make_source(with_uids(images, numbers)))
    assert "UID-S04" in rules_found(window.state)
    dialog = preferences_of(qtbot, window)
    choose_severity(dialog, "UID-S04", "off")
    dialog.reading.jobs.set_current("1")
    dialog.reading.leftovers_box.setChecked(False)
    dialog.scheme.choose(OWN_ROOT)
    dialog.scheme.root_edit.setText("1.3.6.1.4.1.32473")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "UID-S04" not in rules_found(window.state), timeout=LONGEST_WAIT)
    qtbot.waitUntil(lambda: not window.runner.is_running, timeout=LONGEST_WAIT)
    window.close()

    again = shown_window(qtbot, tmp_path).state
    assert again.rule_settings == with_severity(profile("strict"), "UID-S04", "off")
    assert again.reading == Reading(1, follow_links=False, leftovers=False)
    assert again.scheme == SchemeOptions(OWN_ROOT, "1.3.6.1.4.1.32473")


def test_what_is_cancelled_changes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    dialog = preferences_of(qtbot, window)
    choose_severity(dialog, "UID-S04", "off")
    dialog.reading.links_box.setChecked(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.state.rule_settings == profile("strict")
    assert window.state.reading == Reading()
    assert not (tmp_path / "rules.toml").exists()


def test_rules_that_cannot_be_read_are_told_and_left_alone(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text("format = 7\n", "utf-8")
    window = shown_window(qtbot, tmp_path)
    shown = window.message_bar.shown
    assert shown is not None
    assert "rules.toml" in shown.title + shown.text
    assert window.state.rule_settings == profile("strict")
    dialog = preferences_of(qtbot, window)
    choose_severity(dialog, "UID-S04", "off")
    dialog.accept()
    qtbot.waitUntil(lambda: window.state.rule_settings.name == CHANGED, timeout=LONGEST_WAIT)
    assert (tmp_path / "rules.toml").read_text("utf-8") == "format = 7\n"


def rules_found(state: WorkState) -> set[str]:
    return {count.rule for count in rule_counts(state.catalog)} if state.catalog is not None else set()
