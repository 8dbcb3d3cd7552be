"""What an attribute is about, by the IOD of the object it stands in."""

from __future__ import annotations

import pytest
from pydicom.datadict import tag_for_keyword

from uidscope.core.uid.attribute_levels import ATTRIBUTE_LEVELS, attribute_level

CT = "1.2.840.10008.5.1.4.1.1.2"
PT = "1.2.840.10008.5.1.4.1.1.128"
DX = "1.2.840.10008.5.1.4.1.1.1.1"
UNKNOWN_CLASS = "1.3.6.1.4.1.32473.1"


def level(keyword: str, sop_class_uid: str = CT) -> str:
    tag = tag_for_keyword(keyword)
    assert tag is not None
    return attribute_level(tag, sop_class_uid)


@pytest.mark.parametrize(
    ("keyword", "expected"),
    [
        ("PatientName", "patient"),
        ("PatientIdentityRemoved", "patient"),
        ("PatientAge", "study"),
        ("AccessionNumber", "study"),
        ("StudyInstanceUID", "study"),
        ("AdmittingDate", "study"),
        ("SeriesInstanceUID", "series"),
        ("Modality", "series"),
        ("Manufacturer", "equipment"),
        ("DeviceUID", "equipment"),
        ("RequestAttributesSequence", "request"),
        ("PerformedProcedureStepStartDate", "request"),
        ("ReferencedPerformedProcedureStepSequence", "request"),
        ("RequestedProcedureDescription", "request"),
        ("RetrieveAETitle", "storage"),
        ("InstanceAvailability", "storage"),
        ("StorageMediaFileSetUID", "storage"),
        ("IconImageSequence", "storage"),
        ("OriginalAttributesSequence", "history"),
        ("InstanceCoercionDateTime", "history"),
        ("ContributingEquipmentSequence", "history"),
        ("WindowCenter", "instance"),
        ("InstanceNumber", "instance"),
        ("ImageType", "instance"),
        ("FrameOfReferenceUID", "instance"),
        ("AcquisitionContextSequence", "instance"),
        ("EntranceDose", "instance"),
        ("SOPClassUID", "instance"),
    ],
)
def test_levels_of_a_ct_image(keyword: str, expected: str) -> None:
    assert level(keyword) == expected


def test_the_iod_decides() -> None:
    assert level("ConvolutionKernel", CT) == "instance"
    assert level("ConvolutionKernel", PT) == "series"
    assert level("PatientPosition", CT) == "series"
    assert level("PatientPosition", DX) == "instance"


def test_of_a_class_without_iod_only_what_none_defines_for_images_is_shared() -> None:
    assert level("PatientPosition", UNKNOWN_CLASS) == "instance"
    assert level("SeriesNumber", UNKNOWN_CLASS) == "series"


def test_private_elements_are_private_in_every_group() -> None:
    for tag in (0x0009_0010, 0x0011_1001, 0x7FE1_1010):
        assert attribute_level(tag, CT) == "private"


def test_every_level_is_one_of_the_list() -> None:
    assert {attribute_level(tag << 16 | 0x10, CT) for tag in range(0x08, 0x90)} <= set(ATTRIBUTE_LEVELS)
