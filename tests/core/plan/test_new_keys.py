"""Which new UIDs an intention makes, for what they hold, and what a new series says of itself."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.builders import (
    TEST_ROOT,
    Study,
    add_private_uid,
    ct_series,
    encoded,
    key_object,
    mr_series_with_localizers,
    registration,
    rt_set,
    seg,
    sr,
    with_uids,
)
from tests.core.plan.carried_out import carried_out, derive, loaded, numbered, selecting, write_files
from uidscope.core.errors import UsageError
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.uid_map import UidMap

ONE, TWO = Study(1), Study(2)


def entries(uid_map: UidMap, kind: str) -> list[MapEntry]:
    return [entry for entry in uid_map.entries() if entry.kind == kind]


def keys(outcome: object, *keywords: str) -> list[tuple[str, ...]]:
    """The values of these elements in each file written, in the order of their names."""
    files = sorted(outcome.files)  # type: ignore[attr-defined]
    datasets: Sequence[Dataset] = [outcome.dataset(name) for name in files]  # type: ignore[attr-defined]
    return [tuple(str(dataset.get(keyword, "")) for keyword in keywords) for dataset in datasets]


def test_instances_keeps_study_series_and_frame(tmp_path: Path) -> None:
    images = ct_series(2)
    outcome = carried_out(images, tmp_path, selecting("instances"))
    written = keys(outcome, "StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID", "SeriesNumber")
    assert set(written) == {(ONE.uid(), ONE.uid(2), ONE.frame_of_reference_uid(), "2")}
    assert len(set(keys(outcome, "SOPInstanceUID"))) == 2
    assert {entry.kind for entry in outcome.uid_map.entries()} == {"instance"}


def test_a_new_instance_says_when_it_was_created(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.InstanceCreatorUID = ONE.entity_uid(7)
    outcome = carried_out([image], tmp_path, selecting("instances"))
    created = keys(outcome, "InstanceCreationDate", "InstanceCreationTime", "InstanceCreatorUID")
    assert created == [("20240506", "070809", "")]


@pytest.mark.parametrize(
    ("offset", "date", "time"),
    [("+0000", "20240506", "050809"), ("-0730", "20240505", "213809"), ("", "20240506", "070809")],
)
def test_the_creation_time_stands_in_the_zone_of_the_file(
    tmp_path: Path, offset: str, date: str, time: str
) -> None:
    (image,) = ct_series(1)
    if offset:
        image.TimezoneOffsetFromUTC = offset
    outcome = carried_out([image], tmp_path, selecting("copy"))
    assert keys(outcome, "InstanceCreationDate", "InstanceCreationTime") == [(date, time)]


def test_a_derived_series_stands_in_its_study_and_frame_under_the_next_number(tmp_path: Path) -> None:
    objects = [*ct_series(2), *ct_series(1, series_number=7)]
    objects[0].ReferencedPerformedProcedureStepSequence = [Dataset()]
    intention = selecting("derived-series", ("series", ONE.uid(2)), series_description="Derived")
    outcome = carried_out(objects, tmp_path, intention)
    written = keys(outcome, "StudyInstanceUID", "FrameOfReferenceUID", "SeriesNumber", "SeriesDescription")
    assert written == [(ONE.uid(), ONE.frame_of_reference_uid(), "8", "Derived")] * 2
    ((new,),) = set(keys(outcome, "SeriesInstanceUID"))
    assert new.startswith("2.25.")
    for name in outcome.files:
        dataset = outcome.dataset(name)
        assert "ReferencedPerformedProcedureStepSequence" not in dataset
        assert dataset.ImageType == objects[0].ImageType
        assert dataset.ContentTime == objects[0].ContentTime


@pytest.mark.parametrize("document", [sr(ct_series(1)), key_object(ct_series(1))])
def test_a_derived_document_keeps_the_performed_step_empty(tmp_path: Path, document: Dataset) -> None:
    step = Dataset()
    step.ReferencedSOPClassUID, step.ReferencedSOPInstanceUID = "1.2.840.10008.3.1.2.3.3", f"{TEST_ROOT}.70"
    document.ReferencedPerformedProcedureStepSequence = [step, step]
    outcome = carried_out([document], tmp_path, selecting("derived-series"))
    assert outcome.dataset("1.dcm").ReferencedPerformedProcedureStepSequence == []


def test_without_a_description_each_file_keeps_its_own(tmp_path: Path) -> None:
    images = ct_series(1)
    outcome = carried_out(images, tmp_path, selecting("derived-series"))
    assert keys(outcome, "SeriesDescription") == [(images[0].SeriesDescription,)]


def test_a_series_that_mixes_modalities_becomes_one_series_each(tmp_path: Path) -> None:
    images = ct_series(4)
    images[2].Modality = "OT"
    images[3].Modality = "OT"
    outcome = carried_out(images, tmp_path, selecting("derived-series"))
    series = [uid for (uid,) in keys(outcome, "SeriesInstanceUID")]
    assert series[0] == series[1] != series[2] == series[3]
    assert keys(outcome, "SeriesNumber") == [("3",), ("3",), ("4",), ("4",)]
    assert {entry.scope for entry in entries(outcome.uid_map, "series")} == {"occurrences"}


def test_equipment_divides_a_series_only_where_two_values_stand_against_each_other(tmp_path: Path) -> None:
    images = ct_series(3)
    images[1].DeviceSerialNumber = ""
    del images[2].ManufacturerModelName
    together = carried_out(images, tmp_path, selecting("derived-series"))
    assert len(set(keys(together, "SeriesInstanceUID"))) == 1
    images[1].DeviceSerialNumber = "0002"
    apart = carried_out(images, tmp_path, selecting("derived-series"))
    assert len(set(keys(apart, "SeriesInstanceUID"))) > 1


def test_a_copied_series_of_mixed_equipment_stays_one_series(tmp_path: Path) -> None:
    images = ct_series(2)
    images[1].DeviceSerialNumber = "0002"
    outcome = carried_out(images, tmp_path, selecting("copy"))
    assert len(set(keys(outcome, "SeriesInstanceUID"))) == 1


def test_a_part_of_a_series_makes_entries_for_its_files_only(tmp_path: Path) -> None:
    outcome = carried_out(ct_series(3), tmp_path, selecting("copy", ("file", "1.dcm"), ("file", "3.dcm")))
    assert {(entry.kind, entry.scope, entry.file_count) for entry in outcome.uid_map.entries()} == {
        ("study", "occurrences", 2),
        ("series", "occurrences", 2),
        ("instance", "all", 1),
    }


def test_a_series_in_two_studies_is_copied_into_two_series(tmp_path: Path) -> None:
    objects = [*ct_series(1, study=ONE), *with_uids(ct_series(1, study=TWO), {TWO.uid(2): ONE.uid(2)})]
    outcome = carried_out(objects, tmp_path, selecting("copy"))
    assert len(set(keys(outcome, "StudyInstanceUID"))) == 2
    assert len(set(keys(outcome, "SeriesInstanceUID"))) == 2
    assert {entry.scope for entry in entries(outcome.uid_map, "series")} == {"occurrences"}


def test_a_study_under_two_patients_stays_one_study(tmp_path: Path) -> None:
    images = ct_series(2)
    images[1].PatientID = "TEST-0009"
    outcome = carried_out(images, tmp_path, selecting("copy"))
    assert len(set(keys(outcome, "StudyInstanceUID"))) == 1
    assert [entry.scope for entry in entries(outcome.uid_map, "study")] == ["all"]


def test_empty_keys_get_new_uids_by_their_place_in_the_tree(tmp_path: Path) -> None:
    images = ct_series(4)
    for image in images:
        del image.StudyInstanceUID
        image.SeriesInstanceUID = ""
        image.SOPInstanceUID = ""
    images[3].PatientID = "TEST-0009"
    outcome = carried_out(images, tmp_path, selecting("copy"))
    written = keys(outcome, "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID")
    assert len({study for study, _, _ in written}) == 2
    assert len({series for _, series, _ in written}) == 2
    assert len({instance for _, _, instance in written}) == 4
    assert all(uid.startswith("2.25.") for each in written for uid in each)
    assert {
        (entry.old, entry.scope) for entry in outcome.uid_map.entries() if entry.kind != "frame_of_reference"
    } == {("", "occurrences")}


def test_empty_keys_that_are_kept_stay_empty(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    del image.StudyInstanceUID
    outcome = carried_out([image], tmp_path, selecting("derived-series"))
    assert "StudyInstanceUID" not in outcome.dataset("1.dcm")


def test_undone_and_redone_a_plan_gives_the_same_uids(tmp_path: Path) -> None:
    images = ct_series(2)
    images[1].SOPInstanceUID = ""
    issued, first, second = (
        IssuedUids(),
        selecting("copy", ("file", "1.dcm")),
        selecting("copy", ("file", "2.dcm")),
    )
    with loaded(write_files(tmp_path / "s", numbered(images))) as catalog:
        both = list(derive(catalog, first, second, issued=issued).entries())
        one = list(derive(catalog, first, issued=issued).entries())
        assert set(one) <= set(both)
        assert list(derive(catalog, first, second, issued=issued).entries()) == both


def test_two_copies_of_one_series_share_no_uid(tmp_path: Path) -> None:
    issued = IssuedUids()
    with loaded(write_files(tmp_path / "s", numbered(rt_set().all))) as catalog:
        maps = [derive(catalog, selecting("copy"), issued=issued) for _ in range(2)]
        news = [{entry.new for entry in uid_map.entries()} for uid_map in maps]
        assert len(news[0]) == len(news[1])
        assert news[0].isdisjoint(news[1])


def test_a_frame_of_reference_that_objects_outside_share_is_kept_and_told(tmp_path: Path) -> None:
    with loaded(write_files(tmp_path / "s", numbered(rt_set().all))) as catalog:
        part = derive(catalog, selecting("copy", ("series", ONE.uid(2))))
        assert entries(part, "frame_of_reference") == []
        (note,) = [note for note in part.notes if note.code == "frame-kept"]
        assert note.facts["uid"] == ONE.frame_of_reference_uid()
        assert note.facts["outside"] == 3
        whole = derive(catalog, selecting("copy"))
        assert [entry.old for entry in entries(whole, "frame_of_reference")] == [ONE.frame_of_reference_uid()]


def test_a_frame_that_is_only_referred_to_from_outside_is_kept_too(tmp_path: Path) -> None:
    fixed, moving = ct_series(2), ct_series(2, series_number=3, frame_of_reference=2)
    objects = [*fixed, *moving, registration(fixed, moving)]
    with loaded(write_files(tmp_path / "s", numbered(objects))) as catalog:
        without_the_registration = derive(catalog, selecting("copy", ("series", ONE.uid(3))))
        assert entries(without_the_registration, "frame_of_reference") == []


def test_a_well_known_frame_of_reference_never_changes(tmp_path: Path) -> None:
    talairach = "1.2.840.10008.1.4.1.1"
    images = with_uids(ct_series(2), {ONE.frame_of_reference_uid(): talairach})
    outcome = carried_out(images, tmp_path, selecting("copy"))
    assert set(keys(outcome, "FrameOfReferenceUID")) == {(talairach,)}
    assert not [note for note in outcome.uid_map.notes if note.code == "frame-kept"]


def test_an_unregistered_key_under_the_dicom_root_is_an_ordinary_one(tmp_path: Path) -> None:
    faulty = "1.2.840.10008.5.1.4.1.1.481.3.1"
    outcome = carried_out(with_uids(ct_series(1), {ONE.uid(2, 1): faulty}), tmp_path, selecting("instances"))
    assert outcome.dataset("1.dcm").SOPInstanceUID.startswith("2.25.")


def test_entities_follow_their_column(tmp_path: Path) -> None:
    images = ct_series(2)
    for image in images:
        image.IrradiationEventUID = [ONE.entity_uid(1), ONE.entity_uid(2)]
        image.AcquisitionUID = ONE.entity_uid(3)
        image.DeviceUID = ONE.entity_uid(4)
        image.SynchronizationFrameOfReferenceUID = ONE.entity_uid(5)
    kept = ("IrradiationEventUID", "AcquisitionUID", "DeviceUID", "SynchronizationFrameOfReferenceUID")
    segmentation = seg(images)
    for kind in ("copy", "derived-series", "instances"):
        outcome = carried_out([*images, segmentation], tmp_path, selecting(kind))
        assert keys(outcome, *kept)[0] == keys_of(images[0], *kept)
        organization = outcome.dataset("3.dcm").DimensionOrganizationSequence[0].DimensionOrganizationUID
        indices = {
            str(item.DimensionOrganizationUID) for item in outcome.dataset("3.dcm").DimensionIndexSequence
        }
        assert indices == {str(organization)}
        old = segmentation.DimensionOrganizationSequence[0].DimensionOrganizationUID
        assert (organization == old) == (kind != "copy")


def keys_of(dataset: Dataset, *keywords: str) -> tuple[str, ...]:
    return tuple(str(dataset[keyword].value) for keyword in keywords)


def test_one_value_for_two_kinds_of_entity_becomes_one_uid_each(tmp_path: Path) -> None:
    """UID-S28: the kind is taken from the path."""
    images = with_uids(ct_series(2), {ONE.uid(2): ONE.uid(), ONE.uid(2, 1): ONE.uid()})
    document = key_object(images)
    outcome = carried_out([*images, document], tmp_path, selecting("copy"))
    study, series, instance = keys(outcome, "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID")[0]
    assert len({study, series, instance, ONE.uid()}) == 4
    evidence = outcome.dataset("3.dcm").CurrentRequestedProcedureEvidenceSequence[0]
    assert evidence.StudyInstanceUID == study
    assert evidence.ReferencedSeriesSequence[0].SeriesInstanceUID == series
    assert evidence.ReferencedSeriesSequence[0].ReferencedSOPSequence[0].ReferencedSOPInstanceUID == instance
    shared = [entry for entry in outcome.uid_map.entries() if entry.old == ONE.uid()]
    assert {(entry.kind, entry.scope) for entry in shared} == {
        (kind, kind) for kind in ("study", "series", "instance")
    }


def test_a_value_of_two_kinds_changes_only_where_its_kind_does(tmp_path: Path) -> None:
    images = with_uids(ct_series(2), {ONE.uid(2): ONE.uid()})
    for image in images:
        add_private_uid(image, ONE.uid())
    outcome = carried_out(images, tmp_path, selecting("derived-series"))
    written = outcome.dataset("1.dcm")
    assert written.StudyInstanceUID == ONE.uid()
    assert written.SeriesInstanceUID.startswith("2.25.")
    assert written[0x2001, 0x1052].value == written.SeriesInstanceUID  # the lower entity


def test_a_frame_that_equals_the_study_is_told_apart_from_it(tmp_path: Path) -> None:
    images = with_uids(ct_series(2), {ONE.frame_of_reference_uid(): ONE.uid()})
    outcome = carried_out(images, tmp_path, selecting("copy"))
    study, frame = keys(outcome, "StudyInstanceUID", "FrameOfReferenceUID")[0]
    assert len({study, frame, ONE.uid()}) == 3


def test_the_description_is_written_in_the_character_set_of_the_file(tmp_path: Path) -> None:
    images = ct_series(2)
    images[0].SpecificCharacterSet = "ISO_IR 100"
    images[1].SpecificCharacterSet = "ISO_IR 192"
    intention = selecting("derived-series", series_description="Größe é")
    outcome = carried_out(images, tmp_path, intention)
    assert keys(outcome, "SeriesDescription") == [("Größe é",)] * 2


def test_a_description_that_a_file_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="character set"):
        carried_out(ct_series(1), tmp_path, selecting("derived-series", series_description="Größe"))


def test_an_accession_number_is_kept_and_told(tmp_path: Path) -> None:
    outcome = carried_out(ct_series(1), tmp_path, selecting("copy"))
    assert outcome.dataset("1.dcm").AccessionNumber == ONE.accession
    assert [note.facts for note in outcome.uid_map.notes if note.code == "accession-kept"] == [{"studies": 1}]


def test_the_series_number_stays_within_its_range(tmp_path: Path) -> None:
    images = ct_series(1)
    images[0].SeriesNumber = 2**31 - 1
    outcome = carried_out(images, tmp_path, selecting("derived-series"))
    assert keys(outcome, "SeriesNumber") == [("1",)]


def test_localizers_and_their_series_are_derived_each_for_itself(tmp_path: Path) -> None:
    series = mr_series_with_localizers().all
    outcome = carried_out(series, tmp_path, selecting("derived-series"))
    assert len({old.SeriesInstanceUID for old in series}) == len(set(keys(outcome, "SeriesInstanceUID")))
    assert len(set(keys(outcome, "SeriesNumber"))) == len(set(keys(outcome, "SeriesInstanceUID")))


def test_files_without_meta_and_in_every_encoding_are_treated_alike(tmp_path: Path) -> None:
    images = ct_series(5)
    forms: list[dict[str, object]] = [
        {"meta": False, "preamble": False},
        {"transfer_syntax": "implicit-le"},
        {"transfer_syntax": "explicit-be"},
        {"transfer_syntax": "deflated"},
        {"undefined_lengths": True, "group_lengths": True},
    ]
    files = {
        f"{number}.dcm": encoded(image, **form)  # type: ignore[arg-type]
        for number, (image, form) in enumerate(zip(images, forms, strict=True))
    }
    outcome = carried_out(files, tmp_path, selecting("copy"))
    assert len(set(keys(outcome, "StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID"))) == 1
    for name in outcome.files:
        dataset = outcome.dataset(name)
        assert dataset.file_meta.MediaStorageSOPInstanceUID == dataset.SOPInstanceUID


def test_different_objects_that_keep_one_uid_between_them_are_told(tmp_path: Path) -> None:
    image, other = ct_series(1)[0], ct_series(1)[0]
    other.PixelData = bytes(len(other.PixelData))
    outcome = carried_out({"a": image, "b": other, "again": image}, tmp_path, selecting("copy"))
    told = [note.facts for note in outcome.uid_map.notes if note.code == "one-uid-several-objects"]
    assert told == [{"uid": image.SOPInstanceUID, "objects": 2}]
