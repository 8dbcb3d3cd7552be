"""Objects filed to the wrong place go into a loaded study or series, which says whose they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from tests.builders import (
    Study,
    concatenation,
    ct_series,
    encoded,
    key_object,
    mip_in_source_series,
    pt_series,
    rt_set,
    set_unchecked,
    sr,
    whole_slide_pyramid,
)
from tests.core.plan.carried_out import (
    Outcome,
    carried_out,
    carry_out,
    derive,
    loaded,
    numbered,
    selecting,
    write_files,
)
from uidscope.core.catalog.tree import ROOT, children
from uidscope.core.errors import DecisionNeeded, UsageError
from uidscope.core.export.old_uids import old_uids_text
from uidscope.core.plan.edits.edit import Put, Remove
from uidscope.core.plan.intention import Intention, Into
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.told.file_preview import file_of_entry
from uidscope.core.plan.told.preview import file_changes
from uidscope.core.plan.told.tree_changes import tree_changes
from uidscope.core.read.byte_window import open_window
from uidscope.core.read.structure import parse_structure
from uidscope.core.uid.schemes import SchemeOptions, make_scheme

WRONG = Study(1)
RIGHT = Study(
    2,
    patient_id="TEST-0002",
    patient_name="TEST^BETA",
    birth_date="19801231",
    sex="F",
    date="20240203",
    time="131415",
    description="The right study",
)


def moving(*selected: tuple[str, str], study: str = "", series: str = "", **more: object) -> Intention:
    into = Into("series", series) if series else Into("study", study or RIGHT.uid())
    return selecting("move", *selected, into=into, **more)


def two_studies(moved: Sequence[Dataset], target: Sequence[Dataset]) -> dict[str, bytes | Dataset]:
    files: dict[str, bytes | Dataset] = {f"m{n}.dcm": each for n, each in enumerate(moved)}
    return files | {f"t{n}.dcm": each for n, each in enumerate(target)}


def moved_into_study(
    moved: Sequence[Dataset], target: Sequence[Dataset], folder: Path
) -> tuple[Outcome, list[Dataset]]:
    outcome = carried_out(two_studies(moved, target), folder, moving(("study", WRONG.uid())))
    return outcome, [outcome.dataset(name) for name in sorted(outcome.files)]


PATIENT_AND_STUDY = (
    "PatientName",
    "PatientID",
    "PatientBirthDate",
    "PatientSex",
    "StudyInstanceUID",
    "StudyDate",
    "StudyTime",
    "StudyID",
    "AccessionNumber",
    "ReferringPhysicianName",
    "StudyDescription",
)


def test_the_keys_and_what_they_stand_for_are_those_of_the_target(tmp_path: Path) -> None:
    target = ct_series(2, study=RIGHT)
    before = ct_series(3, study=WRONG)
    outcome, written = moved_into_study(ct_series(3, study=WRONG), target, tmp_path)
    assert sorted(outcome.files) == ["m0.dcm", "m1.dcm", "m2.dcm"]
    for dataset, original in zip(written, before, strict=True):
        for keyword in PATIENT_AND_STUDY:
            assert dataset[keyword].value == target[0][keyword].value, keyword
        assert dataset.SOPInstanceUID not in (original.SOPInstanceUID, target[0].SOPInstanceUID)
        assert dataset.FrameOfReferenceUID == original.FrameOfReferenceUID
        assert dataset.PixelData == original.PixelData
        assert dataset.SeriesNumber == 3
        assert dataset.SeriesDescription == original.SeriesDescription
    (series,) = {dataset.SeriesInstanceUID for dataset in written}
    assert series not in (before[0].SeriesInstanceUID, target[0].SeriesInstanceUID)


def test_each_source_series_becomes_one_with_a_number_of_its_own(tmp_path: Path) -> None:
    moved = [*ct_series(2, study=WRONG, series_number=2), *ct_series(2, study=WRONG, series_number=7)]
    _, written = moved_into_study(moved, ct_series(1, study=RIGHT, series_number=4), tmp_path)
    assert len({dataset.SeriesInstanceUID for dataset in written}) == 2
    assert sorted({int(dataset.SeriesNumber) for dataset in written}) == [5, 6]


def test_into_a_series_they_bear_its_uid_and_what_it_is_called(tmp_path: Path) -> None:
    target = ct_series(2, study=RIGHT, series_number=9, description="The right series")
    target[0].SeriesTime = target[1].SeriesTime = "131500"
    moved = ct_series(2, study=WRONG)
    for image in moved:
        image.SeriesDate = "20200101"
        image.SmallestPixelValueInSeries = 0
    intention = moving(("study", WRONG.uid()), series=target[0].SeriesInstanceUID)
    outcome = carried_out(two_studies(moved, target), tmp_path, intention)
    for name in outcome.files:
        dataset = outcome.dataset(name)
        assert dataset.SeriesInstanceUID == target[0].SeriesInstanceUID
        assert dataset.StudyInstanceUID == RIGHT.uid()
        assert (dataset.SeriesNumber, dataset.SeriesDescription) == (9, "The right series")
        assert dataset.SeriesTime == "131500"
        assert "SeriesDate" not in dataset
        assert "SmallestPixelValueInSeries" not in dataset
        assert dataset.PatientPosition == moved[0].PatientPosition


def test_what_may_never_be_empty_stays_where_the_series_does_not_have_it(tmp_path: Path) -> None:
    moved, target = pt_series(1, study=WRONG), pt_series(1, study=RIGHT)
    del target[0].SeriesDate
    del target[0].SeriesDescription
    intention = moving(("study", WRONG.uid()), series=str(target[0].SeriesInstanceUID))
    written = carried_out(two_studies(moved, target), tmp_path, intention).dataset("m0.dcm")
    assert written.SeriesDate == moved[0].SeriesDate
    assert "SeriesDescription" not in written


def test_what_the_target_lacks_goes_as_its_type_demands(tmp_path: Path) -> None:
    target = ct_series(1, study=RIGHT)
    target[0].AccessionNumber = ""
    del target[0].StudyDescription
    moved = ct_series(1, study=WRONG)
    moved[0].OtherPatientNames = "TEST^GAMMA"
    moved[0].PatientComments = "of the wrong patient"
    moved[0].add_new(0x00101040, "LO", "an address of the wrong patient")
    moved[0].add_new(0x00321060, "LO", "what was asked for the wrong patient")
    moved[0].AdmissionID = "A1"
    moved[0].ClinicalTrialSponsorName = "Sponsor"
    moved[0].ClinicalTrialProtocolID = "P"
    moved[0].ClinicalTrialProtocolName = ""
    moved[0].ClinicalTrialSiteName = ""
    moved[0].PatientIdentityRemoved = "NO"
    _, (written,) = moved_into_study(moved, target, tmp_path)
    assert written["AccessionNumber"].value == ""
    for keyword in (
        "StudyDescription",
        "OtherPatientNames",
        "PatientComments",
        "PatientAddress",
        "RequestedProcedureDescription",
        "AdmissionID",
        "ClinicalTrialSponsorName",
        "ClinicalTrialProtocolName",
        "ClinicalTrialSiteName",
    ):
        assert keyword not in written, keyword
    assert written.PatientIdentityRemoved == "NO"


def test_what_only_the_target_has_is_added(tmp_path: Path) -> None:
    target = ct_series(2, study=RIGHT)
    for image in target:
        image.IssuerOfPatientID = "HOSPITAL"
        code = Dataset()
        code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = "77477000", "SCT", "CT"
        image.ProcedureCodeSequence = [code]
    _, (written,) = moved_into_study(ct_series(1, study=WRONG), target, tmp_path)
    assert written.IssuerOfPatientID == "HOSPITAL"
    assert written.ProcedureCodeSequence[0].CodeValue == "77477000"


def test_measures_of_one_patient_stay_where_another_study_of_that_patient_has_none(tmp_path: Path) -> None:
    same = Study(2)
    moved = pt_series(1, study=WRONG)
    moved[0].PatientWeight = 70
    moved[0].StudyDescription = "Wrong"
    target = ct_series(1, study=same)
    del target[0].StudyDescription
    _, (written,) = moved_into_study(moved, target, tmp_path)
    assert written.PatientWeight == 70
    assert "StudyDescription" not in written
    moved[0].PatientID = "TEST-0003"
    _, (other,) = moved_into_study(moved, target, tmp_path)
    assert "PatientWeight" not in other


def test_the_order_of_the_former_study_is_left_behind(tmp_path: Path) -> None:
    moved = ct_series(1, study=WRONG)
    request = Dataset()
    request.AccessionNumber, request.RequestedProcedureID = "OLD", "RP1"
    moved[0].RequestAttributesSequence = [request]
    moved[0].PerformedProcedureStepID = "PPS1"
    moved[0].PerformedProcedureStepStartDate = "20240102"
    _, (written,) = moved_into_study(moved, ct_series(1, study=RIGHT), tmp_path)
    assert "RequestAttributesSequence" not in written
    assert "PerformedProcedureStepID" not in written
    assert written.PerformedProcedureStepStartDate == "20240102"


def test_the_order_that_all_objects_of_the_target_answer_is_taken_over(tmp_path: Path) -> None:
    moved, target = ct_series(1, study=WRONG), ct_series(2, study=RIGHT)
    for number, images in enumerate((moved, target)):
        for image in images:
            request = Dataset()
            request.RequestedProcedureID = f"RP{number}"
            image.RequestAttributesSequence = [request]
    _, (written,) = moved_into_study(moved, target, tmp_path)
    assert written.RequestAttributesSequence[0].RequestedProcedureID == "RP1"


@pytest.mark.parametrize("transfer_syntax", ["explicit-le", "implicit-le", "explicit-be", "deflated"])
@pytest.mark.parametrize("of_target", ["explicit-le", "implicit-le", "explicit-be"])
def test_values_are_written_in_the_encoding_of_the_file(
    tmp_path: Path, transfer_syntax: str, of_target: str
) -> None:
    (moved,), (target,) = ct_series(1, study=WRONG), ct_series(1, study=RIGHT)
    target.PregnancyStatus = 4
    identifier = Dataset()
    identifier.PatientID, identifier.TypeOfPatientID = "OTHER-ID", "TEXT"
    inner = Dataset()
    inner.UniversalEntityID, inner.UniversalEntityIDType = "1.2.3", "ISO"
    identifier.IssuerOfPatientIDQualifiersSequence = [inner]
    target.OtherPatientIDsSequence = [identifier, identifier]
    files = {
        "m.dcm": encoded(moved, transfer_syntax=transfer_syntax),  # type: ignore[arg-type]
        "t.dcm": encoded(target, transfer_syntax=of_target, undefined_lengths=True),  # type: ignore[arg-type]
    }
    outcome = carried_out(files, tmp_path, moving(("study", WRONG.uid())))
    written = outcome.dataset("m.dcm")
    assert written.PregnancyStatus == 4
    assert written.OtherPatientIDsSequence == target.OtherPatientIDsSequence
    assert written.PatientName == "TEST^BETA"


def test_text_stays_readable_in_the_character_set_of_the_file(tmp_path: Path) -> None:
    (moved,), (target,) = ct_series(1, study=WRONG), ct_series(1, study=RIGHT)
    moved.SpecificCharacterSet = "ISO_IR 100"
    moved.ImageComments = "größer"
    target.SpecificCharacterSet = "ISO_IR 192"
    target.PatientName = "TÉST^BÊTA"
    _, (written,) = moved_into_study([moved], [target], tmp_path)
    assert written.SpecificCharacterSet == "ISO_IR 100"
    assert written.PatientName == "TÉST^BÊTA"
    assert written.ImageComments == "größer"


def test_the_character_set_of_the_target_comes_along_where_no_other_text_minds(tmp_path: Path) -> None:
    (moved,), (target,) = ct_series(1, study=WRONG), ct_series(1, study=RIGHT)
    moved.SpecificCharacterSet = "ISO_IR 100"
    moved.PatientName = "MÜLLER^TEST"
    target.SpecificCharacterSet = "ISO_IR 126"
    target.PatientName = "ΤΕΣΤ^ΒΗΤΑ"
    _, (written,) = moved_into_study([moved], [target], tmp_path)
    assert written.SpecificCharacterSet == "ISO_IR 126"
    assert written.PatientName == "ΤΕΣΤ^ΒΗΤΑ"


def test_text_that_the_file_cannot_hold_is_refused(tmp_path: Path) -> None:
    (moved,), (target,) = ct_series(1, study=WRONG), ct_series(1, study=RIGHT)
    moved.SpecificCharacterSet = "ISO_IR 100"
    moved.ImageComments = "größer"
    target.SpecificCharacterSet = "ISO_IR 126"
    target.PatientName = "ΤΕΣΤ^ΒΗΤΑ"
    with pytest.raises(UsageError, match=r"PatientName has letters that .* \(ISO_IR 100\) cannot hold"):
        moved_into_study([moved], [target], tmp_path)


def test_several_character_sets_are_carried_as_they_are(tmp_path: Path) -> None:
    (moved,), (target,) = ct_series(1, study=WRONG), ct_series(1, study=RIGHT)
    target.SpecificCharacterSet = ["", "ISO 2022 IR 87"]
    target.PatientName = "YAMADA^TAROU=山田^太郎"
    _, (written,) = moved_into_study([moved], [target], tmp_path)
    assert written.PatientName == "YAMADA^TAROU=山田^太郎"


def unresolved(outcome: Outcome) -> set[str]:
    """The references to objects that are not resolved, by element path."""
    rows = outcome.references().values()
    lost = {row.pattern for row in rows if row.kind == "instance" and row.state != "resolved"}
    return {pattern for pattern in lost if not pattern.startswith("OriginalAttributesSequence")}


def test_references_follow_into_the_new_study(tmp_path: Path) -> None:
    rt = rt_set(study=WRONG)
    outcome, written = moved_into_study(rt.all, ct_series(1, study=RIGHT), tmp_path)
    assert unresolved(outcome) == set()
    structure_set = next(each for each in written if each.Modality == "RTSTRUCT")
    frame = structure_set.ReferencedFrameOfReferenceSequence[0]
    study = frame.RTReferencedStudySequence[0]
    assert study.ReferencedSOPInstanceUID == RIGHT.uid()
    images = {each.SOPInstanceUID: each for each in written if each.Modality == "CT"}
    series = study.RTReferencedSeriesSequence[0]
    assert series.SeriesInstanceUID in {each.SeriesInstanceUID for each in images.values()}
    assert {each.ReferencedSOPInstanceUID for each in series.ContourImageSequence} == set(images)


def test_referrers_follow_and_what_is_not_moved_stays_named(tmp_path: Path) -> None:
    rt = rt_set(study=WRONG)
    files = two_studies(rt.all, ct_series(1, study=RIGHT))
    intention = moving(("instance", str(rt.structure_set.SOPInstanceUID)), with_referrers=True)
    outcome = carried_out(files, tmp_path, intention)
    moved = next(outcome.dataset(n) for n in outcome.files if outcome.dataset(n).Modality == "RTSTRUCT")
    plan = next(outcome.dataset(n) for n in outcome.files if outcome.dataset(n).Modality == "RTPLAN")
    assert plan.ReferencedStructureSetSequence[0].ReferencedSOPInstanceUID == moved.SOPInstanceUID
    assert plan.SOPInstanceUID == rt.plan.SOPInstanceUID
    assert plan.PatientID == WRONG.patient_id
    contour = moved.ReferencedFrameOfReferenceSequence[0].RTReferencedStudySequence[0]
    assert contour.ReferencedSOPInstanceUID == WRONG.uid()
    assert "references-across-studies" in {note.code for note in outcome.uid_map.notes}


def test_documents_keep_what_their_modules_demand(tmp_path: Path) -> None:
    images = ct_series(2, study=WRONG)
    documents = [sr(images), key_object(images)]
    outcome, written = moved_into_study([*images, *documents], ct_series(1, study=RIGHT), tmp_path)
    for document in written[2:]:
        assert "ReferencedPerformedProcedureStepSequence" in document
        evidence = document.CurrentRequestedProcedureEvidenceSequence[0]
        assert evidence.StudyInstanceUID == RIGHT.uid()
    assert unresolved(outcome) == set()


def test_the_old_uids_are_listed_and_the_adopted_keys_are_no_new_uids(tmp_path: Path) -> None:
    moved = ct_series(2, study=WRONG)
    outcome, _ = moved_into_study(moved, ct_series(1, study=RIGHT), tmp_path)
    entries = list(outcome.uid_map.entries())
    assert old_uids_text(entries).decode().split() == [str(image.SOPInstanceUID) for image in moved]
    study = next(entry for entry in entries if entry.kind == "study")
    assert (study.old, study.new, study.reason) == (WRONG.uid(), RIGHT.uid(), "taken-over")
    assert outcome.uid_map.new_uid_count() == 3
    assert {entry.reason for entry in entries if entry.kind != "study"} == {"move"}


def test_the_replaced_attributes_are_edits_with_a_reason_of_their_own(tmp_path: Path) -> None:
    outcome, _ = moved_into_study(ct_series(1, study=WRONG), ct_series(1, study=RIGHT), tmp_path)
    (edits,) = outcome.edits.values()
    taken = [edit for edit in edits if edit.reason == "taken-over"]
    assert all(isinstance(edit, Put | Remove) for edit in taken)
    assert {edit.path for edit in taken} >= {"PatientID", "PatientName", "StudyDate", "AccessionNumber"}


def test_renewed_referrers_stay_in_their_study_under_new_uids(tmp_path: Path) -> None:
    rt = rt_set(study=WRONG)
    intention = moving(("series", WRONG.uid(2)), with_referrers=True, renew=True)
    outcome = carried_out(two_studies(rt.all, ct_series(1, study=RIGHT)), tmp_path, intention)
    assert unresolved(outcome) == set()
    written = [outcome.dataset(name) for name in outcome.files]
    for dataset in written:
        study = RIGHT if dataset.Modality == "CT" else WRONG
        assert (dataset.StudyInstanceUID, dataset.PatientID) == (study.uid(), study.patient_id)
    plan = next(each for each in written if each.Modality == "RTPLAN")
    assert plan.SOPInstanceUID != rt.plan.SOPInstanceUID


def test_an_object_without_a_study_finds_one(tmp_path: Path) -> None:
    (moved,) = ct_series(1, study=WRONG)
    set_unchecked(moved, "StudyInstanceUID", "")
    set_unchecked(moved, "SOPInstanceUID", "")
    outcome = carried_out(
        two_studies([moved], ct_series(1, study=RIGHT)), tmp_path, moving(("file", "m0.dcm"))
    )
    written = outcome.dataset("m0.dcm")
    assert (written.StudyInstanceUID, written.PatientID) == (RIGHT.uid(), RIGHT.patient_id)
    assert str(written.SOPInstanceUID).startswith("2.25.")


def test_with_a_key_a_move_and_a_copy_are_two_identities_and_each_is_repeated(tmp_path: Path) -> None:
    keyed = make_scheme(SchemeOptions(name="keyed", key=b"k" * 32))
    source = write_files(tmp_path / "s", two_studies(ct_series(2, study=WRONG), ct_series(1, study=RIGHT)))
    wrong = ("study", WRONG.uid())
    with loaded(source) as catalog:
        made = [
            {entry.new for entry in derive(catalog, intention, scheme=keyed).entries() if entry.is_new_uid}
            for intention in (moving(wrong), moving(wrong), selecting("copy", wrong))
        ]
    assert made[0] == made[1]
    assert made[0].isdisjoint(made[2])


def test_an_approved_plan_is_moved_only_knowingly(tmp_path: Path) -> None:
    rt = rt_set(study=WRONG)
    rt.plan.ApprovalStatus = "APPROVED"
    rt.plan.ReviewDate, rt.plan.ReviewTime, rt.plan.ReviewerName = "20240102", "101112", "TEST^REVIEWER"
    files = two_studies(rt.all, ct_series(1, study=RIGHT))
    (sentence,) = conflicts(tmp_path, files, moving(("study", WRONG.uid())))
    assert "approved" in sentence


def conflicts(folder: Path, files: Mapping[str, bytes | Dataset], intention: Intention) -> list[str]:
    with loaded(write_files(folder / "c", files)) as catalog:
        uid_map = derive(catalog, intention)
        with pytest.raises(DecisionNeeded) as raised:
            uid_map.require_decided()
        return list(raised.value.decisions)


def test_a_target_that_is_not_loaded_is_refused(tmp_path: Path) -> None:
    with (
        loaded(write_files(tmp_path / "s", numbered(ct_series(1, study=WRONG)))) as catalog,
        pytest.raises(UsageError, match=r"No loaded study has the UID 1\.2\.3"),
    ):
        derive(catalog, moving(study="1.2.3"))


def test_what_stands_there_already_is_refused(tmp_path: Path) -> None:
    files = two_studies(ct_series(1, study=WRONG), ct_series(2, study=RIGHT))
    (sentence,) = conflicts(tmp_path, files, moving())
    assert sentence.startswith("2 files selected already stand in the study")


@pytest.mark.parametrize("uid", ["", "1.2.03.4", "1.2.840.10008.1.2"])
def test_into_a_series_of_a_study_with_a_faulty_uid_nothing_goes(tmp_path: Path, uid: str) -> None:
    (target,) = ct_series(1, study=RIGHT)
    set_unchecked(target, "StudyInstanceUID", uid)
    files = two_studies(ct_series(1, study=WRONG), [target])
    intention = moving(("study", WRONG.uid()), series=str(target.SeriesInstanceUID))
    (sentence,) = conflicts(tmp_path, files, intention)
    assert (
        sentence
        == f"The UID “{uid}” of the study to move into is none that a file may bear: repair it first."
    )


def test_a_target_of_two_patients_is_refused(tmp_path: Path) -> None:
    target = ct_series(2, study=RIGHT)
    target[1].PatientID = "TEST-0009"
    files = two_studies(ct_series(1, study=WRONG), target)
    (sentence,) = conflicts(tmp_path, files, moving(("study", WRONG.uid())))
    assert "do not agree on PatientID" in sentence
    assert "TEST-0009" not in sentence


def test_names_and_times_that_differ_only_in_form_are_one(tmp_path: Path) -> None:
    target = ct_series(2, study=RIGHT)
    target[1].PatientName = "Test^Beta^^"
    target[1].StudyTime = "131415.000"
    _, (written,) = moved_into_study(ct_series(1, study=WRONG), target, tmp_path)
    assert str(written.PatientName).casefold().strip("^") == "test^beta"


def test_an_optional_attribute_that_the_target_leaves_open_is_not_taken_over(tmp_path: Path) -> None:
    target = ct_series(2, study=RIGHT)
    target[1].StudyDescription = "Another"
    outcome, (written,) = moved_into_study(ct_series(1, study=WRONG), target, tmp_path)
    assert "StudyDescription" not in written
    (note,) = [note for note in outcome.uid_map.notes if note.code == "target-leaves-open"]
    assert note.facts["attributes"] == "StudyDescription"


@pytest.mark.parametrize("keyword", ["Modality", "Laterality", "PatientPosition"])
def test_what_one_series_cannot_hold_is_refused(tmp_path: Path, keyword: str) -> None:
    moved, target = mr_like(WRONG), mr_like(RIGHT)
    setattr(moved[0], keyword, {"Modality": "MR", "Laterality": "L", "PatientPosition": "FFS"}[keyword])
    intention = moving(("study", WRONG.uid()), series=target[0].SeriesInstanceUID)
    (sentence,) = conflicts(tmp_path, two_studies(moved, target), intention)
    assert keyword in sentence
    assert "one series cannot hold both" in sentence


def mr_like(study: Study) -> list[Dataset]:
    (image,) = ct_series(1, study=study)
    image.Laterality = "R"
    return [image]


def test_other_equipment_and_another_frame_of_reference_are_told(tmp_path: Path) -> None:
    moved, target = ct_series(1, study=WRONG), ct_series(1, study=RIGHT)
    moved[0].Manufacturer = "Another Manufacturer"
    intention = moving(("study", WRONG.uid()), series=target[0].SeriesInstanceUID)
    outcome = carried_out(two_studies(moved, target), tmp_path, intention)
    (note,) = [note for note in outcome.uid_map.notes if note.code == "unusual-in-the-series"]
    assert note.facts["attributes"] == "Manufacturer, FrameOfReferenceUID"


def test_a_series_that_stands_in_two_studies_is_no_target(tmp_path: Path) -> None:
    (here,), (there,) = ct_series(1, study=RIGHT), ct_series(1, study=Study(3, patient_id="TEST-0002"))
    there.SeriesInstanceUID = here.SeriesInstanceUID
    files = two_studies(ct_series(1, study=WRONG), [here, there])
    sentences = conflicts(tmp_path, files, moving(("study", WRONG.uid()), series=str(here.SeriesInstanceUID)))
    assert any("stands in 2 studies" in sentence for sentence in sentences)


@pytest.mark.parametrize("what", ["concatenation", "pyramid"])
def test_a_part_of_a_whole_is_not_moved_alone(tmp_path: Path, what: str) -> None:
    objects = concatenation(3, study=WRONG) if what == "concatenation" else whole_slide_pyramid(study=WRONG)
    files = two_studies(objects, ct_series(1, study=RIGHT))
    (sentence,) = conflicts(tmp_path, files, moving(("file", "m0.dcm")))
    assert f"files of the {what}" in sentence


def test_a_target_that_another_step_renames_is_refused(tmp_path: Path) -> None:
    files = two_studies(ct_series(1, study=WRONG), ct_series(1, study=RIGHT))
    third = {"x.dcm": ct_series(1, study=Study(3))[0]}
    with loaded(write_files(tmp_path / "s", files | third)) as catalog:
        away = moving(("study", RIGHT.uid()), study=Study(3).uid())
        uid_map = derive(catalog, moving(("study", WRONG.uid())), away)
        assert "target-changes" in {note.code for note in uid_map.conflicts}


def test_a_part_of_a_study_leaves_the_rest_where_it_is(tmp_path: Path) -> None:
    images = ct_series(3, study=WRONG)
    mip = mip_in_source_series(images)
    files = two_studies([*images, mip], ct_series(1, study=RIGHT))
    outcome = carried_out(files, tmp_path, moving(("file", "m3.dcm")))
    written = outcome.dataset("m3.dcm")
    assert [item.ReferencedSOPInstanceUID for item in written.SourceImageSequence] == [
        image.SOPInstanceUID for image in images
    ]
    entries = {entry.kind: entry for entry in outcome.uid_map.entries()}
    assert entries["study"].scope == entries["series"].scope == "occurrences"


def test_the_same_plan_gives_the_same_map(tmp_path: Path) -> None:
    source = write_files(tmp_path / "s", two_studies(ct_series(2, study=WRONG), ct_series(2, study=RIGHT)))
    intention = moving(("study", WRONG.uid()))
    issued = IssuedUids()
    with loaded(source) as catalog:
        first, second = (list(derive(catalog, intention, issued=issued).entries()) for _ in range(2))
        assert first == second


TEXT = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_characters="\\^=\x7f"), max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=TEXT,
    own=st.sampled_from(["", "ISO_IR 100", "ISO_IR 101", "ISO_IR 192"]),
    comment=st.sampled_from(["plain", "größer"]),
)
def test_text_is_what_the_target_says_or_nothing_is_written(
    tmp_path: Path, text: str, own: str, comment: str
) -> None:
    (moved,), (target,) = ct_series(1, study=WRONG), ct_series(1, study=RIGHT)
    if own:
        moved.SpecificCharacterSet = own
        moved.ImageComments = comment
    else:
        comment = moved.ImageComments = "plain"
    target.SpecificCharacterSet = "ISO_IR 192"
    target.StudyDescription = text.strip()
    source = write_files(tmp_path / f"s{len(list(tmp_path.iterdir()))}", two_studies([moved], [target]))
    with loaded(source) as catalog:
        uid_map = derive(catalog, moving(("study", WRONG.uid())))
        try:
            written = carry_out(catalog, uid_map, tmp_path).dataset("m0.dcm")
        except UsageError:
            assert comment == "größer"
            assert own != "ISO_IR 192"
            return
    assert written.get("StudyDescription", "") == text.strip()
    assert written.ImageComments == comment


def changes(structure_of: Outcome, folder: Path, name: str) -> dict[str, tuple[str, str, str]]:
    with open_window(str(folder / name)) as window:
        told = file_changes(parse_structure(window), structure_of.edits[name])
    return {change.path: (change.before, change.after, change.reason) for change in told}


def test_the_preview_shows_what_is_taken_over_in_either_character_set(tmp_path: Path) -> None:
    (moved,), (target,) = ct_series(1, study=WRONG), ct_series(1, study=RIGHT)
    moved.SpecificCharacterSet, moved.PatientName = "ISO_IR 100", "MÜLLER^TEST"
    moved.PregnancyStatus = 1
    target.SpecificCharacterSet, target.PatientName = "ISO_IR 126", "ΤΕΣΤ^ΒΗΤΑ"
    target.PregnancyStatus = 4
    del target.StudyDescription
    outcome, _ = moved_into_study([moved], [target], tmp_path)
    source = next(path for path in tmp_path.iterdir() if path.name.startswith("source"))
    shown = changes(outcome, source, "m0.dcm")
    assert shown["PatientName"] == ("MÜLLER^TEST", "ΤΕΣΤ^ΒΗΤΑ", "taken-over")
    assert shown["PregnancyStatus"] == ("1", "4", "taken-over")
    assert shown["StudyDescription"] == ("Test study", "", "taken-over")


def test_the_tree_shows_where_things_go(tmp_path: Path) -> None:
    source = write_files(tmp_path / "s", two_studies(ct_series(2, study=WRONG), ct_series(1, study=RIGHT)))
    with loaded(source) as catalog:
        uid_map = derive(catalog, moving(("study", WRONG.uid())))
        told = tree_changes(catalog, uid_map)
        patients = {row.patient_id: row for row in children(catalog, ROOT)}  # type: ignore[union-attr]
        (wrong,) = children(catalog, patients[WRONG.patient_id].node)
        (right,) = children(catalog, patients[RIGHT.patient_id].node)
        assert told.new_uids(catalog, wrong, None) == (RIGHT.uid(),)
        assert told.new_uids(catalog, right, None) == ()
        assert told.changed.at(wrong.node) == 2
        for entry in uid_map.entries():
            assert file_of_entry(catalog, uid_map, entry) is not None
