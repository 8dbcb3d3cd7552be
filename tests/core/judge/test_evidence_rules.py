"""ENT-54 and ENT-55: the lists of references that an object carries."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from pydicom.dataset import FileDataset

from tests.builders import ct_series, encoded, key_object, presentation_state, registration, rt_set, seg, sr
from tests.core.judge.scene import MR, ROOT, SERIES, SR, an_object, instance, judged, reference
from uidscope.core.read.read_file import read_file
from uidscope.core.read.record import FileRecord, RawReference

STORAGE = "1.2.840.10008.5.1.4.1.1"
KO, TRIAL, REG, SEG, SLIDE, PR = (
    f"{STORAGE}.{end}" for end in ("88.59", "88.4", "66.1", "66.4", "77.1.6", "11.1")
)
CONTENT = "ContentSequence[].ReferencedSOPSequence[].ReferencedSOPInstanceUID"
_EVIDENCE = "ReferencedSeriesSequence[].ReferencedSOPSequence[].ReferencedSOPInstanceUID"
CURRENT = f"CurrentRequestedProcedureEvidenceSequence[].{_EVIDENCE}"
OTHER = f"PertinentOtherEvidenceSequence[].{_EVIDENCE}"
LIST = "ReferencedSeriesSequence[].ReferencedInstanceSequence[].ReferencedSOPInstanceUID"
_SOURCE = "DerivationImageSequence[].SourceImageSequence[].ReferencedSOPInstanceUID"
DERIVATION = f"PerFrameFunctionalGroupsSequence[].{_SOURCE}"
REGISTERED = "RegistrationSequence[].ReferencedImageSequence[].ReferencedSOPInstanceUID"


def images(count: int = 3) -> list[FileRecord]:
    return [an_object(f"image-{number}", instance(number)) for number in range(count)]


def about(class_uid: str, *references: RawReference, path: str = "about", number: int = 99) -> FileRecord:
    return an_object(
        path, instance(number), references=references, SOPClassUID=class_uid, SeriesInstanceUID=f"{ROOT}.5"
    )


def in_list(number: int, pattern: str = CURRENT) -> RawReference:
    return reference(instance(number), pattern, series_uid=SERIES)


@pytest.mark.parametrize("class_uid", [SR, KO])
def test_a_document_that_names_what_its_evidence_lacks(class_uid: str) -> None:
    named = [*(reference(instance(number), CONTENT) for number in range(3)), in_list(0)]
    found = judged([*images(), about(class_uid, *named)])
    finding = found.one("ENT-54")
    assert (finding.severity, finding.level, finding.uid) == ("warning", "series", f"{ROOT}.5")
    assert finding.path == CONTENT
    assert (finding.facts["references"], finding.facts["target_series"]) == (2, SERIES)
    assert finding.facts["examples"] == (instance(1), instance(2))
    assert found.files(finding) == {"about"}


@pytest.mark.parametrize("listed", [CURRENT, OTHER])
def test_a_document_whose_evidence_lists_all(listed: str) -> None:
    named = [reference(instance(0), CONTENT), in_list(0, listed)]
    assert "ENT-54" not in judged([*images(), about(SR, *named)]).codes()


def test_the_evidence_of_another_document_does_not_help() -> None:
    records = [
        about(SR, reference(instance(0), CONTENT)),
        about(SR, in_list(0), path="other", number=98),
    ]
    found = judged([*images(), *records])
    assert found.files(found.one("ENT-54")) == {"about"}


def test_what_stands_elsewhere_in_a_document_needs_no_evidence() -> None:
    named = reference(instance(0), "ReferencedInstanceSequence[].ReferencedSOPInstanceUID")
    assert "ENT-54" not in judged([*images(), about(SR, named)]).codes()


@pytest.mark.parametrize("class_uid", [REG, SLIDE])
def test_an_object_that_must_have_a_list_of_references(class_uid: str) -> None:
    found = judged([*images(), about(class_uid, reference(instance(0), REGISTERED), in_list(1, LIST))])
    assert found.one("ENT-54").facts["examples"] == (instance(0),)
    listed = about(class_uid, reference(instance(0), REGISTERED), in_list(0, LIST))
    assert "ENT-54" not in judged([*images(), listed]).codes()


def test_a_segmentation_must_list_what_its_frames_derive_from() -> None:
    assert "ENT-54" in judged([*images(), about(SEG, reference(instance(0), DERIVATION))]).codes()
    elsewhere = reference(instance(0), "ReferencedImageSequence[].ReferencedSOPInstanceUID")
    assert "ENT-54" not in judged([*images(), about(SEG, elsewhere)]).codes()


@pytest.mark.parametrize("class_uid", [MR, PR, TRIAL, f"{ROOT}.7"])
def test_objects_that_need_no_list(class_uid: str) -> None:
    named = [reference(instance(0), pattern) for pattern in (CONTENT, DERIVATION, REGISTERED)]
    assert "ENT-54" not in judged([*images(), about(class_uid, *named)]).codes()


@pytest.mark.parametrize(
    "named",
    [
        reference(instance(7), "SourceImageSequence[].ReferencedSOPInstanceUID", purpose="121320"),
        reference(instance(7), "SOPInstanceUIDOfConcatenationSource"),
        reference(instance(7), "OriginalAttributesSequence[].ReferencedSOPInstanceUID"),
        reference(instance(7), "00291101[].ReferencedSOPInstanceUID"),
        reference("1.2.840.10008.1.5.1", "ReferencedColorPaletteInstanceUID"),
    ],
)
def test_what_nobody_would_retrieve_needs_not_be_listed(named: RawReference) -> None:
    assert "ENT-54" not in judged([about(SLIDE, named)]).codes()


def test_an_instance_in_both_lists_of_evidence() -> None:
    named = [in_list(0), in_list(1), in_list(1, OTHER), in_list(2, OTHER)]
    found = judged([*images(), about(SR, *named)])
    finding = found.one("ENT-55")
    assert (finding.severity, finding.level, finding.path) == ("error", "series", CURRENT)
    assert (finding.facts["examples"], finding.facts["target_series"]) == ((instance(1),), SERIES)


def test_lists_of_evidence_that_share_nothing() -> None:
    records = [
        about(SR, in_list(0), in_list(1, OTHER)),
        about(SR, in_list(0, OTHER), path="other", number=98),
    ]
    assert "ENT-55" not in judged([*images(), *records]).codes()


def record_of(dataset: FileDataset, file: Path) -> FileRecord:
    file.write_bytes(encoded(dataset))
    read = read_file(0, file.name, str(file))
    assert isinstance(read, FileRecord)
    return read


def test_built_objects_without_their_lists(tmp_path: Path) -> None:
    """The same as the reader sees it: each object is right until its list is taken away."""
    ct, moving = ct_series(2), ct_series(2, series_number=3, frame_of_reference=2)
    about_them = [
        (sr(ct), "CurrentRequestedProcedureEvidenceSequence"),
        (key_object(ct), "CurrentRequestedProcedureEvidenceSequence"),
        (seg(ct), "ReferencedSeriesSequence"),
        (registration(ct, moving), "ReferencedSeriesSequence"),
    ]
    targets = [record_of(image, tmp_path / f"{number}") for number, image in enumerate([*ct, *moving])]
    for dataset, list_of_references in about_them:
        assert "ENT-54" not in judged([*targets, record_of(dataset, tmp_path / "whole")]).codes()
        bare = copy.deepcopy(dataset)
        del bare[list_of_references]
        found = judged([*targets, record_of(bare, tmp_path / "bare")])
        assert {path for finding in found.of("ENT-54") for path in found.files(finding)} == {"bare"}
    for dataset in (presentation_state(ct), rt_set(2, images=ct).structure_set):
        assert "ENT-54" not in judged([*targets, record_of(dataset, tmp_path / "other")]).codes()
