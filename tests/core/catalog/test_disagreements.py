"""On what the objects of a patient, a study, a series or a frame of reference differ."""

from __future__ import annotations

import pytest

from tests.core.judge.scene import FRAME, SERIES, STUDY, an_object, instance, loaded
from uidscope.core.catalog.disagreements import (
    Disagreement,
    EntityKind,
    disagreements,
    occurrences_of_profiles,
)
from uidscope.core.read.record import FileRecord

KEYWORDS = ("StudyDate", "Modality", "StationName")


def found_in(records: list[FileRecord], kind: EntityKind) -> list[Disagreement]:
    with loaded(records) as catalog:
        return list(disagreements(catalog, kind, KEYWORDS))


RECORDS = [
    an_object("a", instance(1), StudyDate="20240101"),
    an_object("b", instance(2), StudyDate="20240101"),
    an_object("c", instance(3), StudyDate=""),
    an_object("d", instance(4)),
]


@pytest.mark.parametrize(
    ("kind", "uid"),
    [("patient", "ALPHA-1"), ("study", STUDY), ("series", SERIES), ("frame_of_reference", FRAME)],
)
def test_each_kind_of_entity(kind: EntityKind, uid: str) -> None:
    (found,) = found_in(RECORDS, kind)
    assert found.uid == uid
    assert list(found.values) == ["StudyDate"]
    said = dict(zip(found.values["StudyDate"], [each.files for each in found.objects], strict=True))
    assert said == {"20240101": 2, "": 1, None: 1}
    assert {each.modality for each in found.objects} == {"CT"}
    assert all(each.are_whole for each in found.objects)


def test_entities_that_agree_are_left_out() -> None:
    assert found_in(RECORDS[:2], "series") == []
    apart = [RECORDS[0], an_object("e", instance(5), SeriesInstanceUID=f"{SERIES}.1", StationName="CT2")]
    assert found_in(apart, "series") == []
    assert len(found_in(apart, "study")) == 1


def test_a_series_in_two_studies_is_two_entities() -> None:
    moved = an_object("e", instance(5), StudyInstanceUID=f"{STUDY}.1", StationName="CT2")
    assert found_in([RECORDS[0], moved], "series") == []


def test_what_has_no_key_is_no_entity() -> None:
    keyless = {"PatientID": "", "StudyInstanceUID": None, "SeriesInstanceUID": "", "FrameOfReferenceUID": ""}
    records = [
        an_object(name, instance(number), attributes={**keyless, "StationName": name})
        for number, name in enumerate(("one", "two"))
    ]
    for kind in ("patient", "study", "series", "frame_of_reference"):
        assert found_in(records, kind) == []


def test_some_of_the_objects() -> None:
    records = [*RECORDS, an_object("e", instance(5), StudyDate="20240101", StationName="CT2")]
    with loaded(records) as catalog:
        (found,) = disagreements(catalog, "series", KEYWORDS)
        with_date = found.among(lambda place: bool(found.values["StudyDate"][place]))
        assert list(with_date.values) == ["StationName"]
        files = occurrences_of_profiles(catalog, [each.profile_id for each in with_date.objects])
    assert len(files) == 3
    assert found.among(lambda _: True) is found
