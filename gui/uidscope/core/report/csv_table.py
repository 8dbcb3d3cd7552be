"""Findings as CSV tables that a spreadsheet shows and never computes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from uidscope.core.catalog.devices import Device, DeviceRule, findings_by_device
from uidscope.core.catalog.store import Catalog
from uidscope.core.language import ENGLISH
from uidscope.core.report.inspection import Json, findings, ignored
from uidscope.core.report.shown_names import AS_IN_FILES, ShownNames
from uidscope.core.report.visible import visible
from uidscope.core.report.words import rule_words

COLUMNS = (
    "rule",
    "severity",
    "level",
    "uid",
    "attribute",
    "path",
    "file_count",
    "file",
    "message",
    "citation",
    "consequence",
    "ignored_because",
)
DEVICE_COLUMNS = (
    *Device._fields,
    "rule",
    "severity",
    "consequence",
    "title",
    "findings",
    "files",
    "first_study_date",
    "last_study_date",
)

# What makes a spreadsheet take a cell for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def findings_csv(catalog: Catalog, names: ShownNames = AS_IN_FILES) -> Iterator[str]:
    """Yield the table line by line: one row for each finding and file; what is ignored stands last."""
    yield _row(COLUMNS)
    for finding in findings(catalog, names):
        yield from _finding_rows(finding)
    for finding in ignored(catalog, names):
        yield from _finding_rows(finding)


def devices_csv(catalog: Catalog) -> Iterator[str]:
    """Yield the table line by line: one row for each device and rule, for a vendor's ticket.

    Dates are those of the studies (DA, PS3.5 6.2), empty where no file states one.
    """
    yield _row(DEVICE_COLUMNS)
    for group in findings_by_device(catalog):
        for rule in group.rules:
            yield _row((*group.device, *_rule_cells(rule)))


def spreadsheet_safe(text: str) -> str:
    """Text that a spreadsheet shows as text: a quote stands before what could be a formula."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def _finding_rows(finding: Json) -> Iterator[str]:
    cells = {
        **finding,
        "consequence": rule_words(finding["rule"]).consequence,
        "ignored_because": finding.get("reason", ""),
    }
    for file in finding["files"]:
        yield _row(str(file if column == "file" else cells[column]) for column in COLUMNS)


def _rule_cells(rule: DeviceRule) -> tuple[str, ...]:
    words = rule_words(rule.rule, ENGLISH)
    return (
        rule.rule,
        rule.severity,
        words.consequence,
        words.title,
        str(rule.findings),
        str(rule.files),
        rule.first_date,
        rule.last_date,
    )


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([spreadsheet_safe(visible(cell)) for cell in cells])
    return line.getvalue()
