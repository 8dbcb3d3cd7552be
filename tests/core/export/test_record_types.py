"""Which record of a DICOMDIR lists an object: held against pydicom's table, and the names of the classes."""

from __future__ import annotations

import pytest
from pydicom._uid_dict import UID_dictionary
from pydicom.fileset import _FOUR_LEVEL_SOP_CLASSES, _SINGLE_LEVEL_SOP_CLASSES

from uidscope.core.export.media.record_types import SINGLE_LEVEL, record_type

_OF_NAMES = {
    "Presentation State Storage": "PRESENTATION",
    "Waveform Storage": "WAVEFORM",
    "SR Storage": "SR DOCUMENT",
    "RT Plan Storage": "RT PLAN",
    "RT Ion Plan Storage": "RT PLAN",
    "RT Brachy Application Setup Delivery Instruction Storage": "PLAN",
    "RT Beams Delivery Instruction Storage": "PLAN",
    "Encapsulated PDF Storage": "ENCAP DOC",
    "Encapsulated CDA Storage": "ENCAP DOC",
    "Encapsulated STL Storage": "ENCAP DOC",
    "Encapsulated OBJ Storage": "ENCAP DOC",
    "Encapsulated MTL Storage": "ENCAP DOC",
    "RT Physician Intent Storage": "RADIOTHERAPY",
    "RT Segment Annotation Storage": "RADIOTHERAPY",
    "RT Radiation Set Storage": "RADIOTHERAPY",
    "C-Arm Photon-Electron Radiation Storage": "RADIOTHERAPY",
    "Tomotherapeutic Radiation Storage": "RADIOTHERAPY",
    "Robotic-Arm Radiation Storage": "RADIOTHERAPY",
    "RT Radiation Record Set Storage": "RADIOTHERAPY",
    "RT Radiation Salvage Record Storage": "RADIOTHERAPY",
    "Tomotherapeutic Radiation Record Storage": "RADIOTHERAPY",
    "C-Arm Photon-Electron Radiation Record Storage": "RADIOTHERAPY",
    "Robotic Radiation Record Storage": "RADIOTHERAPY",
    "RT Radiation Set Delivery Instruction Storage": "RADIOTHERAPY",
    "RT Treatment Preparation Storage": "RADIOTHERAPY",
    "RT Patient Position Acquisition Instruction Storage": "RADIOTHERAPY",
}


@pytest.mark.parametrize(
    ("class_uid", "expected"),
    [(str(uid), type_) for uid, type_ in {**_FOUR_LEVEL_SOP_CLASSES, **_SINGLE_LEVEL_SOP_CLASSES}.items()],
)
def test_a_class_has_the_record_that_pydicom_gives_it(class_uid: str, expected: str) -> None:
    assert record_type(class_uid, has_pixels=False) == expected


@pytest.mark.parametrize(
    ("class_uid", "expected"),
    [
        (uid, expected)
        for uid, (name, type_, _, retired, _) in UID_dictionary.items()
        for end, expected in _OF_NAMES.items()
        if name.endswith(end) and type_ == "SOP Class" and not retired
    ],
)
def test_classes_of_a_kind_have_the_record_of_the_kind(class_uid: str, expected: str) -> None:
    assert record_type(class_uid, has_pixels=False) == expected


def test_the_records_below_the_root_are_those_of_objects_without_a_patient() -> None:
    assert frozenset(_SINGLE_LEVEL_SOP_CLASSES.values()) == SINGLE_LEVEL


@pytest.mark.parametrize(
    ("class_uid", "has_pixels", "expected"),
    [
        ("1.2.840.10008.5.1.4.1.1.2", False, "IMAGE"),  # what should have pixels
        ("1.2.840.10008.5.1.4.1.1.66.4", True, "IMAGE"),  # a segmentation, no "Image Storage" by its name
        ("1.2.840.10008.5.1.4.1.1.66.4", False, None),
        ("1.2.840.10008.5.1.4.1.1.66", True, "RAW DATA"),  # a record of its own comes first
        ("1.2.3.4", True, None),  # a private class
        ("", True, None),
    ],
)
def test_what_has_no_record_of_its_own_is_an_image_where_it_has_pixels(
    class_uid: str, has_pixels: bool, expected: str | None
) -> None:
    found = record_type(class_uid, has_pixels=has_pixels)
    # The record of an image wins over that of the class only where the class has none.
    assert found == expected
