"""What the findings of a node are called together: by kind or by severity, and none is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.judge.scene import SERIES, STUDY, an_object, instance, loaded
from uidscope.core.catalog.finding import SEVERITIES, Finding, Level, Severity
from uidscope.core.catalog.finding_kinds import FindingKind, finding_kind
from uidscope.core.catalog.findings import keep_findings
from uidscope.core.catalog.node_counts import nodes_with_findings
from uidscope.core.catalog.rule_settings import RuleSettings, set_rule_settings
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.told_badges import MOST_KINDS, told_badges
from uidscope.core.catalog.tree import ROOT, Badge, Badges, Node, NodeRow, child_ids, children
from uidscope.core.catalog.tree_order import Order


def told(badges: Badges) -> list[tuple[str, int, bool]]:
    return [(each.kind, each.findings, each.own) for each in told_badges(badges)]


def test_own_findings_are_called_by_their_rule() -> None:
    assert told((Badge("error", "conflict", 1, 0),)) == [("conflict", 1, True)]
    assert told((Badge("warning", "broken", 2, 0),)) == [("broken", 2, True)]
    assert told((Badge("error", "error", 1, 0),)) == [("error", 1, True)]


def test_two_kinds_below_are_told_apart() -> None:
    study = (Badge("warning", "broken", 0, 2), Badge("warning", "warning", 0, 9))
    assert told(study) == [("broken", 2, False), ("warning", 9, False)]


def test_more_kinds_below_are_told_by_severity_and_nothing_is_lost() -> None:
    series = (
        Badge("error", "error", 0, 2),
        Badge("error", "conflict", 0, 1),
        Badge("warning", "warning", 0, 1),
    )
    assert told(series) == [("error", 3, False), ("warning", 1, False)]
    patient = (
        Badge("error", "conflict", 0, 1),
        Badge("error", "error", 0, 2),
        Badge("warning", "broken", 0, 2),
        Badge("warning", "warning", 0, 10),
    )
    assert told(patient) == [("error", 3, False), ("warning", 12, False)]
    including = [[(each.kind, each.findings) for each in badge.including] for badge in told_badges(patient)]
    assert including == [[("conflict", 1)], [("broken", 2)]]


def test_a_kind_that_shares_its_severity_with_no_other_keeps_its_name() -> None:
    study = (Badge("error", "error", 0, 2), Badge("warning", "broken", 0, 1), Badge("info", "info", 0, 3))
    assert told(study) == [("error", 2, False), ("broken", 1, False), ("info", 3, False)]


def test_what_is_a_nodes_own_keeps_its_name_whatever_is_below() -> None:
    image = (
        Badge("error", "conflict", 1, 0),
        Badge("error", "truncated", 0, 1),
        Badge("error", "error", 0, 1),
    )
    assert told(image) == [("conflict", 1, True), ("error", 2, False)]


def test_one_kind_of_two_severities_is_told_once_by_the_gravest() -> None:
    (badge,) = told_badges((Badge("error", "broken", 0, 1), Badge("warning", "broken", 0, 4)))
    assert (badge.kind, badge.severity, badge.findings) == ("broken", "error", 5)


KINDS: list[FindingKind] = ["conflict", "duplicate", "broken", "truncated"]
COUNTS = st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any)
BADGES = st.dictionaries(
    st.sampled_from(SEVERITIES).flatmap(
        lambda severity: st.tuples(st.just(severity), st.sampled_from([severity, *KINDS]))
    ),
    COUNTS,
    max_size=8,
).map(lambda found: tuple(Badge(*called, *counts) for called, counts in found.items()))


@given(BADGES)
def test_every_finding_is_told_once(badges: Badges) -> None:
    found = told_badges(badges)
    assert sum(each.findings for each in found if each.own) == sum(badge.own for badge in badges)
    assert sum(each.findings for each in found if not each.own) == sum(badge.below for badge in badges)
    assert len({(each.kind, each.own) for each in found}) == len(found)
    for each in found:
        named = sum(kind.findings for kind in each.including)
        assert 0 <= named <= each.findings
    for own in (True, False):
        kinds = {badge.kind for badge in badges if (badge.own if own else badge.own + badge.below)}
        shown = {each.kind for each in found if each.own or not own}
        if len(kinds) <= MOST_KINDS:
            assert shown == kinds
        assert len({each.kind for each in found if each.own == own}) <= max(MOST_KINDS, len(SEVERITIES))


@given(BADGES)
def test_what_is_told_by_severity_is_all_of_that_severity(badges: Badges) -> None:
    for each in told_badges(badges):
        if each.kind in SEVERITIES and each.including:
            of_severity = [badge for badge in badges if badge.severity == each.kind]
            assert each.findings == sum(badge.own if each.own else badge.below for badge in of_severity)


# Counted from findings

RULES = ["UID-S04", "ENT-05", "ENT-02", "ENT-50", "FILE-01", "UID-S26"]
LEVELS: list[Level] = ["patient", "study", "series", "frame_of_reference", "instance", "file"]
OWN: dict[str, set[Level]] = {
    "patient": {"patient"},
    "study": {"study"},
    "series": {"series", "frame_of_reference"},
    "instance": {"instance"},
    "file": {"instance", "file"},
}
DEPTH: dict[str, int] = {level: at for at, level in enumerate(LEVELS)}
FILES = {1: "a", 2: "b", 3: "b2", 4: "c", 5: "d"}


@pytest.fixture(scope="module")
def catalog() -> Iterator[Catalog]:
    """One patient: a study of two series and one of one; the second instance has two files."""
    records = [
        an_object("a", instance(1)),
        an_object("b", instance(2)),
        an_object("b2", instance(2)),
        an_object("c", instance(3), SeriesInstanceUID=f"{SERIES}.9"),
        an_object("d", instance(4), StudyInstanceUID=f"{STUDY}.9", SeriesInstanceUID=f"{SERIES}.8"),
    ]
    with loaded(records) as made:
        yield made


def files_below(catalog: Catalog, row: NodeRow) -> set[int]:
    if row.node.level == "file":
        return {row.node.id}
    below = children(catalog, row.node)
    if row.node.level == "instance" and not below:
        query = "SELECT id FROM occurrence WHERE instance_id = ?"
        return {id_ for (id_,) in catalog.connection.execute(query, (row.node.id,))}
    return set[int]().union(*(files_below(catalog, each) for each in below))


def everything(catalog: Catalog, node: Node = ROOT) -> Iterator[NodeRow]:
    for row in children(catalog, node):
        yield row
        yield from everything(catalog, row.node)


FOUND = st.lists(
    st.tuples(
        st.sampled_from(RULES),
        st.sampled_from(SEVERITIES),
        st.sampled_from(LEVELS),
        st.sets(st.sampled_from(sorted(FILES)), min_size=1),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=60)
@given(FOUND)
def test_the_badges_of_each_node_are_its_findings(
    catalog: Catalog, found: list[tuple[str, Severity, Level, set[int]]]
) -> None:
    keep_findings(
        catalog,
        [Finding(rule, severity, level, "x", "", "", tuple(files)) for rule, severity, level, files in found],
    )
    for row in everything(catalog):
        held = files_below(catalog, row)
        is_alone = row.node.level == "instance" and not row.child_count
        own, below = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for rule, severity, level, files in found:
            called = (severity, finding_kind(rule, severity))
            if not held & files:
                continue
            if level in OWN[row.node.level] or (is_alone and level == "file"):
                own[called] += 1
            elif DEPTH[level] > DEPTH[row.node.level]:
                below[called] += 1
        assert {(badge.severity, badge.kind): badge.own for badge in row.badges if badge.own} == own
        assert {(badge.severity, badge.kind): badge.below for badge in row.badges if badge.below} == below
        assert sum(each.findings for each in told_badges(row.badges)) == own.total() + below.total()
    for severity in SEVERITIES:
        with_findings = nodes_with_findings(catalog, severity)
        for row in everything(catalog):
            badges = [badge for badge in row.badges if badge.severity == severity]
            assert with_findings.any.at(row.node) == bool(badges)


def test_several_kinds_of_one_severity_are_one_filter_and_one_order(catalog: Catalog) -> None:
    keep_findings(
        catalog,
        [
            Finding("ENT-05", "error", "instance", "x", "", "", (2, 3)),
            Finding("UID-S04", "error", "instance", "x", "", "", (1,)),
            Finding("UID-S04", "error", "series", "x", "", "", (4,)),
            Finding("ENT-02", "info", "series", "x", "", "", (1,)),
        ],
    )
    (patient,) = children(catalog, ROOT)
    study = children(catalog, patient.node)[0].node
    by_gravity = child_ids(catalog, study, Order("status"))
    two_below, one_own = (Node("series", id_) for id_ in by_gravity)
    found = nodes_with_findings(catalog, "error")
    assert found.below.at(two_below)
    assert (found.any.at(one_own), found.below.at(one_own)) == (1, 0)


def test_a_severity_of_the_users_own_leaves_a_kind_its_name(catalog: Catalog) -> None:
    keep_findings(catalog, [Finding("ENT-50", "warning", "series", "x", "", "", (1,))])
    try:
        set_rule_settings(catalog, RuleSettings("own", {"ENT-50": "error"}))
        badges = [row.badges for row in everything(catalog) if row.badges]
        assert badges == [
            (Badge("error", "broken", 0, 1),),
            (Badge("error", "broken", 0, 1),),
            (Badge("error", "broken", 1, 0),),
        ]
    finally:
        set_rule_settings(catalog, RuleSettings("strict"))
