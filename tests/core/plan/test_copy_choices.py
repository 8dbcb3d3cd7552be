"""What a copy takes along of the order and the performed step of its original: each kept or emptied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import UID

from tests.builders import Study, ct_series, key_object, sr
from tests.core.plan.carried_out import Outcome, carried_out, selecting
from uidscope.core.errors import UsageError
from uidscope.core.plan.copy_choices import COPY_QUESTIONS, KEEP_ALL, CopyChoices, emptying

PERFORMED_STEP = UID("1.2.840.10008.3.1.2.3.3")


def request(accession: str) -> Dataset:
    item = Dataset()
    item.AccessionNumber = accession
    issuer = Dataset()
    issuer.LocalNamespaceEntityID = "RIS"
    item.IssuerOfAccessionNumberSequence = [issuer]
    item.RequestedProcedureID = "RP1"
    item.StudyInstanceUID = Study().uid()
    return item


def ordered_image() -> Dataset:
    (image,) = ct_series(1)
    image.RequestAttributesSequence = [request("ACC"), request("ACC")]
    issuer = Dataset()
    issuer.LocalNamespaceEntityID = "RIS"
    image.IssuerOfAccessionNumberSequence = [issuer]
    image.RequestedProcedureDescription = "CT of the chest"
    image.FillerOrderNumberImagingServiceRequest = "F1"
    image.ReasonForVisit = "cough"
    step = Dataset()
    step.ReferencedSOPClassUID, step.ReferencedSOPInstanceUID = PERFORMED_STEP, UID("1.2.826.1")
    image.ReferencedPerformedProcedureStepSequence = [step]
    image.PerformedProcedureStepID = "PPS1"
    image.PerformedProcedureStepStartDate = "20240102"
    image.PerformedProcedureStepStartTime = "101112"
    image.PerformedProcedureStepDescription = "CT"
    return image


def copied(
    datasets: Sequence[Dataset], folder: Path, choices: CopyChoices = KEEP_ALL
) -> tuple[Outcome, list[Dataset]]:
    outcome = carried_out(datasets, folder, selecting("copy", choices=choices))
    return outcome, [outcome.dataset(name) for name in outcome.files]


def codes(outcome: Outcome) -> set[str]:
    return {note.code for note in outcome.uid_map.notes}


def test_by_itself_a_copy_keeps_all_and_says_so(tmp_path: Path) -> None:
    outcome, (written,) = copied([ordered_image()], tmp_path)
    assert written.AccessionNumber == "ACC0001"
    assert written.StudyID == "1"
    assert written.RequestAttributesSequence[0].RequestedProcedureID == "RP1"
    assert written.PerformedProcedureStepID == "PPS1"
    assert codes(outcome) >= {"accession-kept", "request-kept", "performed-step-kept"}


def test_the_accession_number_is_emptied_wherever_it_stands(tmp_path: Path) -> None:
    outcome, (written,) = copied([ordered_image()], tmp_path, emptying(["accession"]))
    assert written["AccessionNumber"].value == ""
    assert "IssuerOfAccessionNumberSequence" not in written
    for item in written.RequestAttributesSequence:
        assert "AccessionNumber" not in item
        assert "IssuerOfAccessionNumberSequence" not in item
        assert item.RequestedProcedureID == "RP1"
    assert (written.StudyID, written.PerformedProcedureStepID) == ("1", "PPS1")
    assert "accession-kept" not in codes(outcome)


def test_the_study_id_is_emptied(tmp_path: Path) -> None:
    _, (written,) = copied([ordered_image()], tmp_path, emptying(["study-id"]))
    assert written["StudyID"].value == ""
    assert written.AccessionNumber == "ACC0001"


def test_the_request_is_taken_away_and_the_visit_stays(tmp_path: Path) -> None:
    outcome, (written,) = copied([ordered_image()], tmp_path, emptying(["request"]))
    for keyword in (
        "RequestAttributesSequence",
        "RequestedProcedureDescription",
        "FillerOrderNumberImagingServiceRequest",
    ):
        assert keyword not in written
    assert written.ReasonForVisit == "cough"
    assert written.AccessionNumber == "ACC0001"
    assert "request-kept" not in codes(outcome)


def test_the_performed_step_is_no_longer_named_and_what_was_done_stays(tmp_path: Path) -> None:
    outcome, (written,) = copied([ordered_image()], tmp_path, emptying(["performed-step"]))
    for keyword in (
        "ReferencedPerformedProcedureStepSequence",
        "PerformedProcedureStepID",
        "PerformedProcedureStepStartDate",
        "PerformedProcedureStepStartTime",
    ):
        assert keyword not in written
    assert written.PerformedProcedureStepDescription == "CT"
    assert "performed-step-kept" not in codes(outcome)


def test_a_document_keeps_an_empty_reference_to_the_step_and_an_empty_accession_number(
    tmp_path: Path,
) -> None:
    images = ct_series(1)
    documents = [sr(images), key_object(images)]
    step = Dataset()
    step.ReferencedSOPClassUID, step.ReferencedSOPInstanceUID = PERFORMED_STEP, UID("1.2.826.1")
    for document in documents:
        document.ReferencedPerformedProcedureStepSequence = [step]
    asked = request("ACC")
    asked.ReferencedStudySequence = []
    documents[0].ReferencedRequestSequence = [asked]
    _, written = copied([*images, *documents], tmp_path, emptying(["performed-step", "accession"]))
    for each in written[1:]:
        assert list(each.ReferencedPerformedProcedureStepSequence) == []
    (item,) = written[1].ReferencedRequestSequence
    assert item["AccessionNumber"].value == ""
    _, written = copied([*images, *documents], tmp_path, emptying(["request"]))
    assert "ReferencedRequestSequence" not in written[1]


def test_everything_may_go_at_once(tmp_path: Path) -> None:
    _, (written,) = copied([ordered_image()], tmp_path, emptying(COPY_QUESTIONS))
    assert written["AccessionNumber"].value == written["StudyID"].value == ""
    assert "RequestAttributesSequence" not in written
    assert written.PixelData == ordered_image().PixelData


def test_only_a_copy_is_asked(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="“copy” only"):
        selecting("instances", choices=emptying(["accession"]))


def test_another_word_is_refused() -> None:
    with pytest.raises(UsageError, match="“patient” cannot be emptied"):
        emptying(["accession", "patient"])
