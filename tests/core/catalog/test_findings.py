"""Findings as the catalog keeps them: pages, counts, files, and badges that count each once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.judge.scene import ROOT, SERIES, STUDY, an_object, instance, loaded
from uidscope.core.catalog.finding import Finding, Level, Severity
from uidscope.core.catalog.findings import (
    RuleCount,
    finding,
    finding_occurrences,
    findings,
    findings_of_occurrences,
    keep_findings,
    rule_counts,
    severity_counts,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT as TOP
from uidscope.core.catalog.tree import Node, children
from uidscope.core.errors import Cancelled


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    """One patient, one study: a series of two instances, the second in two files, and one of one."""
    records = [
        an_object("1", instance(1)),
        an_object("2", instance(2)),
        an_object("2-again", instance(2)),
        an_object("3", instance(3), SeriesInstanceUID=f"{SERIES}.1"),
    ]
    with loaded(records) as made:
        yield made


def make(level: Level, *occurrences: int, rule: str = "UID-S01", severity: Severity = "error") -> Finding:
    return Finding(
        rule, severity, level, "1.2a", "DeviceUID", "DeviceUID", occurrences, {"n": 1, "t": ("a", "b")}
    )


def badges(catalog: Catalog, node: Node) -> list[tuple[int, int]]:
    """(own, below) of the errors of the nodes directly under one, in their order."""
    return [
        next(((badge.own, badge.below) for badge in row.badges if badge.severity == "error"), (0, 0))
        for row in children(catalog, node, 0, 100)
    ]


def the_only(catalog: Catalog, node: Node) -> Node:
    (row,) = children(catalog, node, 0, 100)
    return row.node


def test_a_kept_finding_is_the_finding(catalog: Catalog) -> None:
    assert keep_findings(catalog, [make("series", 1, 3)]) == 1
    (kept,) = findings(catalog)
    assert (kept.rule, kept.severity, kept.level, kept.uid) == ("UID-S01", "error", "series", "1.2a")
    assert (kept.attribute, kept.path, kept.file_count) == ("DeviceUID", "DeviceUID", 2)
    assert kept.facts == {"n": 1, "t": ("a", "b")}
    assert finding(catalog, kept.id) == kept
    assert finding(catalog, kept.id + 1) is None
    assert finding_occurrences(catalog, kept.id) == [1, 3]
    assert finding_occurrences(catalog, kept.id, offset=1, limit=1) == [3]


def test_keeping_replaces_what_was_kept(catalog: Catalog) -> None:
    keep_findings(catalog, [make("series", 1), make("study", 1)])
    keep_findings(catalog, [make("instance", 2)])
    assert [kept.level for kept in findings(catalog)] == ["instance"]
    assert badges(catalog, TOP) == [(0, 1)]


def test_pages_give_every_finding_once_the_gravest_first(catalog: Catalog) -> None:
    made: list[Finding] = [
        make("file", 1, rule=rule, severity=severity)
        for rule in ("ENT-50", "ENT-02")
        for severity in ("info", "error", "warning")
        for _ in range(700)
    ]
    assert keep_findings(catalog, iter(made)) == 4200
    pages = [kept for offset in range(0, 4300, 500) for kept in findings(catalog, offset=offset, limit=500)]
    assert len({kept.id for kept in pages}) == 4200
    order = ["error", "warning", "info"]
    assert pages == sorted(pages, key=lambda kept: (order.index(kept.severity), kept.rule, kept.id))
    assert len(findings(catalog, rule="ENT-50", severity="info")) == 700
    assert rule_counts(catalog)[0] == RuleCount("ENT-02", "error", 700)
    assert severity_counts(catalog) == {"error": 1400, "warning": 1400, "info": 1400}


def test_without_findings_every_severity_counts_nothing(catalog: Catalog) -> None:
    assert severity_counts(catalog) == {"error": 0, "warning": 0, "info": 0}


def test_findings_of_files(catalog: Catalog) -> None:
    keep_findings(catalog, [make("series", 1, 2), make("file", 4), make("file", 3)])
    assert [kept.level for kept in findings_of_occurrences(catalog, [1, 2])] == ["series"]
    assert len(findings_of_occurrences(catalog, [1, 4])) == 2
    assert findings_of_occurrences(catalog, []) == []


def test_badges_count_a_finding_once_for_each_node(catalog: Catalog) -> None:
    keep_findings(
        catalog,
        [
            make("study", 1, 2, 3, 4),
            make("series", 1, 2, 3),
            make("instance", 2, 3),
            make("instance", 1, 2),
            make("file", 3),
            make("file", 4, severity="info"),
        ],
    )
    patient = the_only(catalog, TOP)
    study = the_only(catalog, patient)
    first_series, second_series = (row.node for row in children(catalog, study, 0, 10))
    assert badges(catalog, TOP) == [(0, 5)]
    assert badges(catalog, patient) == [(1, 4)]
    assert badges(catalog, study) == [(1, 3), (0, 0)]
    assert badges(catalog, first_series) == [(1, 0), (2, 1)]
    assert badges(catalog, second_series) == [(0, 0)]
    second_instance = children(catalog, first_series, 1, 1)[0].node
    assert badges(catalog, second_instance) == [(2, 0), (2, 0)]


def test_a_study_of_two_patients_bears_its_finding_under_both() -> None:
    records = [an_object("a", instance(1)), an_object("b", instance(2), PatientID="BETA-2")]
    with loaded(records) as catalog:
        keep_findings(catalog, [make("study", 1, 2)])
        assert badges(catalog, TOP) == [(0, 1), (0, 1)]


def test_a_frame_of_reference_is_told_at_its_series(catalog: Catalog) -> None:
    keep_findings(catalog, [make("frame_of_reference", 1, 4)])
    study = the_only(catalog, the_only(catalog, TOP))
    assert badges(catalog, study) == [(1, 0), (1, 0)]


def test_what_was_found_before_a_cancel_is_kept(catalog: Catalog) -> None:
    def stopped() -> Iterator[Finding]:
        for _ in range(1500):
            yield make("study", 1)
        raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        keep_findings(catalog, stopped())
    assert len(findings(catalog)) == 1500
    assert badges(catalog, TOP) == [(0, 1500)]


def test_a_check_is_given_up_in_the_midst_of_a_question(catalog: Catalog) -> None:
    def stopped() -> Iterator[Finding]:
        for _ in catalog.connection.execute("SELECT id FROM occurrence"):
            yield make("study", 1)
            raise Cancelled("Cancelled.")

    for _ in range(2):
        asked = stopped()
        with pytest.raises(Cancelled):
            keep_findings(catalog, asked)
        assert badges(catalog, TOP) == [(0, 1)]


def test_odd_text_in_facts_comes_back(catalog: Catalog) -> None:
    odd = Finding("ENT-11", "error", "study", f"{ROOT}\\xff", "", "", (1,), {"t": ("Ä\u202e", "\n", STUDY)})
    keep_findings(catalog, [odd])
    assert findings(catalog)[0].facts == odd.facts


MANY = 700


@pytest.fixture(scope="module")
def large() -> Iterator[Catalog]:
    """Seven series of a hundred instances, a file each."""
    records = [
        an_object(f"{number}", instance(number), SeriesInstanceUID=f"{SERIES}.{number // 100}")
        for number in range(MANY)
    ]
    with loaded(records) as made:
        yield made


RUNS = st.lists(st.tuples(st.integers(1, MANY), st.integers(0, 400)), min_size=1, max_size=6)
LEVELS: list[Level] = ["patient", "study", "series", "frame_of_reference", "instance", "file"]


@settings(deadline=None, max_examples=60)
@given(
    kept=st.lists(st.tuples(st.sampled_from(LEVELS), RUNS, st.randoms()), min_size=1, max_size=5),
    asked=RUNS,
    page=st.tuples(st.integers(0, 500), st.integers(0, 300)),
)
def test_the_files_of_findings_in_runs_and_alone(
    large: Catalog, kept: list, asked: list[tuple[int, int]], page: tuple[int, int]
) -> None:
    def files_of(runs: list[tuple[int, int]]) -> set[int]:
        return {each for first, more in runs for each in range(first, min(first + more, MANY) + 1)}

    concerned = []
    made = []
    for level, runs, chance in kept:
        files = sorted(files_of(runs))
        concerned.append((level, files))
        chance.shuffle(shuffled := list(files))
        made.append(make(level, *shuffled))
    keep_findings(large, made)
    offset, limit = page
    for id_, (_, files) in enumerate(concerned, 1):
        assert finding_occurrences(large, id_) == files
        assert finding_occurrences(large, id_, offset, limit) == files[offset : offset + limit]
    wanted = files_of(asked)
    of_them = {id_ for id_, (_, files) in enumerate(concerned, 1) if wanted.intersection(files)}
    assert {found.id for found in findings_of_occurrences(large, wanted)} == of_them
    of_series = badges(large, the_only(large, the_only(large, TOP)))
    for series, counted in enumerate(of_series):
        held = set(range(series * 100 + 1, series * 100 + 101))
        levels = [level for level, files in concerned if held.intersection(files)]
        own = sum(level in {"series", "frame_of_reference"} for level in levels)
        assert counted == (own, sum(level in {"instance", "file"} for level in levels))
