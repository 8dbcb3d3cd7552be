"""The table of old and new UIDs beside an export, written and read back.

It re-identifies: its owner alone may read it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Final

from uidscope.core.errors import InputError, UsageError
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


def read_crosswalk(path: str) -> tuple[MapEntry, ...]:
    """Return the new UIDs of an earlier export, from its CSV or from its manifest (JSON).

    Raises ``InputError`` where the file cannot be read, and ``UsageError`` where it is neither.
    """
    try:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise _no_list(path) from None
    return _from_json(path, text) if text.lstrip().startswith("{") else _from_csv(path, text)


def _from_csv(path: str, text: str) -> tuple[MapEntry, ...]:
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
        cells = [[_plain(row[name]) for name in COLUMNS] for row in rows]
    except (csv.Error, KeyError, AttributeError):
        raise _no_list(path) from None
    if not rows and not text.startswith(",".join(COLUMNS)):
        raise _no_list(path)
    return tuple(_entry(*row) for row in cells)


def _from_json(path: str, text: str) -> tuple[MapEntry, ...]:
    names = ("old", "new", "role", "scope", "reason")
    try:
        plan = [each for each in json.loads(text)["plan"] if each["kind"] == "new-uid"]
        cells = [[each[name] for name in names] for each in plan]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _no_list(path) from None
    if not all(isinstance(cell, str) for row in cells for cell in row):
        raise _no_list(path)
    return tuple(_entry(*row) for row in cells)


def _entry(old: str, new: str, kind: str, scope: str, reason: str) -> MapEntry:
    return MapEntry(old, new, kind, scope, reason, 0)


def _plain(cell: str) -> str:
    """A cell without the apostrophe of ``formula_safe``."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_BEGINNINGS) else cell


def _no_list(path: str) -> UsageError:
    return UsageError(f"{path} is no list of old and new UIDs (crosswalk.csv or manifest.json).")


def formula_safe(cell: str) -> str:
    """Return a cell that a spreadsheet takes for text: an apostrophe before what begins a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_BEGINNINGS) else cell
