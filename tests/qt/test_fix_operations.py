"""From a finding to the plan: planned at once, or asked about in the dialog that knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import UID
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, mip_in_source_series, set_unchecked
from tests.qt.plan_scene import Scene, scene
from tests.watch import SourceFolders
from uidscope.core.catalog.findings import findings
from uidscope.core.plan.intention import Into, Selector
from uidscope.core.plan.told.fix import Fix
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog
from uidscope.qt.planning.fix_operations import add_fix
from uidscope.qt.planning.plan_operations import undo, undo_text

ONE, TWO = Study(1), Study(2)
Loaded = Callable[[list[Dataset]], Scene]


@pytest.fixture
def load(qtbot: QtBot, make_source: SourceFolders) -> Iterator[Loaded]:
    """Loads some objects for the rest of the test."""
    with ExitStack() as scenes:
        yield lambda datasets: scenes.enter_context(scene(qtbot, make_source(datasets)))


def fix(work: Scene, rule: str) -> list[Fix | None]:
    """Ask for the fix of the one finding of a rule; what is asked of the user."""
    (finding,) = findings(work.catalog, rule=rule)
    asked: list[Fix | None] = []
    add_fix(work.state, work.runner, finding, asked.append, lambda: asked.append(None))
    work.settle()
    return asked


def fix_all(work: Scene, rule: str) -> list[Fix | None]:
    """Ask for the fix of a whole rule; what is asked of the user."""
    asked: list[Fix | None] = []
    add_fix(work.state, work.runner, rule, asked.append, lambda: asked.append(None))
    work.settle()
    return asked


def dialog_for(work: Scene, rule: str) -> RegenerateDialog:
    (found,) = fix(work, rule)
    assert found is not None
    assert work.state.uid_map is None
    dialog = RegenerateDialog(work.state, work.runner, work.questions, (), None, found)
    work.qtbot.addWidget(dialog)
    dialog.show()
    settle(work, dialog)
    return dialog


def settle(work: Scene, dialog: RegenerateDialog) -> None:
    questions = dialog.findChildren(BackgroundQuestion)
    work.qtbot.waitUntil(lambda: not any(each.is_waiting for each in questions))
    work.settle()


def offered(dialog: RegenerateDialog) -> list[str]:
    kinds = ("instances", "derived-series", "copy", "pseudonymous", "move", "apart", "repair")
    return [kind for kind in kinds if dialog.choices.is_offered(kind)]


def accept(work: Scene, dialog: RegenerateDialog) -> None:
    assert dialog.plan_button.isEnabled()
    dialog.plan_button.click()
    work.settle()
    assert work.state.uid_map is not None


def test_a_repair_by_rule_is_planned_at_once(load: Loaded) -> None:
    images = ct_series(2)
    for image in images:
        set_unchecked(image, "FrameOfReferenceUID", "1.2.03.4")
    work = load([*images, *ct_series(1, study=TWO)])
    assert fix(work, "UID-S04") == []
    assert work.state.uid_map is not None
    assert [entry.old for entry in work.state.uid_map.entries()] == ["1.2.03.4"]
    assert undo_text(work.state).startswith("Undo: repair of ")


def test_what_nothing_in_a_plan_mends_is_said(load: Loaded) -> None:
    images = ct_series(1)
    images[0].SOPClassUID = images[0].file_meta.MediaStorageSOPClassUID = UID("1.2.3")
    work = load(list(images))
    rule = next(each.rule for each in findings(work.catalog) if each.rule.startswith("UID"))
    assert fix(work, rule) == [None]
    assert work.state.uid_map is None


def test_a_study_uid_is_replaced_only_where_that_was_said(load: Loaded) -> None:
    images = ct_series(2)
    for image in images:
        set_unchecked(image, "StudyInstanceUID", "1.2.03.4")
    work = load(list(images))
    dialog = dialog_for(work, "UID-S04")
    assert offered(dialog) == ["repair"]
    assert "Study Instance UID" in dialog.repair_part.boxes["UID-S04"].accessibleDescription()
    accept(work, dialog)
    assert work.state.uid_map is not None
    assert [entry.kind for entry in work.state.uid_map.entries()] == ["study"]


def test_the_user_says_which_of_two_objects_keeps_its_uid(load: Loaded) -> None:
    (image,), (other,) = ct_series(1), ct_series(1)
    other.PixelData = bytes(len(other.PixelData))
    work = load([image, other])
    dialog = dialog_for(work, "ENT-05")
    assert offered(dialog) == ["apart"]
    dialog.apart.choose(1)
    settle(work, dialog)
    assert dialog.plan_button.text() == "Plan 1 new UID"
    accept(work, dialog)
    (intention,) = work.state.history.plan.intentions
    assert intention.kind == "instances"
    assert [selector.value[-8:] for selector in intention.selectors] == ["0001.dcm"]


def test_a_series_in_two_studies_is_told_apart_with_everything(load: Loaded) -> None:
    images, others = ct_series(2, study=ONE), ct_series(3, study=TWO)
    for other in others:
        other.SeriesInstanceUID = images[0].SeriesInstanceUID
    work = load([*images, *others])
    dialog = dialog_for(work, "ENT-10")
    assert not dialog.everything_box.isEnabled()
    accept(work, dialog)
    assert work.state.uid_map is not None
    (series,) = (entry for entry in work.state.uid_map.entries() if entry.kind == "series")
    assert series.file_count == 3
    assert Selector("rule", "ENT-10") in work.state.history.plan.intentions[0].selectors


def test_of_two_patients_in_a_study_one_moves(load: Loaded) -> None:
    images = ct_series(3, study=ONE)
    images[2].PatientID = "TEST-9"
    right = Study(2, patient_id="TEST-9")
    work = load([*images, *ct_series(2, study=right, series_number=4)])
    dialog = dialog_for(work, "ENT-11")
    assert offered(dialog) == ["move"]
    assert not dialog.plan_button.isEnabled()
    dialog.moved.choose(1)
    dialog.move_part.choose(Into("study", right.uid()))
    settle(work, dialog)
    assert "PatientID TEST-9" in dialog.move_part.taken_over.said
    accept(work, dialog)
    assert work.state.uid_map is not None
    assert len(work.state.uid_map.outcomes) == 1


def test_a_derived_image_gets_a_series_of_its_own(load: Loaded) -> None:
    images = ct_series(3)
    work = load([*images, mip_in_source_series(images)])
    dialog = dialog_for(work, "ENT-18")
    assert offered(dialog) == ["derived-series"]
    dialog.description_edit.setText("MIP")
    accept(work, dialog)
    (intention,) = work.state.history.plan.intentions
    assert (intention.kind, intention.series_description) == ("derived-series", "MIP")
    assert work.state.uid_map is not None
    assert len(work.state.uid_map.outcomes) == 1


def test_all_findings_of_a_rule_are_mended_in_one_step(load: Loaded) -> None:
    images, others = ct_series(2), ct_series(1, study=TWO)
    for number, image in enumerate([*images, *others]):
        set_unchecked(image, "FrameOfReferenceUID", f"1.2.03.{number}")
    work = load([*images, *others])
    assert len(findings(work.catalog, rule="UID-S04")) == 3
    assert fix_all(work, "UID-S04") == []
    assert work.state.uid_map is not None
    assert sorted(entry.old for entry in work.state.uid_map.entries()) == ["1.2.03.0", "1.2.03.1", "1.2.03.2"]
    undo(work.state, work.runner)
    work.settle()
    assert work.state.uid_map is None


def test_derived_images_of_several_series_get_new_series_in_one_step(load: Loaded) -> None:
    images, others = ct_series(3), ct_series(3, study=TWO)
    work = load([*images, mip_in_source_series(images), *others, mip_in_source_series(others)])
    assert len(findings(work.catalog, rule="ENT-18")) == 2
    (asked,) = fix_all(work, "ENT-18")
    assert asked is not None
    dialog = RegenerateDialog(work.state, work.runner, work.questions, (), None, asked)
    work.qtbot.addWidget(dialog)
    dialog.show()
    settle(work, dialog)
    assert offered(dialog) == ["derived-series"]
    accept(work, dialog)
    assert work.state.uid_map is not None
    (intention,) = work.state.history.plan.intentions
    assert intention.kind == "derived-series"
    kinds = [entry.kind for entry in work.state.uid_map.entries()]
    assert (kinds.count("series"), kinds.count("instance")) == (2, 2)


def test_findings_that_are_a_question_each_are_not_mended_together(load: Loaded) -> None:
    pairs: list[Dataset] = []
    for number in (1, 2):
        (image,), (other,) = ct_series(1, study=Study(number)), ct_series(1, study=Study(number))
        other.PixelData = bytes(len(other.PixelData))
        pairs += [image, other]
    work = load(pairs)
    assert len(findings(work.catalog, rule="ENT-05")) == 2
    assert fix_all(work, "ENT-05") == [None]
    assert work.state.uid_map is None
