"""References at every level follow the object they name; what a change makes false leaves the file."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import UID

from tests.builders import (
    UNKNOWN_CREATOR,
    Study,
    add_private_sequence,
    add_private_text,
    add_private_uid,
    as_unknown,
    ct_series,
    encoded,
    key_object,
    rt_set,
    seg,
    signed,
    sr,
    with_element_twice,
    with_raw_value,
    with_uids,
)
from tests.core.plan.carried_out import (
    Outcome,
    carried_out,
    derive,
    loaded,
    numbered,
    selecting,
    ui_values,
    write_files,
)
from uidscope.core.errors import DecisionNeeded

ONE, TWO = Study(1), Study(2)
ORIGINALS = "OriginalAttributesSequence"


def item(**values: object) -> Dataset:
    made = Dataset()
    for keyword, value in values.items():
        setattr(made, keyword, value)
    return made


def reference_to(target: Dataset, **more: object) -> Dataset:
    return item(
        ReferencedSOPClassUID=target.SOPClassUID, ReferencedSOPInstanceUID=target.SOPInstanceUID, **more
    )


def in_series(target: Dataset) -> Dataset:
    return item(SeriesInstanceUID=target.SeriesInstanceUID, ReferencedInstanceSequence=[reference_to(target)])


def reasons(outcome: Outcome, name: str) -> dict[str, str]:
    return {edit.path: edit.reason for edit in outcome.edits[name]}


def test_a_copied_set_refers_within_itself_alone(tmp_path: Path) -> None:
    rt = rt_set()
    objects = [*rt.all, seg(rt.images), sr(rt.images), key_object(rt.images)]
    outcome = carried_out(objects, tmp_path, selecting("copy"))
    assert {row.state for row in outcome.references().values()} == {"resolved"}
    for name in outcome.files:
        left = {value for _, value in ui_values(outcome.dataset(name)) if value.startswith(ONE.uid())}
        assert left <= {ONE.entity_uid(401)}  # a tracked finding, kept on purpose


def test_a_derived_series_keeps_its_references_to_the_sources(tmp_path: Path) -> None:
    rt = rt_set()
    objects = [*rt.all, seg(rt.images)]
    outcome = carried_out(objects, tmp_path, selecting("derived-series", ("file", "7.dcm")))
    before, after = objects[-1], outcome.dataset("7.dcm")
    for keyword in ("SourceImageSequence", "ReferencedSeriesSequence", "PerFrameFunctionalGroupsSequence"):
        assert before.get(keyword) == after.get(keyword)
    assert after.StudyInstanceUID == before.StudyInstanceUID


def test_references_among_the_selected_follow_and_the_others_stay(tmp_path: Path) -> None:
    rt = rt_set()
    outcome = carried_out(rt.all, tmp_path, selecting("derived-series", ("file", "4.dcm"), ("file", "5.dcm")))
    structures, plan = outcome.dataset("4.dcm"), outcome.dataset("5.dcm")
    named = plan.ReferencedStructureSetSequence[0].ReferencedSOPInstanceUID
    assert named == structures.SOPInstanceUID != rt.structure_set.SOPInstanceUID
    assert (
        structures.ReferencedFrameOfReferenceSequence == rt.structure_set.ReferencedFrameOfReferenceSequence
    )
    assert structures.ROIContourSequence == rt.structure_set.ROIContourSequence


def test_parents_in_a_reference_follow_the_object_it_names(tmp_path: Path) -> None:
    """The study is kept where what is named is outside, though the study itself is in the map."""
    (image,) = ct_series(1, study=ONE)
    inside, outside = ct_series(1, study=ONE, series_number=3)[0], Study(1).uid(9)
    image.StudiesContainingOtherReferencedInstancesSequence = [
        item(StudyInstanceUID=ONE.uid(), ReferencedSeriesSequence=[in_series(inside)]),
        item(
            StudyInstanceUID=ONE.uid(),
            ReferencedSeriesSequence=[
                item(
                    SeriesInstanceUID=ONE.uid(3),
                    ReferencedInstanceSequence=[
                        item(ReferencedSOPClassUID=image.SOPClassUID, ReferencedSOPInstanceUID=outside)
                    ],
                )
            ],
        ),
    ]
    outcome = carried_out([image, inside], tmp_path, selecting("copy"))
    within, without = outcome.dataset("1.dcm").StudiesContainingOtherReferencedInstancesSequence
    other = outcome.dataset("2.dcm")
    assert within.StudyInstanceUID == other.StudyInstanceUID
    assert within.ReferencedSeriesSequence[0].SeriesInstanceUID == other.SeriesInstanceUID
    assert without == image.StudiesContainingOtherReferencedInstancesSequence[1]


def test_a_parent_without_instances_follows_by_value(tmp_path: Path) -> None:
    images = ct_series(2)
    images[0].RelatedSeriesSequence = [
        item(StudyInstanceUID=ONE.uid(), SeriesInstanceUID=ONE.uid(2), PurposeOfReferenceCodeSequence=[])
    ]
    images[0].ReferencedStudySequence = [
        item(ReferencedSOPClassUID="1.2.840.10008.3.1.2.3.1", ReferencedSOPInstanceUID=ONE.uid())
    ]
    outcome = carried_out(images, tmp_path, selecting("copy"))
    written = outcome.dataset("1.dcm")
    assert written.RelatedSeriesSequence[0].SeriesInstanceUID == written.SeriesInstanceUID
    assert written.RelatedSeriesSequence[0].StudyInstanceUID == written.StudyInstanceUID
    assert written.ReferencedStudySequence[0].ReferencedSOPInstanceUID == written.StudyInstanceUID


def test_of_a_part_of_a_series_only_its_own_files_follow_by_value(tmp_path: Path) -> None:
    images = ct_series(2)
    (referrer,) = ct_series(1, series_number=3)
    for dataset in (images[0], referrer):
        dataset.RelatedSeriesSequence = [item(StudyInstanceUID=ONE.uid(), SeriesInstanceUID=ONE.uid(2))]
    referrer.ReferencedImageSequence = [reference_to(images[0])]
    intention = selecting("derived-series", ("file", "1.dcm"), with_referrers=True)
    outcome = carried_out([*images, referrer], tmp_path, intention)
    own, other = outcome.dataset("1.dcm"), outcome.dataset("3.dcm")
    assert own.RelatedSeriesSequence[0].SeriesInstanceUID == own.SeriesInstanceUID
    assert other.RelatedSeriesSequence[0].SeriesInstanceUID == ONE.uid(2)
    assert other.ReferencedImageSequence[0].ReferencedSOPInstanceUID == own.SOPInstanceUID
    assert other.SOPInstanceUID == referrer.SOPInstanceUID


def test_a_reference_whose_parent_was_wrong_keeps_its_shape(tmp_path: Path) -> None:
    first, second = ct_series(1)[0], ct_series(1, series_number=3)[0]
    wrong = in_series(second)
    wrong.SeriesInstanceUID = ONE.uid(2)
    first.ReferencedSeriesSequence = [wrong]
    outcome = carried_out([first, second], tmp_path, selecting("copy"))
    one, two = outcome.dataset("1.dcm"), outcome.dataset("2.dcm")
    written = one.ReferencedSeriesSequence[0]
    assert written.SeriesInstanceUID == one.SeriesInstanceUID
    assert written.ReferencedInstanceSequence[0].ReferencedSOPInstanceUID == two.SOPInstanceUID


def test_the_nearest_parent_alone_qualifies_what_is_named(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    elsewhere = item(
        SeriesInstanceUID=TWO.uid(2),
        ReferencedInstanceSequence=[
            item(ReferencedSOPClassUID=image.SOPClassUID, ReferencedSOPInstanceUID=TWO.uid(2, 1))
        ],
    )
    image.RelatedSeriesSequence = [item(SeriesInstanceUID=ONE.uid(2), ReferencedSeriesSequence=[elsewhere])]
    outcome = carried_out([image], tmp_path, selecting("copy"))
    written = outcome.dataset("1.dcm")
    assert written.RelatedSeriesSequence[0].SeriesInstanceUID == written.SeriesInstanceUID
    assert written.RelatedSeriesSequence[0].ReferencedSeriesSequence[0] == elsewhere


def test_objects_of_one_item_that_part_must_be_decided(tmp_path: Path) -> None:
    images = ct_series(2)
    images[1].Modality = "OT"
    with loaded(write_files(tmp_path / "s", numbered([*images, key_object(images)]))) as catalog:
        with pytest.raises(DecisionNeeded) as raised:
            derive(catalog, selecting("derived-series")).require_decided()
        assert raised.value.decisions[0].startswith("3.dcm names objects of the series")
        derive(catalog, selecting("copy")).require_decided()


def test_an_item_with_objects_left_out_follows_those_in_the_output_and_is_told(tmp_path: Path) -> None:
    images = ct_series(2)
    outcome = carried_out(
        [*images, key_object(images)], tmp_path, selecting("copy", ("file", "1.dcm"), ("file", "3.dcm"))
    )
    series = outcome.dataset("3.dcm").CurrentRequestedProcedureEvidenceSequence[0].ReferencedSeriesSequence[0]
    assert series.SeriesInstanceUID == outcome.dataset("1.dcm").SeriesInstanceUID
    named = [reference.ReferencedSOPInstanceUID for reference in series.ReferencedSOPSequence]
    assert named == [outcome.dataset("1.dcm").SOPInstanceUID, images[1].SOPInstanceUID]
    assert {note.code for note in outcome.uid_map.notes} >= {"references-of-two-series"}


def test_an_object_that_names_itself_still_does(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.SourceImageSequence = [reference_to(image)]
    outcome = carried_out([image], tmp_path, selecting("instances"))
    written = outcome.dataset("1.dcm")
    assert written.SourceImageSequence[0].ReferencedSOPInstanceUID == written.SOPInstanceUID


def test_private_and_unknown_elements_follow_by_value(tmp_path: Path) -> None:
    images = ct_series(3)
    first, second, third = images
    known = add_private_uid(first, second.SOPInstanceUID)
    as_un = add_private_uid(second, ONE.uid(), vr="UN")
    unknown_creator = add_private_uid(third, ONE.uid(2), creator=UNKNOWN_CREATOR)
    add_private_sequence(third, [reference_to(first)])
    add_private_sequence(second, [in_series(first)], vr="UN", undefined_length=True)
    text = add_private_text(first, ONE.uid())
    outcome = carried_out(images, tmp_path, selecting("copy"))
    one, two, three = (outcome.dataset(name) for name in ("1.dcm", "2.dcm", "3.dcm"))
    assert one[int(known, 16)].value == two.SOPInstanceUID
    assert one[int(text, 16)].value == ONE.uid()
    assert two[int(as_un, 16)].value in (two.StudyInstanceUID, two.StudyInstanceUID.encode())
    assert three[int(unknown_creator, 16)].value == three.SeriesInstanceUID
    assert three[0x2001, 0x105F].value[0].ReferencedSOPInstanceUID == one.SOPInstanceUID
    private = two[0x2001, 0x105F].value[0]
    assert private.SeriesInstanceUID == one.SeriesInstanceUID
    assert private.ReferencedInstanceSequence[0].ReferencedSOPInstanceUID == one.SOPInstanceUID


@pytest.mark.parametrize("undefined_length", [True, False])
def test_a_standard_sequence_written_as_unknown_is_followed(tmp_path: Path, undefined_length: bool) -> None:
    rt = rt_set(1)
    as_unknown(rt.structure_set, "ReferencedFrameOfReferenceSequence", undefined_length=undefined_length)
    outcome = carried_out([*rt.images, rt.structure_set], tmp_path, selecting("copy"))
    written, image = outcome.dataset("2.dcm"), outcome.dataset("1.dcm")
    frame = written.ReferencedFrameOfReferenceSequence[0]
    series = frame.RTReferencedStudySequence[0].RTReferencedSeriesSequence[0]
    assert series.ContourImageSequence[0].ReferencedSOPInstanceUID == image.SOPInstanceUID


def test_free_values_follow_where_they_are_keys(tmp_path: Path) -> None:
    images = ct_series(1)
    document = sr(images)
    document.ContentSequence[0].UID = ONE.uid()
    document.ContentSequence[1].UID = "1.2.840.10008.5.1.4.1.1.2"
    document.SelectorUIValue = [images[0].SOPInstanceUID, "1.2.840.10008.1.2"]
    outcome = carried_out([*images, document], tmp_path, selecting("copy"))
    written = outcome.dataset("2.dcm")
    assert written.StudyInstanceUID == written.ContentSequence[0].UID
    assert written.ContentSequence[1].UID == "1.2.840.10008.5.1.4.1.1.2"
    assert written.SelectorUIValue == [outcome.dataset("1.dcm").SOPInstanceUID, "1.2.840.10008.1.2"]


def test_a_class_never_changes_even_where_it_holds_a_key(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.RelatedGeneralSOPClassUID = image.SOPInstanceUID
    outcome = carried_out([image], tmp_path, selecting("copy"))
    assert outcome.dataset("1.dcm").RelatedGeneralSOPClassUID == image.SOPInstanceUID


def test_entity_references_follow_their_entity(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.FiducialSetSequence = [item(FiducialSequence=[item(FiducialUID=ONE.entity_uid(1))])]
    image.ReferencedFiducialUID = ONE.entity_uid(1)
    outcome = carried_out([image], tmp_path, selecting("copy"))
    written = outcome.dataset("1.dcm")
    defined = written.FiducialSetSequence[0].FiducialSequence[0].FiducialUID
    assert defined.startswith("2.25.")
    assert written.ReferencedFiducialUID == defined


def test_the_file_meta_follows_the_data_set(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.file_meta.MediaStorageSOPInstanceUID = UID(ONE.entity_uid(1))
    image.file_meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.4")
    outcome = carried_out([image], tmp_path, selecting("copy"))
    meta = outcome.dataset("1.dcm").file_meta
    assert meta.MediaStorageSOPInstanceUID == outcome.dataset("1.dcm").SOPInstanceUID
    assert meta.MediaStorageSOPClassUID == image.SOPClassUID
    assert reasons(outcome, "1.dcm")["meta.MediaStorageSOPClassUID"] == "meta-follows"


def test_a_key_that_stands_twice_is_replaced_twice(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    outcome = carried_out(
        {"1.dcm": with_element_twice(encoded(image), "SOPInstanceUID")}, tmp_path, selecting("copy")
    )
    assert str(image.SOPInstanceUID).encode() not in outcome.files["1.dcm"]


@pytest.mark.parametrize(
    "raw", [b"1.2.840.01.7 ", b"1.2.840.01.7\0\0\0", b" 1.2.840.01.7\0", b"1.2.abc\n.7", b"7"]
)
def test_faulty_values_are_keys_like_any_other(tmp_path: Path, raw: bytes) -> None:
    images = ct_series(2)
    images[1].SourceImageSequence = [reference_to(images[0])]
    target = with_raw_value(encoded(images[0]), "SOPInstanceUID", raw)
    referring = with_raw_value(encoded(images[1]), "SourceImageSequence[1].ReferencedSOPInstanceUID", raw)
    outcome = carried_out({"1.dcm": target, "2.dcm": referring}, tmp_path, selecting("instances"))
    new = outcome.dataset("1.dcm").SOPInstanceUID
    assert new.startswith("2.25.")
    assert outcome.dataset("2.dcm").SourceImageSequence[0].ReferencedSOPInstanceUID == new


def test_values_beside_a_replaced_one_keep_their_bytes(tmp_path: Path) -> None:
    images = ct_series(2)
    images[0].SelectorUIValue = ["1.9", "1.9"]
    raw = b" 1.2.3\\" + images[1].SOPInstanceUID.encode() + b"\\1.2.5 "
    first = with_raw_value(encoded(images[0]), "SelectorUIValue", raw)
    files: dict[str, bytes | Dataset] = {"1.dcm": first, "2.dcm": images[1]}
    outcome = carried_out(files, tmp_path, selecting("instances"))
    new = outcome.dataset("2.dcm").SOPInstanceUID
    assert b" 1.2.3\\" + new.encode() + b"\\1.2.5" in outcome.files["1.dcm"]


# What leaves the file


def test_signatures_leave_every_level_that_changes_and_no_other(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    changing = signed(item(StudyInstanceUID=ONE.uid()), number=2)
    resting = signed(item(ContextUID="1.2.840.10008.6.1.1"), number=3)
    image.RelatedSeriesSequence = [changing]
    image.AnatomicRegionSequence = [resting]
    outcome = carried_out([signed(image)], tmp_path, selecting("copy"))
    written = outcome.dataset("1.dcm")
    for dataset in (written, written.RelatedSeriesSequence[0]):
        assert "DigitalSignaturesSequence" not in dataset
        assert "MACParametersSequence" not in dataset
    assert "DigitalSignaturesSequence" in written.AnatomicRegionSequence[0]
    assert [path for path, reason in reasons(outcome, "1.dcm").items() if reason == "signature"] == [
        "RelatedSeriesSequence[1].MACParametersSequence",
        "RelatedSeriesSequence[1].DigitalSignaturesSequence",
        "MACParametersSequence",
        "DigitalSignaturesSequence",
    ]
    assert [note.facts for note in outcome.uid_map.notes if note.code == "signatures-removed"] == [
        {"files": 1}
    ]


def test_signatures_of_another_object_leave_where_that_object_changes(tmp_path: Path) -> None:
    images = ct_series(3)
    outside = ONE.uid(9)
    images[0].SourceImageSequence = [
        reference_to(images[1], ReferencedSOPInstanceMACSequence=[item(MACAlgorithm="SHA256")]),
        reference_to(
            images[2], ReferencedDigitalSignatureSequence=[item(DigitalSignatureUID=ONE.entity_uid(1))]
        ),
    ]
    images[0].SourceImageSequence[1].ReferencedSOPInstanceUID = outside
    outcome = carried_out(images, tmp_path, selecting("instances"))
    changed, kept = outcome.dataset("1.dcm").SourceImageSequence
    assert "ReferencedSOPInstanceMACSequence" not in changed
    assert kept.ReferencedDigitalSignatureSequence[0].DigitalSignatureUID == ONE.entity_uid(1)


def test_approvals_leave_with_their_items_and_empty_sequences_with_them(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    assertion = item(
        AssertionUID=ONE.entity_uid(1),
        RelatedAssertionSequence=[item(ReferencedAssertionUID=ONE.entity_uid(2))],
    )
    image.ApprovalSequence = [assertion, assertion]
    image.RelatedAssertionSequence = [item(ReferencedAssertionUID=ONE.entity_uid(1)), item(CodeValue="1")]
    outcome = carried_out([image], tmp_path, selecting("instances"))
    written = outcome.dataset("1.dcm")
    assert "ApprovalSequence" not in written
    assert [left.CodeValue for left in written.RelatedAssertionSequence] == ["1"]
    approvals = [path for path, reason in reasons(outcome, "1.dcm").items() if reason == "approval"]
    assert approvals == ["ApprovalSequence", "RelatedAssertionSequence[1]"]


def test_what_no_longer_holds_is_dropped_at_every_level(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.TransactionUID = image.SOPInstanceUID
    image.ReferencedImageSequence = [
        reference_to(image, StorageMediaFileSetUID=ONE.entity_uid(3), StorageMediaFileSetID="SET")
    ]
    outcome = carried_out([image], tmp_path, selecting("instances"))
    written = outcome.dataset("1.dcm")
    assert "TransactionUID" not in written
    assert "StorageMediaFileSetUID" not in written.ReferencedImageSequence[0]
    assert written.ReferencedImageSequence[0].StorageMediaFileSetID == "SET"


@pytest.mark.parametrize("kind", ["instances", "derived-series", "copy"])
def test_the_recorded_past_is_dropped_by_a_copy_and_else_untouched(tmp_path: Path, kind: str) -> None:
    (image,) = ct_series(1)
    before = item(StudyInstanceUID=ONE.uid(), SOPInstanceUID=image.SOPInstanceUID, TransactionUID=ONE.uid())
    image.OriginalAttributesSequence = [item(ModifiedAttributesSequence=[before])]
    outcome = carried_out([image], tmp_path, selecting(kind))
    written = outcome.dataset("1.dcm")
    if kind == "copy":
        assert ORIGINALS not in written
    else:
        assert written.OriginalAttributesSequence[:-1] == image.OriginalAttributesSequence[:]


def test_a_referrer_keeps_its_creation_and_its_series(tmp_path: Path) -> None:
    rt = rt_set(1)
    rt.structure_set.InstanceCreatorUID = ONE.entity_uid(1)
    rt.structure_set.InstanceCreationDate = "20200101"
    rt.structure_set.TransactionUID = ONE.entity_uid(2)
    intention = selecting("derived-series", ("series", ONE.uid(2)), with_referrers=True)
    outcome = carried_out(rt.all, tmp_path, intention)
    written, image = outcome.dataset("2.dcm"), outcome.dataset("1.dcm")
    for keyword in ("SOPInstanceUID", "SeriesInstanceUID", "SeriesNumber", "InstanceCreatorUID"):
        assert written[keyword] == rt.structure_set[keyword]
    assert written.InstanceCreationDate == "20200101"
    assert "TransactionUID" not in written
    series = written.ReferencedFrameOfReferenceSequence[0].RTReferencedStudySequence[0]
    assert series.ReferencedSOPInstanceUID == ONE.uid()
    assert series.RTReferencedSeriesSequence[0].SeriesInstanceUID == image.SeriesInstanceUID


def test_elements_outside_the_plan_are_the_same(tmp_path: Path) -> None:
    rt = rt_set()
    outcome = carried_out(rt.all, tmp_path, selecting("copy"))
    for old, name in zip(rt.all, sorted(outcome.files), strict=True):
        new = outcome.dataset(name)
        renamed = with_uids([old], dict(zip_values(old, new)))[0]
        for keyword in ("InstanceCreationDate", "InstanceCreationTime"):
            del new[keyword]
        assert renamed == new


def zip_values(old: Dataset, new: Dataset) -> list[tuple[str, str]]:
    pairs = zip(ui_values(copy.deepcopy(old)), ui_values(new), strict=True)
    return [(before, after) for (_, before), (_, after) in pairs]
