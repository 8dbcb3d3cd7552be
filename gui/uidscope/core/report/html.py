"""The inspection as one HTML file without anything from elsewhere; every value is escaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from uidscope.core.catalog.devices import DeviceRule, findings_by_device
from uidscope.core.catalog.finding import Severity
from uidscope.core.catalog.rule_settings import rule_settings
from uidscope.core.catalog.store import Catalog
from uidscope.core.judge.rule_table import rules_edition
from uidscope.core.language import language
from uidscope.core.report.device_words import device_words, period_words
from uidscope.core.report.html_template import report_template
from uidscope.core.report.inspection import Json, findings, heading, ignored, not_loaded
from uidscope.core.report.shown_names import AS_IN_FILES, ShownNames
from uidscope.core.report.tree_excerpt import tree_excerpt
from uidscope.core.report.words import RuleWords, rule_words

FILES_SHOWN: Final = 20
FINDINGS_SHOWN: Final = 500


@dataclass(frozen=True, slots=True)
class _RuleGroup:
    """The findings of one rule, the first ``FINDINGS_SHOWN`` of ``count``."""

    code: str
    severity: Severity
    words: RuleWords
    citation: str
    count: int
    findings: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class _DeviceGroup:
    """One device in words, with its rules."""

    name: str
    files: int
    period: str
    rules: tuple[DeviceRule, ...]


def inspection_html(catalog: Catalog, names: ShownNames = AS_IN_FILES) -> Iterator[str]:
    """Yield the report in pieces."""
    template = report_template("inspection.html")
    whole = heading(catalog, names)
    yield from template.generate(
        heading=whole,
        profile=whole.get("profile"),
        profile_name=rule_settings(catalog).name,
        rules_edition=rules_edition(),
        made=dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        masked=names is not AS_IN_FILES,
        rules=_by_rule(findings(catalog, names, language())),
        ignored=_by_reason(ignored(catalog, names, language())),
        devices=list(_devices(catalog)),
        tree=tree_excerpt(catalog, names),
        not_loaded=not_loaded(catalog, names),
        files_shown=FILES_SHOWN,
    )
    yield "\n"


def _by_rule(found: Iterable[Json]) -> list[_RuleGroup]:
    groups = []
    for (rule, severity), group in groupby(found, key=lambda each: (each["rule"], each["severity"])):
        members = []
        count = 0
        for finding in group:
            count += 1
            if count <= FINDINGS_SHOWN:
                members.append(finding)
        citation = members[0]["citation"]
        groups.append(_RuleGroup(rule, severity, rule_words(rule), citation, count, tuple(members)))
    return groups


def _by_reason(aside: Iterable[Json]) -> list[tuple[str, str, list[Json]]]:
    grouped = groupby(aside, key=lambda each: (each["rule"], each["reason"]))
    return [(rule, reason, list(members)) for (rule, reason), members in grouped]


def _devices(catalog: Catalog) -> Iterator[_DeviceGroup]:
    for group in findings_by_device(catalog):
        period = period_words(group.first_date, group.last_date)
        yield _DeviceGroup(device_words(group.device), group.files, period, group.rules)
