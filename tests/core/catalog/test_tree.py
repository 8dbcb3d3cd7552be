"""The tree: every object has its place, in a natural order, whatever the size of the pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.catalog.records import CT, SERIES, STUDY, a_catalog, a_dicomdir, a_record, a_reference
from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import (
    ROOT,
    Badge,
    FileRow,
    InstanceRow,
    Node,
    NodeRow,
    PatientRow,
    SeriesRow,
    StudyRow,
    child_count,
    children,
    counts,
    parent,
    path_to,
    patient_count,
    position,
    row,
    with_several_files,
)
from uidscope.core.read.record import TRUNCATED, FileRecord, FileStamp, NotLoaded


def walk(catalog: Catalog, node: Node = ROOT) -> Iterator[NodeRow]:
    for child in children(catalog, node):
        yield child
        yield from walk(catalog, child.node)


def instances(catalog: Catalog) -> list[InstanceRow]:
    return [found for found in walk(catalog) if isinstance(found, InstanceRow)]


def test_a_row_says_what_its_objects_say() -> None:
    record = a_record(
        "1.2.3.4",
        path="d/1.dcm",
        number="5",
        flags=TRUNCATED,
        stamp=FileStamp(77, 1, 1, 1),
        IssuerOfPatientID="HOSPITAL",
        PatientBirthDate="19700102",
        StudyDate="20200304",
        StudyDescription="HEAD",
        StudyID="S1",
        AccessionNumber="ACC",
        SeriesNumber="3",
        SeriesDescription="AXIAL",
        SeriesDate="20200305",
    )
    with a_catalog([record]) as catalog:
        patient, study, series, instance = walk(catalog)
    assert patient == PatientRow(Node("patient", 1), 1, (), "TEST^ALPHA", "A1", "HOSPITAL", "19700102")
    assert study == StudyRow(Node("study", 1), 1, (), STUDY, "20200304", "HEAD", "S1", "ACC")
    assert series == SeriesRow(Node("series", 1), 1, (), SERIES, "CT", "3", "AXIAL", "20200305")
    assert instance == InstanceRow(
        Node("instance", 1), 0, (), "1.2.3.4", CT, "5", 1, "d/1.dcm", 77, TRUNCATED
    )


def test_two_files_of_one_instance_are_one_node_with_two_files() -> None:
    with a_catalog([a_record("1.2", path="b"), a_record("1.2", path="a"), a_record("1.3")]) as catalog:
        double, single = instances(catalog)
        assert (double.occurrences, double.child_count, double.path) == (2, 2, "a")
        assert (single.occurrences, single.child_count) == (1, 0)
        files = children(catalog, double.node)
        assert [(file.node, file.path) for file in files if isinstance(file, FileRow)] == [
            (Node("file", 2), "a"),
            (Node("file", 1), "b"),
        ]
        assert children(catalog, single.node) == []
        assert children(catalog, files[0].node) == []


def test_numbers_are_ordered_as_numbers_and_what_has_none_comes_last() -> None:
    numbers = ["10", "9", "", "2", "-1", "0100", "2"]
    records = [
        a_record(f"1.2.{n}", number=number, SeriesInstanceUID=f"{SERIES}.{n}", SeriesNumber=number)
        for n, number in enumerate(numbers)
    ] + [a_record(f"1.3.{n}", number=number) for n, number in enumerate(numbers)]
    with a_catalog(records) as catalog:
        series = [found for found in walk(catalog) if isinstance(found, SeriesRow)]
        in_one = children(catalog, next(found.node for found in series if found.uid == SERIES))
    assert [found.number for found in series if found.uid != SERIES] == [
        "-1",
        "2",
        "2",
        "9",
        "10",
        "0100",
        "",
    ]
    assert [(found.number, found.uid) for found in in_one if isinstance(found, InstanceRow)] == [
        ("-1", "1.3.4"),
        ("2", "1.3.3"),
        ("2", "1.3.6"),
        ("9", "1.3.1"),
        ("10", "1.3.0"),
        ("0100", "1.3.5"),
        ("", "1.3.2"),
    ]


def test_patients_stand_by_name_and_studies_by_date() -> None:
    people = [("TEST^B", "2"), ("TEST^A", "9"), ("TEST^A", "1"), ("", "0")]
    records = [a_record(f"1.{n}", PatientName=name, PatientID=id_) for n, (name, id_) in enumerate(people)]
    dates = ["20200101", "", "20190101"]
    records += [
        a_record(f"2.{n}", StudyInstanceUID=f"{STUDY}.{n}", PatientID="0", PatientName="", StudyDate=date)
        for n, date in enumerate(dates, 5)
    ]
    with a_catalog(records) as catalog:
        patients = [found for found in children(catalog, ROOT) if isinstance(found, PatientRow)]
        studies = [found for found in children(catalog, patients[0].node) if isinstance(found, StudyRow)]
    assert [(found.name, found.patient_id) for found in patients] == sorted(people)
    assert [found.date for found in studies] == ["", "", "20190101", "20200101"]


@pytest.mark.parametrize(
    ("one", "other", "patients"),
    [
        ({"PatientID": "1", "PatientName": "TEST^A"}, {"PatientID": "1", "PatientName": "TEST^B"}, 1),
        ({"PatientID": "1"}, {"PatientID": "2"}, 2),
        ({"PatientID": "1", "IssuerOfPatientID": "X"}, {"PatientID": "1", "IssuerOfPatientID": "Y"}, 2),
        ({"PatientID": "1", "IssuerOfPatientID": "X"}, {"PatientID": "1"}, 2),
        ({"PatientID": "1", "IssuerOfPatientID": ""}, {"PatientID": "1", "IssuerOfPatientID": None}, 1),
        ({"PatientID": "", "PatientName": "TEST^A"}, {"PatientID": None, "PatientName": "TEST^A"}, 1),
        ({"PatientID": "", "PatientName": "TEST^A"}, {"PatientID": "", "PatientName": "TEST^B"}, 2),
        ({"PatientID": "", "PatientBirthDate": "19700101"}, {"PatientID": "", "PatientBirthDate": ""}, 2),
        ({"PatientID": "", "IssuerOfPatientID": "X"}, {"PatientID": ""}, 1),
        ({"PatientID": "", "PatientName": "TEST^A"}, {"PatientID": "1", "PatientName": "TEST^A"}, 2),
    ],
)
def test_who_is_one_patient(one: dict[str, str | None], other: dict[str, str | None], patients: int) -> None:
    with a_catalog([a_record("1.2", profile=one), a_record("1.3", profile=other)]) as catalog:
        assert child_count(catalog, ROOT) == counts(catalog).patients == patients


def test_a_fact_that_was_empty_is_filled_in_by_a_later_object() -> None:
    records = [
        a_record("1.2", PatientName=None, SeriesDescription=""),
        a_record("1.3", PatientName="TEST^LATE", SeriesDescription="AXIAL"),
        a_record("1.4", PatientName="TEST^OTHER", SeriesDescription="OTHER"),
    ]
    with a_catalog(records) as catalog:
        patient, _, series = [found for found in walk(catalog) if not isinstance(found, InstanceRow)]
    assert isinstance(patient, PatientRow)
    assert isinstance(series, SeriesRow)
    assert (patient.name, series.description) == ("TEST^LATE", "AXIAL")


def test_one_uid_under_two_parents_stands_under_each() -> None:
    records = [
        a_record("1.2", path="a"),
        a_record("1.2", path="b", PatientID="B2"),
        a_record("1.2", path="c", StudyInstanceUID=f"{STUDY}.7"),
        a_record("1.2", path="d", SeriesInstanceUID=f"{SERIES}.7"),
    ]
    with a_catalog(records) as catalog:
        found = counts(catalog)
        assert len(instances(catalog)) == 4
    assert (found.patients, found.studies, found.series, found.instances, found.occurrences) == (
        2,
        2,
        2,
        1,
        4,
    )


def test_objects_without_uids_have_their_place() -> None:
    nothing: dict[str, str | None] = {
        "PatientID": None,
        "PatientName": None,
        "StudyInstanceUID": None,
        "SeriesInstanceUID": "",
    }
    records = [
        a_record("", path="a", profile=nothing),
        a_record("", path="b", profile=nothing),
        a_record("", path="c"),
    ]
    with a_catalog(records) as catalog:
        found = counts(catalog)
        assert [row.path for row in instances(catalog)] == ["a", "b", "c"]
    assert (found.patients, found.studies, found.series, found.instances) == (2, 1, 1, 3)


def test_what_is_counted() -> None:
    records = [
        a_record("1.2", path="a", references=[a_reference("1.2"), a_reference("1.9", count=3)]),
        a_record("1.2", path="b"),
        a_record("", path="c", references=[a_reference("1.2")]),
        a_dicomdir(),
    ]
    left_out = [NotLoaded(0, "x", "not-dicom", ""), NotLoaded(0, "y", "unreadable", "")]
    with a_catalog(records, not_loaded=left_out) as catalog:
        found = counts(catalog)
        without = counts(catalog, references=False)
    assert found.files == found.loaded + found.not_loaded == 6
    assert found.loaded == found.occurrences + found.dicomdirs == 4
    assert (found.dicomdirs, found.instances) == (1, 2)
    assert found.references == {
        "resolved": 1,
        "missing": 3,
        "wrong-class": 0,
        "wrong-parent": 0,
        "ambiguous": 0,
        "self": 1,
        "unchecked": 0,
    }
    assert found.findings == {"error": 0, "warning": 0, "info": 0}
    assert without == found._replace(references={})


def test_an_empty_catalog() -> None:
    with a_catalog([]) as catalog:
        assert children(catalog, ROOT) == []
        assert child_count(catalog, ROOT) == 0
        assert set(counts(catalog)[:9]) == {0}


def test_what_is_not_there_is_said() -> None:
    with a_catalog([a_record("1.2")]) as catalog:
        for level in ("patient", "study", "series", "instance", "file"):
            with pytest.raises(LookupError):
                row(catalog, Node(level, 99))
            with pytest.raises(LookupError):
                position(catalog, Node(level, 99))
            assert parent(catalog, Node(level, 99)) is None
        assert parent(catalog, ROOT) is None


def test_the_tree_fills_while_it_is_loaded() -> None:
    with a_catalog([a_record("1.2")], finish=False) as catalog:
        assert [found.uid for found in instances(catalog)] == ["1.2"]


def test_badges_come_with_their_rows() -> None:
    with a_catalog([a_record("1.2"), a_record("1.3")]) as catalog:
        with catalog.connection as connection:
            connection.executemany(
                "INSERT INTO badge VALUES (?, ?, ?, ?, ?, ?)",
                [
                    ("series", 1, "info", "duplicate", 1, 4),
                    ("series", 1, "error", "error", 0, 2),
                    ("series", 1, "error", "conflict", 0, 1),
                    ("instance", 2, "error", "error", 2, 3),
                ],
            )
        series = next(found for found in walk(catalog) if isinstance(found, SeriesRow))
        assert series.badges == (
            Badge("error", "conflict", 0, 1),
            Badge("error", "error", 0, 2),
            Badge("info", "duplicate", 1, 4),
        )
        # What is about its one file is about the instance.
        assert [found.badges for found in instances(catalog)] == [(), (Badge("error", "error", 5, 0),)]


_small = st.integers(0, 2).map(str)
_records = st.lists(
    st.builds(
        lambda uid, path, patient, study, series, number: a_record(
            f"9.{uid}" if uid != "0" else "",
            path=f"{path}/f",
            number=number,
            PatientID=patient if patient != "0" else "",
            StudyInstanceUID=f"{STUDY}.{study}" if study != "0" else "",
            SeriesInstanceUID=f"{SERIES}.{series}" if series != "0" else None,
            SeriesNumber=number,
        ),
        _small,
        _small,
        _small,
        _small,
        _small,
        st.sampled_from(["", "1", "02", "11", "x"]),
    ),
    max_size=15,
)


@settings(deadline=None, max_examples=60)
@given(_records, st.integers(1, 4))
def test_the_questions_agree_with_each_other(records: list[FileRecord], page_size: int) -> None:
    with a_catalog(records) as catalog:
        files = 0
        for node in [ROOT, *(found.node for found in walk(catalog))]:
            below = children(catalog, node)
            assert len(below) == child_count(catalog, node)
            if node != ROOT:
                assert row(catalog, node).child_count == len(below)
            pages = [
                found
                for offset in range(0, len(below) + 1, page_size)
                for found in children(catalog, node, offset, page_size)
            ]
            assert pages == below
            for index, child in enumerate(below):
                assert row(catalog, child.node) == child
                assert parent(catalog, child.node) == node
                assert position(catalog, child.node) == index
                assert path_to(catalog, child.node) == (*path_to(catalog, node), child.node)
                files += isinstance(child, FileRow) or (
                    isinstance(child, InstanceRow) and not child.child_count
                )
        assert files == len(records)


@pytest.mark.skipif(sys.platform == "win32", reason="names there are Unicode")
def test_paths_are_absolute_where_several_sources_were_given() -> None:
    records = [
        a_record("1.2", path="a/f\udcff.dcm"),
        a_record("1.3", path="one.dcm", source=1),
        a_record("1.4", path="b", source=0),
    ]
    with a_catalog(records, sources=[("/first", True), ("/other/one.dcm", False)]) as catalog:
        assert [found.path for found in instances(catalog)] == [
            "/first/a/f\udcff.dcm",
            "/other/one.dcm",
            "/first/b",
        ]


def test_instances_with_several_files_are_told_apart_without_reading_them() -> None:
    records = [a_record("1.2.1"), a_record("1.2.2"), a_record("1.2.2", path="copy.dcm"), a_dicomdir()]
    with a_catalog(records) as catalog:
        ids = [found.node.id for found in instances(catalog)]
        copied = [found.node.id for found in instances(catalog) if found.occurrences > 1]
        assert with_several_files(catalog, ids) == frozenset(copied)
        assert with_several_files(catalog, []) == frozenset()
        assert patient_count(catalog) == len(children(catalog, ROOT))


def test_a_series_counts_what_has_come_to_it_since_it_was_asked_about() -> None:
    with a_catalog([a_record("1.2.1")]) as catalog:
        series = next(found for found in walk(catalog) if isinstance(found, SeriesRow))
        assert series.child_count == 1
        writer = CatalogWriter(catalog)
        writer.add([a_record("1.2.2", path="other.dcm")])
        writer.commit()
        assert row(catalog, series.node).child_count == 2
