"""Which attributes are a patient's, a study's, a series's or a device's, IOD by IOD."""

from __future__ import annotations

import pytest
from pydicom.datadict import dictionary_VR, keyword_for_tag

from uidscope.core.uid.entity_attributes import (
    all_entity_attributes,
    entity_attributes,
    hierarchy_attributes,
)
from uidscope.core.uid.resource_files import read_table

CT, MR, CR, DX, PT, SEG, RTSTRUCT = (
    f"1.2.840.10008.5.1.4.1.1.{branch}" for branch in ("2", "4", "1", "1.1", "128", "66.4", "481.3")
)


@pytest.mark.parametrize(
    ("class_uid", "keyword", "entity", "type_"),
    [
        (CT, "PatientName", "patient", "2"),
        (CT, "StudyDate", "study", "2"),
        (CT, "SeriesNumber", "series", "2"),
        (SEG, "SeriesNumber", "series", "1"),
        (CT, "Manufacturer", "equipment", "2"),
        (SEG, "Manufacturer", "equipment", "1"),
        (CR, "BodyPartExamined", "series", "2"),
        (CT, "BodyPartExamined", "series", "3"),
        (DX, "PresentationIntentType", "series", "1"),
        (PT, "SeriesDate", "series", "1"),
        (RTSTRUCT, "OperatorsName", "series", "2"),
        (CT, "PositionReferenceIndicator", "frame", "2"),
    ],
)
def test_an_attribute_has_an_entity_and_its_strictest_type(
    class_uid: str, keyword: str, entity: str, type_: str
) -> None:
    attribute = entity_attributes(class_uid)[keyword]
    assert (attribute.entity, attribute.type) == (entity, type_)


@pytest.mark.parametrize(
    ("class_uid", "keyword"),
    [(MR, "Units"), (MR, "HeartRate"), (CT, "ConvolutionKernel"), (DX, "PatientPosition"), (CR, "Rows")],
)
def test_what_varies_from_image_to_image_is_not_among_them(class_uid: str, keyword: str) -> None:
    assert keyword not in entity_attributes(class_uid)


def test_an_iod_without_a_frame_of_reference_has_none_of_its_attributes() -> None:
    assert "PositionReferenceIndicator" not in entity_attributes(CR)


@pytest.mark.parametrize("class_uid", ["", "1.2.3.4", "1.2.840.10008.5.1.4.1.1.6"])
def test_an_unknown_or_retired_class_has_what_all_have_in_common(class_uid: str) -> None:
    known = entity_attributes(class_uid)
    assert known["StudyDate"].entity == "study"
    assert known["InstitutionName"].entity == "equipment"
    assert "PatientPosition" not in known, "some IOD defines it for the image"


def test_each_attribute_stands_once_and_is_as_the_dictionary_has_it() -> None:
    attributes = all_entity_attributes()
    assert (
        len({each.tag for each in attributes})
        == len({each.keyword for each in attributes})
        == len(attributes)
    )
    for each in attributes:
        assert keyword_for_tag(each.tag) == each.keyword
        assert dictionary_VR(each.tag) == each.vr


def test_values_of_persons_are_marked() -> None:
    personal = {each.keyword for each in all_entity_attributes() if each.is_personal}
    assert {"PatientComments", "PatientWeight", "OperatorsName", "ClinicalTrialSubjectID"} <= personal
    assert not {"StudyDate", "SeriesNumber", "Manufacturer"} & personal


def test_every_module_of_an_iod_is_in_the_table_of_attributes() -> None:
    modules = {row["module"] for row in read_table("entity_attributes")}
    rows = read_table("iod_entity_modules")
    assert {module for row in rows for module in row["modules"].split()} <= modules
    assert len({row["sop_class"] for row in rows}) == len(rows) > 150


@pytest.mark.parametrize(
    ("class_uid", "tag", "entity", "type_"),
    [
        (CT, 0x0008_1032, "study", "3"),
        (CT, 0x0020_000D, "study", "1"),
        (CT, 0x0040_0275, "series", "3"),
        (SEG, 0x0020_0011, "series", "1"),
        ("1.2.840.10008.5.1.4.1.1.88.11", 0x0008_1111, "series", "2"),
        ("", 0x0010_0020, "patient", "2"),
    ],
)
def test_the_hierarchy_has_its_sequences_and_keys_too(
    class_uid: str, tag: int, entity: str, type_: str
) -> None:
    attribute = hierarchy_attributes(class_uid)[tag]
    assert (attribute.entity, attribute.type) == (entity, type_)


def test_the_hierarchy_has_no_equipment_and_nothing_that_varies() -> None:
    assert 0x0008_0070 not in hierarchy_attributes(CT)
    assert 0x0018_5100 not in hierarchy_attributes(DX)
    assert 0x0018_5100 in hierarchy_attributes(CT)
