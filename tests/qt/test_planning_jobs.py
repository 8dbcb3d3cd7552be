"""Jobs that people bring, in the window from the dropped folder to the map, by what users do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from pydicom.uid import UID
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTreeView
from pytestqt.qtbot import QtBot

from tests.builders import (
    Study,
    add_private_text,
    ct_series,
    mip_in_source_series,
    rt_set,
    set_unchecked,
)
from tests.qt.windows import LONGEST_WAIT, load, shown_window
from tests.watch import SourceFolders
from uidscope.core.catalog.lookup import display_paths, nodes_with_uid
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.intention import Into
from uidscope.core.plan.uid_map import UidMap
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.dialogs.regenerate.decisions_dialog import DecisionsDialog
from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog
from uidscope.qt.docks import PLAN
from uidscope.qt.kit.banner import Banner
from uidscope.qt.kit.buttons import PlainButton
from uidscope.qt.main_window import MainWindow
from uidscope.qt.models.findings_model import FindingRow
from uidscope.qt.panels.findings_panel import FindingsPanel
from uidscope.qt.panels.plan_panel import PlanPanel

ONE, TWO = Study(1), Study(2)
RIGHT = Study(2, patient_id="TEST-0002", patient_name="TEST^BETA", description="The right study")
Dialog = TypeVar("Dialog", bound=QDialog)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = shown_window(qtbot, tmp_path)
    yield made
    made.state.set_exported()


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing runs and nothing is asked any more."""

    def is_idle() -> bool:
        asked = window.findChildren(BackgroundQuestion)
        return not window.runner.is_running and not any(each.is_waiting for each in asked)

    for _ in range(3):
        qtbot.waitUntil(is_idle, timeout=LONGEST_WAIT)
        qtbot.wait(60)


def dialog_of(window: MainWindow, qtbot: QtBot, kind: type[Dialog]) -> Dialog:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(kind)), timeout=LONGEST_WAIT)
    return next(each for each in window.findChildren(kind) if each.isVisible())


def select(window: MainWindow, uid: str, level: str) -> None:
    assert window.state.catalog is not None
    nodes = nodes_with_uid(window.state.catalog, uid)
    window.operations.go_to(tuple(node for node in nodes if node.level == level))


def regenerate(window: MainWindow, qtbot: QtBot, kind: str) -> RegenerateDialog:
    """Ctrl+R and the choice; the dialog as it stands then."""
    window.commands["actionRegenerate"].trigger()
    dialog = dialog_of(window, qtbot, RegenerateDialog)
    qtbot.waitUntil(lambda: dialog.choices.is_offered(kind), timeout=LONGEST_WAIT)
    dialog.choices.set_current(kind)
    dialog.choices.chosen.emit(kind)
    return dialog


def plan(window: MainWindow, qtbot: QtBot, dialog: RegenerateDialog) -> UidMap:
    """The primary button, and the map that comes of it."""
    qtbot.waitUntil(dialog.plan_button.isEnabled, timeout=LONGEST_WAIT)
    qtbot.mouseClick(dialog.plan_button, Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    assert window.state.uid_map is not None
    return window.state.uid_map


def go_to_finding(window: MainWindow, qtbot: QtBot, rule: str) -> FindingRow:
    """F8 until a finding of the rule is at hand."""
    view = window.findChild(QTreeView, "findingsView")
    assert view is not None
    qtbot.waitUntil(lambda: view.model().rowCount() > 0, timeout=LONGEST_WAIT)
    panel = window.docks.panel(FindingsPanel)
    for _ in range(30):
        window.commands["actionNextFinding"].trigger()
        found = panel.current_finding
        if found is not None and found.finding.rule == rule:
            return found
    raise AssertionError(f"no finding of {rule}")


def add_fix(window: MainWindow, qtbot: QtBot, rule: str) -> None:
    go_to_finding(window, qtbot, rule)
    button = window.docks.panel(FindingsPanel).detail.fix_button
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def entries(uid_map: UidMap) -> dict[str, list[MapEntry]]:
    found: dict[str, list[MapEntry]] = {}
    for entry in uid_map.entries():
        found.setdefault(entry.kind, []).append(entry)
    return found


def press_in_plan(window: MainWindow, words: str) -> None:
    """The button of this name in one of the plan's banners."""
    banners = window.docks.panel(PlanPanel).findChildren(Banner)
    buttons = [button for each in banners for button in each.findChildren(PlainButton)]
    (button,) = (each for each in buttons if each.accessibleName() == words)
    button.click()


def test_job_2_same_uid_different_pixels(
    window: MainWindow, qtbot: QtBot, make_source: SourceFolders
) -> None:
    rt = rt_set(2, study=ONE)
    (twin,) = ct_series(1, study=ONE)
    twin.PixelData = bytes(len(twin.PixelData))
    names = [*(f"set/{number}.dcm" for number in range(len(rt.all))), "twin.dcm"]
    load(qtbot, window, make_source([*rt.all, twin], names=names))
    add_fix(window, qtbot, "ENT-05")
    dialog = dialog_of(window, qtbot, RegenerateDialog)
    assert dialog.choices.current == "apart"
    dialog.everything_box.click()
    uid_map = plan(window, qtbot, dialog)
    assert window.state.catalog is not None
    assert set(display_paths(window.state.catalog, uid_map.own_instances).values()) == {"twin.dcm"}
    assert [note.code for note in uid_map.decisions] == ["ambiguous-reference"]
    press_in_plan(window, "Decide…")
    decisions = dialog_of(window, qtbot, DecisionsDialog)
    qtbot.waitUntil(decisions.decide_button.isEnabled, timeout=LONGEST_WAIT)
    qtbot.mouseClick(decisions.decide_button, Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    decisions.reject()
    assert window.state.uid_map is not None
    window.state.uid_map.require_decided()
    assert window.commands["actionUndo"].isEnabled()


def test_job_4_a_research_copy_of_an_rt_set(
    window: MainWindow, qtbot: QtBot, make_source: SourceFolders
) -> None:
    load(qtbot, window, make_source(rt_set(3, study=ONE).all))
    select(window, ONE.uid(), "study")
    dialog = regenerate(window, qtbot, "copy")
    dialog.more.emptied["accession"].click()
    uid_map = plan(window, qtbot, dialog)
    found = entries(uid_map)
    assert {kind: len(some) for kind, some in found.items()} == {
        "study": 1,
        "series": 4,
        "instance": 6,
        "frame_of_reference": 1,
    }
    assert "accession-kept" not in {note.code for note in uid_map.notes}
    uid_map.require_decided()


def test_job_5_a_mip_in_the_ct_series(window: MainWindow, qtbot: QtBot, make_source: SourceFolders) -> None:
    images = ct_series(3, study=ONE)
    mip = mip_in_source_series(images)
    load(qtbot, window, make_source([*images, mip]))
    add_fix(window, qtbot, "ENT-18")
    uid_map = plan(window, qtbot, dialog_of(window, qtbot, RegenerateDialog))
    found = entries(uid_map)
    assert sorted(found) == ["instance", "series"]
    assert [entry.old for entry in found["instance"]] == [mip.SOPInstanceUID]
    assert window.docks.by_name[PLAN].height() > 0.45 * window.height()


def test_job_7_an_archive_with_leading_zeros(
    window: MainWindow, qtbot: QtBot, make_source: SourceFolders
) -> None:
    images = ct_series(2, study=ONE)
    for image in images:
        set_unchecked(image, "SeriesInstanceUID", "1.2.3.04.5")
    load(qtbot, window, make_source([*images, *ct_series(2, study=TWO)]))
    add_fix(window, qtbot, "UID-S04")
    settle(window, qtbot)
    uid_map = window.state.uid_map
    assert uid_map is not None
    assert [(entry.kind, entry.old) for entry in uid_map.entries()] == [("series", "1.2.3.04.5")]
    assert sorted(uid_map.kept.values()) == ["changed-same-uid"] * 2 + ["unchanged"] * 2


def test_job_8_one_series_in_two_studies(
    window: MainWindow, qtbot: QtBot, make_source: SourceFolders
) -> None:
    images, others = ct_series(2, study=ONE), ct_series(3, study=TWO)
    for other in others:
        other.SeriesInstanceUID = images[0].SeriesInstanceUID
    load(qtbot, window, make_source([*images, *others]))
    found = go_to_finding(window, qtbot, "ENT-10")
    assert found.finding.uid == images[0].SeriesInstanceUID
    add_fix(window, qtbot, "ENT-10")
    dialog = dialog_of(window, qtbot, RegenerateDialog)
    dialog.apart.choose(1)
    uid_map = plan(window, qtbot, dialog)
    (series,) = entries(uid_map)["series"]
    assert (series.old, series.file_count) == (images[0].SeriesInstanceUID, 2)


def test_job_9_the_file_meta_is_written_after_the_data_set_with_one_click(
    window: MainWindow, qtbot: QtBot, make_source: SourceFolders
) -> None:
    (image,) = ct_series(1, study=ONE)
    image.file_meta.MediaStorageSOPInstanceUID = UID("1.2.3.4.5")
    load(qtbot, window, make_source([image]))
    add_fix(window, qtbot, "ENT-40")
    settle(window, qtbot)
    uid_map = window.state.uid_map
    assert uid_map is not None
    (entry,) = uid_map.entries()
    assert (entry.change, entry.old, entry.new) == ("meta", "1.2.3.4.5", image.SOPInstanceUID)
    assert uid_map.new_uid_count() == 0


def test_job_12_an_old_uid_in_private_text(
    window: MainWindow, qtbot: QtBot, make_source: SourceFolders
) -> None:
    images = ct_series(2, study=ONE)
    add_private_text(images[1], f"made from {images[0].SOPInstanceUID}")
    load(qtbot, window, make_source(images))
    select(window, ONE.uid(), "study")
    dialog = regenerate(window, qtbot, "instances")
    uid_map = plan(window, qtbot, dialog)
    assert [note.code for note in uid_map.notes if "leftover" in note.code] == ["leftovers-kept"]
    window.commands["actionUndo"].trigger()
    settle(window, qtbot)
    dialog = regenerate(window, qtbot, "instances")
    dialog.more_fold.head.click()
    dialog.more.leftovers_box.click()
    uid_map = plan(window, qtbot, dialog)
    assert [note.code for note in uid_map.notes if "leftover" in note.code] == ["leftovers-replaced"]
    assert len(uid_map.leftovers) == 1


def test_job_22_filed_to_the_wrong_study(
    window: MainWindow, qtbot: QtBot, make_source: SourceFolders
) -> None:
    load(qtbot, window, make_source([*rt_set(2, study=ONE).all, *ct_series(2, study=RIGHT, series_number=4)]))
    select(window, ONE.uid(), "study")
    dialog = regenerate(window, qtbot, "move")
    dialog.move_part.search_edit.setText("beta")
    qtbot.waitUntil(lambda: dialog.move_part.model.rowCount() == 2, timeout=LONGEST_WAIT)
    dialog.move_part.choose(Into("study", RIGHT.uid()))
    qtbot.waitUntil(lambda: "TEST^BETA" in dialog.move_part.taken_over.said, timeout=LONGEST_WAIT)
    uid_map = plan(window, qtbot, dialog)
    (study,) = entries(uid_map)["study"]
    assert (study.old, study.new, study.reason) == (ONE.uid(), RIGHT.uid(), "taken-over")
    assert len(entries(uid_map)["series"]) == 4
    panel = window.docks.panel(PlanPanel)
    panel.view.setCurrentIndex(panel.model.index(0, 0, panel.model.group_index("instance")))
    settle(window, qtbot)
    qtbot.waitUntil(lambda: panel.changes.model.rowCount() > 0, timeout=LONGEST_WAIT)
    changes = {
        panel.changes.model.index(at, 0).data(): [panel.changes.model.index(at, c).data() for c in (1, 2, 3)]
        for at in range(panel.changes.model.rowCount())
    }
    assert changes["PatientID"] == [ONE.patient_id, "TEST-0002", "as it is where it goes"]
    assert "OriginalAttributesSequence" in changes
