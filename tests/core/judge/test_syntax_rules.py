"""UID-S01 to S18 and S26: what is wrong with a value, or with the bytes it stands in."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.judge.scene import (
    CT,
    NO_PLACE,
    ROOT,
    SERIES,
    SOURCE_IMAGE,
    an_object,
    instance,
    judged,
    padded,
    reference,
)
from uidscope.core.read.record import HAS_META, HAS_PREAMBLE, IS_DICOMDIR, TRUNCATED
from uidscope.core.uid.syntax import judge_value

COLOR_PALETTE = "1.2.840.10008.5.1.4.39.1"
ODD = f"{ROOT}.10"  # of odd length, so that it needs a pad


@pytest.mark.parametrize(
    ("code", "severity", "faulty", "good"),
    [
        ("UID-S01", "error", f"{ROOT}.4a", f"{ROOT}.4"),
        ("UID-S02", "error", f"{ROOT}.{'1' * 39}", f"{ROOT}.{'1' * 36}"),
        ("UID-S03", "error", f"{ROOT}..1", f"{ROOT}.1.1"),
        ("UID-S04", "error", f"{ROOT}.01", f"{ROOT}.0.1"),
        ("UID-S05", "warning", "1", "2.7"),
        ("UID-S06", "warning", "3.1.25", "2.1.25"),
        ("UID-S07", "warning", "1.40.7", "2.40.7"),
        ("UID-S16", "info", f"2.25.{2**128}", f"2.25.{2**128 - 1}"),
        ("UID-S17", "warning", f"2.25.{2**100}.1", f"2.25.{2**100}"),
        ("UID-S18", "warning", "2.25.77", f"2.25.{2**64}"),
        ("UID-S26", "warning", "1.2.3.4", "1.2.3.5.4"),
    ],
)
def test_a_value_that_breaks_a_rule_is_found_and_its_neighbour_is_not(
    code: str, severity: str, faulty: str, good: str
) -> None:
    found = judged([an_object("a", faulty), an_object("b", good)])
    finding = found.one(code)
    assert (finding.severity, finding.level, finding.uid) == (severity, "instance", faulty)
    assert (finding.attribute, finding.path) == ("SOPInstanceUID", "SOPInstanceUID")
    assert found.files(finding) == {"a"}
    assert found.codes() == {code}


def test_the_copy_in_the_file_meta_and_the_references_belong_to_the_finding() -> None:
    faulty = f"{ROOT}.007"
    found = judged(
        [
            an_object("image", faulty),
            an_object("copy", faulty, SeriesInstanceUID=f"{ROOT}.8"),
            an_object("report", instance(2), references=[reference(faulty)]),
            an_object("bystander", instance(3)),
        ]
    )
    finding = found.one("UID-S04")
    assert finding.path == "SOPInstanceUID"
    assert found.files(finding) == {"image", "copy", "report"}
    assert finding.facts["part"] == "007"
    assert finding.facts["position"] == 9
    assert SOURCE_IMAGE in tuple(finding.facts["elements"])  # type: ignore[arg-type]


def test_one_value_that_breaks_two_rules_has_a_finding_for_each() -> None:
    found = judged([an_object("a", f"{ROOT}.01..2")])
    assert found.codes() == {"UID-S03", "UID-S04"}


def test_the_level_is_that_of_the_entity_whatever_the_number_of_files() -> None:
    found = judged(
        [
            an_object(f"{number}", instance(number), StudyInstanceUID=f"{ROOT}.01", FrameOfReferenceUID="5")
            for number in range(15)
        ]
    )
    study, frame = found.one("UID-S04"), found.one("UID-S05")
    assert (study.level, study.path, len(study.occurrences)) == ("study", "StudyInstanceUID", 15)
    assert (frame.level, frame.path) == ("frame_of_reference", "FrameOfReferenceUID")


def test_a_value_that_stands_in_references_alone_is_named_by_the_first() -> None:
    found = judged([an_object("a", instance(1), references=[reference(f"{ROOT}.00")])])
    assert found.one("UID-S04").path == SOURCE_IMAGE
    assert found.one("UID-S04").attribute == "ReferencedSOPInstanceUID"


def test_a_value_of_the_file_meta_alone_is_found_there() -> None:
    found = judged([an_object("a", instance(1), meta_uid="7")])
    assert found.one("UID-S05").path == "meta.MediaStorageSOPInstanceUID"


def test_classes_and_types_are_judged_too() -> None:
    found = judged([an_object("a", instance(1), fields={"meta.ImplementationClassUID": padded(f"{ROOT}.")})])
    assert found.one("UID-S03").attribute == "ImplementationClassUID"


def test_an_element_that_defines_an_entity_is_named_before_the_others() -> None:
    value = f"{ROOT}.00"
    fields = {
        "DimensionIndexSequence[].DimensionOrganizationUID": padded(value),
        "DimensionOrganizationSequence[].DimensionOrganizationUID": padded(value),
        "meta.ImplementationClassUID": padded(value),
    }
    path = judged([an_object("a", instance(1), fields=fields)]).one("UID-S04").path
    assert path.endswith(".DimensionOrganizationUID")


def test_a_placeholder_is_one_only_where_it_identifies_an_instance() -> None:
    used_as_study = judged([an_object("a", instance(1), StudyInstanceUID="1.2.3")])
    referred_to = judged([an_object("a", instance(1), references=[reference("1.2.3.4")])])
    assert "UID-S26" not in used_as_study.codes() | referred_to.codes()


def test_dicomdir_values_are_judged() -> None:
    flags = HAS_PREAMBLE | HAS_META | IS_DICOMDIR
    fields = {"DirectoryRecordSequence[].StudyInstanceUID": padded(f"{ROOT}.01")}
    found = judged(
        [an_object("DICOMDIR", "", meta_uid=instance(1), flags=flags, fields=fields, attributes=NO_PLACE)]
    )
    finding = found.one("UID-S04")
    assert (finding.level, found.files(finding)) == ("study", {"DICOMDIR"})
    assert found.codes() - {"ENT-43"} == {"UID-S04"}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.uuids(version=4), min_size=1, max_size=5, unique=True))
def test_uuids_are_without_fault(some: list[uuid.UUID]) -> None:
    found = judged([an_object(f"{number}", f"2.25.{one.int}") for number, one in enumerate(some)])
    assert found.findings == ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text("0123456789.", min_size=1, max_size=20))
def test_an_instance_key_is_judged_as_its_value_is(value: str) -> None:
    found = judged([an_object("a", value)])
    codes = {code for code in found.codes() if code.startswith("UID")} - {"UID-S20", "UID-S28"}
    assert codes == set(judge_value(value))


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("UID-S08", ODD.encode() + b" "),
        ("UID-S09", ODD.encode() + b"\0\0\0"),
        ("UID-S10", b" " + ODD.encode()),
        ("UID-S15", ODD.encode()),
    ],
)
def test_a_field_whose_bytes_break_a_rule_is_found_once_for_its_series(code: str, raw: bytes) -> None:
    found = judged(
        [
            an_object(
                f"{series}/{number}",
                instance(10 * series + number),
                StudyInstanceUID=ODD,
                SeriesInstanceUID=f"{SERIES}.{series}",
                fields={"StudyInstanceUID": raw},
            )
            for series in (1, 2)
            for number in range(3)
        ]
    )
    assert [len(finding.occurrences) for finding in found.of(code)] == [3, 3]
    assert {finding.uid for finding in found.of(code)} == {f"{SERIES}.1", f"{SERIES}.2"}
    assert {(finding.level, finding.path) for finding in found.of(code)} == {("series", "StudyInstanceUID")}
    assert found.of(code)[0].facts["fields"] == 3
    assert found.codes() == {code}


def test_pads_show_in_the_example() -> None:
    found = judged(
        [an_object("a", instance(1), StudyInstanceUID=ODD, fields={"StudyInstanceUID": ODD.encode() + b" "})]
    )
    assert found.one("UID-S08").facts["example"] == rf"{ODD}\x20"


def test_a_plainly_encoded_field_breaks_no_rule() -> None:
    assert judged([an_object("a", instance(1))]).findings == ()


def test_one_element_padded_twice_in_one_file_counts_twice() -> None:
    image = an_object("a", instance(1))
    sequence = ((SOURCE_IMAGE, instance(2).encode() + b"  ", 2),)
    found = judged([image._replace(values=image.values + sequence)])
    assert found.one("UID-S08").facts["fields"] == 2
    assert len(found.one("UID-S08").occurrences) == 1


def test_padding_before_the_last_of_several_values() -> None:
    classes = padded(CT) + b"\\" + padded("1.2.840.10008.5.1.4.1.1.20")
    found = judged([an_object("a", instance(1), fields={"SOPClassesInStudy": classes})])
    assert found.one("UID-S11").path == "SOPClassesInStudy"
    assert "UID-S12" not in found.codes()


def test_two_values_where_one_is_allowed() -> None:
    two = padded(f"{instance(2)}\\{instance(3)}")
    found = judged(
        [
            an_object(f"{number}", instance(10 + number), fields={"DeviceUID": two, "00091010": two})
            for number in range(2)
        ]
    )
    finding = found.one("UID-S12")
    assert (finding.path, finding.level, finding.uid) == ("DeviceUID", "series", SERIES)
    assert len(finding.occurrences) == 2
    assert found.codes() == {"UID-S12"}


def test_two_instance_uids_are_told_as_such() -> None:
    both = rf"{instance(2)}\x5c{instance(3)}"
    found = judged([an_object("a", both), an_object("b", instance(4), meta_uid=both)])
    assert {finding.path: found.files(finding) for finding in found.of("UID-S12")} == {
        "SOPInstanceUID": {"a"},
        "meta.MediaStorageSOPInstanceUID": {"a", "b"},
    }
    assert found.codes() == {"UID-S12", "ENT-40"}


def test_several_values_may_stand_where_several_are_allowed() -> None:
    events = padded(f"{instance(2)}\\{instance(3)}")
    assert judged([an_object("a", instance(1), fields={"IrradiationEventUID": events})]).findings == ()


def test_an_odd_instance_uid_keeps_its_bytes() -> None:
    found = judged([an_object("a", ODD, fields={"SOPInstanceUID": ODD.encode() + b" "})])
    assert found.one("UID-S08").path == "SOPInstanceUID"
    assert found.codes() == {"UID-S08"}


def test_a_dicomdir_is_a_series_of_its_own() -> None:
    flags = HAS_PREAMBLE | HAS_META | IS_DICOMDIR
    pattern = "DirectoryRecordSequence[].SeriesInstanceUID"
    found = judged(
        [
            an_object(name, "", flags=flags, fields={pattern: SERIES.encode() + b" "}, attributes=NO_PLACE)
            for name in ("one/DICOMDIR", "two/DICOMDIR")
        ]
    )
    assert [(finding.level, finding.path) for finding in found.of("UID-S08")] == [("file", pattern)] * 2


@pytest.mark.parametrize(
    ("keyword", "level"), [("StudyInstanceUID", "study"), ("SeriesInstanceUID", "series")]
)
@pytest.mark.parametrize("text", [None, ""])
def test_a_missing_key_is_found_for_each_file(keyword: str, level: str, text: str | None) -> None:
    found = judged(
        [an_object(f"{number}", instance(number), attributes={keyword: text}) for number in range(2)]
    )
    findings = found.of("UID-S13")
    assert [(finding.level, finding.uid, finding.path) for finding in findings] == [(level, "", keyword)] * 2
    assert {name for finding in findings for name in found.files(finding)} == {"0", "1"}


def test_objects_without_identity() -> None:
    found = judged([an_object("a", "", meta_uid=instance(1)), an_object("b", instance(2), SOPClassUID=None)])
    assert {finding.path: found.files(finding) for finding in found.of("UID-S13")} == {
        "SOPInstanceUID": {"a"},
        "SOPClassUID": {"b"},
    }


@pytest.mark.parametrize(
    "class_uid",
    [
        COLOR_PALETTE,
        "1.2.840.10008.5.1.4.38.1",
        "1.2.840.10008.5.1.4.43.1",
        "1.2.840.10008.5.1.4.1.1.200.1",
        "1.2.840.10008.5.1.4.1.1.201.1",
        f"{ROOT}.7.7",
    ],
)
def test_objects_that_need_no_study_may_lack_one(class_uid: str) -> None:
    record = an_object(
        "a", instance(1), SOPClassUID=class_uid, StudyInstanceUID=None, SeriesInstanceUID=None, Modality=None
    )
    assert "UID-S13" not in judged([record]).codes()


def test_an_empty_study_is_wrong_even_where_it_could_be_absent() -> None:
    record = an_object(
        "a", instance(1), SOPClassUID=COLOR_PALETTE, StudyInstanceUID="", SeriesInstanceUID=None
    )
    assert [finding.path for finding in judged([record]).of("UID-S13")] == ["StudyInstanceUID"]


def test_what_may_have_stood_behind_the_end_of_a_file_is_not_missed() -> None:
    cut = [("FILE-01", "", "the file ends inside an element at byte 200")]
    short = [("FILE-01", "PixelData", "8 of 16 bytes")]
    flags = HAS_PREAMBLE | HAS_META | TRUNCATED
    found = judged(
        [
            an_object("cut", instance(1), SeriesInstanceUID=None, flags=flags, faults=cut),
            an_object("short", instance(2), SeriesInstanceUID=None, flags=flags, faults=short),
        ]
    )
    assert found.files(found.one("UID-S13")) == {"short"}


def test_a_reference_without_instance_or_class() -> None:
    fields = {
        SOURCE_IMAGE: b"",
        "SourceImageSequence[].ReferencedSOPClassUID": b"",
        "00091010[].ReferencedSOPInstanceUID": b"",
        "RequestAttributesSequence[].StudyInstanceUID": b"",
        "DeviceUID": b"",
    }
    found = judged([an_object("a", instance(1), fields=dict(fields))])
    assert {finding.path for finding in found.of("UID-S13")} == {
        SOURCE_IMAGE,
        "SourceImageSequence[].ReferencedSOPClassUID",
    }
    assert {finding.uid for finding in found.of("UID-S13")} == {instance(1)}
    assert found.codes() == {"UID-S13"}
