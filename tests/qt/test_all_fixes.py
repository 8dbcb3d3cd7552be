"""Add all fixes to plan: what asks nothing is planned as one step, and what is left is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.dataset import Dataset
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, set_unchecked
from tests.qt.steps import settle_window
from tests.qt.windows import load, shown_window
from tests.watch import SourceFolders
from uidscope.core.catalog.findings import findings
from uidscope.qt.docks import FINDINGS
from uidscope.qt.kit.message_bar import Message
from uidscope.qt.main_window import MainWindow
from uidscope.qt.panels.findings_panel import BY_DEVICE, BY_RULE, IGNORED, FindingsPanel
from uidscope.qt.planning.plan_operations import redo, undo, undo_text


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    window = shown_window(qtbot, tmp_path)
    window.docks.show(FINDINGS)
    return window


def faulty(study: int, keyword: str, uid: str) -> list[Dataset]:
    images = ct_series(2, study=Study(study))
    for image in images:
        set_unchecked(image, keyword, uid)
    return list(images)


def two_that_share_a_uid(study: int) -> list[Dataset]:
    (image,), (other,) = ct_series(1, study=Study(study)), ct_series(1, study=Study(study))
    other.PixelData = bytes(len(other.PixelData))
    return [image, other]


def load_all(qtbot: QtBot, window: MainWindow, folder: Path) -> FindingsPanel:
    load(qtbot, window, folder)
    settle_window(qtbot, window)
    return window.docks.panel(FindingsPanel)


def told(window: MainWindow) -> list[str]:
    """What the message bar is told from now on."""
    said: list[str] = []

    def take(message: Message) -> None:
        said.append(f"{message.title} {message.text}".strip())

    window.operations.said.connect(take)
    return said


def planned(window: MainWindow) -> list[tuple[str, str]]:
    """The kind and the old UID of everything that gets a new one."""
    uid_map = window.state.uid_map
    return [] if uid_map is None else sorted((entry.kind, entry.old) for entry in uid_map.entries())


def test_all_that_asks_nothing_is_one_step_and_the_rest_is_told(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    some = [
        *faulty(1, "FrameOfReferenceUID", "1.2.03.4"),
        *faulty(2, "SeriesInstanceUID", "1.2.3.04.5"),
        *faulty(3, "StudyInstanceUID", "1.2.05.6"),
        *two_that_share_a_uid(4),
    ]
    panel = load_all(qtbot, window, make_source(some))
    said = told(window)
    panel.all_fixes_button.click()
    settle_window(qtbot, window)
    mended = [("frame_of_reference", "1.2.03.4"), ("series", "1.2.3.04.5")]
    assert planned(window) == mended
    assert said == [
        "Fixes of 2 findings are in the plan. 2 need a decision of yours: choose them in Findings."
    ]
    assert undo_text(window.state) == "Undo: fixes of 2 findings"
    undo(window.state, window.runner)
    settle_window(qtbot, window)
    assert planned(window) == []
    assert not undo_text(window.state)
    redo(window.state, window.runner)
    settle_window(qtbot, window)
    assert planned(window) == mended


def test_where_nothing_is_free_the_button_is_off(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    panel = window.docks.panel(FindingsPanel)
    assert not panel.all_fixes_button.isEnabled()
    load_all(qtbot, window, make_source(two_that_share_a_uid(1)))
    assert window.state.catalog is not None
    assert findings(window.state.catalog)
    assert not panel.all_fixes_button.isEnabled()
    load_all(qtbot, window, make_source(faulty(2, "FrameOfReferenceUID", "1.2.03.4"), folder="other"))
    assert panel.all_fixes_button.isEnabled()
    window.operations.clear()
    assert not panel.all_fixes_button.isEnabled()


def test_it_is_about_what_is_listed(qtbot: QtBot, window: MainWindow, make_source: SourceFolders) -> None:
    panel = load_all(qtbot, window, make_source(faulty(1, "FrameOfReferenceUID", "1.2.03.4")))
    for way, can_be_planned in ((BY_DEVICE, True), (IGNORED, False), (BY_RULE, True)):
        panel.list_by(way)
        assert panel.all_fixes_button.isEnabled() == can_be_planned


def test_one_finding_is_told_as_one(qtbot: QtBot, window: MainWindow, make_source: SourceFolders) -> None:
    panel = load_all(qtbot, window, make_source(faulty(1, "FrameOfReferenceUID", "1.2.03.4")))
    said = told(window)
    panel.all_fixes_button.click()
    settle_window(qtbot, window)
    assert said == ["The fix of 1 finding is in the plan."]


def test_its_name_is_not_that_of_a_rules_fixes(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    some = [
        *faulty(1, "FrameOfReferenceUID", "1.2.03.4"),
        *faulty(2, "FrameOfReferenceUID", "1.2.03.5"),
    ]
    panel = load_all(qtbot, window, make_source(some))
    panel.show_rule("UID-S04")
    assert panel.detail.fix_button.isEnabled()
    assert panel.all_fixes_button.accessibleName() == "Add all fixes to plan"
    assert panel.detail.fix_button.accessibleName() == "Add this rule’s fixes"
