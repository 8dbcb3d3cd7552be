"""ENT-10, ENT-11 and ENT-13: objects that do not agree where they belong."""

from __future__ import annotations

import pytest

from tests.core.judge.scene import MR, SERIES, SR, STUDY, an_object, instance, judged


def test_a_series_in_two_studies_names_both() -> None:
    found = judged(
        [
            an_object("a", instance(1)),
            an_object("b", instance(2), StudyInstanceUID=f"{STUDY}.1"),
            an_object("c", instance(3), SeriesInstanceUID=f"{SERIES}.1", StudyInstanceUID=f"{STUDY}.1"),
        ]
    )
    finding = found.one("ENT-10")
    assert (finding.level, finding.uid, finding.severity) == ("series", SERIES, "error")
    assert finding.facts == {"studies": (STUDY, f"{STUDY}.1"), "study_count": 2}
    assert found.files(finding) == {"a", "b"}


def test_a_series_of_which_an_object_names_no_study_is_in_one() -> None:
    found = judged([an_object("a", instance(1)), an_object("b", instance(2), StudyInstanceUID=None)])
    assert "ENT-10" not in found.codes()


def test_a_study_under_two_patients_names_both() -> None:
    found = judged(
        [
            an_object("a", instance(1)),
            an_object("b", instance(2), PatientID="BETA-2"),
            an_object("c", instance(3), StudyInstanceUID=f"{STUDY}.1", SeriesInstanceUID=f"{SERIES}.1"),
        ]
    )
    finding = found.one("ENT-11")
    assert (finding.level, finding.uid, finding.attribute) == ("study", STUDY, "PatientID")
    assert finding.facts["patient_ids"] == ("ALPHA-1", "BETA-2")
    assert found.files(finding) == {"a", "b"}


def test_names_of_patients_are_no_facts() -> None:
    found = judged([an_object("a", instance(1)), an_object("b", instance(2), PatientID="BETA-2")])
    assert "TEST^ALPHA" not in repr(found.findings)


@pytest.mark.parametrize(
    ("first", "second", "is_found"),
    [
        (
            {"PatientID": "1", "IssuerOfPatientID": "NORTH"},
            {"PatientID": "1", "IssuerOfPatientID": "SOUTH"},
            True,
        ),
        (
            {"PatientID": "1", "IssuerOfPatientID": "NORTH"},
            {"PatientID": "1", "IssuerOfPatientID": None},
            False,
        ),
        (
            {"PatientID": "1", "IssuerOfPatientID": "NORTH"},
            {"PatientID": "2", "IssuerOfPatientID": "NORTH"},
            True,
        ),
        ({"PatientID": "1"}, {"PatientID": None}, False),
        ({"PatientID": "1"}, {"PatientID": "1", "PatientName": "TEST^OTHER"}, False),
    ],
)
def test_issuers_count_only_where_both_are_named(
    first: dict[str, str | None], second: dict[str, str | None], is_found: bool
) -> None:
    found = judged(
        [an_object("a", instance(1), attributes=first), an_object("b", instance(2), attributes=second)]
    )
    assert ("ENT-11" in found.codes()) is is_found


def test_a_series_of_two_modalities_names_them() -> None:
    images = [an_object(f"{number}", instance(number)) for number in range(5)]
    report = an_object("report", instance(9), Modality="SR", SOPClassUID=SR)
    found = judged([*images, report])
    finding = found.one("ENT-13")
    assert (finding.level, finding.uid) == ("series", SERIES)
    assert finding.facts == {"modalities": ("CT", "SR"), "minority": "SR", "minority_files": 1}
    assert len(finding.occurrences) == 6


def test_a_series_without_a_modality_in_some_objects_has_one() -> None:
    found = judged([an_object("a", instance(1)), an_object("b", instance(2), Modality=None)])
    assert found.findings == ()


def test_two_modalities_in_two_studies_are_told_by_the_studies() -> None:
    found = judged(
        [
            an_object("a", instance(1)),
            an_object("b", instance(2), StudyInstanceUID=f"{STUDY}.1", Modality="MR", SOPClassUID=MR),
        ]
    )
    assert found.codes() == {"ENT-10"}


def test_two_series_of_one_study_may_differ() -> None:
    found = judged(
        [
            an_object("a", instance(1)),
            an_object("b", instance(2), SeriesInstanceUID=f"{SERIES}.1", Modality="MR"),
        ]
    )
    assert found.findings == ()
