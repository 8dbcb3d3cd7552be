"""Which files a plan writes, and which it leaves out and why."""

from pathlib import Path

import pytest
from pydicom.uid import UID

from tests.builders import (
    Study,
    concatenation,
    ct_series,
    encoded,
    rt_set,
    whole_slide_pyramid,
    with_uids,
)
from tests.core.plan.carried_out import carried_out, derive, loaded, numbered, selecting, write_files
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import DecisionNeeded
from uidscope.core.plan.intention import Intention
from uidscope.core.plan.uid_map import Changed, UidMap

ONE, TWO = Study(1), Study(2)


def output_of(catalog: Catalog, *intentions: Intention) -> tuple[UidMap, dict[str, Changed], dict[str, str]]:
    """The map, the change of each file written, and the reason of each skipped one, by name."""
    uid_map = derive(catalog, *intentions)
    names = display_paths(catalog, [*uid_map.outcomes, *(skipped.occurrence for skipped in uid_map.skipped)])
    changed = {names[id_]: uid_map.changed(id_) for id_ in uid_map.outcomes}
    return uid_map, changed, {names[skipped.occurrence]: skipped.reason for skipped in uid_map.skipped}


def test_identical_copies_are_written_once_under_the_first_path(tmp_path: Path) -> None:
    image, other = ct_series(2)
    source = write_files(tmp_path / "s", {"b.dcm": image, "a/1.dcm": image, "c.dcm": image, "d.dcm": other})
    with loaded(source) as catalog:
        uid_map, changed, skipped = output_of(catalog, selecting("copy"))
        assert changed == {"a/1.dcm": "new-uid", "d.dcm": "new-uid"}
        assert skipped == {"b.dcm": "identical", "c.dcm": "identical"}
        assert {entry.scope for entry in uid_map.entries()} == {"all"}


def test_files_of_one_instance_that_differ_are_all_written_under_one_new_uid(tmp_path: Path) -> None:
    image = ct_series(1)[0]
    other = ct_series(1)[0]
    other.ImageComments = "another text"
    outcome = carried_out([image, other], tmp_path, selecting("copy"))
    assert outcome.dataset("1.dcm").SOPInstanceUID == outcome.dataset("2.dcm").SOPInstanceUID


def test_truncated_files_and_dicomdirs_are_never_written(tmp_path: Path) -> None:
    image, cut = ct_series(2)
    directory = ct_series(1, study=TWO)[0]
    directory.file_meta.MediaStorageSOPClassUID = UID("1.2.840.10008.1.3.10")
    source = write_files(
        tmp_path / "s",
        {"1.dcm": image, "2.dcm": encoded(cut)[:-10], "DICOMDIR": encoded(directory)},
    )
    with loaded(source) as catalog:
        _, changed, skipped = output_of(catalog, selecting("copy"))
        assert changed == {"1.dcm": "new-uid"}
        assert skipped == {"2.dcm": "truncated", "DICOMDIR": "dicomdir"}


def test_without_referrers_they_stay_out_and_are_told(tmp_path: Path) -> None:
    with loaded(write_files(tmp_path / "s", numbered(rt_set().all))) as catalog:
        uid_map, changed, _ = output_of(catalog, selecting("instances", ("series", ONE.uid(2))))
        assert set(changed) == {"1.dcm", "2.dcm", "3.dcm"}
        (note,) = [note for note in uid_map.notes if note.code == "referrers-left-out"]
        assert note.facts == {"files": 1}
        assert list(display_paths(catalog, note.occurrences).values()) == ["4.dcm"]


def test_with_referrers_those_that_name_the_selection_come_along_as_they_are(tmp_path: Path) -> None:
    with loaded(write_files(tmp_path / "s", numbered(rt_set().all))) as catalog:
        intention = selecting("instances", ("series", ONE.uid(2)), with_referrers=True)
        uid_map, changed, _ = output_of(catalog, intention)
        images = dict.fromkeys(["1.dcm", "2.dcm", "3.dcm"], "new-uid")
        assert changed == {**images, "4.dcm": "changed-same-uid"}
        assert not [note for note in uid_map.notes if note.code == "referrers-left-out"]


def test_renew_goes_on_along_the_references(tmp_path: Path) -> None:
    with loaded(write_files(tmp_path / "s", numbered(rt_set().all))) as catalog:
        intention = selecting("instances", ("series", ONE.uid(2)), with_referrers=True, renew=True)
        _, changed, _ = output_of(catalog, intention)
        assert changed == dict.fromkeys([f"{number}.dcm" for number in range(1, 7)], "new-uid")


def test_referrers_that_are_copies_come_along_once(tmp_path: Path) -> None:
    rt = rt_set()
    source = write_files(
        tmp_path / "s", {**numbered(rt.images), "a.dcm": rt.structure_set, "b.dcm": rt.structure_set}
    )
    with loaded(source) as catalog:
        intention = selecting("copy", ("series", ONE.uid(2)), with_referrers=True)
        _, changed, skipped = output_of(catalog, intention)
        assert changed["a.dcm"] == "changed-same-uid"
        assert skipped == {"b.dcm": "identical"}


def test_two_steps_over_one_file_are_a_conflict(tmp_path: Path) -> None:
    with loaded(write_files(tmp_path / "s", numbered(ct_series(3)))) as catalog:
        twice = [
            selecting("copy", ("file", "1.dcm"), ("file", "2.dcm")),
            selecting("instances", ("file", "2.dcm")),
        ]
        uid_map = derive(catalog, *twice)
        assert [note.code for note in uid_map.conflicts] == ["selected-twice"]
        with pytest.raises(DecisionNeeded) as raised:
            uid_map.require_decided()
        assert raised.value.decisions[0].startswith("1 file would be treated by two steps")


def test_steps_over_different_files_do_not_disturb_each_other(tmp_path: Path) -> None:
    objects = [*ct_series(2, study=ONE), *ct_series(1, study=TWO)]
    with loaded(write_files(tmp_path / "s", numbered(objects))) as catalog:
        steps = [selecting("copy", ("study", ONE.uid())), selecting("instances", ("study", TWO.uid()))]
        uid_map, changed, _ = output_of(catalog, *steps)
        uid_map.require_decided()
        assert set(changed) == {"1.dcm", "2.dcm", "3.dcm"}
        assert {entry.reason for entry in uid_map.entries()} == {"copy", "instances"}


@pytest.mark.parametrize("kind", ["instances", "derived-series", "copy"])
def test_a_part_of_a_concatenation_is_refused(tmp_path: Path, kind: str) -> None:
    with loaded(write_files(tmp_path / "s", numbered(concatenation(3)))) as catalog:
        uid_map = derive(catalog, selecting(kind, ("file", "1.dcm"), ("file", "2.dcm")))
        with pytest.raises(DecisionNeeded) as raised:
            uid_map.require_decided()
        (sentence,) = raised.value.decisions
        assert sentence.startswith("Only 2 of the 3 files of the concatenation")


@pytest.mark.parametrize("kind", ["instances", "derived-series", "copy"])
def test_a_whole_concatenation_gets_one_new_uid(tmp_path: Path, kind: str) -> None:
    outcome = carried_out(concatenation(3), tmp_path, selecting(kind))
    written = [outcome.dataset(name) for name in outcome.files]
    for keyword in ("ConcatenationUID", "SOPInstanceUIDOfConcatenationSource"):
        (new,) = {str(dataset[keyword].value) for dataset in written}
        assert new.startswith("2.25.")


def test_a_concatenation_with_a_truncated_part_is_refused(tmp_path: Path) -> None:
    whole, cut = concatenation(2)
    source = write_files(tmp_path / "s", {"1.dcm": whole, "2.dcm": encoded(cut)[:-10]})
    with loaded(source) as catalog:
        assert [note.code for note in derive(catalog, selecting("copy")).conflicts] == [
            "part-of-concatenation"
        ]


def test_a_part_of_a_pyramid_is_refused_where_it_would_get_a_new_uid(tmp_path: Path) -> None:
    levels = whole_slide_pyramid()
    with loaded(write_files(tmp_path / "s", numbered(levels))) as catalog:
        part = ("file", "1.dcm")
        assert [note.code for note in derive(catalog, selecting("copy", part)).conflicts] == [
            "part-of-pyramid"
        ]
        assert derive(catalog, selecting("instances", part)).conflicts == ()


def test_a_reference_to_one_of_two_different_objects_must_be_decided(tmp_path: Path) -> None:
    rt = rt_set(1)
    (other,) = ct_series(1)
    other.ImageComments = "another object under the same UID"
    source = write_files(tmp_path / "s", {"1.dcm": rt.images[0], "2.dcm": other, "3.dcm": rt.structure_set})
    with loaded(source) as catalog:
        one_of_two = selecting("copy", ("file", "1.dcm"), ("file", "3.dcm"))
        uid_map = derive(catalog, one_of_two)
        with pytest.raises(DecisionNeeded) as raised:
            uid_map.require_decided()
        (sentence,) = raised.value.decisions
        assert str(rt.images[0].SOPInstanceUID) in sentence
        assert "3.dcm" in sentence
        both = derive(catalog, selecting("copy"))
        both.require_decided()
        without_the_referrer = derive(catalog, selecting("copy", ("file", "1.dcm")))
        without_the_referrer.require_decided()
        assert [entry.scope for entry in without_the_referrer.entries() if entry.kind == "instance"] == [
            "occurrences"
        ]


def test_an_identical_copy_outside_the_selection_is_the_same_object(tmp_path: Path) -> None:
    rt = rt_set(1)
    source = write_files(
        tmp_path / "s", {"1.dcm": rt.images[0], "2.dcm": rt.images[0], "3.dcm": rt.structure_set}
    )
    with loaded(source) as catalog:
        uid_map = derive(catalog, selecting("copy", ("file", "1.dcm"), ("file", "3.dcm")))
        uid_map.require_decided()
        assert {entry.scope for entry in uid_map.entries()} == {"all"}
        assert not [note for note in uid_map.notes if note.code == "frame-kept"]


def test_two_steps_that_part_two_copies_leave_references_open(tmp_path: Path) -> None:
    rt = rt_set(1)
    source = write_files(
        tmp_path / "s", {"1.dcm": rt.images[0], "2.dcm": rt.images[0], "3.dcm": rt.structure_set}
    )
    with loaded(source) as catalog:
        steps = [
            selecting("copy", ("file", "1.dcm")),
            selecting("copy", ("file", "2.dcm"), ("file", "3.dcm")),
        ]
        assert [note.code for note in derive(catalog, *steps).decisions] == ["ambiguous-reference"]


def test_a_well_known_instance_keeps_its_uid(tmp_path: Path) -> None:
    palette, image = with_uids(ct_series(2), {ONE.uid(2, 1): "1.2.840.10008.1.5.1"})
    outcome = carried_out([palette, image], tmp_path, selecting("copy"))
    assert outcome.dataset("1.dcm").SOPInstanceUID == "1.2.840.10008.1.5.1"
    assert outcome.dataset("1.dcm").SeriesInstanceUID == outcome.dataset("2.dcm").SeriesInstanceUID
    assert outcome.dataset("1.dcm").SeriesInstanceUID.startswith("2.25.")
    assert sorted(outcome.uid_map.kept.values()) == ["changed-same-uid"]
    assert [note.code for note in outcome.uid_map.notes if note.code == "registered-kept"] == [
        "registered-kept"
    ]


def test_what_an_intention_does_not_change_is_unchanged_byte_for_byte(tmp_path: Path) -> None:
    (palette,) = with_uids(ct_series(1), {ONE.uid(2, 1): "1.2.840.10008.1.5.1"})
    palette.TransactionUID = ONE.entity_uid(9)
    outcome = carried_out([palette], tmp_path, selecting("instances"))
    assert list(outcome.uid_map.kept.values()) == ["unchanged"]
    assert outcome.files["1.dcm"] == encoded(palette)


def test_an_empty_plan_comes_to_nothing(tmp_path: Path) -> None:
    with loaded(write_files(tmp_path / "s", numbered(ct_series(1)))) as catalog:
        uid_map = derive(catalog)
        assert (dict(uid_map.outcomes), list(uid_map.entries()), uid_map.skipped) == ({}, [], ())
