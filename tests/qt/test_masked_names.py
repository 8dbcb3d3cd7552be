"""Patient names masked in the window: in every panel and dialog, on the clipboard, in reports; and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from tests.canary import CANARY, canary_source, twin_file
from tests.qt.every_place import every_dialog, every_panel, plan_everything
from tests.qt.everything_said import said_in
from tests.qt.seen import rows_in
from tests.qt.steps import settle_window
from tests.qt.windows import load, shown_window
from tests.watch import SourceFolders
from uidscope.qt.dialogs.preferences.preferences_dialog import PreferencesDialog
from uidscope.qt.main_window import MainWindow
from uidscope.qt.preferences import Privacy
from uidscope.qt.settings import Settings


@pytest.fixture
def source(make_source: SourceFolders) -> Path:
    return canary_source(make_source)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, source: Path) -> MainWindow:
    window = shown_window(qtbot, tmp_path)
    load(qtbot, window, source)
    settle_window(qtbot, window)
    return window


def mask(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["actionMaskNames"].trigger()
    settle_window(qtbot, window)


def named_in(widget: QWidget) -> list[str]:
    return [f"{where}: {text[:150]!r}" for where, text in said_in(widget) if CANARY.search(text)]


@pytest.mark.timeout(240)
def test_no_panel_names_the_patient_while_masked(qtbot: QtBot, window: MainWindow, source: Path) -> None:
    plan_everything(qtbot, window, twin_file(source))
    mask(qtbot, window)
    leaks: dict[str, str] = {}
    places = []
    for place, widget in every_panel(qtbot, window):
        places.append(place.partition(" ")[0])
        for leak in named_in(widget):
            leaks.setdefault(leak, place)
    assert leaks == {}
    assert {"inspectorDock", "inspector", "keys", "findings", "finding", "plan"} <= set(places)


@pytest.mark.timeout(240)
def test_no_dialog_names_the_patient_while_masked(qtbot: QtBot, window: MainWindow, source: Path) -> None:
    plan_everything(qtbot, window, twin_file(source))
    mask(qtbot, window)
    leaks: dict[str, str] = {}
    places = []
    for place, dialog in every_dialog(qtbot, window):
        places.append(place)
        for leak in named_in(dialog):
            leaks.setdefault(leak, place)
    assert leaks == {}
    assert {"DecisionsDialog", "RegenerateDialog, move", "ExportDialog, dry run"} <= set(places)


@pytest.mark.timeout(240)
def test_what_was_masked_is_shown_again(qtbot: QtBot, window: MainWindow) -> None:
    before = {leak for _, widget in every_panel(qtbot, window) for leak in named_in(widget)}
    mask(qtbot, window)
    assert named_in(window) == []
    mask(qtbot, window)
    assert named_in(window), "at once"
    after = {leak for _, widget in every_panel(qtbot, window) for leak in named_in(widget)}
    assert before <= after


def test_a_patient_has_the_same_number_as_in_a_masked_report(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    mask(qtbot, window)
    rows = [row.partition(" | ")[0] for row in rows_in(window.tree.view) if row.startswith("patient-")]
    window.operations.save_report(str(tmp_path / "report.json"))
    settle_window(qtbot, window)
    told = (tmp_path / "report.json").read_text("utf-8")
    assert not CANARY.search(told)
    patients = json.loads(told)["patients"]
    assert len(rows) == 2
    assert sorted(rows) == sorted(f"{each['name']}, {each['patient_id']}" for each in patients)


def test_what_is_copied_is_masked(qtbot: QtBot, window: MainWindow) -> None:
    mask(qtbot, window)
    copied = []
    for _, widget in every_panel(qtbot, window):
        for button in widget.findChildren(QAbstractButton):
            if (
                button.isVisible()
                and button.isEnabled()
                and "opy" in f"{button.text()}{button.accessibleName()}"
            ):
                QGuiApplication.clipboard().clear()
                button.click()
                settle_window(qtbot, window)
                copied.append(QGuiApplication.clipboard().text())
    assert len(list(filter(None, copied))) > 20
    assert [text for text in copied if CANARY.search(text)] == []


def test_it_is_remembered_and_can_be_chosen_in_the_preferences(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    action = window.commands["actionMaskNames"]
    assert action.isCheckable()
    assert not action.isChecked()
    mask(qtbot, window)
    assert Settings(str(tmp_path / "window.ini")).privacy.mask_names
    window.dialogs.preferences()
    (dialog,) = window.findChildren(PreferencesDialog)
    assert dialog.privacy.mask_box.isChecked()
    dialog.privacy.mask_box.setChecked(False)
    dialog.accept()
    settle_window(qtbot, window)
    assert not action.isChecked()
    assert named_in(window)
    again = shown_window(qtbot, tmp_path)
    assert not again.masking.is_masked


def test_what_is_loaded_while_masked_is_masked_from_the_first(
    qtbot: QtBot, tmp_path: Path, make_source: SourceFolders
) -> None:
    settings = Settings(str(tmp_path / "window.ini"))
    settings.privacy = Privacy(mask_names=True)
    settings.save()
    window = shown_window(qtbot, tmp_path)
    seen: list[str] = []
    window.tree.model.rowsInserted.connect(lambda *_: seen.extend(rows_in(window.tree.view)))
    load(qtbot, window, canary_source(make_source))
    settle_window(qtbot, window)
    assert named_in(window) == []
    assert not [row for row in seen if CANARY.search(row)]
