"""ENT-50: references to what is not loaded, by referring and missing series."""

from __future__ import annotations

import pytest

from tests.core.judge.scene import (
    CT,
    MR,
    NO_PLACE,
    ROOT,
    RTSTRUCT,
    SERIES,
    an_object,
    instance,
    judged,
    padded,
    reference,
)
from uidscope.core.read.record import HAS_META, HAS_PREAMBLE, IS_DICOMDIR, RawReference

IN_SERIES = "RTReferencedSeriesSequence[].ContourImageSequence[].ReferencedSOPInstanceUID"
IN_CONTOUR = "ROIContourSequence[].ContourSequence[].ContourImageSequence[].ReferencedSOPInstanceUID"
STRUCTURES = {"Modality": "RTSTRUCT", "SOPClassUID": RTSTRUCT, "SeriesInstanceUID": f"{ROOT}.5"}


def structure_set(*uids: str) -> list[RawReference]:
    """References as a structure set has them: with the series at one place, without at the other."""
    return [
        *(reference(uid, IN_SERIES, series_uid=SERIES) for uid in uids),
        *(reference(uid, IN_CONTOUR) for uid in uids),
    ]


def test_one_missing_slice_is_one_finding_with_one_instance() -> None:
    slices = [an_object(f"{number}", instance(number)) for number in range(4)]
    named = structure_set(*(instance(number) for number in range(5)))
    found = judged([*slices, an_object("rt", instance(9), references=named, attributes=STRUCTURES)])
    finding = found.one("ENT-50")
    assert (finding.severity, finding.level, finding.uid) == ("warning", "series", f"{ROOT}.5")
    assert finding.path == IN_SERIES
    assert finding.facts["missing"] == 1
    assert finding.facts["missing_series"] == SERIES
    assert finding.facts["examples"] == (instance(4),)
    assert finding.facts["class_name"] == "CT Image Storage"
    assert found.files(finding) == {"rt"}
    assert found.codes() == {"ENT-50"}


def test_each_missing_series_and_each_referring_series_has_its_finding() -> None:
    named = [reference(instance(20 + number), series_uid=f"{ROOT}.7.{number % 2}") for number in range(6)]
    found = judged(
        [
            an_object(
                f"{series}{number}",
                instance(10 * series + number),
                references=named,
                SeriesInstanceUID=f"{SERIES}.{series}",
            )
            for series in (1, 2)
            for number in range(3)
        ]
    )
    assert {(finding.uid, finding.facts["missing_series"]) for finding in found.of("ENT-50")} == {
        (f"{SERIES}.{series}", f"{ROOT}.7.{missing}") for series in (1, 2) for missing in (0, 1)
    }
    assert len(found.of("ENT-50")) == 4
    assert {len(finding.occurrences) for finding in found.of("ENT-50")} == {3}


def test_where_the_series_is_unknown_the_class_takes_its_place() -> None:
    named = [
        reference(instance(20)),
        reference(instance(21)),
        reference(instance(22), class_uid=MR),
    ]
    found = judged([an_object("a", instance(1), references=named)])
    assert {finding.facts["class_uid"]: finding.facts["missing"] for finding in found.of("ENT-50")} == {
        CT: 2,
        MR: 1,
    }


def test_another_object_may_know_the_series() -> None:
    found = judged(
        [
            an_object("bare", instance(1), references=[reference(instance(20))]),
            an_object(
                "full", instance(2), references=[reference(instance(20), IN_SERIES, series_uid=f"{ROOT}.7")]
            ),
        ]
    )
    assert found.one("ENT-50").facts["missing_series"] == f"{ROOT}.7"
    assert found.files(found.one("ENT-50")) == {"bare", "full"}


@pytest.mark.parametrize(
    ("modality", "class_uid", "severity"),
    [
        ("CT", CT, "info"),
        ("MR", MR, "info"),
        ("RTSTRUCT", RTSTRUCT, "warning"),
        ("SR", "1.2.840.10008.5.1.4.1.1.88.67", "warning"),
        ("KO", "1.2.840.10008.5.1.4.1.1.88.59", "warning"),
        ("PR", "1.2.840.10008.5.1.4.1.1.11.1", "warning"),
        ("SEG", "1.2.840.10008.5.1.4.1.1.66.4", "warning"),
        ("REG", "1.2.840.10008.5.1.4.1.1.66.1", "warning"),
        ("OT", "1.2.840.10008.5.1.4.1.1.481.2", "warning"),
        ("SEG", f"{ROOT}.6", "warning"),
    ],
)
def test_objects_that_are_about_others_need_them_most(modality: str, class_uid: str, severity: str) -> None:
    record = an_object(
        "a", instance(1), references=[reference(instance(2))], Modality=modality, SOPClassUID=class_uid
    )
    assert judged([record]).one("ENT-50").severity == severity


@pytest.mark.parametrize(
    "named",
    [
        reference(instance(2), purpose="121320"),
        reference(instance(2), "SOPInstanceUIDOfConcatenationSource"),
        reference(instance(2), "FrameExtractionSequence[].MultiFrameSourceSOPInstanceUID"),
        reference(instance(2), "ConversionSourceAttributesSequence[].ReferencedSOPInstanceUID"),
        reference(instance(2), "OriginalAttributesSequence[].ModifiedAttributesSequence[]." + IN_SERIES),
        reference(f"{ROOT}.8", "ReferencedStudySequence[].ReferencedSOPInstanceUID", kind="study"),
        reference(
            f"{ROOT}.8", "ReferencedPerformedProcedureStepSequence[].ReferencedSOPInstanceUID", kind="other"
        ),
        reference("1.2.840.10008.1.5.1", "ReferencedColorPaletteInstanceUID"),
        reference(instance(1), "SourceImageSequence[].ReferencedSOPInstanceUID"),
    ],
    ids=lambda named: named.pattern.rpartition("[].")[0] or named.pattern,
)
def test_nobody_misses_these(named: RawReference) -> None:
    assert "ENT-50" not in judged([an_object("a", instance(1), references=[named])]).codes()


def test_another_purpose_is_missed() -> None:
    named = reference(instance(2), purpose="121322")
    assert judged([an_object("a", instance(1), references=[named])]).codes() == {"ENT-50"}


def test_a_dicomdir_misses_nothing() -> None:
    flags = HAS_PREAMBLE | HAS_META | IS_DICOMDIR
    fields = {"DirectoryRecordSequence[].ReferencedSOPInstanceUIDInFile": padded(instance(2))}
    directory = "1.2.840.10008.1.3.10"
    record = an_object(
        "DICOMDIR",
        "",
        meta_uid=instance(1),
        flags=flags,
        fields=fields,
        attributes={**NO_PLACE, "SOPClassUID": directory},
    )
    assert judged([record]).findings == ()
