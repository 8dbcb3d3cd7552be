"""Findings as a CSV table that a spreadsheet shows and never computes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from uidscope.core.catalog.store import Catalog
from uidscope.core.report.inspection import findings

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
)

# What makes a spreadsheet take a cell for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def findings_csv(catalog: Catalog) -> Iterator[str]:
    """Yield the table line by line: one row for each finding and file."""
    yield _row(COLUMNS)
    for finding in findings(catalog):
        for file in finding["files"]:
            yield _row(str(file if column == "file" else finding[column]) for column in COLUMNS)


def spreadsheet_safe(text: str) -> str:
    """Text that a spreadsheet shows as text: a quote stands before what could be a formula."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([spreadsheet_safe(cell) for cell in cells])
    return line.getvalue()
