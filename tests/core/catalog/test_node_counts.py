"""Counts at and below the places of the tree, and the filters made of them."""

from collections.abc import Iterator

import pytest

from tests.qt.synthetic_catalog import GrowingCatalog, record
from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.findings import keep_findings
from uidscope.core.catalog.node_counts import (
    NodeCounts,
    count_instances,
    count_nodes,
    nodes_with_findings,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT, Node, children
from uidscope.core.catalog.tree_filter import occurrence_filter, severity_filter, text_filter


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    """Two patients with one study each, of two series with two images; the first image has two files."""
    growing = GrowingCatalog()
    growing.add(
        record(number, patient=patient, study=study, series=series)
        for patient, study in (("ALPHA", 1), ("BETA", 2))
        for series in (1, 2)
        for number in (1, 2)
    )
    growing.add([record(1, path="copy/IM1.dcm")])
    yield growing.catalog
    growing.catalog.close()


def nodes(catalog: Catalog, node: Node = ROOT) -> list[Node]:
    return [each for row in children(catalog, node) for each in (row.node, *nodes(catalog, row.node))]


def counted(catalog: Catalog, counts: NodeCounts) -> dict[Node, int]:
    return {node: counts.at(node) for node in nodes(catalog) if counts.at(node)}


def test_each_node_counts_at_itself_and_above(catalog: Catalog) -> None:
    patient, study, series, image, first_file, *_ = nodes(catalog)
    counts = count_nodes(catalog, [image, first_file, series])
    assert counted(catalog, counts) == {patient: 3, study: 3, series: 3, image: 2, first_file: 1}


def test_instances_are_counted_once_whatever_their_files(catalog: Catalog) -> None:
    counts = count_instances(catalog, (1, 2, 9))
    patient, study, series, image, one_file, other_file, second_image, *_ = nodes(catalog)
    assert counted(catalog, counts) == {
        patient: 2,
        study: 2,
        series: 2,
        image: 1,
        one_file: 1,
        other_file: 1,
        second_image: 1,
    }


def test_a_node_of_later_has_no_count(catalog: Catalog) -> None:
    assert count_nodes(catalog, []).at(Node("instance", 10**9)) == 0
    assert count_nodes(catalog, []).at(ROOT) == 0


def test_findings_are_found_with_and_without_a_nodes_own(catalog: Catalog) -> None:
    keep_findings(
        catalog,
        [
            Finding("ENT-10", "error", "series", "x", "", "", (3, 4)),
            Finding("UID-S04", "error", "instance", "y", "", "", (4,)),
            Finding("UID-S26", "warning", "instance", "y", "", "", (1,)),
        ],
    )
    series = nodes(catalog)[7]
    found = nodes_with_findings(catalog, "error")
    image, other_image = nodes(catalog)[8:10]
    assert [found.any.at(node) for node in (series, image, other_image)] == [1, 0, 1]
    assert [found.below.at(node) for node in (series, image, other_image)] == [1, 0, 0]
    assert list(found.any.counted("instance", (other_image.id, image.id, 10**9))) == [other_image.id]
    kept = severity_filter(catalog, "error")
    assert [kept.keeps(node) for node in nodes(catalog)][:10] == [
        *(True, True, False, False, False, False, False),
        *(True, False, True),
    ]
    assert kept.keeps_below(series)
    assert not kept.keeps_below(nodes(catalog)[9])


def test_text_filter_keeps_all_below_a_match_and_says_when_it_is_cut(catalog: Catalog) -> None:
    everything = nodes(catalog)
    kept = text_filter(catalog, "TEST^BETA")
    beta = next(node for node in everything[1:] if node.level == "patient")
    assert kept.whole == {beta}
    assert [node for node in everything if kept.keeps(node)] == [beta]
    assert kept.keeps_below(beta)
    assert kept.keeps(everything[-1], below_whole=True)
    assert not kept.is_cut
    assert text_filter(catalog, "IM0", limit=2).is_cut


def test_occurrence_filter_keeps_the_way_to_the_files(catalog: Catalog) -> None:
    kept = occurrence_filter(catalog, [8])
    assert [node.level for node in nodes(catalog) if kept.keeps(node)] == [
        "patient",
        "study",
        "series",
        "instance",
    ]
