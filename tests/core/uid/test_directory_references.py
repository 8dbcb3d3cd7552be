"""The records of a DICOMDIR and the file meta name files, and refer to nothing."""

from __future__ import annotations

import pytest

from uidscope.core.uid.elements import reference_kind


@pytest.mark.parametrize(
    "pattern",
    [
        "meta.MediaStorageSOPInstanceUID",
        "meta.PrivateSequence[].ReferencedSOPInstanceUID",
        "DirectoryRecordSequence[].ReferencedSOPInstanceUID",
        "DirectoryRecordSequence[].ContentSequence[].ReferencedSOPInstanceUID",
        "DirectoryRecordSequence[].StudyInstanceUID",
        "SOPInstanceUID",
    ],
)
def test_no_reference(pattern: str) -> None:
    assert reference_kind(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("ReferencedImageSequence[].ReferencedSOPInstanceUID", "instance"),
        ("ReferencedImageSequence[].ReferencedSOPInstanceUID(2)", "instance"),
        ("ContentSequence[].DirectoryRecordSequence[].ReferencedSOPInstanceUID", "instance"),
        ("ReferencedSeriesSequence[].SeriesInstanceUID", "series"),
        ("ReferencedStudySequence[].ReferencedSOPInstanceUID", "study"),
        ("RTReferencedStudySequence[].StudyInstanceUID", "study"),
        ("ReferencedFrameOfReferenceSequence[].FrameOfReferenceUID", "frame_of_reference"),
    ],
)
def test_a_reference(pattern: str, kind: str) -> None:
    assert reference_kind(pattern) == kind
