"""A delivery undone by its list: every UI value is again what it was before."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from pydicom.dataset import Dataset

from tests.builders import Study, ct_series, encoded, rt_set
from tests.core.plan.carried_out import (
    NOW,
    Outcome,
    carried_out,
    carry_out,
    loaded,
    numbered,
    selecting,
    write_files,
)
from tests.core.plan.test_promises import CASES, Case, carried, cases
from tests.rewritten import uids_by_path
from uidscope.core.errors import DecisionNeeded, UsageError
from uidscope.core.export.crosswalk import crosswalk_csv, read_crosswalk
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.intention import Into, Selector
from uidscope.core.plan.undone import Undo, undo_map, undone_uids

KINDS = ("instances", "derived-series", "copy", "pseudonymous")
ONE = Study(1)

_folders = itertools.count()


def entry(old: str, new: str, kind: str = "instance", scope: str = "all", reason: str = "copy") -> MapEntry:
    return MapEntry(old, new, kind, scope, reason, 1)


def listed(outcome: Outcome, folder: Path) -> tuple[MapEntry, ...]:
    """The list of a delivery, as it is read back."""
    path = folder / f"list{next(_folders)}"
    path.write_bytes(crosswalk_csv(outcome.uid_map.entries()))
    return read_crosswalk(str(path))


def undone(outcome: Outcome, folder: Path, *files: str) -> Outcome:
    selectors = tuple(Selector("file", name) for name in files)
    with loaded(outcome.folder) as catalog:
        undo = Undo(undone_uids(listed(outcome, folder)), selectors)
        uid_map = undo_map(catalog, undo, now=lambda: NOW)
        uid_map.require_decided()
        return carry_out(catalog, uid_map, folder)


def assert_as_before(source: Path, back: Outcome, names: Iterable[str]) -> None:
    """Every UI value that the delivery did not take out is the old one again; what it recorded stays."""
    for name in names:
        old, new = uids_by_path(source / name), uids_by_path(back.folder / name)
        added = [path for path in new if path not in old]
        assert all(path.startswith(("OriginalAttributes", "meta.")) for path in added)
        ours = ("meta.ImplementationClassUID", "OriginalAttributes")
        assert {path: new[path] for path in old if path in new and not path.startswith(ours)} == {
            path: uid for path, uid in old.items() if path in new and not path.startswith(ours)
        }


@settings(CASES, max_examples=30)
@given(case=cases())
def test_every_value_is_as_it_was(tmp_path: Path, case: Case) -> None:
    delivered = carried(tmp_path, case)
    if delivered is None or not list(delivered.uid_map.entries()):
        return
    source = write_files(tmp_path / f"source{next(_folders)}", numbered(case.made))
    back = undone(delivered, tmp_path)
    assert back.files.keys() == delivered.files.keys()
    assert_as_before(source, back, back.files)


@pytest.mark.parametrize("kind", KINDS)
def test_an_rt_set_comes_back_and_nothing_else_changes(tmp_path: Path, kind: str) -> None:
    files = numbered(rt_set(3).all)
    source = write_files(tmp_path / "source", files)
    delivered = carried_out(files, tmp_path, selecting(kind))
    back = undone(delivered, tmp_path)
    assert_as_before(source, back, files)
    for name in files:
        kept, made = back.dataset(name), delivered.dataset(name)
        assert kept.get("InstanceCreationDate") == made.get("InstanceCreationDate")
        assert kept.get("SeriesNumber") == made.get("SeriesNumber")
        assert kept.file_meta.MediaStorageSOPInstanceUID == kept.SOPInstanceUID
    if kind == "copy":
        (told,) = [note for note in back.uid_map.notes if note.code == "undo-uids-only"]
        assert not told.facts


@pytest.mark.parametrize("kind", KINDS)
def test_the_list_of_the_undo_is_the_inverse(tmp_path: Path, kind: str) -> None:
    delivered = carried_out(numbered(rt_set(2).all), tmp_path, selecting(kind))
    back = undone(delivered, tmp_path)
    there = {(each.old, each.new, each.kind) for each in delivered.uid_map.entries()}
    assert {(each.new, each.old, each.kind) for each in back.uid_map.entries()} == there
    again = undone(back, tmp_path)
    for name in delivered.files:
        assert again.dataset(name).SOPInstanceUID == delivered.dataset(name).SOPInstanceUID


def test_a_part_of_a_delivery_comes_back(tmp_path: Path) -> None:
    """What names an object that is not there gets the old name of that one too."""
    rt = rt_set(2)
    files = numbered(rt.all)
    delivered = carried_out(files, tmp_path, selecting("copy"))
    for name in delivered.files:
        alone = Outcome(
            delivered.uid_map,
            {name: delivered.files[name]},
            {},
            write_files(tmp_path / f"part{next(_folders)}", {name: delivered.files[name]}),
        )
        back = undone(alone, tmp_path)
        assert_as_before(write_files(tmp_path / "whole", files), back, [name])
        assert list(undone(delivered, tmp_path, name).files) == [name]


def test_what_was_moved_goes_back_and_what_was_there_stays(tmp_path: Path) -> None:
    wrong, right = ct_series(2), ct_series(2, study=Study(2, patient_id="TEST-0002"))
    source = numbered([*wrong, *right])
    into = Into("study", right[0].StudyInstanceUID)
    moving = selecting("move", ("series", wrong[0].SeriesInstanceUID), into=into)
    moved = carried_out(source, tmp_path, moving)
    together = {**moved.files, "3.dcm": source["3.dcm"], "4.dcm": source["4.dcm"]}
    moved.folder = write_files(tmp_path / "together", together)
    back = undone(moved, tmp_path)
    assert_as_before(write_files(tmp_path / "before", source), back, source)
    assert back.dataset("1.dcm").PatientID == "TEST-0002"
    assert back.edits["3.dcm"] == ()


def test_two_studies_moved_into_one_cannot_be_told_apart(tmp_path: Path) -> None:
    sets = [ct_series(1, study=Study(number)) for number in (1, 2, 3)]
    moving = [
        selecting(
            "move", ("study", made[0].StudyInstanceUID), into=Into("study", sets[2][0].StudyInstanceUID)
        )
        for made in sets[:2]
    ]
    moved = carried_out(numbered([image for made in sets for image in made]), tmp_path, *moving)
    with pytest.raises(DecisionNeeded) as raised:
        undone(moved, tmp_path)
    assert "came there from several" in raised.value.decisions[0]


@pytest.mark.parametrize("raw_uid", [b"1.2.5.01", b"1.2.5.\xe4_"])
def test_a_faulty_uid_comes_back_as_it_was(tmp_path: Path, raw_uid: bytes) -> None:
    image, naming = ct_series(2)
    naming.SourceImageSequence = [Dataset()]
    naming.SourceImageSequence[0].ReferencedSOPInstanceUID = image.SOPInstanceUID
    sound = str(image.SOPInstanceUID).encode()
    files: dict[str, bytes | Dataset] = {
        f"{number}.dcm": encoded(made).replace(sound, raw_uid.ljust(len(sound), b"\0"))
        for number, made in enumerate((image, naming), 1)
    }
    delivered = carried_out(files, tmp_path, selecting("instances"))
    assert not any(raw_uid in content for content in without_the_past(delivered))
    back = undone(delivered, tmp_path)
    counts = [content.count(raw_uid + b"\0" * (len(raw_uid) % 2)) for content in without_the_past(back)]
    assert counts == [2, 1]
    assert "undo-faulty" in {note.code for note in back.uid_map.notes}


def without_the_past(outcome: Outcome) -> list[bytes]:
    """The bytes of the files, (0400,0561) left out."""
    return [
        re.sub(rb"\x00\x04\x61\x05.*?(?=\x28\x00\x02\x00|$)", b"", each, flags=re.DOTALL)
        for each in outcome.files.values()
    ]


def test_duplicates_told_apart_are_duplicates_again(tmp_path: Path) -> None:
    one, other = ct_series(2)
    other.SOPInstanceUID = other.file_meta.MediaStorageSOPInstanceUID = one.SOPInstanceUID
    both = carried_out(
        [one, other],
        tmp_path,
        selecting("instances", ("file", "1.dcm")),
        selecting("instances", ("file", "2.dcm")),
    )
    assert len({both.dataset(name).SOPInstanceUID for name in both.files}) == 2
    back = undone(both, tmp_path)
    assert {back.dataset(name).SOPInstanceUID for name in back.files} == {one.SOPInstanceUID}


def refused(outcome: Outcome, folder: Path, beside: Mapping[str, bytes | Dataset]) -> str:
    outcome.folder = write_files(folder / "beside", {**outcome.files, **beside})
    with pytest.raises(DecisionNeeded) as raised:
        undone(outcome, folder)
    (sentence,) = raised.value.decisions
    return sentence


def test_originals_beside_the_delivery_are_refused(tmp_path: Path) -> None:
    images = ct_series(2)
    delivered = carried_out(images, tmp_path, selecting("copy"))
    assert "load the delivery alone" in refused(delivered, tmp_path, {"original.dcm": images[1]})


def test_two_copies_cannot_both_come_back(tmp_path: Path) -> None:
    images = ct_series(1)
    first, second = (carried_out(images, tmp_path, selecting("copy")) for _ in "12")
    both = write_files(tmp_path / "both", {"a.dcm": first.files["1.dcm"], "b.dcm": second.files["1.dcm"]})
    lists = undone_uids([*listed(first, tmp_path), *listed(second, tmp_path)])
    with loaded(both) as catalog:
        assert [note.code for note in undo_map(catalog, Undo(lists)).conflicts] == ["undo-two-into-one"]
        alone = undo_map(catalog, Undo(lists, (Selector("file", "a.dcm"),)))
        assert alone.conflicts == ()
        assert "undo-unmet" in {note.code for note in alone.notes}


def test_a_list_of_another_delivery_is_refused(tmp_path: Path) -> None:
    with loaded(write_files(tmp_path / "s", numbered(ct_series(2)))) as catalog:
        for entries in ([], [entry(ONE.uid(9), "1.2.5.1")]):
            with pytest.raises(UsageError, match="another delivery"):
                undo_map(catalog, Undo(undone_uids(entries)))


def test_what_had_no_uid_keeps_the_new_one(tmp_path: Path) -> None:
    images = ct_series(2)
    images[0].SOPInstanceUID = ""
    delivered = carried_out(images, tmp_path, selecting("copy"))
    back = undone(delivered, tmp_path)
    assert back.dataset("1.dcm").SOPInstanceUID == delivered.dataset("1.dcm").SOPInstanceUID
    assert back.dataset("1.dcm").StudyInstanceUID == images[0].StudyInstanceUID
    assert "undo-nameless" in {note.code for note in back.uid_map.notes}


@pytest.mark.parametrize(
    "entries",
    [
        [entry("1.2.9.1", "1.2.5.1"), entry("1.2.9.2", "1.2.5.1")],
        [entry("1.2.9.1", "1.2.5.1"), entry("1.2.5.1", "1.2.5.2")],
        [entry("1.2.9.1", "1.2.05.1")],
        [entry("1.2.9.1", "1.2.840.10008.5.1.4.1.1.2")],
        [entry("1.2.840.10008.1.4.1.1", "1.2.5.1", "frame_of_reference")],
        [entry(r"1.2.9\1.2.8", "1.2.5.1")],
        [entry(r"1.2.9\x5c1.2.8", "1.2.5.1")],
        [entry("1.2.9.ä", "1.2.5.1")],
        [entry("", "1.2.5.1"), entry("1.2.9.1", "1.2.5.1")],
        [entry("1.2.9.1", "1.2.5.1", "study", reason="taken-over"), entry("1.2.9.2", "1.2.5.1")],
    ],
)
def test_lists_that_cannot_be_are_refused_in_a_sentence(entries: list[MapEntry]) -> None:
    with pytest.raises(UsageError) as raised:
        undone_uids(entries)
    assert "1.2." in str(raised.value)
    assert "\n" not in str(raised.value)


def test_lists_that_say_the_same_are_put_together() -> None:
    both = undone_uids(
        [entry("1.2.9.1", "1.2.5.1"), entry("1.2.9.1", "1.2.5.1"), entry("1.2.9.2", "1.2.5.2")]
    )
    assert {new: each.old for new, each in both.by_new.items()} == {
        "1.2.5.1": "1.2.9.1",
        "1.2.5.2": "1.2.9.2",
    }
