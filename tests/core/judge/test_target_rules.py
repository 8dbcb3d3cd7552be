"""ENT-51 to ENT-53: what references say of targets that are loaded."""

from __future__ import annotations

import pytest

from tests.core.judge.scene import (
    CT,
    MR,
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
from uidscope.core.read.record import FileRecord, RawReference

OTHER_SERIES, OTHER_STUDY = f"{ROOT}.5", f"{ROOT}.6"
IN_SERIES = "ReferencedSeriesSequence[].ReferencedInstanceSequence[].ReferencedSOPInstanceUID"
IN_STUDY = f"StudiesContainingOtherReferencedInstancesSequence[].{IN_SERIES}"
RELATED_SERIES = "RelatedSeriesSequence[].SeriesInstanceUID"
CODES = {"ENT-51", "ENT-52", "ENT-53"}


def referring(*references: RawReference, path: str = "referring", number: int = 99) -> FileRecord:
    return an_object(path, instance(number), references=references, SeriesInstanceUID=OTHER_SERIES)


def images(count: int = 3) -> list[FileRecord]:
    return [an_object(f"image-{number}", instance(number)) for number in range(count)]


def test_references_that_agree_are_no_finding() -> None:
    named = [
        reference(instance(0)),
        reference(instance(1), IN_SERIES, series_uid=SERIES),
        reference(instance(2), IN_STUDY, series_uid=SERIES, study_uid=STUDY),
        reference(instance(2), class_uid=""),
        reference(SERIES, RELATED_SERIES, kind="series", class_uid="", study_uid=STUDY),
    ]
    assert not judged([*images(), referring(*named)]).codes() & CODES


def test_another_class_than_that_of_the_target() -> None:
    named = [reference(instance(number), class_uid=MR) for number in range(3)]
    found = judged([*images(), referring(*named)])
    finding = found.one("ENT-51")
    assert (finding.severity, finding.level, finding.uid) == ("error", "series", OTHER_SERIES)
    assert finding.path == SOURCE_IMAGE
    assert finding.facts["references"] == 3
    assert finding.facts["target_series"] == SERIES
    assert (finding.facts["stated"], finding.facts["actual"]) == ("MR Image Storage", ("CT Image Storage",))
    assert found.files(finding) == {"referring"}
    assert "ENT-52" not in found.codes()


def test_a_finding_for_each_referring_series_and_target_series() -> None:
    targets = [
        an_object(
            f"{series}-{number}", instance(10 * series + number), SeriesInstanceUID=f"{SERIES}.{series}"
        )
        for series in (1, 2)
        for number in (1, 2)
    ]
    named = [reference(record.sop_instance_uid, class_uid=MR) for record in targets]
    found = judged([*targets, referring(*named), referring(*named, path="second", number=98)])
    assert [finding.facts["target_series"] for finding in found.of("ENT-51")] == [
        f"{SERIES}.1",
        f"{SERIES}.2",
    ]
    assert all(found.files(finding) == {"referring", "second"} for finding in found.of("ENT-51"))


@pytest.mark.parametrize("pattern", ["OriginalAttributesSequence[]", "ConversionSourceAttributesSequence[]"])
def test_what_an_object_once_said_or_was_is_not_held_against_the_present(pattern: str) -> None:
    named = reference(
        instance(0), f"{pattern}.ReferencedSOPInstanceUID", class_uid=MR, series_uid=OTHER_SERIES
    )
    assert not judged([*images(), referring(named)]).codes() & CODES


def test_a_target_sent_as_a_more_general_class_may_be_named_by_its_own() -> None:
    target = an_object("image", instance(0), fields={"OriginalSpecializedSOPClassUID": padded(MR)})
    assert "ENT-51" not in judged([target, referring(reference(instance(0), class_uid=MR))]).codes()
    other = an_object("other", instance(1), fields={"OriginalSpecializedSOPClassUID": padded(MR)})
    plain = an_object("image", instance(0))
    assert "ENT-51" in judged([plain, other, referring(reference(instance(0), class_uid=MR))]).codes()


def test_a_target_without_class_agrees_with_every_class() -> None:
    target = an_object("image", instance(0), SOPClassUID=None)
    assert "ENT-51" not in judged([target, referring(reference(instance(0), class_uid=MR))]).codes()


def test_another_series_than_that_of_the_target() -> None:
    found = judged([*images(), referring(reference(instance(0), IN_SERIES, series_uid=f"{ROOT}.8"))])
    finding = found.one("ENT-52")
    assert (finding.severity, finding.level, finding.uid) == ("error", "series", OTHER_SERIES)
    assert finding.facts["wrong"] == "series"
    assert (finding.facts["stated"], finding.facts["actual"]) == ((f"{ROOT}.8",), (SERIES,))
    assert finding.facts["target_series"] == SERIES


def test_another_study_than_that_of_the_target() -> None:
    named = [
        reference(instance(number), IN_STUDY, series_uid=SERIES, study_uid=OTHER_STUDY) for number in range(3)
    ]
    series = reference(
        SERIES,
        "StudiesContainingOtherReferencedInstancesSequence[].ReferencedSeriesSequence[].SeriesInstanceUID",
        kind="series",
        class_uid="",
        study_uid=OTHER_STUDY,
    )
    finding = judged([*images(), referring(*named, series)]).one("ENT-52")
    assert finding.facts["wrong"] == "study"
    assert (finding.facts["stated"], finding.facts["actual"]) == ((OTHER_STUDY,), (STUDY,))


def test_a_series_named_below_another_study() -> None:
    named = reference(SERIES, RELATED_SERIES, kind="series", class_uid="", study_uid=OTHER_STUDY)
    finding = judged([*images(), referring(named)]).one("ENT-52")
    assert (finding.path, finding.facts["target_series"]) == (RELATED_SERIES, SERIES)


def test_series_and_study_and_class_at_once() -> None:
    named = reference(instance(0), IN_STUDY, class_uid=MR, series_uid=f"{ROOT}.8", study_uid=OTHER_STUDY)
    found = judged([*images(), referring(named)])
    assert found.codes() & CODES == {"ENT-51", "ENT-52"}
    assert found.one("ENT-52").facts["wrong"] == "series and study"


def test_of_several_copies_one_that_fits_is_enough() -> None:
    copies = [
        an_object("here", instance(0)),
        an_object("there", instance(0), SeriesInstanceUID=f"{ROOT}.8", SOPClassUID=MR),
    ]
    named = [
        reference(instance(0), IN_SERIES, series_uid=f"{ROOT}.8", class_uid=MR),
        reference(instance(0), IN_SERIES, series_uid=SERIES),
    ]
    assert not judged([*copies, referring(*named)]).codes() & CODES


def test_a_missing_target_is_no_contradiction() -> None:
    named = reference(instance(7), IN_SERIES, series_uid=f"{ROOT}.8", class_uid=MR)
    assert not judged([*images(), referring(named)]).codes() & CODES


@pytest.mark.parametrize(
    "pattern",
    [
        SOURCE_IMAGE,
        "ReferencedImageSequence[].ReferencedSOPInstanceUID",
        "SourceInstanceSequence[].ReferencedSOPInstanceUID",
        "FrameExtractionSequence[].MultiFrameSourceSOPInstanceUID",
        "PredecessorDocumentsSequence[].ReferencedSeriesSequence[].ReferencedSOPSequence[].ReferencedSOPInstanceUID",
    ],
)
def test_an_object_that_names_itself_as_its_source(pattern: str) -> None:
    records = [
        an_object(f"{number}", instance(number), references=[reference(instance(number), pattern)])
        for number in (1, 2)
    ]
    found = judged(records)
    assert [(finding.severity, finding.uid, finding.path) for finding in found.of("ENT-53")] == [
        ("warning", instance(1), pattern),
        ("warning", instance(2), pattern),
    ]
    assert [found.files(finding) for finding in found.of("ENT-53")] == [{"1"}, {"2"}]


def test_one_file_has_one_finding_however_often_it_names_itself() -> None:
    named = [
        reference(instance(1)),
        reference(instance(1), "ReferencedImageSequence[].ReferencedSOPInstanceUID"),
    ]
    finding = judged([an_object("a", instance(1), references=named)]).one("ENT-53")
    assert len(finding.facts["elements"]) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "pattern",
    [
        "IdenticalDocumentsSequence[].ReferencedSeriesSequence[].ReferencedSOPSequence[].ReferencedSOPInstanceUID",
        "00291101[].ReferencedSOPInstanceUID",
        "SourceImageSequence[].00291101[].ReferencedSOPInstanceUID",
        "SOPInstanceUIDOfConcatenationSource",
        "OriginalAttributesSequence[].ModifiedAttributesSequence[].SOPInstanceUID",
        "PerFrameFunctionalGroupsSequence[].DerivationImageSequence[].SourceImageSequence[].ReferencedSOPInstanceUID",
        IN_SERIES,
    ],
)
def test_where_an_object_may_well_name_itself(pattern: str) -> None:
    assert (
        "ENT-53"
        not in judged(
            [an_object("a", instance(1), references=[reference(instance(1), pattern, class_uid=CT)])]
        ).codes()
    )


def test_an_object_that_names_another_is_no_self_reference() -> None:
    records = [an_object("a", instance(1), references=[reference(instance(2))]), an_object("b", instance(2))]
    assert "ENT-53" not in judged(records).codes()
