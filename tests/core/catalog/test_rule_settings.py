"""Rule settings over findings: severities and ignores follow at once, and nothing is lost by them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.core.judge.scene import SERIES, STUDY, an_object, instance, loaded
from uidscope.core.catalog.devices import Device
from uidscope.core.catalog.finding import Finding, Level
from uidscope.core.catalog.finding_groups import finding_groups
from uidscope.core.catalog.findings import (
    findings,
    findings_of_occurrences,
    ignored_by_file,
    ignored_findings,
    keep_findings,
    rule_counts,
    severity_counts,
)
from uidscope.core.catalog.rule_settings import (
    STRICT,
    Ignore,
    RuleSettings,
    ignored_counts,
    ignored_since,
    rule_settings,
    set_rule_settings,
    switched_off,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT, children, counts

OTHER_SERIES, OTHER_STUDY = f"{SERIES}.7", f"{STUDY}.7"
DEVICE = {"Manufacturer": "ACME", "ManufacturerModelName": "Scan 1"}


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    """Two files of one series and device; one of another series and study, of no device."""
    records = [
        an_object("1", instance(1), attributes=DEVICE),
        an_object("2", instance(2), attributes=DEVICE),
        an_object("3", instance(3), StudyInstanceUID=OTHER_STUDY, SeriesInstanceUID=OTHER_SERIES),
    ]
    with loaded(records) as made:
        yield made


def make(rule: str, *occurrences: int, uid: str = "1.02", level: Level = "instance") -> Finding:
    return Finding(rule, "error", level, uid, "SOPInstanceUID", "SOPInstanceUID", occurrences)


def shown(catalog: Catalog) -> list[tuple[str, str]]:
    return [(each.rule, each.severity) for each in findings(catalog)]


def test_without_settings_findings_are_as_judged(catalog: Catalog) -> None:
    keep_findings(catalog, [make("UID-S04", 1)])
    assert rule_settings(catalog) == STRICT
    assert shown(catalog) == [("UID-S04", "error")]


def test_a_severity_holds_for_what_is_there_and_for_what_comes(catalog: Catalog) -> None:
    keep_findings(catalog, [make("UID-S04", 1), make("UID-S01", 2)])
    set_rule_settings(catalog, RuleSettings("ours", {"UID-S01": "info"}))
    assert shown(catalog) == [("UID-S04", "error"), ("UID-S01", "info")]
    assert severity_counts(catalog) == {"error": 1, "warning": 0, "info": 1}
    assert counts(catalog).findings == {"error": 1, "warning": 0, "info": 1}
    keep_findings(catalog, [make("UID-S01", 1, 2)])
    assert shown(catalog) == [("UID-S01", "info")]
    (patient,) = children(catalog, ROOT)
    assert [(badge.severity, badge.own, badge.below) for badge in patient.badges] == [("info", 0, 1)]
    set_rule_settings(catalog, STRICT)
    assert shown(catalog) == [("UID-S01", "error")]


def test_a_rule_that_is_off_is_in_no_answer_but_counted(catalog: Catalog) -> None:
    keep_findings(catalog, [make("UID-S04", 1), make("UID-S04", 2), make("UID-S01", 2)])
    set_rule_settings(catalog, RuleSettings("ours", {"UID-S04": "off", "ENT-50": "off"}))
    assert shown(catalog) == [("UID-S01", "error")]
    assert [count.rule for count in rule_counts(catalog)] == ["UID-S01"]
    assert [group.rule for group in finding_groups(catalog)] == ["UID-S01"]
    assert findings_of_occurrences(catalog, [1]) == []
    assert switched_off(catalog) == {"ENT-50": 0, "UID-S04": 2}


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        ({}, []),
        ({"uid": "1.02"}, ["1.03"]),
        ({"uid": "1.99"}, ["1.02", "1.03"]),
        ({"series": SERIES}, ["1.03"]),
        ({"series": OTHER_SERIES}, ["1.02", "1.03"]),
        ({"study": STUDY}, ["1.03"]),
        ({"device": Device(manufacturer="ACME")}, ["1.03"]),
        ({"device": Device(manufacturer="ACME", model="Scan 1")}, ["1.03"]),
        ({"device": Device(manufacturer="ACME", model="Scan 2")}, ["1.02", "1.03"]),
        ({"study": STUDY, "uid": "1.03"}, ["1.02", "1.03"]),
    ],
)
def test_an_ignore_takes_only_what_meets_all_it_names(
    catalog: Catalog, scope: dict[str, str], left: list[str]
) -> None:
    """The second finding concerns a file outside, so what names a series, study or device leaves it."""
    keep_findings(catalog, [make("UID-S04", 1, 2), make("UID-S04", 2, 3, uid="1.03")])
    set_rule_settings(catalog, RuleSettings("ours", {}, (Ignore("UID-S04", "known", **scope),)))  # type: ignore[arg-type]
    assert [each.uid for each in findings(catalog)] == left
    aside = ignored_findings(catalog)
    assert sorted([each.finding.uid for each in aside] + left) == ["1.02", "1.03"]
    assert {each.reason for each in aside} <= {"known"}


def test_what_is_ignored_keeps_its_files_and_the_first_reason(catalog: Catalog) -> None:
    ignores = (Ignore("UID-S04", "first", uid="1.02"), Ignore("UID-S04", "second"))
    set_rule_settings(catalog, RuleSettings("ours", {"UID-S04": "warning"}, ignores))
    keep_findings(catalog, [make("UID-S04", 1, 2), make("UID-S04", 3, uid="1.03")])
    assert findings(catalog) == []
    aside = ignored_findings(catalog)
    assert [(each.finding.uid, each.finding.severity, each.reason) for each in aside] == [
        ("1.02", "warning", "first"),
        ("1.03", "warning", "second"),
    ]
    assert aside[0].finding.file_count == 2
    assert ignored_findings(catalog, offset=1, limit=5) == aside[1:]
    assert children(catalog, ROOT)[0].badges == ()


def test_an_ignored_finding_of_a_rule_that_is_off_counts_as_ignored(catalog: Catalog) -> None:
    settings = RuleSettings("ours", {"UID-S04": "off"}, (Ignore("UID-S04", "known", uid="1.02"),))
    set_rule_settings(catalog, settings)
    keep_findings(catalog, [make("UID-S04", 1), make("UID-S04", 2, uid="1.03")])
    assert switched_off(catalog) == {"UID-S04": 1}
    (aside,) = ignored_findings(catalog)
    assert aside.finding.severity == "error"


def test_the_catalog_gives_its_settings_back(catalog: Catalog) -> None:
    ignores = (Ignore("UID-S04", "“why”", device=Device(serial="7")), Ignore("ENT-50", "x", study=STUDY))
    settings = RuleSettings("ours", {"UID-S01": "off"}, ignores, "archive")
    set_rule_settings(catalog, settings)
    assert rule_settings(catalog) == settings


def test_a_finding_without_files_is_in_no_series(catalog: Catalog) -> None:
    set_rule_settings(catalog, RuleSettings("ours", {}, (Ignore("UID-S04", "known", series=SERIES),)))
    keep_findings(catalog, [make("UID-S04")])
    assert len(findings(catalog)) == 1


def test_what_is_ignored_is_counted_by_rule_and_reason(catalog: Catalog) -> None:
    keep_findings(catalog, [make("UID-S04", 1), make("UID-S04", 2), make("ENT-11", 3, uid="1.3")])
    assert ignored_counts(catalog) == []
    ignores = (Ignore("UID-S04", "Known."), Ignore("ENT-11", "Not it.", uid="1.4"))
    set_rule_settings(catalog, RuleSettings("own", ignores=ignores))
    assert ignored_counts(catalog) == [("UID-S04", "Known.", 2)]


def test_ignored_findings_come_one_by_one_page_by_page(catalog: Catalog) -> None:
    """Each with its rule, its subject, the reason and the day; the pages together are all there are."""
    ignores = (
        Ignore("UID-S04", "known", uid="1.02", since="2024-01-31"),
        Ignore("UID-S04", "later"),
        Ignore("ENT-50", "known", since="2024-02-01"),
    )
    set_rule_settings(catalog, RuleSettings("ours", {}, ignores))
    others = [make("UID-S04", 2, uid=f"1.03.{number}") for number in range(4)]
    keep_findings(catalog, [make("UID-S04", 1), *others, make("ENT-50", 3)])
    whole = ignored_findings(catalog)
    assert [(each.finding.rule, each.finding.uid, each.reason, each.since) for each in whole] == [
        ("ENT-50", "1.02", "known", "2024-02-01"),
        ("UID-S04", "1.02", "known", "2024-01-31"),
        *(("UID-S04", f"1.03.{number}", "later", "") for number in range(4)),
    ]
    pages = [ignored_findings(catalog, offset, 2) for offset in (0, 2, 4, 6)]
    assert [each for page in pages for each in page] == whole
    assert list(ignored_by_file(catalog)) == whole
    assert ignored_findings(catalog, 1, 2, rule="UID-S04", reason="later") == whole[3:5]
    assert ignored_findings(catalog, reason="known") == whole[:2]
    for group in ignored_counts(catalog):
        assert len(ignored_findings(catalog, rule=group.rule, reason=group.reason)) == group.findings


def test_since_when_each_rule_is_ignored_for_a_reason(catalog: Catalog) -> None:
    ignores = (
        Ignore("UID-S04", "known", uid="1.02", since="2024-03-02"),
        Ignore("UID-S04", "known", uid="1.03", since="2024-01-31"),
        Ignore("ENT-50", "known"),
    )
    set_rule_settings(catalog, RuleSettings("ours", {}, ignores))
    keep_findings(catalog, [make("UID-S04", 1), make("UID-S04", 2, uid="1.03"), make("ENT-50", 3)])
    assert ignored_since(catalog) == {("UID-S04", "known"): "2024-01-31"}
