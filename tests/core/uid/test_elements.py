"""What each UI element identifies, and what a reference refers to."""

from __future__ import annotations

import csv
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom._dicom_dict import DicomDictionary

from uidscope.core.errors import UsageError
from uidscope.core.uid.dictionary import ui_tags
from uidscope.core.uid.elements import (
    identity_kind,
    is_class_or_type,
    reference_kind,
    treatment,
    ui_element,
    ui_element_by_keyword,
)

SOP_INSTANCE, SERIES, STUDY, FRAME = 0x00080018, 0x0020000E, 0x0020000D, 0x00200052
INTENTIONS = ("instances", "derived-series", "copy", "pseudonymous")
TREATMENTS = {
    "new",
    "keep",
    "follow",
    "new-if-closed",
    "new-if-whole",
    "own",
    "encoder",
    "own-or-drop",
    "drop",
    "drop-with-its-item",
}
OTHER_PARENTS = {
    "ReferencedPerformedProcedureStepSequence",
    "ReferencedPatientSequence",
    "ReferencedVisitSequence",
    "InstanceLevelReferencedPerformedProcedureStepSequence",
    "HL7StructuredDocumentReferenceSequence",
    "ReplacedProcedureStepSequence",
    "ReferencedFilmBoxSequence",
    "ReferencedFilmSessionSequence",
    "ReferencedImageBoxSequence",
    "ReferencedBasicAnnotationBoxSequence",
    "ReferencedPresentationLUTSequence",
}
STUDY_PARENTS = {"ReferencedStudySequence", "RTReferencedStudySequence"}

with (pathlib.Path(__file__).parent / "data" / "reference_paths.csv").open(
    encoding="utf-8", newline=""
) as _file:
    REFERENCE_PATHS = [(row["path"], row["leaf"]) for row in csv.DictReader(_file)]


def test_every_ui_element_is_in_the_table() -> None:
    for tag in ui_tags():
        element = ui_element(tag)
        assert element is not None
        _, vm, _, _, keyword = DicomDictionary[tag]
        assert (element.tag, element.keyword, element.vm) == (tag, keyword, vm)
        assert element.multiple_allowed == (vm != "1")
        assert ui_element_by_keyword(keyword) is element
        assert all(treatment(tag, intention) in TREATMENTS for intention in INTENTIONS)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        (SOP_INSTANCE, ("new", "new", "new", "new")),
        (SERIES, ("keep", "new", "new", "new")),
        (STUDY, ("keep", "keep", "new", "new")),
        (FRAME, ("keep", "keep", "new-if-closed", "new")),
        (0x00080016, ("keep",) * 4),
        (0x00081155, ("follow",) * 4),
        (0x00020012, ("own",) * 4),
        (0x00020010, ("encoder",) * 4),
        (0x00080014, ("own-or-drop",) * 4),
        (0x00081195, ("drop",) * 4),
        (0x04000100, ("drop-with-its-item",) * 4),
        (0x00209161, ("new-if-whole", "new-if-whole", "new-if-whole", "new")),
        (0x00291101, ("follow",) * 4),
        (0x00100010, ("follow",) * 4),
    ],
)
def test_an_intention_treats_each_element_by_the_table(tag: int, expected: tuple[str, ...]) -> None:
    assert tuple(treatment(tag, intention) for intention in INTENTIONS) == expected


@pytest.mark.parametrize("tag", [SOP_INSTANCE, 0x00291101])
def test_an_unknown_intention_is_refused(tag: int) -> None:
    with pytest.raises(UsageError):
        treatment(tag, "rename")


def test_classes_and_types_never_get_a_new_value() -> None:
    classes = {tag for tag in ui_tags() if is_class_or_type(tag)}
    assert len(classes) == 36
    assert {0x00080016, 0x00020010, 0x0008010C, 0x0040E011} <= classes
    for tag in classes:
        element = ui_element(tag)
        assert element is not None
        assert not element.defines_entity
        assert {treatment(tag, intention) for intention in INTENTIONS} <= {"keep", "own", "encoder", "drop"}
    assert not is_class_or_type(SOP_INSTANCE)
    assert not is_class_or_type(0x00291101)


def test_only_elements_that_define_an_entity_get_new_values() -> None:
    for tag in ui_tags():
        element = ui_element(tag)
        assert element is not None
        new = {treatment(tag, intention) for intention in INTENTIONS} & {
            "new",
            "new-if-closed",
            "new-if-whole",
        }
        assert bool(new) == element.defines_entity


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        (SOP_INSTANCE, "instance"),
        (SERIES, "series"),
        (STUDY, "study"),
        (FRAME, "frame_of_reference"),
        (0x300A0675, "frame_of_reference"),
        (0x00081155, "instance"),
        (0x00209161, "concatenation"),
        (0x00080016, None),
        (0x0040A124, None),
        (0x00291101, None),
    ],
)
def test_a_value_names_a_kind_of_entity(tag: int, kind: str | None) -> None:
    assert identity_kind(tag, nested=False) == kind
    assert identity_kind(tag, nested=True) == kind


def test_file_meta_names_nothing_inside_an_item() -> None:
    assert identity_kind(0x00020003, nested=False) == "instance"
    assert identity_kind(0x00020003, nested=True) is None


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("SOPInstanceUID", None),
        ("StudyInstanceUID", None),
        ("SeriesInstanceUID", None),
        ("FrameOfReferenceUID", None),
        ("SOPClassUID", None),
        ("SynchronizationFrameOfReferenceUID", None),
        ("meta.MediaStorageSOPInstanceUID", None),
        ("DirectoryRecordSequence[].ReferencedSOPInstanceUIDInFile", None),
        ("DirectoryRecordSequence[].StudyInstanceUID", None),
        ("ReferencedImageSequence[].ReferencedSOPInstanceUID", "instance"),
        ("ReferencedImageSequence[].ReferencedSOPClassUID", None),
        ("ReferencedImageSequence[].ReferencedSOPInstanceUID(2)", "instance"),
        ("FailedSOPInstanceUIDList(2)", "instance"),
        ("SOPInstanceUIDOfConcatenationSource", "instance"),
        ("FrameExtractionSequence[].MultiFrameSourceSOPInstanceUID", "instance"),
        ("ReferencedStudySequence[].ReferencedSOPInstanceUID", "study"),
        ("RequestAttributesSequence[].ReferencedStudySequence[].ReferencedSOPInstanceUID", "study"),
        (
            "ReferencedFrameOfReferenceSequence[].RTReferencedStudySequence[].ReferencedSOPInstanceUID",
            "study",
        ),
        (
            "ReferencedFrameOfReferenceSequence[].RTReferencedStudySequence[].RTReferencedSeriesSequence[]"
            ".ContourImageSequence[].ReferencedSOPInstanceUID",
            "instance",
        ),
        ("ReferencedPerformedProcedureStepSequence[].ReferencedSOPInstanceUID", "other"),
        ("ReferencedPatientSequence[].ReferencedSOPInstanceUID", "other"),
        ("ReferencedVisitSequence[].ReferencedSOPInstanceUID", "other"),
        ("ReferencedSeriesSequence[].SeriesInstanceUID", "series"),
        ("4453100C[].StudyInstanceUID", "study"),
        (
            "4453100C[].ReferencedSeriesSequence[].ReferencedSOPSequence[].ReferencedSOPInstanceUID",
            "instance",
        ),
        ("00291101[].SOPInstanceUID", "instance"),
        ("00291101[].00291102", None),
        ("ReferencedFrameOfReferenceSequence[].FrameOfReferenceUID", "frame_of_reference"),
        ("StructureSetROISequence[].ReferencedFrameOfReferenceUID", "frame_of_reference"),
        ("EquipmentFrameOfReferenceUID", "frame_of_reference"),
        ("VolumeFrameOfReferenceUID", "frame_of_reference"),
        ("", None),
    ],
)
def test_a_reference_is_what_its_path_says(pattern: str, kind: str | None) -> None:
    assert reference_kind(pattern) == kind


@pytest.mark.parametrize(("path", "leaf"), REFERENCE_PATHS)
def test_every_reference_of_the_module_tables_has_a_kind(path: str, leaf: str) -> None:
    sequences = [] if path == "(top level)" else path.split(">")
    pattern = "".join(f"{sequence}[]." for sequence in sequences) + leaf
    parent = sequences[-1] if sequences else ""
    if parent == "DirectoryRecordSequence":
        expected = None
    elif parent in STUDY_PARENTS:
        expected = "study"
    else:
        expected = "other" if parent in OTHER_PARENTS else "instance"
    assert reference_kind(pattern) == expected


@given(st.text(max_size=60))
def test_any_text_may_be_asked_about(text: str) -> None:
    assert reference_kind(text) in (None, "instance", "series", "study", "frame_of_reference", "other")
