"""UID-S20 and UID-S28: good values in the wrong place."""

from __future__ import annotations

import pytest

from tests.core.judge.scene import (
    CT,
    FRAME,
    ROOT,
    SERIES,
    SOURCE_IMAGE,
    STUDY,
    an_object,
    instance,
    judged,
    padded,
    reference,
)

UNREGISTERED = "1.2.840.10008.5.1.4.1.1.481.3.1563491295"


def test_an_invented_number_of_the_standard_is_found_where_it_is_a_key() -> None:
    found = judged(
        [
            an_object("plan", instance(1), references=[reference(UNREGISTERED)]),
            an_object("structures", UNREGISTERED),
            an_object("class", instance(2), fields={"OriginalSpecializedSOPClassUID": padded(UNREGISTERED)}),
        ]
    )
    finding = found.one("UID-S20")
    assert (finding.level, finding.uid, finding.path) == ("instance", UNREGISTERED, "SOPInstanceUID")
    assert found.files(finding) == {"plan", "structures"}
    assert finding.facts["registered_as"] == ""


def test_a_reference_alone_is_found_too() -> None:
    found = judged([an_object("plan", instance(1), references=[reference(UNREGISTERED)])])
    assert found.one("UID-S20").path == SOURCE_IMAGE


def test_a_class_as_a_key_is_found_and_its_name_said() -> None:
    found = judged([an_object("a", CT), an_object("b", instance(2))])
    finding = found.one("UID-S20")
    assert finding.facts["registered_as"] == "CT Image Storage"
    assert found.files(finding) == {"a"}, "the other files hold it as their class"


@pytest.mark.parametrize(
    "record",
    [
        an_object("near", "1.2.840.100089.1"),
        an_object("frame", instance(1), FrameOfReferenceUID="1.2.840.10008.1.4.1.1"),
        an_object(
            "palette",
            instance(1),
            fields={"ReferencedColorPaletteInstanceUID": padded("1.2.840.10008.1.5.1")},
        ),
        an_object(
            "clock",
            instance(1),
            fields={"SynchronizationFrameOfReferenceUID": padded("1.2.840.10008.15.1.1")},
        ),
    ],
    ids=lambda record: record.path,
)
def test_what_the_standard_registers_for_that_element_may_stand_there(record: object) -> None:
    assert "UID-S20" not in judged([record]).codes()  # type: ignore[list-item]


def test_one_value_for_an_instance_and_its_study() -> None:
    found = judged(
        [an_object(f"{number}", instance(number)) for number in range(15)] + [an_object("culprit", STUDY)]
    )
    finding = found.one("UID-S28")
    assert (finding.severity, finding.level, finding.path) == ("error", "instance", "SOPInstanceUID")
    assert finding.facts["kinds"] == ("study", "instance")
    assert found.files(finding) == {"culprit"}, "the cause is one file, not a study of sixteen"


def test_one_value_for_a_series_and_its_study() -> None:
    found = judged([an_object("a", instance(1), SeriesInstanceUID=STUDY), an_object("b", instance(2))])
    finding = found.one("UID-S28")
    assert (finding.level, finding.uid, finding.attribute) == ("series", STUDY, "SeriesInstanceUID")
    assert found.files(finding) == {"a"}


def test_one_value_for_all_three() -> None:
    found = judged(
        [an_object("a", STUDY, SeriesInstanceUID=STUDY), an_object("b", instance(2), SeriesInstanceUID=STUDY)]
    )
    finding = found.one("UID-S28")
    assert finding.facts["kinds"] == ("study", "series", "instance")
    assert found.files(finding) == {"a", "b"}


def test_a_frame_of_reference_that_equals_a_key_is_another_rule() -> None:
    found = judged([an_object("a", instance(1), FrameOfReferenceUID=STUDY), an_object("b", FRAME)])
    assert "UID-S28" not in found.codes()


def test_objects_without_keys_share_nothing() -> None:
    nothing = an_object("a", "", StudyInstanceUID=None, SeriesInstanceUID=None, SOPClassUID=f"{ROOT}.7")
    assert "UID-S28" not in judged([nothing]).codes()


def test_one_key_in_two_series_is_no_second_kind() -> None:
    found = judged(
        [an_object("a", instance(1)), an_object("b", instance(2), SeriesInstanceUID=f"{SERIES}.1")]
    )
    assert found.findings == ()
