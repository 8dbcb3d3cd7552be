"""Findings by rule, and the places of the tree that one is about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.core.judge.scene import FRAME, SERIES, STUDY, an_object, instance, loaded
from uidscope.core.catalog.finding import Finding, Level, Severity
from uidscope.core.catalog.finding_groups import (
    MOST_LISTED,
    finding_groups,
    objects_singled_out,
    subject_nodes,
)
from uidscope.core.catalog.findings import finding, keep_findings
from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.read.record import HAS_META, IS_DICOMDIR

OTHER_SERIES = f"{SERIES}.7"


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    """Two images in one series, one of them twice, one in another series, and a DICOMDIR."""
    with loaded(
        [
            an_object("1.dcm", instance(1)),
            an_object("2.dcm", instance(2)),
            an_object("copy/2.dcm", instance(2)),
            an_object("3.dcm", instance(3), SeriesInstanceUID=OTHER_SERIES),
            an_object("DICOMDIR", "", flags=HAS_META | IS_DICOMDIR),
        ]
    ) as catalog:
        yield catalog


def a_finding(
    rule: str,
    level: Level,
    uid: str,
    occurrences: tuple[int, ...],
    severity: Severity = "error",
) -> Finding:
    return Finding(rule, severity, level, uid, "", "", occurrences)


def node(catalog: Catalog, uid: str, level: str) -> Node:
    (found,) = (node for node in nodes_with_uid(catalog, uid) if node.level == level)
    return found


def places(catalog: Catalog, kept: Finding, limit: int = 1000) -> tuple[Node, ...]:
    """The places of the only finding."""
    keep_findings(catalog, [kept])
    found = finding(catalog, 1)
    assert found is not None
    return subject_nodes(catalog, found, limit)


def test_groups_come_by_gravity_with_their_findings_files_and_common_place(catalog: Catalog) -> None:
    keep_findings(
        catalog,
        [
            a_finding("ENT-61", "series", SERIES, (1, 2, 3), "info"),
            a_finding("UID-S04", "instance", instance(1), (1,)),
            a_finding("UID-S04", "instance", instance(2), (2, 3)),
            a_finding("ENT-44", "file", "", (1, 4), "warning"),
            a_finding("ENT-02", "instance", instance(2), (2, 3), "info"),
            a_finding("ENT-58", "file", "", (5,), "warning"),
        ],
    )
    found = [
        (group.rule, group.severity, list(group.ids), group.findings, group.files, group.place)
        for group in finding_groups(catalog)
    ]
    series, study = node(catalog, SERIES, "series"), node(catalog, STUDY, "study")
    assert found == [
        ("UID-S04", "error", [2, 3], 2, 3, series),
        ("ENT-44", "warning", [4], 1, 2, study),
        ("ENT-58", "warning", [6], 1, 1, None),
        ("ENT-02", "info", [5], 1, 2, node(catalog, instance(2), "instance")),
        ("ENT-61", "info", [1], 1, 3, series),
    ]


def test_one_rule_of_two_severities_is_two_groups(catalog: Catalog) -> None:
    keep_findings(
        catalog,
        [
            a_finding("ENT-50", "series", SERIES, (1,), "info"),
            a_finding("ENT-50", "series", OTHER_SERIES, (4,), "warning"),
        ],
    )
    assert [(group.severity, list(group.ids)) for group in finding_groups(catalog)] == [
        ("warning", [2]),
        ("info", [1]),
    ]


def test_long_group_lists_its_first_findings(catalog: Catalog) -> None:
    total = MOST_LISTED + 1
    keep_findings(catalog, (a_finding("UID-S04", "instance", f"1.0{n}", (1,)) for n in range(total)))
    (group,) = finding_groups(catalog)
    assert group.findings == total
    assert list(group.ids) == list(range(1, total))


def test_catalog_without_findings_has_no_groups(catalog: Catalog) -> None:
    assert finding_groups(catalog) == []


def test_finding_is_about_what_bears_its_uid_and_not_about_what_refers_to_it(catalog: Catalog) -> None:
    kept = a_finding("UID-S04", "instance", instance(2), (1, 2, 3, 4))
    assert places(catalog, kept) == (node(catalog, instance(2), "instance"),)


def test_finding_is_not_about_a_bearer_whose_files_it_does_not_concern() -> None:
    records = [
        an_object("1.dcm", instance(1)),
        an_object("2.dcm", instance(1), SeriesInstanceUID=OTHER_SERIES),
    ]
    with loaded(records) as catalog:
        bearers = [found for found in nodes_with_uid(catalog, instance(1)) if found.level == "instance"]
        both = a_finding("ENT-06", "instance", instance(1), (1, 2))
        one = a_finding("ENT-40", "instance", instance(1), (2,))
        assert places(catalog, both) == tuple(bearers)
        assert places(catalog, both, limit=1) == (bearers[0],)
        assert places(catalog, one) == (bearers[1],)


@pytest.mark.parametrize(
    ("level", "uid", "wanted"),
    [("series", SERIES, "series"), ("study", STUDY, "study"), ("frame_of_reference", FRAME, "series")],
)
def test_finding_of_a_level_is_about_its_place(catalog: Catalog, level: Level, uid: str, wanted: str) -> None:
    (found,) = places(catalog, a_finding("X", level, uid, (1, 2, 3)))
    assert found == node(catalog, STUDY if wanted == "study" else SERIES, wanted)


def test_value_that_nothing_loaded_bears_is_found_at_its_files(catalog: Catalog) -> None:
    found = places(catalog, a_finding("UID-S04", "instance", "1.2.03", (1, 3)))
    assert found == (node(catalog, instance(1), "instance"), node(catalog, instance(2), "instance"))


def test_finding_about_files_is_about_their_places(catalog: Catalog) -> None:
    found = places(catalog, a_finding("FILE-01", "file", "", (1, 3)))
    assert found == (node(catalog, instance(1), "instance"), Node("file", 3))


def test_finding_of_a_patient(catalog: Catalog) -> None:
    assert places(catalog, a_finding("ENT-12", "patient", "ALPHA-1", (1, 4))) == (Node("patient", 1),)


def test_dicomdir_has_no_place(catalog: Catalog) -> None:
    assert places(catalog, a_finding("ENT-58", "file", "", (5,))) == ()


def singled_out(catalog: Catalog, kept: Finding) -> tuple[Node, ...]:
    keep_findings(catalog, [kept])
    found = finding(catalog, 1)
    assert found is not None
    return objects_singled_out(catalog, found)


def test_a_finding_on_a_part_of_a_series_singles_its_objects_out(catalog: Catalog) -> None:
    second = node(catalog, instance(2), "instance")
    assert singled_out(catalog, a_finding("ENT-18", "series", SERIES, (2, 3))) == (second,)
    assert singled_out(catalog, a_finding("ENT-18", "series", SERIES, (1, 2, 3))) == ()
    assert singled_out(catalog, a_finding("ENT-18", "study", STUDY, (1,))) == ()
