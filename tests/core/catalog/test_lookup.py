"""From a UID or a text to its places, and from a file to what it says."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.core.catalog.records import SERIES, STUDY, a_catalog, a_dicomdir, a_record
from uidscope.core.catalog.lookup import (
    display_path,
    display_paths,
    matching,
    node_of_occurrence,
    nodes_with_uid,
    occurrence,
    occurrences,
    occurrences_below,
    ui_values,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT, Node


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    """Files 1 to 5: one instance in two files, one more, another patient's, a DICOMDIR."""
    records = [
        a_record("1.2.3.1", path="b/IM1.dcm"),
        a_record("1.2.3.1", path="a/copy_1.dcm"),
        a_record("1.2.3.2", path="a/IM2.dcm", SeriesDescription="100% dose"),
        a_record(
            "1.2.4.1",
            path="c/Xx",
            PatientID="B2",
            PatientName="TEST^ÉTÉ",
            StudyInstanceUID="1.2.4",
            SeriesInstanceUID="1.2.4",
            Modality="MR",
        ),
        a_dicomdir(),
    ]
    with a_catalog(records) as made:
        yield made


def test_the_places_of_a_uid(catalog: Catalog) -> None:
    assert nodes_with_uid(catalog, "1.2.3.1") == [Node("instance", 1)]
    assert nodes_with_uid(catalog, "1.2.4") == [Node("study", 2), Node("series", 2)]
    assert nodes_with_uid(catalog, "1.2.999") == nodes_with_uid(catalog, "") == []


def test_what_is_below_a_node(catalog: Catalog) -> None:
    assert occurrences_below(catalog, ROOT) == [1, 2, 3, 4, 5]
    for level in ("patient", "study", "series"):
        assert occurrences_below(catalog, Node(level, 1)) == [1, 2, 3]
        assert occurrences_below(catalog, Node(level, 2)) == [4]
    assert occurrences_below(catalog, Node("instance", 1)) == [1, 2]
    assert occurrences_below(catalog, Node("file", 2)) == [2]
    assert occurrences_below(catalog, Node("file", 99)) == []


def test_files_come_in_path_order(catalog: Catalog) -> None:
    assert [row.relative_path for row in occurrences(catalog)] == [
        "DICOMDIR",
        "a/IM2.dcm",
        "a/copy_1.dcm",
        "b/IM1.dcm",
        "c/Xx",
    ]
    assert [row.id for row in occurrences(catalog, [4, 1, 3, 1])] == [3, 1, 4]
    assert list(occurrences(catalog, [])) == []


def test_a_file_knows_where_it_is(catalog: Catalog) -> None:
    row = occurrence(catalog, 4)
    top = os.path.abspath("/archive")
    assert (row.source_path, row.relative_path) == (top, "c/Xx")
    assert row.absolute_path == os.path.join(top, "c", "Xx")
    assert (row.patient_id, row.study_id, row.series_id, row.instance_id) == (2, 2, 2, 3)
    assert (row.study_uid, row.series_uid) == ("1.2.4", "1.2.4")
    assert display_path(catalog, 4) == "c/Xx"
    assert display_paths(catalog, [4, 5]) == {4: "c/Xx", 5: "DICOMDIR"}


def test_the_place_of_a_file_is_its_instance_unless_that_has_several(catalog: Catalog) -> None:
    assert node_of_occurrence(catalog, 1) == Node("file", 1)
    assert node_of_occurrence(catalog, 3) == Node("instance", 2)
    assert node_of_occurrence(catalog, 5) is None
    assert node_of_occurrence(catalog, 99) is None


def test_the_values_of_a_file(catalog: Catalog) -> None:
    found = [(value.pattern, value.uid, value.count) for value in ui_values(catalog, 1)]
    assert found == [
        ("meta.MediaStorageSOPInstanceUID", "1.2.3.1", 1),
        ("SOPClassUID", "1.2.840.10008.5.1.4.1.1.2", 1),
        ("SOPInstanceUID", "1.2.3.1", 1),
        ("SeriesInstanceUID", SERIES, 1),
        ("StudyInstanceUID", STUDY, 1),
    ]


@pytest.mark.parametrize("ask", [occurrence, ui_values, display_path])
def test_a_file_that_is_not_there(catalog: Catalog, ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(LookupError):
        ask(catalog, 99)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("alpha", [Node("patient", 1)]),
        ("ÉTÉ", [Node("patient", 2)]),
        ("b2", [Node("patient", 2)]),
        ("mr", [Node("series", 2)]),
        ("1.2.4", [Node("study", 2), Node("series", 2), Node("instance", 3)]),
        ("1.2.3.1", [Node("instance", 1)]),
        ("copy_1", [Node("file", 2)]),
        ("im2.DCM", [Node("instance", 2)]),
        ("  im2  ", [Node("instance", 2)]),
        ("c_py", []),
        ("100%", [Node("series", 1)]),
        ("%", [Node("series", 1)]),
        ("1%", []),
        ("", []),
        ("\udcff", []),
    ],
)
def test_what_matches_a_text(catalog: Catalog, text: str, found: list[Node]) -> None:
    assert matching(catalog, text) == found


def test_matching_stops_at_the_limit(catalog: Catalog) -> None:
    assert matching(catalog, "1.2.", 2) == matching(catalog, "1.2.")[:2]
    assert len(matching(catalog, "1.2.")) > 2
