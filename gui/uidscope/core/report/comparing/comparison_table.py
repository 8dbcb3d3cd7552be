"""A comparison of two folders as a CSV table that a spreadsheet shows and never computes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from uidscope.core.report.comparing.comparison import ComparedFolders, Json, instances
from uidscope.core.report.csv_table import spreadsheet_safe
from uidscope.core.report.visible import visible

COLUMNS: Final = (
    "status",
    "study_instance_uid",
    "series_instance_uid",
    "sop_instance_uid",
    "sop_class_uid",
    "first",
    "second",
    "attributes",
    "attribute_count",
    "pixel_data",
    "pixel_form",
    "obstacle",
)


def comparison_csv(compared: ComparedFolders) -> Iterator[str]:
    """Yield the table line by line: one row for each instance that is not the same, byte for byte.

    Several files, and several attributes, stand in one cell with `` | `` between them.
    """
    yield _row(COLUMNS)
    for instance in instances(compared):
        yield _row(_cell(instance, column) for column in COLUMNS)


def _cell(instance: Json, column: str) -> str:
    value = instance[column]
    if column == "attributes":
        value = [attribute["pattern"] for attribute in value]
    return " | ".join(value) if isinstance(value, list) else str(value)


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([spreadsheet_safe(visible(cell)) for cell in cells])
    return line.getvalue()
