"""What is ignored: each rule and reason, and below it its findings."""

from __future__ import annotations

import enum
from typing import NamedTuple

from uidscope.core.catalog.finding_groups import subject_nodes
from uidscope.core.catalog.findings import IgnoredFinding, ignored_findings
from uidscope.core.catalog.rule_settings import IgnoredCount, ignored_counts, ignored_since
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import path_to, row
from uidscope.core.report.words import rule_words
from uidscope.qt.finding_words import place_text
from uidscope.qt.kit.cells import Cell, NameCell, NumberCell, TextCell, Tone, UidCell
from uidscope.qt.models.findings_model import FindingRow, finding_name
from uidscope.qt.models.paged_groups_model import Group, PagedGroupsModel
from uidscope.qt.tree.fault_spans import fault_spans


class IgnoredColumn(enum.IntEnum):
    FINDING = 0
    REASON = 1
    UID = 2
    FINDINGS = 3
    FILES = 4
    SINCE = 5
    RULE = 6


class IgnoredGroup(NamedTuple):
    """A rule and a reason with the number of findings; ``since`` is the first day it was said, or ''."""

    ignored: IgnoredCount
    since: str


class IgnoredRow(NamedTuple):
    """A finding that is ignored, and the place it is about."""

    ignored: IgnoredFinding
    found: FindingRow


class IgnoredModel(PagedGroupsModel):
    """A group for each rule and reason; its rows are `IgnoredRow`."""

    def titles(self) -> tuple[str, ...]:
        return (
            self.tr("Ignored"),
            self.tr("Reason, place"),
            self.tr("UID"),
            self.tr("Findings"),
            self.tr("Files"),
            self.tr("Since"),
            self.tr("Rule"),
        )

    def group_cell(self, about: IgnoredGroup, column: int) -> Cell | None:
        rule, reason, findings = about.ignored
        match column:
            case IgnoredColumn.FINDING:
                return NameCell(rule_words(rule).title, strong=True, group=True)
            case IgnoredColumn.REASON:
                return TextCell(reason)
            case IgnoredColumn.FINDINGS:
                return NumberCell(findings)
            case IgnoredColumn.SINCE:
                return TextCell(about.since, tone=Tone.TEXT2)
            case IgnoredColumn.RULE:
                return TextCell(rule, tone=Tone.TEXT2, mono=True)
        return None

    def row_cell(self, row: IgnoredRow, column: int) -> Cell | None:
        kept = row.ignored.finding
        match column:
            case IgnoredColumn.FINDING:
                return NameCell(finding_name(row.found))
            case IgnoredColumn.REASON:
                return TextCell(place_text(row.found.path), tone=Tone.TEXT2)
            case IgnoredColumn.UID:
                return UidCell(kept.uid, fault_spans(kept.uid)) if kept.uid else None
            case IgnoredColumn.FILES:
                return NumberCell(kept.file_count)
            case IgnoredColumn.SINCE:
                return TextCell(row.ignored.since, tone=Tone.TEXT2)
        return None


def ignored_groups(catalog: Catalog) -> list[Group]:
    """The groups, by rule and reason."""
    days = ignored_since(catalog)
    return [
        Group((each.rule, each.reason), IgnoredGroup(each, days.get((each.rule, each.reason), "")))
        for each in ignored_counts(catalog)
    ]


def ignored_rows(catalog: Catalog, about: IgnoredGroup, offset: int, limit: int) -> list[IgnoredRow]:
    """A page of the findings of a group, each with its place."""
    rule, reason, _ = about.ignored
    page = ignored_findings(catalog, offset, limit, rule=rule, reason=reason)
    return [IgnoredRow(each, _placed(catalog, each)) for each in page]


def _placed(catalog: Catalog, ignored: IgnoredFinding) -> FindingRow:
    nodes = subject_nodes(catalog, ignored.finding, limit=1)
    path = tuple(row(catalog, step) for step in path_to(catalog, nodes[0])) if nodes else ()
    return FindingRow(ignored.finding, path)
