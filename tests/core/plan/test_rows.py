"""Rows of the map switched off, and new UIDs typed by hand."""

from __future__ import annotations

import copy
import itertools
import uuid
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Study, concatenation, ct_series, mip_in_source_series, rt_set
from tests.core.plan.carried_out import (
    Outcome,
    carry_out,
    loaded,
    numbered,
    references_by_place,
    selecting,
    write_files,
)
from tests.core.plan.planned import ALSO_SOUND, SOUND, codes, derive_plan, new_uids, row_for, rows_for
from tests.core.plan.test_promises import CASES, Case, cases, states
from uidscope.core.errors import DecisionNeeded, UsageError
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.rows import row_of, rows_of_uid, with_rows_of_uids
from uidscope.core.plan.told.notes import sentence
from uidscope.core.plan.told.preview import plan_rows, switched_off_rows
from uidscope.core.plan.typed_uid import check_new_uid
from uidscope.core.uid.schemes import SchemeOptions, make_scheme
from uidscope.core.uid.syntax import judge_value

ONE, TWO = Study(1), Study(2)
_folders = itertools.count()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_files(tmp_path / "s", numbered([*rt_set(study=ONE).all, *ct_series(2, study=TWO)]))


def carried(source: Path, folder: Path, plan: Plan, olds: list[str]) -> Outcome:
    """A plan carried out with the rows of some old UIDs switched off."""
    with loaded(source) as catalog:
        plan = replace(plan, kept=rows_for(catalog, plan, olds))
        uid_map = derive_plan(catalog, plan)
        uid_map.require_decided()
        return carry_out(catalog, uid_map, folder)


def copy_of_one() -> Plan:
    return Plan((selecting("copy", ("study", ONE.uid())),))


def test_a_kept_series_moves_with_new_instances_when_its_study_is_on(source: Path, tmp_path: Path) -> None:
    before = rt_set(study=ONE).images[0]
    outcome = carried(source, tmp_path, copy_of_one(), [ONE.uid(2)])
    image = outcome.dataset("1.dcm")
    assert image.SeriesInstanceUID == before.SeriesInstanceUID
    assert image.StudyInstanceUID != before.StudyInstanceUID
    assert image.SOPInstanceUID != before.SOPInstanceUID
    assert "row-kept-series" in codes(outcome.uid_map.notes)
    assert all(row.state == "resolved" for row in outcome.references().values() if row.kind == "instance")


def test_a_kept_instance_moves_into_the_new_series(source: Path, tmp_path: Path) -> None:
    before = rt_set(study=ONE).images[0]
    outcome = carried(source, tmp_path, copy_of_one(), [before.SOPInstanceUID])
    image = outcome.dataset("1.dcm")
    assert image.SOPInstanceUID == image.file_meta.MediaStorageSOPInstanceUID == before.SOPInstanceUID
    assert image.SeriesInstanceUID != before.SeriesInstanceUID
    changed = [outcome.uid_map.changed(id_) for id_ in outcome.uid_map.outcomes]
    assert changed.count("changed-same-uid") == 1
    assert before.SOPInstanceUID not in new_uids(outcome.uid_map)
    (note,) = [each for each in outcome.uid_map.notes if each.code == "row-kept-instance"]
    assert note.facts["files"] == len(note.occurrences) == 1
    assert all(row.state == "resolved" for row in outcome.references().values() if row.kind == "instance")


def test_a_copy_with_every_row_off_changes_no_uid(source: Path, tmp_path: Path) -> None:
    plan = copy_of_one()
    with loaded(source) as catalog:
        olds = list(new_uids(derive_plan(catalog, plan)))
    outcome = carried(source, tmp_path, plan, olds)
    assert list(outcome.uid_map.entries()) == []
    assert sorted(off.entry.old for off in outcome.uid_map.switched_off) == sorted(olds)
    assert set(map(outcome.uid_map.changed, outcome.uid_map.outcomes)) == {"unchanged"}


def test_what_stays_in_its_series_keeps_its_number_and_description(source: Path, tmp_path: Path) -> None:
    before = rt_set(study=ONE).images[0]
    plan = Plan((selecting("derived-series", ("series", ONE.uid(2)), series_description="DERIVED"),))
    image = carried(source, tmp_path, plan, [ONE.uid(2)]).dataset("1.dcm")
    assert image.SeriesNumber == before.SeriesNumber
    assert image.get("SeriesDescription") == before.get("SeriesDescription")
    assert image.SOPInstanceUID != before.SOPInstanceUID


def test_one_series_in_two_studies_of_the_output_is_a_conflict(tmp_path: Path) -> None:
    source = write_files(tmp_path / "s", numbered(ct_series(4, study=ONE)))
    half = selecting("copy", ("file", "1.dcm"), ("file", "2.dcm"))
    rest = selecting("instances", ("file", "3.dcm"), ("file", "4.dcm"))
    with loaded(source) as catalog:
        plan = Plan((half, rest))
        derive_plan(catalog, plan).require_decided()
        kept = replace(plan, kept=rows_for(catalog, plan, [ONE.uid(2)]))
        assert codes(derive_plan(catalog, kept).conflicts) == ["row-kept-series-divided"]
        both = replace(plan, kept=rows_for(catalog, plan, [ONE.uid(2), ONE.uid()]))
        derive_plan(catalog, both).require_decided()


def test_one_object_in_two_places_of_the_output_is_a_conflict(tmp_path: Path) -> None:
    """Two files of one object in one series: a copy of one of them that keeps its UID tears it in two."""
    (image,), (other,) = ct_series(1, study=ONE), ct_series(1, study=ONE)
    other.ImageComments = "sent again"
    source = write_files(tmp_path / "s", numbered([image, other]))
    with loaded(source) as catalog:
        one = Plan((selecting("copy", ("file", "1.dcm")), selecting("instances", ("file", "2.dcm"))))
        issued = IssuedUids()
        uid_map = derive_plan(catalog, one, issued)
        uid_map.require_decided()
        rows = rows_of_uid(uid_map, issued, image.SOPInstanceUID)
        assert len(rows) == 2
        for row in rows:
            derive_plan(catalog, replace(one, kept=frozenset([row])), issued).require_decided()
        both_off = derive_plan(catalog, replace(one, kept=frozenset(rows)), issued)
        assert codes(both_off.conflicts) == ["row-kept-instance-divided"]


def test_a_kept_concatenation_of_new_objects_is_told(tmp_path: Path) -> None:
    parts = concatenation()
    source = write_files(tmp_path / "s", numbered(parts))
    outcome = carried(source, tmp_path, Plan((selecting("copy"),)), [parts[0].ConcatenationUID])
    assert outcome.dataset("1.dcm").ConcatenationUID == parts[0].ConcatenationUID
    assert "row-kept-whole" in codes(outcome.uid_map.notes)


def test_identifying_uids_that_stay_are_told(source: Path, tmp_path: Path) -> None:
    before = rt_set(study=ONE).images[0]
    plan = Plan((selecting("pseudonymous", ("study", ONE.uid())),))
    outcome = carried(source, tmp_path, plan, [before.FrameOfReferenceUID, before.SOPInstanceUID])
    image = outcome.dataset("1.dcm")
    assert image.FrameOfReferenceUID == before.FrameOfReferenceUID
    assert image.SOPInstanceUID == before.SOPInstanceUID
    (note,) = [each for each in outcome.uid_map.notes if each.code == "row-kept-pseudonymous"]
    assert note.facts["uids"] == 2
    assert all(row.state == "resolved" for row in outcome.references().values() if row.kind == "instance")


def test_pseudonyms_leave_what_another_intention_keeps(tmp_path: Path) -> None:
    images = ct_series(2, study=ONE)
    mip = mip_in_source_series(images)
    source = write_files(tmp_path / "s", numbered([*images, mip]))
    plan = Plan(
        (
            selecting("pseudonymous", ("file", "3.dcm")),
            selecting("instances", ("file", "1.dcm"), ("file", "2.dcm")),
        )
    )
    outcome = carried(source, tmp_path, plan, [images[0].SOPInstanceUID])
    assert outcome.dataset("1.dcm").SOPInstanceUID == images[0].SOPInstanceUID
    assert {row.state for row in outcome.references().values() if row.kind == "instance"} == {"resolved"}


def test_an_approved_object_that_keeps_its_uid_is_not_beside_its_original(tmp_path: Path) -> None:
    rt = rt_set(study=ONE)
    rt.plan.ApprovalStatus = "APPROVED"
    source = write_files(tmp_path / "s", numbered(rt.all))
    plan = copy_of_one()
    with loaded(source) as catalog:
        derive_plan(catalog, plan).require_decided()
        kept = replace(plan, kept=rows_for(catalog, plan, [rt.plan.SOPInstanceUID]))
        assert codes(derive_plan(catalog, kept).conflicts) == ["approved-object"]


def test_a_row_switched_on_again_gives_the_uid_it_had(source: Path) -> None:
    plan, issued = copy_of_one(), IssuedUids()
    with loaded(source) as catalog:
        before = derive_plan(catalog, plan, issued)
        rows = rows_of_uid(before, issued, ONE.uid(2))
        off = derive_plan(catalog, replace(plan, kept=frozenset(rows)), issued)
        assert new_uids(off).keys() == new_uids(before).keys() - {ONE.uid(2)}
        assert rows_of_uid(off, issued, ONE.uid(2)) == rows
        assert new_uids(derive_plan(catalog, plan, issued)) == new_uids(before)


def test_rows_of_an_intention_taken_out_mean_nothing(source: Path) -> None:
    plan = copy_of_one()
    with loaded(source) as catalog:
        row = row_for(catalog, plan, ONE.uid(2))
        other = Plan((selecting("copy", ("study", ONE.uid())),), kept=frozenset([row]), by_hand=((row, "x"),))
        uid_map = derive_plan(catalog, other)
        uid_map.require_decided()
        assert uid_map.switched_off == ()
        assert ONE.uid(2) in new_uids(uid_map)


def test_every_entry_has_its_row_and_the_rows_off_are_shown_as_they_would_be(source: Path) -> None:
    plan, issued = Plan((selecting("copy"),)), IssuedUids()
    with loaded(source) as catalog:
        uid_map = derive_plan(catalog, plan, issued)
        shown = {planned.entry.old: planned for planned in plan_rows(catalog, uid_map)}
        rows = {entry.old: row_of(uid_map, issued, entry) for entry in uid_map.entries()}
        assert None not in rows.values()
        assert len(set(rows.values())) == len(rows) == uid_map.entry_count()
        kept = frozenset(row for row in rows.values() if row is not None)
        off = derive_plan(catalog, replace(plan, kept=kept), issued)
        for planned in switched_off_rows(catalog, off):
            on = shown[planned.entry.old]
            assert planned == on._replace(entry=on.entry._replace(new=""))
        assert len(off.switched_off) == len(shown)


def test_a_typed_uid_stands_in_key_references_and_file_meta(source: Path, tmp_path: Path) -> None:
    rt, plan = rt_set(study=ONE), copy_of_one()
    old = rt.structure_set.SOPInstanceUID
    with loaded(source) as catalog:
        row = row_for(catalog, plan, old)
        assert check_new_uid(catalog, IssuedUids(), plan, row, SOUND) is None
        uid_map = derive_plan(catalog, replace(plan, by_hand=((row, SOUND),)))
        uid_map.require_decided()
        outcome = carry_out(catalog, uid_map, tmp_path)
    assert new_uids(uid_map)[old] == SOUND
    assert uid_map.by_hand == {SOUND: row}
    structures = outcome.dataset("4.dcm")
    assert structures.SOPInstanceUID == structures.file_meta.MediaStorageSOPInstanceUID == SOUND
    plan_file = outcome.dataset("5.dcm")
    assert plan_file.ReferencedStructureSetSequence[0].ReferencedSOPInstanceUID == SOUND


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "typed-nothing"),
        (" 1.2.840", "typed-UID-S01"),
        ("1.2." + "3" * 62, "typed-UID-S02"),
        ("1..2", "typed-UID-S03"),
        ("1.2.03", "typed-UID-S04"),
        ("1", "typed-UID-S05"),
        ("3.2", "typed-UID-S06"),
        ("1.40.3", "typed-UID-S07"),
        (f"2.25.{2**128}", "typed-UID-S16"),
        (f"{SOUND}.1", "typed-UID-S17"),
        ("2.25.12", "typed-UID-S18"),
        (f"2.25.{2**100}", "typed-UID-S19"),
        ("1.2.3.4", "typed-UID-S26"),
        ("1.2.840.10008.1.1", "typed-registered"),
        ("1.2.840.10008.99.1", "typed-dicom-root"),
        (ONE.uid(2), "typed-same"),
        (ONE.uid(), "typed-loaded"),
        (ONE.uid(2) + ".99", "typed-UID-S27"),
    ],
)
def test_what_may_not_be_typed_is_said_and_blocks(source: Path, typed: str, code: str) -> None:
    plan = copy_of_one()
    with loaded(source) as catalog:
        row = row_for(catalog, plan, ONE.uid(2))
        fault = check_new_uid(catalog, IssuedUids(), plan, row, typed)
        assert fault is not None
        assert fault.code == code
        uid_map = derive_plan(catalog, replace(plan, by_hand=((row, typed),)))
        with pytest.raises(DecisionNeeded) as raised:
            uid_map.require_decided()
        assert raised.value.decisions == (sentence(fault),)


def test_a_uid_planned_issued_or_typed_for_another_row_is_taken(source: Path) -> None:
    plan, issued = copy_of_one(), IssuedUids()
    with loaded(source) as catalog:
        uid_map = derive_plan(catalog, plan, issued)
        series, study = (rows_of_uid(uid_map, issued, old)[0] for old in (ONE.uid(2), ONE.uid()))
        planned = new_uids(uid_map)
        for uid, row, is_free in [
            (planned[ONE.uid()], series, False),
            (planned[ONE.uid(2)], series, True),
            (planned[ONE.uid()], study, True),
        ]:
            assert (check_new_uid(catalog, issued, plan, row, uid) is None) == is_free
        twice = replace(plan, by_hand=((series, SOUND), (study, SOUND)))
        assert codes(derive_plan(catalog, twice, issued).conflicts) == ["typed-taken", "typed-taken"]
        extended = f"{planned[ONE.uid()]}.7"
        fault = check_new_uid(catalog, issued, plan, series, extended)
        assert fault is not None


def test_a_scheme_never_makes_a_uid_that_was_typed(source: Path) -> None:
    keyed = make_scheme(SchemeOptions("keyed", key=b"k" * 32))
    plan = copy_of_one()
    with loaded(source) as catalog:
        made = new_uids(derive_plan(catalog, plan, scheme=keyed))
        row = row_for(catalog, plan, ONE.uid(2))
        typed = replace(plan, by_hand=((row, made[ONE.uid()]),))
        uid_map = derive_plan(catalog, typed, scheme=keyed)
        uid_map.require_decided()
        assert new_uids(uid_map)[ONE.uid(2)] == made[ONE.uid()]
        assert new_uids(uid_map)[ONE.uid()] not in made.values()


def test_rows_are_found_by_their_old_uids(source: Path) -> None:
    plan = copy_of_one()
    with loaded(source) as catalog:
        asked = with_rows_of_uids(catalog, plan, [ONE.uid(2)], [(ONE.uid(), SOUND)])
        uid_map = derive_plan(catalog, asked)
        assert new_uids(uid_map)[ONE.uid()] == SOUND
        assert [off.entry.old for off in uid_map.switched_off] == [ONE.uid(2)]
        for keep, typed in [
            (["1.2.9"], []),
            ([TWO.uid()], []),
            ([], [("1.2.9", SOUND)]),
            ([ONE.uid()], [(ONE.uid(), SOUND)]),
            ([], [(ONE.uid(), SOUND), (ONE.uid(), ALSO_SOUND)]),
        ]:
            with pytest.raises(UsageError):
                with_rows_of_uids(catalog, plan, keep, typed)


def test_one_of_several_new_uids_of_an_old_one_must_be_named(tmp_path: Path) -> None:
    images = ct_series(2, study=ONE)
    images[1].Modality = "MR"
    source = write_files(tmp_path / "s", numbered(images))
    plan = Plan((selecting("derived-series"),))
    with loaded(source) as catalog:
        with pytest.raises(UsageError, match="2 different"):
            with_rows_of_uids(catalog, plan, [], [(ONE.uid(2), SOUND)])
        kept = with_rows_of_uids(catalog, plan, [ONE.uid(2)], [])
        assert len(kept.kept) == 2
        issued = IssuedUids()
        rows = rows_of_uid(derive_plan(catalog, plan, issued), issued, ONE.uid(2))
        one = derive_plan(catalog, replace(plan, kept=frozenset(rows[:1])), issued)
        one.require_decided()
        assert sorted(outcome.new_series_uid is None for outcome in one.outcomes.values()) == [False, True]


def typed_value(draw: st.DrawFn, case: Case) -> str:
    """A new UID as somebody may type it: sound, or one that is there already."""
    if draw(st.integers(0, 4)):
        return f"2.25.{uuid.UUID(int=draw(st.integers(2**100, 2**128 - 1)), version=4).int}"
    return str(draw(st.sampled_from(case.made)).SOPInstanceUID)


@settings(CASES, max_examples=60)
@given(case=cases(), data=st.data())
def test_with_any_rows_off_or_typed_what_resolved_resolves(
    tmp_path: Path, case: Case, data: st.DataObject
) -> None:
    """Promises 6 and 7, or a conflict is stated; and what was asked for is what is there."""
    made = copy.deepcopy(case.made)
    source = write_files(tmp_path / f"rows{next(_folders)}", numbered(made))
    with loaded(source) as catalog:
        issued, plan = IssuedUids(), Plan((case.intention(),))
        uid_map = derive_plan(catalog, plan, issued)
        rows = sorted({row_of(uid_map, issued, entry) or RowKey("", "") for entry in uid_map.entries()})
        kept = data.draw(st.frozensets(st.sampled_from(rows)) if rows else st.just(frozenset()))
        others = [row for row in rows if row not in kept]
        chosen = data.draw(st.sets(st.sampled_from(others), max_size=2) if others else st.just(set()))
        by_hand = tuple((row, data.draw(st.composite(typed_value)(case))) for row in sorted(chosen))
        asked = derive_plan(catalog, replace(plan, kept=kept, by_hand=by_hand), issued)
        if asked.decisions or asked.conflicts:
            with pytest.raises(DecisionNeeded):
                asked.require_decided()
            return
        outcome = carry_out(catalog, asked, tmp_path)
    entries = list(asked.entries())
    assert {row.old for row in kept} >= {off.entry.old for off in asked.switched_off}
    assert {new for _, new in by_hand} <= {entry.new for entry in entries}
    of_new: dict[str, set[str]] = {}
    for entry in entries:
        of_new.setdefault(entry.new, set()).add(entry.old)
    assert all(len(olds) == 1 for olds in of_new.values())
    assert all(judge_value(new, writing=True) == () for new in of_new)
    names = {f"{number}.dcm": dataset for number, dataset in enumerate(made, 1)}
    alone = write_files(tmp_path / f"alone{next(_folders)}", {name: names[name] for name in outcome.files})
    with loaded(alone) as catalog:
        before = states(references_by_place(catalog))
    after = Counter(states(outcome.references()))
    assert Counter(before) - after == Counter()
