"""What goes into the catalog comes out of it, whatever the order and however often it is shared."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.catalog.records import CT, SERIES, STUDY, a_catalog, a_dicomdir, a_record, a_reference
from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.lookup import not_loaded, occurrence, occurrences, ui_values
from uidscope.core.catalog.plan_questions import occurrences_holding
from uidscope.core.catalog.references import references_from
from uidscope.core.catalog.set_numbers import SETS_OF_A_BASE
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import counts
from uidscope.core.catalog.uid_uses import uid_use_counts
from uidscope.core.read.record import BROKEN, FileRecord, FileStamp, NotLoaded, RawReference, RawUiValue
from uidscope.core.uid.syntax import is_plainly_encoded, split_field, strip_value


def odd_fields(catalog: Catalog) -> list[tuple[int, str, bytes, int]]:
    return catalog.connection.execute(
        "SELECT occurrence_id, text, raw, count FROM odd_field JOIN pattern ON pattern.id = pattern_id"
        " ORDER BY occurrence_id, text, raw"
    ).fetchall()


def nested(catalog: Catalog, occurrence_id: int) -> dict[tuple[str, str], int]:
    """The UI values of a file that stand inside sequences, with how often each does."""
    return {
        (value.pattern, value.uid): value.count
        for value in ui_values(catalog, occurrence_id)
        if "[]" in value.pattern
    }


def test_what_a_record_says_is_what_the_catalog_says() -> None:
    record = a_record(
        "1.2.3.4",
        path="patient/series/IM 1",
        number="7",
        meta_uid="1.2.3.5",
        stamp=FileStamp(123, 456, 7, 89),
        flags=BROKEN,
        faults=[("FILE-02", "PixelData", "at byte 7")],
        PatientName="TEST^GAMMA",
        IssuerOfPatientID="",
        Manufacturer=None,
    )
    with a_catalog([record]) as catalog:
        row = occurrence(catalog, 1)
        faults = catalog.connection.execute("SELECT * FROM fault").fetchall()
    assert row.relative_path == "patient/series/IM 1"
    assert row.stamp == FileStamp(123, 456, 7, 89)
    assert row.flags == BROKEN
    assert row.encoding == record.encoding
    assert row.profile["PatientName"] == "TEST^GAMMA"
    assert row.profile["IssuerOfPatientID"] == ""
    assert "Manufacturer" not in row.profile
    assert (row.sop_instance_uid, row.meta_sop_instance_uid) == ("1.2.3.4", "1.2.3.5")
    assert (row.study_uid, row.series_uid, row.instance_number) == (STUDY, SERIES, "7")
    assert faults == [(1, "FILE-02", "PixelData", "at byte 7")]


@pytest.mark.parametrize(
    ("uid", "meta_uid", "kept"),
    [("1.2", "1.2", "1.2"), ("1.2", "1.3", "1.3"), ("1.2", None, ""), ("", "1.3", "1.3"), ("", None, "")],
)
def test_the_uid_of_the_file_meta(uid: str, meta_uid: str | None, kept: str) -> None:
    record = a_record(uid)._replace(meta_sop_instance_uid=meta_uid)
    with a_catalog([record]) as catalog:
        assert occurrence(catalog, 1).meta_sop_instance_uid == kept
        assert occurrence(catalog, 1).sop_instance_uid == uid


def test_several_values_are_numbered_and_one_is_not() -> None:
    values = [
        ("SOPClassesInStudy", b"1.2\\ 1.3\\1.4\0", 1),
        ("RelatedGeneralSOPClassUID", b"1.5\0", 1),
        ("FailedSOPInstanceUIDList", b"", 1),
    ]
    with a_catalog([a_record("1.2.3", values=values)]) as catalog:
        found = {value.pattern: value.uid for value in ui_values(catalog, 1)}
    assert {
        pattern: uid for pattern, uid in found.items() if pattern.startswith(("SOPClassesIn", "Rel"))
    } == {
        "SOPClassesInStudy(1)": "1.2",
        "SOPClassesInStudy(2)": "1.3",
        "SOPClassesInStudy(3)": "1.4",
        "RelatedGeneralSOPClassUID": "1.5",
    }
    assert found["FailedSOPInstanceUIDList"] == ""


def test_odd_bytes_are_kept_as_they_are() -> None:
    values = [
        ("DeviceUID", b" 1.2\0", 1),
        ("SourceImageSequence[].ReferencedSOPInstanceUID", b"1.25 ", 3),
    ]
    with a_catalog([a_record("1.2.3", values=values), a_record("1.2.4", values=values)]) as catalog:
        assert odd_fields(catalog) == [
            (file, pattern, raw, count) for file in (1, 2) for pattern, raw, count in values
        ]
        assert nested(catalog, 2) == {("SourceImageSequence[].ReferencedSOPInstanceUID", "1.25"): 3}


def test_one_value_encoded_in_two_ways_is_one_value() -> None:
    pattern = "SourceImageSequence[].ReferencedSOPInstanceUID"
    with a_catalog([a_record("1.2.3", values=[(pattern, b"1.2\0", 2), (pattern, b"1.2 ", 1)])]) as catalog:
        assert nested(catalog, 1) == {(pattern, "1.2"): 3}


def test_an_odd_sop_instance_uid_is_no_second_value() -> None:
    odd = [
        a_record(f"1.2.{n}", values=[("SOPInstanceUID", f"1.2.{n} ".encode(), 1)], meta_uid=f"1.2.{n}")
        for n in (1, 2, 3)
    ]
    with a_catalog(odd) as catalog:
        assert [field[1:3] for field in odd_fields(catalog)] == [
            ("SOPInstanceUID", f"1.2.{n} ".encode()) for n in (1, 2, 3)
        ]
        for id_, n in enumerate((1, 2, 3), 1):
            found = Counter(value.pattern for value in ui_values(catalog, id_) if value.uid == f"1.2.{n}")
            assert found == {"SOPInstanceUID": 1, "meta.MediaStorageSOPInstanceUID": 1}


def test_a_dicomdir_is_no_instance_and_keeps_its_values() -> None:
    directory = a_dicomdir(meta_uid="1.2.9", uid="1.2.8")
    record_values = (("DirectoryRecordSequence[].ReferencedSOPInstanceUIDInFile", b"1.2.3\0", 1),)
    with a_catalog([directory._replace(values=record_values)]) as catalog:
        assert counts(catalog).dicomdirs == 1
        assert counts(catalog).instances == 0
        row = occurrence(catalog, 1)
        assert (row.instance_id, row.series_id, row.study_id, row.patient_id) == (0, 0, 0, 0)
        assert {(value.pattern, value.uid) for value in ui_values(catalog, 1)} == {
            ("DirectoryRecordSequence[].ReferencedSOPInstanceUIDInFile", "1.2.3"),
            ("SOPInstanceUID", "1.2.8"),
            ("meta.MediaStorageSOPInstanceUID", "1.2.9"),
        }


def test_names_that_are_no_unicode_are_kept_visibly() -> None:
    with a_catalog([a_record("1.2.3", PatientName="M\udcfcLLER")]) as catalog:
        assert occurrence(catalog, 1).profile["PatientName"] == "M\\udcfcLLER"


@pytest.mark.skipif(sys.platform == "win32", reason="names there are Unicode")
def test_file_names_that_are_no_unicode_are_kept_exactly() -> None:
    path = os.fsdecode(b"f\xe9\xff/\xff.dcm")
    with a_catalog(
        [a_record("1.2.3", path=path)], not_loaded=[NotLoaded(0, path, "not-dicom", "")]
    ) as catalog:
        assert occurrence(catalog, 1).relative_path == path
        assert os.fsencode(occurrence(catalog, 1).absolute_path) == b"/archive/f\xe9\xff/\xff.dcm"
        assert [row.path for row in not_loaded(catalog)] == [path]


def test_numbers_too_large_for_the_database_come_back() -> None:
    stamp = FileStamp(2**40, 2**62, 2**64 - 1, 2**127 + 5)
    with a_catalog([a_record("1.2.3", stamp=stamp)]) as catalog:
        assert occurrence(catalog, 1).stamp == stamp


def test_nothing_is_lost_that_was_not_loaded() -> None:
    left_out = [NotLoaded(1, "b.txt", "not-dicom", ""), NotLoaded(0, "a/b.dcm", "unreadable", "EACCES")]
    with a_catalog([], sources=[("/one", True), ("/two", True)], not_loaded=left_out) as catalog:
        assert [tuple(row) for row in not_loaded(catalog)] == [
            (os.path.join(os.path.abspath("/one"), "a", "b.dcm"), "unreadable", "EACCES"),
            (os.path.join(os.path.abspath("/two"), "b.txt"), "not-dicom", ""),
        ]
        assert counts(catalog).files == counts(catalog).not_loaded == 2


def test_a_later_writer_finds_what_an_earlier_one_wrote() -> None:
    reference = [a_reference("1.2.3", purpose="121322")]
    first = [a_record("1.2.3", path="a"), a_record("1.2.4", path="b", references=reference)]
    second = [a_record("1.2.3", path="c"), a_record("1.2.5", path="d", references=reference)]
    with a_catalog(first) as catalog:
        writer = CatalogWriter(catalog)
        writer.add(second)
        writer.finish()
        found = counts(catalog)
        assert (found.patients, found.studies, found.series, found.instances) == (1, 1, 1, 3)
        assert found.occurrences == 4
        assert [row.relative_path for row in occurrences(catalog)] == ["a", "b", "c", "d"]
        assert occurrence(catalog, 1).instance_id == occurrence(catalog, 3).instance_id
        assert [row.uid for row in references_from(catalog, 4)] == ["1.2.3"]


def test_plain_tuples_do_as_well() -> None:
    record = a_record("1.2.3", references=[a_reference("1.2.4")])
    plain = (*record[:2], tuple(record.stamp), *record[3:10], (tuple(record.references[0]),), record.faults)
    with a_catalog([FileRecord._make(plain)]) as catalog:
        assert [row.uid for row in references_from(catalog, 1)] == ["1.2.4"]


_PATTERNS = ("A[].DeviceUID", "B[].DeviceUID", "C[].DeviceUID", "D[].DeviceUID")
_field = st.sampled_from([b"1.2\0", b"1.3\0", b"1.2 ", b" 1.4", b"", b"1.2\\1.3\0", b"1.5", b"\0\0"])
_values = st.lists(
    st.tuples(st.sampled_from(_PATTERNS), _field, st.integers(1, 3)),
    max_size=6,
    unique_by=lambda value: value[:2],
)


def members(values: list[RawUiValue]) -> dict[tuple[str, str], int]:
    """What the values of a file are to be, by the rules and one by one."""
    found: Counter[tuple[str, str]] = Counter()
    for pattern, raw, count in values:
        fields = split_field(raw)
        for number, value in enumerate(fields, 1):
            found[pattern if len(fields) == 1 else f"{pattern}({number})", strip_value(value)] += count
    return dict(found)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 2), _values), min_size=1, max_size=8))
def test_sharing_loses_no_value_whatever_varies(files: list[tuple[int, list[RawUiValue]]]) -> None:
    records = [
        a_record(f"1.2.{n}", values=values, SeriesInstanceUID=f"{SERIES}.{series}")
        for n, (series, values) in enumerate(files)
    ]
    with a_catalog(records) as catalog:
        for id_, (_, values) in enumerate(files, 1):
            assert nested(catalog, id_) == members(values)
        assert odd_fields(catalog) == sorted(
            (id_, *value)
            for id_, (_, values) in enumerate(files, 1)
            for value in values
            if not is_plainly_encoded(value[1])
        )


def test_an_element_that_varies_only_later_is_in_every_file() -> None:
    events, machine = "A[].IrradiationEventUID", "B[].DeviceUID"
    files: list[list[RawUiValue]] = [
        [(events, b"1.2.%d" % (10 + n), 1), (machine, b"1.2.99" if n == 3 else b"1.2.90", 1)]
        for n in range(6)
    ]
    with a_catalog([a_record(f"1.3.{n}", values=values) for n, values in enumerate(files)]) as catalog:
        for id_, values in enumerate(files, 1):
            assert nested(catalog, id_) == members(values)


def test_a_series_may_have_more_files_that_vary_than_stand_on_one_base() -> None:
    pattern, number = "SourceImageSequence[].ReferencedSOPInstanceUID", SETS_OF_A_BASE + 300
    same: RawUiValue = ("A[].DeviceUID", b"1.2.90", 1)
    records = (a_record(f"1.3.{n}", values=[(pattern, b"1.20%06d" % n, 1), same]) for n in range(number))
    with a_catalog(records) as catalog:
        for id_ in (1, 2, 3, SETS_OF_A_BASE - 1, SETS_OF_A_BASE, SETS_OF_A_BASE + 1, number):
            assert nested(catalog, id_) == {(pattern, f"1.20{id_ - 1:06}"): 1, ("A[].DeviceUID", "1.2.90"): 1}
        assert len(occurrences_holding(catalog, "A[].DeviceUID")) == number
        assert uid_use_counts(catalog, "1.2.90").by_pattern["A[].DeviceUID"].files == number


_reference = st.builds(
    a_reference,
    st.sampled_from(["", "1.2.0", "1.2.1", "1.2.9"]),
    pattern=st.sampled_from(["A[].ReferencedSOPInstanceUID", "B[].ReferencedSOPInstanceUID"]),
    class_uid=st.sampled_from(["", CT]),
    purpose=st.sampled_from(["", "121322", "\udcff"]),
    count=st.integers(1, 2),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(_reference, max_size=4), min_size=1, max_size=6))
def test_sharing_loses_no_reference(files: list[list[RawReference]]) -> None:
    records = [a_record(f"1.2.{n}", references=references) for n, references in enumerate(files)]
    with a_catalog(records) as catalog:
        for id_, references in enumerate(files, 1):
            expected: Counter[tuple[str, ...]] = Counter()
            for reference in references:
                if reference.uid:
                    purpose = reference.purpose.replace("\udcff", "\\udcff")
                    expected[reference.pattern, reference.uid, reference.class_uid, purpose] += (
                        reference.count
                    )
            found = references_from(catalog, id_)
            assert {
                (row.pattern, row.uid, row.class_uid, row.purpose): row.count for row in found
            } == expected
            assert len(found) == len(expected)


@pytest.fixture
def many() -> Iterator[tuple[Catalog, list[FileRecord]]]:
    """More files than are written at a time, of two series that alternate, with a few said twice."""
    records = [
        a_record(
            f"1.2.{n % 9900}",
            path=f"{n:05}",
            values=[("SourceImageSequence[].ReferencedSOPInstanceUID", b"1.2.%d" % n, 1)],
            SeriesInstanceUID=f"{SERIES}.{n % 2}",
        )
        for n in range(10_000)
    ]
    with a_catalog(records) as catalog:
        yield catalog, records


def test_every_file_of_a_long_load_is_there(many: tuple[Catalog, list[FileRecord]]) -> None:
    catalog, records = many
    found = counts(catalog)
    assert (found.occurrences, found.instances, found.series, found.patients) == (10_000, 9900, 2, 1)
    for row, record in zip(occurrences(catalog), records, strict=True):
        assert (row.relative_path, row.sop_instance_uid) == (record.path, record.sop_instance_uid)
        assert row.series_uid == record.attribute("SeriesInstanceUID")
    for id_ in (1, 2, 3999, 4000, 4001, 9999, 10_000):
        raw = records[id_ - 1].values[-1][1]
        assert nested(catalog, id_) == {(records[id_ - 1].values[-1][0], strip_value(raw)): 1}
