"""Different objects under one UID: a reference to it means the one that the user decided."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.builders import ct_series, rt_set
from tests.core.plan.carried_out import (
    NOW,
    UUIDS,
    Outcome,
    carry_out,
    loaded,
    selecting,
    write_files,
)
from uidscope.core.errors import UsageError
from uidscope.core.plan.history import PlanHistory
from uidscope.core.plan.intention import Decision, Intention, Plan, parse_decision
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map

RT = rt_set(1)
UID = str(RT.images[0].SOPInstanceUID)


def files() -> dict[str, bytes | Dataset]:
    (other,) = ct_series(1)
    other.ImageComments = "another object under the same UID"
    return {"a.dcm": RT.images[0], "b.dcm": other, "c.dcm": RT.structure_set, "again.dcm": RT.images[0]}


def decided(folder: Path, intention: Intention, *decisions: Decision) -> Outcome:
    with loaded(write_files(folder / "s", files())) as catalog:
        plan = Plan((intention,), decisions)
        uid_map = derive_map(catalog, plan, IssuedUids(), UUIDS, now=lambda: NOW)
        uid_map.require_decided()
        return carry_out(catalog, uid_map, folder)


def named(outcome: Outcome) -> set[str]:
    contours = outcome.dataset("c.dcm").ROIContourSequence
    return {
        str(image.ReferencedSOPInstanceUID)
        for roi in contours
        for contour in roi.ContourSequence
        for image in contour.ContourImageSequence
    }


def only(name: str) -> Intention:
    return selecting("instances", ("file", name), with_referrers=True)


def test_the_object_that_gets_a_new_uid_is_meant(tmp_path: Path) -> None:
    outcome = decided(tmp_path, only("b.dcm"), Decision(UID, "b.dcm"))
    assert named(outcome) == {str(outcome.dataset("b.dcm").SOPInstanceUID)}
    assert UID not in named(outcome)


def test_the_object_that_keeps_its_uid_is_meant(tmp_path: Path) -> None:
    outcome = decided(tmp_path, only("b.dcm"), Decision(UID, "a.dcm"))
    assert named(outcome) == {UID}
    assert outcome.dataset("b.dcm").SOPInstanceUID != UID


@pytest.mark.parametrize("path", ["a.dcm", "again.dcm"])
def test_any_identical_copy_stands_for_the_object(tmp_path: Path, path: str) -> None:
    outcome = decided(tmp_path, only("a.dcm"), Decision(UID, path), Decision(UID, "a.dcm"))
    assert named(outcome) == {str(outcome.dataset("a.dcm").SOPInstanceUID)}


def test_what_is_off_is_a_sentence(tmp_path: Path) -> None:
    for decisions, said in (
        ([Decision(UID, "c.dcm")], "does not bear"),
        ([Decision(UID, "none.dcm")], "No loaded file"),
        ([Decision(UID, "a.dcm"), Decision(UID, "b.dcm")], "differently"),
    ):
        with pytest.raises(UsageError, match=said):
            decided(tmp_path, only("b.dcm"), *decisions)
    with pytest.raises(UsageError, match="UID=PATH"):
        parse_decision("1.2.3")


def test_a_step_added_keeps_what_was_decided() -> None:
    history = PlanHistory(Plan((), (parse_decision("1.2.3=a=b.dcm"),)))
    assert history.add(selecting("copy")).decisions == (Decision("1.2.3", "a=b.dcm"),)
