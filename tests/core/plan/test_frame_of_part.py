"""A new frame of reference for a part of the objects that share one."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from tests.builders import Study, ct_series, pt_series, registration, rt_structure_set, with_uids
from tests.core.plan.carried_out import (
    Outcome,
    carried_out,
    carry_out,
    derive,
    loaded,
    numbered,
    references_by_place,
    selecting,
    write_files,
)
from tests.core.plan.planned import codes, derive_plan, rows_for
from tests.core.plan.test_promises import CASES, Case, cases
from uidscope.core.catalog.references import ReferenceRow
from uidscope.core.errors import UsageError
from uidscope.core.plan.intention import Intention, Plan, new_intention

ONE = Study(1)
FRAME = ONE.frame_of_reference_uid()
_folders = itertools.count()


def two_series() -> dict[str, bytes | Dataset]:
    """CT and PET in one frame of reference: ct1.dcm, ct2.dcm, pt1.dcm, pt2.dcm."""
    ct, pt = ct_series(2, study=ONE), pt_series(2, study=ONE)
    return {
        f"{name}{at}.dcm": each for name, made in (("ct", ct), ("pt", pt)) for at, each in enumerate(made, 1)
    }


def of_the_ct(kind: str = "copy", **more: object) -> Intention:
    return selecting(kind, ("series", ONE.uid(2)), new_frame_of_reference=True, **more)


def frames(outcome: Outcome) -> dict[str, str]:
    return {name: str(outcome.dataset(name).FrameOfReferenceUID) for name in outcome.files}


def notes(outcome: Outcome, code: str) -> list[dict[str, str | int]]:
    return [dict(note.facts) for note in outcome.uid_map.notes if note.code == code]


@pytest.mark.parametrize("kind", ["copy", "derived-series"])
def test_the_part_gets_one_frame_of_its_own_and_what_is_torn_apart_is_told(tmp_path: Path, kind: str) -> None:
    outcome = carried_out(two_series(), tmp_path, of_the_ct(kind))
    (new,) = set(frames(outcome).values())
    assert new != FRAME
    (entry,) = [each for each in outcome.uid_map.entries() if each.kind == "frame_of_reference"]
    assert (entry.old, entry.new, entry.scope, entry.file_count) == (FRAME, new, "occurrences", 2)
    assert notes(outcome, "frame-torn") == [{"uid": FRAME, "outside": 2}]
    assert len(notes(outcome, "frame-apart-from-source")) == (kind == "derived-series")
    assert notes(outcome, "frame-kept") == []


@pytest.mark.parametrize("kind", ["copy", "derived-series"])
def test_only_when_asked(tmp_path: Path, kind: str) -> None:
    outcome = carried_out(two_series(), tmp_path, selecting(kind, ("series", ONE.uid(2))))
    assert set(frames(outcome).values()) == {FRAME}


def test_a_copy_of_all_that_share_it_tears_nothing_apart(tmp_path: Path) -> None:
    outcome = carried_out(two_series(), tmp_path, selecting("copy", new_frame_of_reference=True))
    assert len({FRAME, *frames(outcome).values()}) == 2
    assert {each.scope for each in outcome.uid_map.entries()} == {"all"}
    assert notes(outcome, "frame-torn") == []


def test_a_well_known_frame_is_never_replaced(tmp_path: Path) -> None:
    talairach = "1.2.840.10008.1.4.1.1"
    images = with_uids(ct_series(2, study=ONE), {FRAME: talairach})
    outcome = carried_out(images, tmp_path, of_the_ct())
    assert set(frames(outcome).values()) == {talairach}


@pytest.mark.parametrize("kind", ["instances", "pseudonymous", "repair"])
def test_it_goes_with_a_copy_or_a_derived_series_only(kind: str) -> None:
    with pytest.raises(UsageError, match="frame of reference"):
        new_intention(kind, new_frame_of_reference=True)


def test_the_row_of_the_frame_can_be_switched_off(tmp_path: Path) -> None:
    source = write_files(tmp_path / "s", two_series())
    plan = Plan((of_the_ct(),))
    with loaded(source) as catalog:
        uid_map = derive_plan(catalog, Plan(plan.intentions, kept=rows_for(catalog, plan, [FRAME])))
        outcome = carry_out(catalog, uid_map, tmp_path)
    assert set(frames(outcome).values()) == {FRAME}
    assert codes(uid_map.notes).count("frame-torn") == 0


@settings(CASES, max_examples=30)
@given(case=cases(), data=st.data())
def test_what_resolved_resolves_frames_included(tmp_path: Path, case: Case, data: st.DataObject) -> None:
    """Over the files written, with any rest of the files in a second step."""
    numbers = range(1, len(case.made) + 1)
    rest = data.draw(st.frozensets(st.sampled_from([n for n in numbers if n not in case.selected] or [0])))
    kind = data.draw(st.sampled_from(["copy", "derived-series"]))
    first = selecting(
        kind,
        *((("file", f"{number}.dcm")) for number in sorted(case.selected)),
        with_referrers=case.with_referrers,
        new_frame_of_reference=True,
    )
    second = [("file", f"{number}.dcm") for number in sorted(rest - {0})]
    intentions = [first, selecting("instances", *second)] if second else [first]
    source = write_files(tmp_path / f"torn{next(_folders)}", numbered(case.made))
    with loaded(source) as catalog:
        uid_map = derive(catalog, *intentions)
        if uid_map.decisions or uid_map.conflicts:
            return
        outcome = carry_out(catalog, uid_map, tmp_path)
    made = numbered(case.made)
    alone = write_files(tmp_path / f"alone{next(_folders)}", {name: made[name] for name in outcome.files})
    with loaded(alone) as catalog:
        before = references_by_place(catalog)
    assert resolved(before) - resolved(outcome.references()) == Counter()


def resolved(references: Mapping[tuple[str, str, str], ReferenceRow]) -> Counter[tuple[str, str, str]]:
    return Counter(
        (file, pattern, row.kind)
        for (file, pattern, _), row in references.items()
        if row.state == "resolved" and row.kind in ("instance", "frame_of_reference")
    )


def test_what_comes_along_refers_to_the_new_frame(tmp_path: Path) -> None:
    files = two_series()
    files["struct.dcm"] = rt_structure_set(ct_series(2, study=ONE))
    outcome = carried_out(files, tmp_path, of_the_ct(with_referrers=True))
    structures, image = outcome.dataset("struct.dcm"), outcome.dataset("ct1.dcm")
    assert referred_frames(structures) == {image.FrameOfReferenceUID}
    assert all(row.state == "resolved" for row in outcome.references().values() if row.kind != "study")


def referred_frames(structures: Dataset) -> set[str]:
    frame_item, roi = structures.ReferencedFrameOfReferenceSequence[0], structures.StructureSetROISequence[0]
    return {frame_item.FrameOfReferenceUID, roi.ReferencedFrameOfReferenceUID}


def test_a_reference_follows_the_objects_it_is_about(tmp_path: Path) -> None:
    """Another step writes what stays in the old frame, and what refers to both."""
    files = two_series()
    ct, pt = ct_series(2, study=ONE), pt_series(2, study=ONE)
    files["of_ct.dcm"] = rt_structure_set(ct)
    files["of_pt.dcm"] = rt_structure_set(pt, series_number=104)
    files["registration.dcm"] = registration(ct, pt)
    others = [("file", name) for name in files if not name.startswith("ct")]
    outcome = carried_out(files, tmp_path, of_the_ct(), selecting("instances", *others))
    new = outcome.dataset("ct1.dcm").FrameOfReferenceUID
    assert {FRAME} == {outcome.dataset("pt1.dcm").FrameOfReferenceUID} != {new}
    assert referred_frames(outcome.dataset("of_ct.dcm")) == {new}
    assert referred_frames(outcome.dataset("of_pt.dcm")) == {FRAME}
    fixed, moving = outcome.dataset("registration.dcm").RegistrationSequence
    assert (fixed.FrameOfReferenceUID, moving.FrameOfReferenceUID) == (new, FRAME)


def test_a_written_file_that_only_names_the_frame_follows_where_nobody_keeps_it(tmp_path: Path) -> None:
    """Over the files written the frame is then the new one (and what resolved resolves)."""
    files = two_series()
    structures = rt_structure_set(ct_series(2, study=ONE))
    del structures.FrameOfReferenceUID
    files["struct.dcm"] = structures
    outcome = carried_out(files, tmp_path, of_the_ct(), selecting("instances", ("file", "struct.dcm")))
    assert referred_frames(outcome.dataset("struct.dcm")) == {outcome.dataset("ct1.dcm").FrameOfReferenceUID}
