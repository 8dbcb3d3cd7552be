"""Repairs: what is wrong is put right, what names it follows, and all else is the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import UID

from tests.builders import (
    TEST_ROOT,
    Study,
    ct_series,
    encoded,
    key_object,
    rt_set,
    set_unchecked,
    signed,
    with_raw_value,
    with_uids,
)
from tests.core.plan.carried_out import (
    Outcome,
    carry_out,
    derive,
    loaded,
    numbered,
    references_by_place,
    selecting,
    ui_values,
    write_files,
)
from uidscope.core.catalog.findings import rule_counts
from uidscope.core.errors import DecisionNeeded, UsageError
from uidscope.core.flow import check
from uidscope.core.plan.issued import IssuedUids

ONE, TWO = Study(1), Study(2)
Files = Mapping[str, bytes | Dataset]


def repaired(files: Files | Iterable[Dataset], folder: Path, *selected: tuple[str, str]) -> Outcome:
    """Everything in a folder after one repair."""
    named = files if isinstance(files, Mapping) else numbered(files)
    with loaded(write_files(folder / "source", named)) as catalog:
        check(catalog)
        uid_map = derive(catalog, selecting("repair", *selected))
        uid_map.require_decided()
        return carry_out(catalog, uid_map, folder)


def rules_of(folder: Path) -> set[str]:
    """The rules that find something in a folder."""
    with loaded(folder) as catalog:
        check(catalog)
        return {count.rule for count in rule_counts(catalog)}


def changed(outcome: Outcome, source: Path) -> set[str]:
    """The files that are not the same bytes."""
    return {name for name, content in outcome.files.items() if content != (source / name).read_bytes()}


def padded_with_space(dataset: Dataset, path: str) -> bytes:
    return with_raw_value(encoded(dataset), path, b"1.2.3.4.5.6.7 ")


def test_nothing_wrong_is_written_byte_for_byte(tmp_path: Path) -> None:
    outcome = repaired(rt_set(2).all, tmp_path)
    assert changed(outcome, tmp_path / "source") == set()
    assert set(outcome.uid_map.kept.values()) == {"unchanged"}
    assert [note.code for note in outcome.uid_map.notes] == ["nothing-to-repair"]
    assert list(outcome.uid_map.entries()) == []


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"1.2.3.4.5.6.7 ", "UID-S08"),
        (b"1.2.3.4.5.6.7.8\0\0\0", "UID-S09"),
        (b" 1.2.3.4.5.6.77 ", "UID-S10"),
        (b"1.2.3.4.5.6.7", "UID-S15"),
    ],
)
@pytest.mark.parametrize(
    "path", ["SynchronizationFrameOfReferenceUID", "SourceImageSequence[1].ReferencedSOPInstanceUID"]
)
def test_padding_and_odd_lengths_need_no_new_identity(
    tmp_path: Path, raw: bytes, code: str, path: str
) -> None:
    first, second = ct_series(2)
    first.SynchronizationFrameOfReferenceUID = "1.2.3.4"
    item = Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = second.SOPClassUID, second.SOPInstanceUID
    first.SourceImageSequence = [item]
    files = {"1.dcm": with_raw_value(encoded(first), path, raw), "2.dcm": encoded(second)}
    outcome = repaired(files, tmp_path)
    assert changed(outcome, tmp_path / "source") == {"1.dcm"}
    assert code in rules_of(tmp_path / "source")
    assert code not in rules_of(outcome.folder)
    value = raw.strip(b" \0")
    assert value + bytes(len(value) % 2) in outcome.files["1.dcm"]
    assert len(raw) % 2 or raw not in outcome.files["1.dcm"]
    (entry,) = [entry for entry in outcome.uid_map.entries() if entry.reason == code]
    assert (entry.change, entry.file_count, entry.new) == ("re-encode", 1, value.decode())
    written, source = outcome.dataset("1.dcm"), outcome.dataset("2.dcm")
    assert written.SOPInstanceUID == first.SOPInstanceUID
    assert source.SOPInstanceUID == second.SOPInstanceUID


def test_one_rule_alone_is_mended(tmp_path: Path) -> None:
    first, second = ct_series(2)
    files = {
        "1.dcm": padded_with_space(first, "FrameOfReferenceUID"),
        "2.dcm": with_raw_value(encoded(second), "FrameOfReferenceUID", b"1.2.3.4.5.6.7\0\0\0"),
    }
    outcome = repaired(files, tmp_path, ("rule", "UID-S09"))
    assert changed(outcome, tmp_path / "source") == {"2.dcm"}


def test_other_selectors_say_where(tmp_path: Path) -> None:
    files = {
        f"{n}.dcm": padded_with_space(image, "FrameOfReferenceUID") for n, image in enumerate(ct_series(2))
    }
    outcome = repaired(files, tmp_path, ("file", "1.dcm"))
    assert set(outcome.files) == {"0.dcm", "1.dcm"}
    assert changed(outcome, tmp_path / "source") == {"1.dcm"}


def test_the_file_meta_is_written_after_the_data_set(tmp_path: Path) -> None:
    first, second = ct_series(2)
    first.file_meta.MediaStorageSOPInstanceUID = UID("1.2.3.4.5")
    outcome = repaired([first, second], tmp_path)
    assert changed(outcome, tmp_path / "source") == {"1.dcm"}
    written = outcome.dataset("1.dcm")
    assert written.file_meta.MediaStorageSOPInstanceUID == written.SOPInstanceUID == first.SOPInstanceUID
    (entry,) = [entry for entry in outcome.uid_map.entries() if entry.change == "meta"]
    assert (entry.old, entry.new, entry.reason) == ("1.2.3.4.5", first.SOPInstanceUID, "ENT-40")
    source, output = (
        content.partition(b"\x08\0\x08\0CS")[2] for content in (encoded(first), outcome.files["1.dcm"])
    )
    assert source == output
    assert source


def test_a_re_encoded_field_that_is_signed_costs_the_signature(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    odd = with_raw_value(encoded(signed(image)), "SOPInstanceUID", f"{TEST_ROOT}.5.1 ".encode())
    outcome = repaired({"1.dcm": odd}, tmp_path, ("rule", "UID-S08"))
    assert "DigitalSignaturesSequence" not in outcome.dataset("1.dcm")


def test_leading_zeros_are_replaced_and_followed_and_nothing_else_changes(tmp_path: Path) -> None:
    """Job 7: the frame of reference stays, as does whatever does not name a faulty value."""
    rt = rt_set(3)
    images = rt.images
    faulty = f"{TEST_ROOT}.01.5"
    objects = with_uids([*rt.all, *ct_series(1, study=TWO)], {images[1].SOPInstanceUID: faulty})
    outcome = repaired(objects, tmp_path, ("rule", "UID-S04"))
    entries = [entry for entry in outcome.uid_map.entries() if entry.change == "new-uid"]
    assert [(entry.old, entry.kind) for entry in entries] == [(faulty, "instance")]
    with loaded(tmp_path / "source") as catalog:
        before = sorted((file, row.state) for (file, _, _), row in references_by_place(catalog).items())
    after = sorted((file, row.state) for (file, _, _), row in outcome.references().items())
    assert before == after
    assert rules_of(outcome.folder).isdisjoint({"UID-S04"})
    names = {entry.new for entry in entries}
    holding = {
        name for name, content in outcome.files.items() if any(new.encode() in content for new in names)
    }
    assert changed(outcome, tmp_path / "source") == holding
    assert sorted(outcome.uid_map.changed(id_) for id_ in outcome.uid_map.outcomes).count("new-uid") == 1


def test_a_faulty_study_uid_is_followed_and_told(tmp_path: Path) -> None:
    images = ct_series(2)
    document = key_object(images)
    faulty = f"{TEST_ROOT}.007"
    objects = with_uids([*images, document], {ONE.uid(): faulty})
    outcome = repaired(objects, tmp_path, ("rule", "UID-S04"))
    (study,) = {outcome.dataset(name).StudyInstanceUID for name in outcome.files}
    assert study.startswith("2.25.")
    evidence = outcome.dataset("3.dcm").CurrentRequestedProcedureEvidenceSequence[0]
    assert evidence.StudyInstanceUID == study
    assert outcome.dataset("1.dcm").SOPInstanceUID == images[0].SOPInstanceUID
    assert [note.facts["uid"] for note in outcome.uid_map.notes if note.code == "study-uid-repaired"] == [
        faulty
    ]
    assert set(outcome.uid_map.kept.values()) == {"changed-same-uid"}


def test_a_faulty_frame_of_reference_is_followed(tmp_path: Path) -> None:
    faulty = f"{TEST_ROOT}.09"
    objects = with_uids(rt_set(2).all, {ONE.frame_of_reference_uid(): faulty})
    outcome = repaired(objects, tmp_path, ("rule", "UID-S04"))
    (frame,) = {str(outcome.dataset(name).FrameOfReferenceUID) for name in ("1.dcm", "2.dcm")}
    assert frame.startswith("2.25.")
    assert not any(faulty == uid for name in outcome.files for _, uid in ui_values(outcome.dataset(name)))


def test_what_only_names_something_not_loaded_is_kept_and_told(tmp_path: Path) -> None:
    rt = rt_set(1)
    faulty = f"{TEST_ROOT}.01.5"
    (structure_set,) = with_uids([rt.structure_set], {rt.images[0].SOPInstanceUID: faulty})
    outcome = repaired([structure_set], tmp_path, ("rule", "UID-S04"))
    assert changed(outcome, tmp_path / "source") == set()
    assert "faulty-reference-kept" in {note.code for note in outcome.uid_map.notes}


def test_a_registered_value_is_never_replaced(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    set_unchecked(image, "FrameOfReferenceUID", "1.2.840.10008.5.1.4.1.1.2")
    outcome = repaired([image], tmp_path, ("rule", "UID-S20"))
    assert changed(outcome, tmp_path / "source") == set()
    assert "registered-kept" in {note.code for note in outcome.uid_map.notes}


def test_empty_keys_are_filled(tmp_path: Path) -> None:
    images = ct_series(2)
    for image in images:
        image.SeriesInstanceUID = ""
    images[0].SOPInstanceUID = ""
    outcome = repaired(images, tmp_path, ("rule", "UID-S13"))
    first, second = (outcome.dataset(name) for name in ("1.dcm", "2.dcm"))
    assert first.SeriesInstanceUID == second.SeriesInstanceUID
    assert first.SeriesInstanceUID.startswith("2.25.")
    assert first.SOPInstanceUID.startswith("2.25.")
    assert second.SOPInstanceUID == images[1].SOPInstanceUID
    assert first.StudyInstanceUID == ONE.uid()


def test_of_one_value_for_two_kinds_the_lower_gets_a_new_one(tmp_path: Path) -> None:
    images = with_uids(ct_series(2), {ONE.uid(2): ONE.uid()})
    outcome = repaired([*images, key_object(images)], tmp_path, ("rule", "UID-S28"))
    written = outcome.dataset("1.dcm")
    assert written.StudyInstanceUID == ONE.uid()
    assert written.SeriesInstanceUID.startswith("2.25.")
    evidence = outcome.dataset("3.dcm").CurrentRequestedProcedureEvidenceSequence[0]
    assert evidence.StudyInstanceUID == ONE.uid()
    assert evidence.ReferencedSeriesSequence[0].SeriesInstanceUID == written.SeriesInstanceUID


def two_under_one_uid() -> Files:
    (first,), (second,) = ct_series(1), ct_series(1)
    second.PixelData = bytes(len(second.PixelData))
    return {"a.dcm": encoded(first), "b.dcm": encoded(second)}


def test_duplicates_are_told_apart_by_the_files_named(tmp_path: Path) -> None:
    """Job 2: the one named gets a new UID, the other stays byte for byte."""
    outcome = repaired(two_under_one_uid(), tmp_path, ("rule", "ENT-05"), ("file", "b.dcm"))
    assert changed(outcome, tmp_path / "source") == {"b.dcm"}
    assert outcome.dataset("a.dcm").SOPInstanceUID != outcome.dataset("b.dcm").SOPInstanceUID
    assert "ENT-05" not in rules_of(outcome.folder)


def test_each_of_several_duplicates_gets_its_own_uid_and_identical_ones_the_same(tmp_path: Path) -> None:
    files = dict(two_under_one_uid())
    (third,) = ct_series(1)
    third.PixelData = b"\1" * len(third.PixelData)
    files |= {"c.dcm": encoded(third), "d.dcm": files["b.dcm"]}
    outcome = repaired(files, tmp_path, ("rule", "ENT-05"), ("file", "c.dcm"), ("file", "d.dcm"))
    assert set(outcome.files) == {"a.dcm", "b.dcm", "c.dcm"}
    assert len({outcome.dataset(name).SOPInstanceUID for name in outcome.files}) == 3
    assert changed(outcome, tmp_path / "source") == {"b.dcm", "c.dcm"}


def test_which_duplicate_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(DecisionNeeded) as raised:
        repaired(two_under_one_uid(), tmp_path, ("rule", "ENT-05"))
    (sentence,) = raised.value.decisions
    assert sentence.startswith("ENT-05: ")
    assert "b.dcm" in sentence


def test_a_series_in_two_studies_is_divided_where_named(tmp_path: Path) -> None:
    """Job 8: the Patient ID stays, and what names an object of the moved series follows it."""
    others = with_uids(ct_series(2, study=TWO), {TWO.uid(2): ONE.uid(2)})
    objects = [*ct_series(2, study=ONE), *others, key_object(others)]
    outcome = repaired(objects, tmp_path, ("rule", "ENT-10"), ("study", TWO.uid()))
    series = [outcome.dataset(f"{number}.dcm").SeriesInstanceUID for number in range(1, 5)]
    assert series[:2] == [ONE.uid(2)] * 2
    assert series[2] == series[3] != ONE.uid(2)
    evidence = outcome.dataset("5.dcm").CurrentRequestedProcedureEvidenceSequence[0]
    assert evidence.ReferencedSeriesSequence[0].SeriesInstanceUID == series[2]
    assert "ENT-10" not in rules_of(outcome.folder)


def test_modalities_of_one_series_part_where_named(tmp_path: Path) -> None:
    images = ct_series(4)
    images[2].Modality, images[3].Modality = "MR", "OT"
    named = [("file", "3.dcm"), ("file", "4.dcm")]
    outcome = repaired(images, tmp_path, ("rule", "ENT-13"), *named)
    series = [outcome.dataset(f"{number}.dcm").SeriesInstanceUID for number in range(1, 5)]
    assert len(set(series)) == 3
    assert series[:2] == [ONE.uid(2)] * 2
    assert changed(outcome, tmp_path / "source") == {"3.dcm", "4.dcm"}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("UID-S99", "no rule"),
        ("ENT-18", "derived-series"),
        ("ENT-11", "no repair"),
        ("UID-S12", "no repair"),
        ("UID-S04", "no finding"),
    ],
)
def test_what_cannot_be_repaired_is_refused_in_a_sentence(tmp_path: Path, code: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        repaired(ct_series(1), tmp_path, ("rule", code))


def test_a_repair_takes_no_referrers(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="everything loaded"):
        selecting("repair", with_referrers=True)


def test_several_repairs_are_one_and_give_the_same_uids_each_time(tmp_path: Path) -> None:
    images = with_uids(ct_series(3), {ONE.uid(2, 1): f"{TEST_ROOT}.01", ONE.uid(2, 2): "3.5.6.7"})
    first, second = selecting("repair", ("rule", "UID-S04")), selecting("repair", ("rule", "UID-S06"))
    with loaded(write_files(tmp_path / "s", numbered(images))) as catalog:
        check(catalog)
        issued = IssuedUids()

        def news(*steps: object) -> dict[str, str]:
            uid_map = derive(catalog, *steps, issued=issued)  # type: ignore[arg-type]
            uid_map.require_decided()
            return {entry.old: entry.new for entry in uid_map.entries()}

        both = news(first, second)
        assert len(both) == 2
        assert news(second, first) == both
        assert news(second).items() <= both.items()
        assert news(first).items() <= both.items()


def test_a_repair_beside_another_step_takes_the_rest(tmp_path: Path) -> None:
    images = ct_series(3)
    with loaded(write_files(tmp_path / "s", numbered(images))) as catalog:
        check(catalog)
        uid_map = derive(catalog, selecting("repair"), selecting("copy", ("file", "1.dcm")))
        uid_map.require_decided()
        assert sorted(uid_map.changed(id_) for id_ in uid_map.outcomes) == [
            "new-uid",
            "unchanged",
            "unchanged",
        ]
