"""ENT-60 and ENT-61: numbers that are no identifiers."""

from __future__ import annotations

from tests.builders import concatenation
from tests.core.judge.scanned import judged_folder
from tests.core.judge.scene import FRAME, SERIES, SR, STUDY, an_object, instance, judged
from tests.watch import SourceFolders
from uidscope.core.read.record import FileRecord


def of_study(number: int, **attributes: str | None) -> FileRecord:
    return an_object(
        f"{number}",
        instance(number),
        attributes={
            "StudyInstanceUID": f"{STUDY}.{number}",
            "SeriesInstanceUID": f"{SERIES}.{number}",
            "FrameOfReferenceUID": f"{FRAME}.{number}",
            **attributes,
        },
    )


def test_one_request_in_several_studies_is_one_finding() -> None:
    found = judged(of_study(number, AccessionNumber="A1", StudyID="1") for number in (1, 2, 3))
    finding = found.one("ENT-60")
    assert (finding.level, finding.uid, finding.severity) == ("study", f"{STUDY}.1", "info")
    assert finding.facts["studies"] == tuple(f"{STUDY}.{number}" for number in (1, 2, 3))
    assert found.files(finding) == {"1", "2", "3"}
    assert found.codes() == {"ENT-60"}


def test_requests_that_only_look_alike() -> None:
    found = judged(
        [
            of_study(1, AccessionNumber="A1", StudyID="1"),
            of_study(2, AccessionNumber="A1", StudyID="2"),
            of_study(3, AccessionNumber="A1"),
            of_study(4, AccessionNumber="A1"),
            of_study(5, AccessionNumber="", StudyID="1"),
            of_study(6, AccessionNumber="", StudyID="1"),
        ]
    )
    assert found.findings == ()


def test_a_study_of_two_requests() -> None:
    found = judged(
        [
            an_object("a", instance(1), AccessionNumber="A1"),
            an_object("b", instance(2), AccessionNumber="A2", SeriesInstanceUID=f"{SERIES}.1"),
        ]
    )
    finding = found.one("ENT-60")
    assert (finding.level, finding.uid, finding.attribute) == ("study", STUDY, "AccessionNumber")
    assert finding.facts["accessions"] == ("A1", "A2")
    assert found.codes() == {"ENT-60"}


def test_a_request_that_some_objects_do_not_name() -> None:
    found = judged(
        [
            an_object("a", instance(1), AccessionNumber="A1"),
            an_object("b", instance(2), AccessionNumber="A1 "),
            an_object("c", instance(3), AccessionNumber=""),
        ]
    )
    assert found.findings == ()


def test_an_instance_number_used_twice() -> None:
    found = judged(
        [
            an_object("a", instance(1), number="1"),
            an_object("b", instance(2), number="1"),
            an_object("c", instance(3), number="2"),
            an_object("d", instance(4), number=""),
            an_object("e", instance(5), number=""),
        ]
    )
    finding = found.one("ENT-61")
    assert (finding.level, finding.uid, finding.severity) == ("series", SERIES, "info")
    assert finding.attribute == "InstanceNumber"
    assert finding.facts == {"numbers": ("1",), "number_count": 1}
    assert found.files(finding) == {"a", "b"}
    assert found.codes() == {"ENT-61"}


def test_a_series_number_used_twice() -> None:
    found = judged(
        an_object(f"{number}", instance(number), SeriesInstanceUID=f"{SERIES}.{number}", SeriesNumber=series)
        for number, series in enumerate(("1", "1", "2", "", ""))
    )
    finding = found.one("ENT-61")
    assert (finding.level, finding.uid, finding.attribute) == ("study", STUDY, "SeriesNumber")
    assert found.files(finding) == {"0", "1"}


def test_numbers_of_two_series_and_two_studies_may_be_the_same() -> None:
    found = judged(
        [
            an_object("a", instance(1), number="1", SeriesNumber="1"),
            an_object("b", instance(2), number="1", SeriesNumber="2", SeriesInstanceUID=f"{SERIES}.9"),
            of_study(3, SeriesNumber="1")._replace(instance_number="1"),
        ]
    )
    assert found.findings == ()


def test_two_files_of_one_instance_use_its_number_once() -> None:
    found = judged([an_object("a", instance(1), number="1"), an_object("b", instance(1), number="1")])
    assert "ENT-61" not in found.codes()


def test_the_number_of_an_intruder_is_not_asked_about() -> None:
    found = judged(
        [
            an_object("a", instance(1), number="1"),
            an_object("b", instance(2), number="2"),
            an_object("sr", instance(3), number="1", Modality="SR", SOPClassUID=SR),
        ]
    )
    assert found.codes() == {"ENT-13"}


def test_the_parts_of_a_concatenation_rightly_have_one_number(make_source: SourceFolders) -> None:
    parts = concatenation(3)
    assert len({int(part.InstanceNumber) for part in parts}) == 1
    assert judged_folder(make_source(parts)).findings == ()
