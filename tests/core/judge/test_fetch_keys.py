"""The keys of missing instances, and where each was found."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.core.judge.scene import (
    CT,
    MR,
    ROOT,
    RTSTRUCT,
    SERIES,
    SR,
    STUDY,
    an_object,
    instance,
    loaded,
    reference,
)
from uidscope.core.errors import Cancelled
from uidscope.core.judge.fetch_keys import FetchKeys, Key, MissingInstance, fetch_keys, keys_of_missing
from uidscope.core.progress import CancelToken
from uidscope.core.read.record import FileRecord, RawReference

OTHER_STUDY, LOST_SERIES = f"{ROOT}.6", f"{ROOT}.7"
_LISTED = "ReferencedSeriesSequence[].ReferencedInstanceSequence[].ReferencedSOPInstanceUID"
_EVIDENCE = "ReferencedSeriesSequence[].ReferencedSOPSequence[].ReferencedSOPInstanceUID"
BARE = "ROIContourSequence[].ContourSequence[].ContourImageSequence[].ReferencedSOPInstanceUID"


def missing(records: Iterable[FileRecord]) -> list[MissingInstance]:
    with loaded(records) as catalog:
        return list(fetch_keys(catalog))


def referring(
    *references: RawReference, path: str = "referring", number: int = 99, **attributes: str
) -> FileRecord:
    return an_object(
        path,
        instance(number),
        references=references,
        attributes={"SeriesInstanceUID": f"{ROOT}.5", "SOPClassUID": RTSTRUCT, **attributes},
    )


def lost(pattern: str, **parents: str) -> RawReference:
    return reference(instance(7), pattern, **parents)


def test_nothing_is_missing() -> None:
    assert missing([an_object("a", instance(7)), referring(lost(BARE))]) == []


def test_a_bare_reference_gives_itself_and_its_patient() -> None:
    (found,) = missing([referring(lost(BARE))])
    assert (found.uid, found.class_uid) == (instance(7), CT)
    assert found.patient_id == Key("ALPHA-1", "referring-object")
    assert found.series_uid == Key("", "")
    assert found.study_uid == Key(STUDY, "assumed")


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        (f"StudiesContainingOtherReferencedInstancesSequence[].{_LISTED}", "series-list"),
        (f"CurrentRequestedProcedureEvidenceSequence[].{_EVIDENCE}", "evidence"),
        (f"PertinentOtherEvidenceSequence[].{_EVIDENCE}", "evidence"),
        (f"SourceImageEvidenceSequence[].{_EVIDENCE}", "image-evidence"),
        (f"BlendingSequence[].{_EVIDENCE}", "enclosing"),
    ],
)
def test_where_series_and_study_stand_together(pattern: str, word: str) -> None:
    (found,) = missing([referring(lost(BARE), lost(pattern, series_uid=LOST_SERIES, study_uid=OTHER_STUDY))])
    assert found.series_uid == Key(LOST_SERIES, word)  # type: ignore[arg-type]
    assert found.study_uid == Key(OTHER_STUDY, word)  # type: ignore[arg-type]


def test_the_list_of_references_is_of_the_own_study() -> None:
    (found,) = missing([referring(lost(BARE), lost(_LISTED, series_uid=LOST_SERIES))])
    assert (found.series_uid, found.study_uid) == (
        Key(LOST_SERIES, "series-list"),
        Key(STUDY, "series-list"),
    )


def test_the_surest_place_is_taken() -> None:
    named = [
        lost(f"BlendingSequence[].{_EVIDENCE}", series_uid=f"{ROOT}.8", study_uid=OTHER_STUDY),
        lost(
            f"CurrentRequestedProcedureEvidenceSequence[].{_EVIDENCE}",
            series_uid=LOST_SERIES,
            study_uid=STUDY,
        ),
    ]
    (found,) = missing([referring(*named)])
    assert found.series_uid == Key(LOST_SERIES, "evidence")


def test_another_object_may_give_the_keys() -> None:
    full = lost(
        f"CurrentRequestedProcedureEvidenceSequence[].{_EVIDENCE}",
        series_uid=LOST_SERIES,
        study_uid=OTHER_STUDY,
    )
    (found,) = missing([referring(lost(BARE)), referring(full, path="report", number=98, SOPClassUID=SR)])
    assert (found.series_uid, found.study_uid) == (
        Key(LOST_SERIES, "other-object"),
        Key(OTHER_STUDY, "other-object"),
    )
    assert found.referring_occurrences == 2


def test_the_loaded_part_of_the_series_knows_the_study() -> None:
    in_series = "ReferencedFrameOfReferenceSequence[].ContourImageSequence[].ReferencedSOPInstanceUID"
    slices = [an_object("slice", instance(1), StudyInstanceUID=OTHER_STUDY)]
    (found,) = missing([*slices, referring(lost(in_series, series_uid=SERIES))])
    assert found.series_uid == Key(SERIES, "enclosing")
    assert found.study_uid == Key(OTHER_STUDY, "loaded-series")


def test_each_missing_instance_comes_once_in_order_of_its_keys() -> None:
    named = [
        reference(instance(number), _LISTED, series_uid=f"{ROOT}.7.{number % 2}", class_uid=MR)
        for number in (14, 11, 13, 12)
    ]
    records = [referring(*named, path=f"{number}", number=90 + number) for number in range(3)]
    found = missing(records)
    assert [each.uid for each in found] == [instance(number) for number in (12, 14, 11, 13)]
    assert {each.referring_occurrences for each in found} == {3}
    assert {each.class_uid for each in found} == {MR}


@pytest.mark.parametrize(
    "named",
    [
        reference(instance(7), purpose="121320"),
        reference(instance(7), "SOPInstanceUIDOfConcatenationSource"),
        reference(instance(7), "ConversionSourceAttributesSequence[].ReferencedSOPInstanceUID"),
        reference("1.2.840.10008.1.5.1", "ReferencedColorPaletteInstanceUID"),
        reference(OTHER_STUDY, "ReferencedStudySequence[].ReferencedSOPInstanceUID", kind="study"),
        reference(
            instance(7), "ReferencedPerformedProcedureStepSequence[].ReferencedSOPInstanceUID", kind="other"
        ),
    ],
)
def test_what_nobody_expects_is_not_fetched(named: RawReference) -> None:
    assert missing([referring(named)]) == []


def test_a_search_can_be_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    with loaded([referring(lost(BARE))]) as catalog, pytest.raises(Cancelled):
        list(fetch_keys(catalog, token))


# Seen from one file

PATIENT = Key("ALPHA-1", "referring-object")
NOT_KNOWN = Key("", "")


def test_from_one_file_each_kind_has_the_keys_of_its_levels() -> None:
    named = [
        lost(f"CurrentRequestedProcedureEvidenceSequence[].{_EVIDENCE}", series_uid=LOST_SERIES),
        reference(LOST_SERIES, "RelatedSeriesSequence[].SeriesInstanceUID", kind="series"),
        reference(OTHER_STUDY, "ReferencedStudySequence[].ReferencedSOPInstanceUID", kind="study"),
        reference(instance(1)),
    ]
    with loaded([an_object("slice", instance(1)), referring(*named)]) as catalog:
        found = keys_of_missing(catalog, 2)
    assert found == {
        ("instance", instance(7)): FetchKeys(
            PATIENT, Key(STUDY, "assumed"), Key(LOST_SERIES, "evidence"), Key(instance(7), "reference")
        ),
        ("series", LOST_SERIES): FetchKeys(
            PATIENT, Key(STUDY, "assumed"), Key(LOST_SERIES, "reference"), NOT_KNOWN
        ),
        ("study", OTHER_STUDY): FetchKeys(PATIENT, Key(OTHER_STUDY, "reference"), NOT_KNOWN, NOT_KNOWN),
    }


def test_from_one_file_what_another_object_says_is_taken_as_such() -> None:
    full = lost(
        f"CurrentRequestedProcedureEvidenceSequence[].{_EVIDENCE}",
        series_uid=LOST_SERIES,
        study_uid=OTHER_STUDY,
    )
    records = [referring(lost(BARE)), referring(full, path="report", number=98, SOPClassUID=SR)]
    with loaded(records) as catalog:
        seen = [keys_of_missing(catalog, id_)["instance", instance(7)] for id_ in (1, 2)]
    assert [keys.series_uid.found_in for keys in seen] == ["other-object", "evidence"]
    assert {keys.series_uid.value for keys in seen} == {LOST_SERIES}


def test_from_one_file_also_what_nobody_expects_has_keys() -> None:
    with loaded([referring(reference(instance(7), purpose="121320"))]) as catalog:
        assert list(keys_of_missing(catalog, 1)) == [("instance", instance(7))]
