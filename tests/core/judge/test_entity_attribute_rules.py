"""ENT-15 and ENT-16: what the objects of a patient, a study or a series should have in common."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.core.judge.scene import MR, ROOT, SERIES, SR, STUDY, Judged, an_object, instance, judged
from uidscope.core.read.record import HAS_META, HAS_PREAMBLE, TRUNCATED

DX = "1.2.840.10008.5.1.4.1.1.1.1"
PT = "1.2.840.10008.5.1.4.1.1.128"
SEG = "1.2.840.10008.5.1.4.1.1.66.4"
PRIVATE = f"{ROOT}.77"

Attributes = Mapping[str, str | None]


def in_one_series(*attributes: Attributes, class_uid: str = DX, modality: str = "DX") -> Judged:
    """An object of one series for each set of attributes."""
    return judged(
        an_object(f"{number}", instance(number), SOPClassUID=class_uid, Modality=modality, attributes=own)
        for number, own in enumerate(attributes)
    )


def in_one_study(*attributes: Attributes) -> Judged:
    """A series of one study for each set of attributes."""
    return judged(
        an_object(f"{number}", instance(number), SeriesInstanceUID=f"{SERIES}.{number}", attributes=own)
        for number, own in enumerate(attributes)
    )


def in_one_patient(*attributes: Attributes) -> Judged:
    """A study of one patient for each set of attributes."""
    return judged(
        an_object(
            f"{number}",
            instance(number),
            StudyInstanceUID=f"{STUDY}.{number}",
            SeriesInstanceUID=f"{SERIES}.{number}",
            FrameOfReferenceUID=f"{ROOT}.3.{number}",
            attributes=own,
        )
        for number, own in enumerate(attributes)
    )


def test_a_type_1_attribute_of_a_series() -> None:
    found = in_one_series(
        {"PresentationIntentType": "FOR PRESENTATION"},
        {"PresentationIntentType": "FOR PROCESSING"},
        {"PresentationIntentType": "FOR PROCESSING"},
    )
    finding = found.one("ENT-15")
    assert (finding.severity, finding.level, finding.uid) == ("error", "series", SERIES)
    assert finding.attribute == finding.path == "PresentationIntentType"
    assert finding.facts == {
        "difference": "values",
        "values": ("FOR PROCESSING", "FOR PRESENTATION"),
        "value_count": 2,
        "without": 0,
    }
    assert found.files(finding) == {"0", "1", "2"}
    assert found.codes() == {"ENT-15"}


def test_a_type_1_attribute_that_is_missing_in_some_is_a_note() -> None:
    found = in_one_series(
        {"PresentationIntentType": "FOR PRESENTATION"},
        {"PresentationIntentType": "FOR PRESENTATION"},
        {"PresentationIntentType": None},
    )
    finding = found.one("ENT-16")
    assert finding.severity == "info"
    assert (finding.facts["difference"], finding.facts["without"]) == ("presence", 1)
    assert found.files(finding) == {"2"}


@pytest.mark.parametrize("keyword", ["StudyDate", "StudyID", "ReferringPhysicianName"])
def test_a_type_2_attribute_of_a_study_is_a_warning(keyword: str) -> None:
    found = in_one_study({keyword: "20240101"}, {keyword: "20240202"})
    finding = found.one("ENT-15")
    assert (finding.severity, finding.level, finding.uid) == ("warning", "study", STUDY)
    assert found.codes() == {"ENT-15"}


def test_what_is_empty_in_some_objects_is_a_note() -> None:
    found = in_one_study({"StudyDate": "20240101"}, {"StudyDate": ""})
    assert found.one("ENT-16").facts["difference"] == "presence"
    assert found.codes() == {"ENT-16"}


def test_empty_and_absent_are_the_same() -> None:
    assert in_one_study({"StudyDate": ""}, {"StudyDate": None}).findings == ()


@pytest.mark.parametrize(
    ("keyword", "first", "second"),
    [
        ("StudyTime", "101010", "10:10:10.000"),
        ("StudyDate", "20240101", "2024.01.01"),
        ("ReferringPhysicianName", "TEST^GAMMA", "Test^Gamma^^"),
        ("StudyDescription", "Zürich", "Z\\xfcrich"),
        ("StudyDescription", "A\\B", "A \\B"),
    ],
)
def test_differences_of_form_are_none(keyword: str, first: str, second: str) -> None:
    assert in_one_study({keyword: first}, {keyword: second}).findings == ()


def test_equal_numbers_written_differently_are_a_note() -> None:
    found = in_one_study({"PatientWeight": "70"}, {"PatientWeight": "70.0"})
    assert found.one("ENT-16").facts["difference"] == "form"


def test_an_optional_attribute_is_a_note_about_the_files_that_deviate() -> None:
    found = in_one_series(
        *({"InstitutionName": "NORTH"} for _ in range(3)), {"InstitutionName": "SOUTH"}, class_uid=MR
    )
    finding = found.one("ENT-16")
    assert (finding.level, finding.severity, finding.attribute) == ("series", "info", "InstitutionName")
    assert finding.facts["values"] == ("NORTH", "SOUTH")
    assert found.files(finding) == {"3"}


@pytest.mark.parametrize("keyword", ["SoftwareVersions", "PixelPaddingValue", "SeriesTime", "OperatorsName"])
def test_what_varies_in_real_scanners_is_never_more_than_a_note(keyword: str) -> None:
    found = in_one_series({keyword: "1"}, {keyword: "2"}, class_uid=PT, modality="PT")
    assert {(each.rule, each.severity) for each in found.findings} == {("ENT-16", "info")}


def test_a_type_1_attribute_of_a_patient() -> None:
    found = in_one_patient({"ClinicalTrialProtocolID": "NORTH"}, {"ClinicalTrialProtocolID": "SOUTH"})
    finding = found.one("ENT-15")
    assert (finding.severity, finding.level, finding.uid) == ("error", "patient", "ALPHA-1")


def test_values_that_tell_of_a_person_are_not_quoted() -> None:
    found = in_one_patient({"PatientComments": "a comment"}, {"PatientComments": "another"})
    finding = found.one("ENT-16")
    assert (finding.facts["values"], finding.facts["value_count"]) == ((), 2)
    assert "comment" not in repr(finding.facts)
    names = in_one_study({"ReferringPhysicianName": "TEST^GAMMA"}, {"ReferringPhysicianName": "TEST^DELTA"})
    assert "GAMMA" not in repr(names.findings)


def test_two_persons_of_one_id_need_not_agree_on_anything_else() -> None:
    found = in_one_patient({"PatientComments": "a"}, {"PatientComments": "b", "PatientName": "TEST^BETA"})
    assert found.codes() == {"ENT-12"}


@pytest.mark.parametrize(
    ("keyword", "values"),
    [
        ("Units", ("BQML", "CNTS")),
        ("CountsSource", ("EMISSION", "TRANSMISSION")),
        ("NumberOfSlices", ("3", "4")),
    ],
)
def test_what_belongs_to_the_series_in_one_iod_belongs_to_the_image_in_another(
    keyword: str, values: tuple[str, str]
) -> None:
    each = [{keyword: value} for value in values]
    assert in_one_series(*each, class_uid=PT, modality="PT").one("ENT-15").severity == "error"
    assert in_one_series(*each, class_uid=MR, modality="MR").findings == ()


def test_an_attribute_that_an_iod_does_not_have_is_not_missing() -> None:
    found = judged(
        [
            an_object(
                "dx", instance(1), SOPClassUID=DX, Modality="DX", PresentationIntentType="FOR PROCESSING"
            ),
            an_object("pt", instance(2), SOPClassUID=PT, Modality="DX"),
        ]
    )
    assert found.codes() == {"ENT-14"}


def test_the_number_of_a_series_is_as_strict_as_the_iod_makes_it() -> None:
    each: list[Attributes] = [{"SeriesNumber": "1"}, {"SeriesNumber": "2"}]
    assert in_one_series(*each, class_uid=SEG, modality="SEG").one("ENT-15").severity == "error"
    assert in_one_series(*each, class_uid=MR, modality="MR").codes() == {"ENT-16"}


def test_an_unknown_class_has_what_all_have_in_common() -> None:
    found = in_one_series({"BodyPartExamined": "HEAD"}, {"BodyPartExamined": "FOOT"}, class_uid=PRIVATE)
    assert "ENT-16" in found.codes()
    found = in_one_series({"PatientPosition": "HFS"}, {"PatientPosition": "FFS"}, class_uid=PRIVATE)
    assert "ENT-16" not in found.codes()


def test_what_was_cut_off_is_not_missing() -> None:
    found = judged(
        [
            an_object("whole", instance(1), StudyID="7"),
            an_object("cut", instance(2), flags=HAS_PREAMBLE | HAS_META | TRUNCATED),
        ]
    )
    assert "ENT-16" not in found.codes()


def test_an_intruder_is_told_by_its_modality_alone() -> None:
    images = [
        an_object(
            f"{number}", instance(number), SeriesDate="20240101", Manufacturer="NORTH", SeriesNumber="1"
        )
        for number in range(3)
    ]
    report = an_object(
        "report",
        instance(9),
        Modality="SR",
        SOPClassUID=SR,
        SeriesDate="20240202",
        Manufacturer="SOUTH",
        SeriesNumber="2",
        FrameOfReferenceUID=None,
        number="0",
    )
    assert judged([*images, report]).codes() == {"ENT-13"}


def test_a_series_in_two_studies_is_compared_study_by_study() -> None:
    found = judged(
        [
            an_object("a", instance(1), SeriesDescription="one"),
            an_object("b", instance(2), SeriesDescription="two", StudyInstanceUID=f"{STUDY}.1"),
        ]
    )
    assert found.codes() == {"ENT-10"}
