"""What a plan says of itself beside its new UIDs: the reasons in its list, and what is to be known of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Study, ct_series
from tests.core.plan.carried_out import (
    NOW,
    UUIDS,
    carried_out,
    derive,
    loaded,
    numbered,
    selecting,
    write_files,
)
from tests.core.plan.planned import SOUND, row_for
from tests.core.plan.test_move import RIGHT, WRONG, moving, two_studies
from tests.core.plan.test_offers import checked
from tests.core.plan.test_undone import entry, listed
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.typed_uid import check_new_uid
from uidscope.core.plan.undone import Undo, undo_map, undone_uids

SAME_PATIENT = Study(2, date="20240203", time="131415", description="Another study of the same patient")


def test_the_list_of_an_undo_says_so_of_every_uid(tmp_path: Path) -> None:
    delivered = carried_out(numbered(ct_series(2, study=Study(1))), tmp_path, selecting("copy"))
    with loaded(delivered.folder) as catalog:
        uid_map = undo_map(catalog, Undo(undone_uids(listed(delivered, tmp_path))), now=lambda: NOW)
        entries = [each for each in uid_map.entries() if each.change == "new-uid"]
    assert {each.reason for each in entries} == {"undone"}
    assert sorted((each.kind, each.file_count) for each in entries) == [
        ("frame_of_reference", 2),
        ("instance", 1),
        ("instance", 1),
        ("series", 2),
        ("study", 2),
    ]


def test_what_an_undo_does_not_find_and_what_comes_back_faulty_is_told(tmp_path: Path) -> None:
    write_files(tmp_path / "one", numbered(ct_series(1, study=Study(1))))
    with loaded(tmp_path / "one") as catalog:
        uid = Study(1).uid()
        entries = (
            MapEntry("1.2.03", uid, "study", "all", "copy", 1),
            entry("1.2.3.4", SOUND),
            entry("1.2.3.5", UUIDS.new_uid("instance", "")),
        )
        uid_map = undo_map(catalog, Undo(undone_uids(entries)), now=lambda: NOW)
    told = {note.code: dict(note.facts) for note in uid_map.notes}
    assert told["undo-unmet"] == {"uids": 2}
    assert told["undo-faulty"] == {"uids": 1}
    assert "undo-nameless" not in told


def test_a_uid_that_had_none_before_does_not_come_back_and_is_told(tmp_path: Path) -> None:
    (image,) = ct_series(1, study=Study(1))
    write_files(tmp_path / "one", numbered([image]))
    with loaded(tmp_path / "one") as catalog:
        entries = (
            entry("1.2.3", Study(1).uid(), "study"),
            entry("", image.SeriesInstanceUID, "series", "occurrences"),
        )
        uid_map = undo_map(catalog, Undo(undone_uids(entries)), now=lambda: NOW)
    assert {note.code: dict(note.facts) for note in uid_map.notes}["undo-nameless"] == {"uids": 1}


@pytest.mark.parametrize(("target", "is_told"), [(RIGHT, True), (SAME_PATIENT, False)])
def test_a_move_to_another_patient_says_that_the_former_may_stand_inside(
    tmp_path: Path, target: Study, is_told: bool
) -> None:
    outcome = carried_out(
        two_studies(ct_series(2, study=WRONG), ct_series(1, study=target)),
        tmp_path,
        moving(("study", WRONG.uid()), study=target.uid()),
    )
    told = [note for note in outcome.uid_map.notes if note.code == "former-patient-inside"]
    assert [dict(note.facts) for note in told] == ([{"files": 2}] if is_told else [])


def test_an_undo_by_itself_asks_for_nothing_more() -> None:
    uids = undone_uids([entry("1.2.3", Study(1).uid(), "study")])
    assert Undo(uids) == Undo(uids, (), acknowledged=False, replace_leftovers=False)


def test_a_study_that_gets_its_missing_uid_is_told(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.StudyInstanceUID = ""
    with checked(tmp_path, numbered([image])) as catalog:
        uid_map = derive(catalog, selecting("repair", ("rule", "UID-S13")))
        (told,) = [note for note in uid_map.notes if note.code == "study-uid-repaired"]
    assert dict(told.facts) == {"uid": "", "files": 1}


@pytest.mark.parametrize(("below", "is_told"), [(".5", True), (".5.6", True), (".5.6.7", True), ("", False)])
def test_a_typed_uid_below_one_that_is_loaded_is_told(tmp_path: Path, below: str, is_told: bool) -> None:
    images = ct_series(2)
    with checked(tmp_path, numbered(images)) as catalog:
        plan = Plan((selecting("copy"),))
        row = row_for(catalog, plan, images[0].SOPInstanceUID)
        typed = images[1].SOPInstanceUID + below
        told = check_new_uid(catalog, IssuedUids(), plan, row, typed)
    assert told is not None
    assert (told.code == "typed-UID-S27") == is_told
    assert not is_told or told.facts["other"] == images[1].SOPInstanceUID
