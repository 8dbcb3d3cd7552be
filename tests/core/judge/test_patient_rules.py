"""ENT-12: one Patient ID, several persons."""

from __future__ import annotations

import pytest

from tests.core.judge.scene import Judged, an_object, instance, judged
from uidscope.core.judge.patient_rules import is_placeholder


def two_studies(*attributes: dict[str, str | None]) -> Judged:
    """A study for each set of patient attributes."""
    return judged(
        an_object(
            f"{number}",
            instance(number),
            StudyInstanceUID=f"1.3.{number}",
            SeriesInstanceUID=f"1.4.{number}",
            FrameOfReferenceUID=f"1.5.{number}",
            attributes=of_patient,
        )
        for number, of_patient in enumerate(attributes)
    )


@pytest.mark.parametrize(
    ("keyword", "first", "second"),
    [
        ("PatientName", "TEST^ALPHA", "TEST^BETA"),
        ("PatientBirthDate", "19700101", "19710101"),
        ("PatientSex", "F", "M"),
    ],
)
def test_two_persons_of_one_id(keyword: str, first: str, second: str) -> None:
    found = two_studies({keyword: first}, {keyword: second}, {keyword: first})
    finding = found.one("ENT-12")
    assert (finding.level, finding.uid, finding.severity) == ("patient", "ALPHA-1", "warning")
    assert finding.facts == {"differing": (keyword,)}
    assert finding.attribute == keyword
    assert found.files(finding) == {"0", "1", "2"}
    assert found.codes() == {"ENT-12"}


def test_everything_that_differs_is_one_finding() -> None:
    found = two_studies(
        {"PatientBirthDate": "19700101", "PatientSex": "F"},
        {"PatientName": "TEST^BETA", "PatientBirthDate": "19800101", "PatientSex": "M"},
    )
    assert found.one("ENT-12").facts["differing"] == ("PatientName", "PatientBirthDate", "PatientSex")
    assert "BETA" not in repr(found.findings)


@pytest.mark.parametrize(
    ("keyword", "first", "second"),
    [
        ("PatientName", "TEST^ALPHA", "Test^Alpha^^ "),
        ("PatientName", "Yamada^Tarou", "Yamada^Tarou=山田^太郎"),
        ("PatientName", "TEST^ALPHA", ""),
        ("PatientName", "TEST^ALPHA", None),
        ("PatientBirthDate", "19700101", "1970.01.01"),
        ("PatientSex", "F", ""),
        ("PatientSex", "F", "f"),
    ],
)
def test_one_person_written_in_two_ways(keyword: str, first: str, second: str | None) -> None:
    assert "ENT-12" not in two_studies({keyword: first}, {keyword: second}).codes()


@pytest.mark.parametrize(
    "patient_id", ["123456", "ANON", "Anonymous 7", "0", "000000", "unknown", "N/A", "TEST"]
)
def test_an_id_that_is_filled_in_says_little(patient_id: str) -> None:
    found = two_studies(
        {"PatientID": patient_id},
        {"PatientID": patient_id, "PatientName": "TEST^BETA", "PatientComments": "other"},
    )
    assert found.one("ENT-12").severity == "info"
    assert found.codes() == {"ENT-12"}


@pytest.mark.parametrize("patient_id", ["ALPHA-1", "TEST-0001", "4711", "1", "10234567", "NOVAK", "1970"])
def test_an_id_that_somebody_gave_is_no_placeholder(patient_id: str) -> None:
    assert not is_placeholder(patient_id)


def test_one_id_of_two_issuers_is_two_patients() -> None:
    found = two_studies(
        {"IssuerOfPatientID": "NORTH"}, {"IssuerOfPatientID": "SOUTH", "PatientName": "TEST^BETA"}
    )
    assert "ENT-12" not in found.codes()


def test_an_id_without_issuer_is_compared_with_that_of_the_only_issuer() -> None:
    found = two_studies({"IssuerOfPatientID": "NORTH"}, {"PatientName": "TEST^BETA"})
    assert found.codes() == {"ENT-12"}


def test_objects_without_an_id_are_not_one_patient() -> None:
    found = two_studies({"PatientID": ""}, {"PatientID": "", "PatientName": "TEST^BETA"})
    assert "ENT-12" not in found.codes()
