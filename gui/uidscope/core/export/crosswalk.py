"""The table of old and new UIDs beside an export. It re-identifies: its owner alone may read it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from uidscope.core.plan.entry import MapEntry

COLUMNS: Final = ("old_uid", "new_uid", "kind", "scope", "reason")

_FORMULA_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def crosswalk_csv(entries: Iterable[MapEntry]) -> bytes:
    """Return the new UIDs among the entries as CSV (UTF-8), one line each, in their order."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for entry in entries:
        if entry.change == "new-uid":
            row = (entry.old, entry.new, entry.kind, entry.scope, entry.reason)
            writer.writerow([formula_safe(cell) for cell in row])
    return text.getvalue().encode("utf-8", "backslashreplace")


def formula_safe(cell: str) -> str:
    """Return a cell that a spreadsheet takes for text: an apostrophe before what begins a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_BEGINNINGS) else cell
