"""The states of references, each decided in one place and counted the same way."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.catalog.records import CT, FRAME, MR, SERIES, STUDY, a_catalog, a_record, a_reference, field
from uidscope.core.catalog.references import (
    REFERENCE_STATES,
    references_from,
    references_of,
    references_to,
    state_counts,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.read.record import FileRecord, RawReference

ICBM_FRAME = "1.2.840.10008.1.4.1.1"  # Talairach Brain Atlas Frame of Reference (PS3.6 A)


def state(reference: RawReference, *loaded: FileRecord) -> str:
    """The state of a reference that one more object of the usual series makes."""
    with a_catalog([a_record("1.1", references=[reference]), *loaded]) as catalog:
        (found,) = references_from(catalog, 1)
        assert state_counts(catalog) == {name: int(name == found.state) for name in REFERENCE_STATES}
        return found.state


TARGET = a_record("1.2")


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (a_reference("1.2"), "resolved"),
        (a_reference("1.2", class_uid=CT, series_uid=SERIES, study_uid=STUDY), "resolved"),
        (a_reference("1.9"), "missing"),
        (a_reference("1.9", class_uid=MR), "missing"),
        (a_reference("1.2", class_uid=MR), "wrong-class"),
        (a_reference("1.2", series_uid="1.5"), "wrong-parent"),
        (a_reference("1.2", study_uid="1.5"), "wrong-parent"),
        (a_reference("1.2", class_uid=MR, study_uid="1.5"), "wrong-class"),
        (a_reference("1.1", class_uid=MR), "self"),
        (a_reference("1.2", kind="other"), "unchecked"),
        (a_reference(STUDY, kind="study"), "resolved"),
        (a_reference(STUDY, kind="study", class_uid="1.2.840.10008.3.1.2.3.1"), "resolved"),
        (a_reference("1.5", kind="study"), "missing"),
        (a_reference(SERIES, kind="series"), "resolved"),
        (a_reference(SERIES, kind="series", study_uid=STUDY), "resolved"),
        (a_reference(SERIES, kind="series", study_uid="1.5"), "wrong-parent"),
        (a_reference("1.5", kind="series"), "missing"),
        (a_reference(STUDY, kind="instance"), "missing"),
        (a_reference(FRAME, kind="frame_of_reference"), "missing"),
        (a_reference(ICBM_FRAME, kind="frame_of_reference"), "resolved"),
        (a_reference("1.2.840.10008.999.1", kind="frame_of_reference"), "missing"),
    ],
)
def test_each_state(reference: RawReference, expected: str) -> None:
    assert state(reference, TARGET) == expected


def test_a_target_without_a_class_is_of_no_wrong_class() -> None:
    assert state(a_reference("1.2", class_uid=CT), a_record("1.2", SOPClassUID=None)) == "resolved"


def test_a_frame_of_reference_is_there_where_an_object_is_in_it() -> None:
    reference = a_reference(FRAME, kind="frame_of_reference")
    nested = ("ReferencedFrameOfReferenceSequence[].FrameOfReferenceUID", field(FRAME), 1)
    assert state(reference, a_record("1.2", FrameOfReferenceUID=FRAME)) == "resolved"
    assert state(reference, a_record("1.2", values=[nested])) == "missing"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (a_record("1.2", path="again"), "resolved"),
        (a_record("1.2", path="again", PatientID="B2"), "resolved"),
        (a_record("1.2", path="again", SeriesInstanceUID="1.5"), "ambiguous"),
        (a_record("1.2", path="again", StudyInstanceUID="1.5"), "ambiguous"),
        (a_record("1.2", path="again", SOPClassUID=MR), "ambiguous"),
        (a_record("1.2", path="again", SOPClassUID=None), "resolved"),
    ],
)
def test_several_files_are_ambiguous_where_they_are_different_objects(
    other: FileRecord, expected: str
) -> None:
    assert state(a_reference("1.2", class_uid=CT), TARGET, other) == expected


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        ([(2, b"a", None)], "resolved"),
        ([(2, b"a", None), (3, b"a", None)], "resolved"),
        ([(2, b"a", None), (3, b"b", None)], "ambiguous"),
        ([(2, b"a", 1), (3, b"b", 1)], "resolved"),
        ([(2, b"a", 1), (3, b"b", 2)], "ambiguous"),
    ],
)
def test_contents_found_different_make_a_reference_ambiguous(
    contents: list[tuple[int, bytes, int | None]], expected: str
) -> None:
    records = [a_record("1.1", references=[a_reference("1.2")]), TARGET, a_record("1.2", path="again")]
    with a_catalog(records) as catalog:
        with catalog.connection as connection:
            connection.executemany(
                "INSERT INTO content (occurrence_id, sha256, object_number) VALUES (?, ?, ?)", contents
            )
        assert [found.state for found in references_from(catalog, 1)] == [expected]
        assert references_from(catalog, 1)[0].targets == (2, 3)


def test_an_empty_uid_is_no_reference() -> None:
    with a_catalog([a_record("1.1", references=[a_reference("")])]) as catalog:
        assert references_from(catalog, 1) == []
        assert sum(state_counts(catalog).values()) == 0


def test_a_shared_set_is_itself_for_one_file_only() -> None:
    references = [a_reference("1.1"), a_reference("1.9", count=2)]
    with a_catalog([a_record(uid, references=references) for uid in ("1.1", "1.2", "1.3")]) as catalog:
        found = Counter(state_counts(catalog))
        assert [[row.state for row in references_from(catalog, id_)] for id_ in (1, 2, 3)] == [
            ["self", "missing"],
            ["resolved", "missing"],
            ["resolved", "missing"],
        ]
    assert found == Counter({"self": 1, "resolved": 2, "missing": 6})


def test_a_row_says_what_the_reference_says() -> None:
    reference = a_reference(
        "1.2", class_uid=CT, series_uid=SERIES, study_uid=STUDY, purpose="121322", count=4
    )
    with a_catalog([a_record("1.1", references=[reference]), TARGET]) as catalog:
        (found,) = references_from(catalog, 1)
    assert found == (
        1,
        reference.pattern,
        "1.2",
        "instance",
        CT,
        SERIES,
        STUDY,
        "121322",
        4,
        "resolved",
        (2,),
    )


def test_who_refers_to_an_object() -> None:
    records = [
        a_record("1.1", references=[a_reference("1.3"), a_reference("1.2")]),
        a_record("1.2", references=[a_reference("1.3")]),
        a_record("1.3", references=[a_reference(STUDY, kind="study")]),
        a_record("1.4", references=[a_reference("1.3", class_uid=MR)]),
    ]
    with a_catalog(records) as catalog:
        assert [(row.from_occurrence, row.state) for row in references_to(catalog, "1.3")] == [
            (1, "resolved"),
            (2, "resolved"),
            (4, "wrong-class"),
        ]
        assert [row.from_occurrence for row in references_to(catalog, STUDY)] == [3]
        assert references_to(catalog, "1.9") == references_to(catalog, "") == []


_uids = st.sampled_from(["", "1.0", "1.1", "1.2", "1.9", STUDY, SERIES, FRAME])
_references = st.builds(
    a_reference,
    _uids,
    kind=st.sampled_from(["instance", "series", "study", "frame_of_reference", "other"]),
    class_uid=st.sampled_from(["", CT, MR]),
    series_uid=st.sampled_from(["", SERIES, "1.5"]),
    study_uid=st.sampled_from(["", STUDY, "1.5"]),
    count=st.integers(1, 3),
)
_files = st.lists(
    st.tuples(
        st.sampled_from(["", "1.0", "1.1", "1.2"]),
        st.sampled_from([CT, MR, None]),
        st.sampled_from([SERIES, "1.5"]),
        st.sampled_from([None, FRAME]),
        st.lists(_references, max_size=4),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=80)
@given(_files)
def test_all_questions_give_one_answer(
    files: list[tuple[str, str | None, str, str | None, list[RawReference]]],
) -> None:
    records = [
        a_record(
            uid,
            path=str(n),
            SOPClassUID=class_uid,
            SeriesInstanceUID=series,
            FrameOfReferenceUID=frame,
            references=references,
        )
        for n, (uid, class_uid, series, frame, references) in enumerate(files)
    ]
    with a_catalog(records) as catalog:
        one_by_one = [row for id_ in range(1, len(files) + 1) for row in references_from(catalog, id_)]
        assert list(references_of(catalog, range(1, len(files) + 1))) == one_by_one
        counted: Counter[str] = Counter()
        for row in one_by_one:
            counted[row.state] += row.count
        assert {name: counted[name] for name in REFERENCE_STATES} == state_counts(catalog)
        assert sum(counted.values()) == sum(
            reference.count for record in records for reference in record.references if reference.uid
        )
        by_target = [row for uid in {row.uid for row in one_by_one} for row in references_to(catalog, uid)]
        assert sorted(by_target) == sorted(one_by_one)
        check_targets(catalog, one_by_one, records)


def check_targets(catalog: Catalog, rows: list, records: list[FileRecord]) -> None:
    """The targets of an instance reference are the files that bear its UID."""
    for row in rows:
        bearers = tuple(id_ for id_, record in enumerate(records, 1) if record.sop_instance_uid == row.uid)
        assert row.targets == (bearers if row.kind == "instance" else ())
        assert (row.state == "missing") <= (not row.targets)
