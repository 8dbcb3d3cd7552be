"""Findings set aside with a reason, shown again, and judged by another profile."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, with_uids, write_folder
from tests.qt.accessible import acting_labels, nameless
from tests.qt.loaded_state import a_state, load_into, settle, shown
from tests.qt.room import cut_widgets
from tests.qt.windows import LONGEST_WAIT, load, shown_window, wait_until_checked
from tests.watch import SourceFolders
from uidscope.core.catalog.findings import ignored_findings, rule_counts
from uidscope.core.catalog.rule_settings import Ignore, rule_settings
from uidscope.core.catalog.store import Catalog
from uidscope.core.report.words import rule_words
from uidscope.qt.dialogs.ignore_dialog import IgnoreDialog
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.main_window import MainWindow
from uidscope.qt.models.ignored_model import IgnoredColumn
from uidscope.qt.panels.findings_panel import IGNORED, FindingsPanel
from uidscope.qt.rule_operations import choose_profile, ignore, show_again
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import TaskRunner

REASON = "Old scanner <b>replaced</b> in 2019; A&B know."
ZEROS = "1.3.6.1.4.1.32473.01"


@pytest.fixture
def faulty(make_source: SourceFolders) -> Path:
    """Two images of one series with leading zeros, and a placeholder value elsewhere."""
    images, other = ct_series(2), ct_series(1, study=Study(number=2))
    numbers = {image.SOPInstanceUID: f"{ZEROS}.{image.InstanceNumber}" for image in images}
    return make_source(
        [*with_uids(images, numbers), *with_uids(other, {other[0].SOPInstanceUID: "1.2.3.4.5"})]
    )


@pytest.fixture
def state() -> Iterator[WorkState]:
    with a_state() as state:
        yield state


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.wait()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path)


def idle(qtbot: QtBot, runner: TaskRunner) -> None:
    qtbot.waitUntil(lambda: not runner.is_running, timeout=LONGEST_WAIT)


def findings_of(catalog: Catalog, rule: str) -> int:
    return sum(count.findings for count in rule_counts(catalog) if count.rule == rule)


def findings_panel(qtbot: QtBot, window: MainWindow) -> FindingsPanel:
    panel = window.docks.panel(FindingsPanel)
    idle(qtbot, window.runner)
    settle(qtbot, panel)
    return panel


def ask_to_ignore(qtbot: QtBot, window: MainWindow, rule: str) -> IgnoreDialog:
    """Open the dialog at the first finding of a rule."""
    panel = findings_panel(qtbot, window)
    panel.show_rule(rule)
    panel.next()
    settle(qtbot, panel)
    assert panel.current_rule == rule
    assert panel.detail.ignore_button.isVisible()
    panel.detail.ignore_button.click()
    dialog = window.findChild(IgnoreDialog)
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def test_without_a_reason_nothing_is_ignored(qtbot: QtBot, window: MainWindow, faulty: Path) -> None:
    assert not window.commands["actionIgnore"].isEnabled()
    load(qtbot, window, faulty)
    dialog = ask_to_ignore(qtbot, window, "UID-S04")
    assert not dialog.ignore_button.isEnabled()
    dialog.reason_edit.setText("  ")
    assert not dialog.ignore_button.isEnabled()
    dialog.reject()
    assert window.state.rule_settings.ignores == ()


def test_one_finding_is_ignored_with_its_reason_and_shown_again(
    qtbot: QtBot, window: MainWindow, faulty: Path
) -> None:
    load(qtbot, window, faulty)
    catalog = window.state.catalog
    assert catalog is not None
    dialog = ask_to_ignore(qtbot, window, "UID-S04")
    assert dialog.ignore.uid.startswith(ZEROS)
    dialog.reason_edit.setText(REASON)
    dialog.ignore_button.click()
    panel = findings_panel(qtbot, window)
    assert findings_of(catalog, "UID-S04") == 1
    assert [each.reason for each in ignored_findings(catalog)] == [REASON]
    model = panel.ignored.model
    told = (IgnoredColumn.FINDING, IgnoredColumn.REASON, IgnoredColumn.FINDINGS, IgnoredColumn.RULE)
    row = [model.index(0, column).data() for column in told]
    assert row == [rule_words("UID-S04").title, REASON, "1", "UID-S04"]

    panel.list_by(IGNORED)
    assert panel.ignored.view.isVisible()
    panel.ignored.detail.go_button.click()
    panel = findings_panel(qtbot, window)
    assert findings_of(catalog, "UID-S04") == 2
    assert panel.ignored.pages.sentence == "Nothing is ignored."


def test_the_choices_reach_from_a_uid_to_the_whole_rule(
    qtbot: QtBot, window: MainWindow, faulty: Path
) -> None:
    load(qtbot, window, faulty)
    dialog = ask_to_ignore(qtbot, window, "UID-S04")
    dialog.reason_edit.setText(REASON)
    meant = {}
    for key in ("uid", "series", "study", "rule"):
        dialog.choices.set_current(key)
        meant[key] = dialog.ignore
    series, study = ct_series(2)[0].SeriesInstanceUID, ct_series(2)[0].StudyInstanceUID
    assert meant["series"] == Ignore("UID-S04", REASON, series=str(series))
    assert meant["study"] == Ignore("UID-S04", REASON, study=str(study))
    assert meant["rule"] == Ignore("UID-S04", REASON)
    dialog.reject()


def test_a_whole_rule_is_all_that_can_be_ignored_where_no_finding_is_at_hand(qtbot: QtBot) -> None:
    dialog = IgnoreDialog("ENT-50", None, ())
    shown(qtbot, dialog)
    dialog.reason_edit.setText(REASON)
    assert dialog.ignore == Ignore("ENT-50", REASON)


def test_what_is_ignored_stays_so_when_everything_is_read_anew(
    qtbot: QtBot, window: MainWindow, faulty: Path, tmp_path: Path
) -> None:
    growing = tmp_path / "growing"
    shutil.copytree(faulty, growing)
    load(qtbot, window, growing)
    ignore(window.state, window.runner, Ignore("UID-S04", REASON))
    idle(qtbot, window.runner)
    write_folder(ct_series(1, study=Study(number=3)), growing / "later")  # else there is nothing to read
    before = window.state.catalog
    window.commands["actionRescan"].trigger()
    qtbot.waitUntil(lambda: window.state.catalog is not before, timeout=LONGEST_WAIT)
    wait_until_checked(qtbot, window)
    assert window.state.catalog is not None
    assert findings_of(window.state.catalog, "UID-S04") == 0
    assert len(ignored_findings(window.state.catalog)) == 2


def test_a_profile_changes_severities_and_keeps_what_is_ignored(
    qtbot: QtBot, state: WorkState, runner: TaskRunner, faulty: Path
) -> None:
    catalog = load_into(state, faulty)
    ignore(state, runner, Ignore("UID-S04", REASON))
    idle(qtbot, runner)
    choose_profile(state, runner, "archive")
    idle(qtbot, runner)
    assert state.rule_settings.name == rule_settings(catalog).name == "archive"
    assert [each.reason for each in rule_settings(catalog).ignores] == [REASON]
    show_again(state, runner, "UID-S04", REASON)
    idle(qtbot, runner)
    assert findings_of(catalog, "UID-S04") == 2
    assert state.rule_settings.name == "archive"


def test_profiles_stand_in_the_menu_and_the_one_in_use_is_marked(
    qtbot: QtBot, window: MainWindow, faulty: Path
) -> None:
    load(qtbot, window, faulty)
    menu = window.findChild(QMenu, "menuProfile")
    assert menu is not None
    assert menu.menuAction() in window.commands.menus["menuFindings"].actions()
    by_name = {action.objectName(): action for action in menu.actions()}
    assert list(by_name) == ["profile-strict", "profile-archive", "profile-migration"]
    assert [name for name, action in by_name.items() if action.isChecked()] == ["profile-strict"]
    by_name["profile-migration"].trigger()
    idle(qtbot, window.runner)
    assert window.state.rule_settings.name == "migration"
    assert [name for name, action in by_name.items() if action.isChecked()] == ["profile-migration"]


def test_when_all_is_ignored_the_list_says_so(
    qtbot: QtBot, state: WorkState, runner: TaskRunner, faulty: Path
) -> None:
    panel = FindingsPanel(state)
    shown(qtbot, panel, 1200, 300)
    catalog = load_into(state, faulty)
    for rule in {count.rule for count in rule_counts(catalog)}:
        ignore(state, runner, Ignore(rule, REASON))
        idle(qtbot, runner)
    settle(qtbot, panel)
    assert panel.pages.sentence == "Nothing was found but what is ignored."
    assert panel.windowTitle() == "Findings"
    panel.list_by(IGNORED)
    assert nameless(panel) == []
    assert acting_labels(panel) == []


def test_the_dialog_cuts_no_word_and_names_every_part(qtbot: QtBot, text_size: int) -> None:
    dialog = IgnoreDialog("UID-S04", None, ())
    shown(qtbot, dialog, 560, 360)
    assert cut_widgets(dialog) == []
    assert nameless(dialog) == []
    assert any(label.text() == rule_words("UID-S04").title for label in dialog.findChildren(PlainLabel))


def test_changes_that_wait_for_one_another_do_not_undo_each_other(
    state: WorkState, runner: TaskRunner, qtbot: QtBot, faulty: Path
) -> None:
    load_into(state, faulty)
    ignore(state, runner, Ignore("UID-S04", REASON))
    ignore(state, runner, Ignore("UID-S26", REASON))
    choose_profile(state, runner, "archive")
    idle(qtbot, runner)
    assert state.catalog is not None
    assert {each.rule for each in state.rule_settings.ignores} >= {"UID-S04", "UID-S26"}
    assert state.rule_settings.name == "archive"
    assert rule_settings(state.catalog) == state.rule_settings
    assert findings_of(state.catalog, "UID-S04") == 0
