"""The table of old and new UIDs beside an export, written and read back.

It re-identifies: its owner alone may read it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Final

from uidscope.core.errors import InputError, UsageError
from uidscope.core.plan.entry import MapEntry

COLUMNS: Final = ("old_uid", "new_uid", "kind", "scope", "reason")

_LONGEST: Final = 1 << 30  # characters; a million UIDs take a tenth of it
_DELIMITERS: Final = (",", ";", "\t")
_KINDS: Final = frozenset({"instance", "series", "study", "frame_of_reference", "other"})
_SCOPES: Final = _KINDS | {"all", "occurrences"}
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

    A CSV may have gone through a spreadsheet: a byte order mark, semicolons or tabs in the place of
    commas, and columns in another order or besides these are borne. Raises ``InputError`` where the file
    cannot be read, and ``UsageError`` where it is neither.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            text = file.read(_LONGEST + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise _no_list(path) from None
    if len(text) > _LONGEST:
        raise InputError(f"{path} is too large to be a list of old and new UIDs.")
    return _from_json(path, text) if text.lstrip().startswith("{") else _from_csv(path, text)


def _from_csv(path: str, text: str) -> tuple[MapEntry, ...]:
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        names = next(lines, [])
        columns = [names.index(name) for name in COLUMNS]
        rows = [row for row in lines if row]
    except (csv.Error, ValueError):
        raise _no_list(path) from None
    if len(set(names)) < len(names) or any(len(row) != len(names) for row in rows):
        raise _no_list(path)
    return tuple(_entry(path, [_plain(row[column]) for column in columns]) for row in rows)


def _delimiter(text: str) -> str:
    """What stands between the names of the columns: our comma, or what a spreadsheet made of it."""
    heading = text.partition("\n")[0]
    return max(_DELIMITERS, key=heading.count)


def _from_json(path: str, text: str) -> tuple[MapEntry, ...]:
    names = ("old", "new", "role", "scope", "reason")
    try:
        plan = [each for each in json.loads(text)["plan"] if each["kind"] == "new-uid"]
        rows = [[each[name] for name in names] for each in plan]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _no_list(path) from None
    return tuple(_entry(path, row) for row in rows)


def _entry(path: str, cells: Sequence[object]) -> MapEntry:
    old, new, kind, scope, reason = cells
    if not (isinstance(old, str) and isinstance(new, str) and isinstance(reason, str)):
        raise _no_list(path)
    if not (isinstance(kind, str) and kind in _KINDS and isinstance(scope, str) and scope in _SCOPES):
        raise _no_list(path)
    return MapEntry(old, new, kind, scope, reason, 0)


def _plain(cell: str) -> str:
    """A cell without the apostrophe of ``formula_safe``."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    """Whether a cell begins a formula, behind any apostrophes that were put before it."""
    return cell.lstrip("'").startswith(_FORMULA_BEGINNINGS)


def _no_list(path: str) -> UsageError:
    return UsageError(f"{path} is no list of old and new UIDs (crosswalk.csv or manifest.json).")


def formula_safe(cell: str) -> str:
    """Return a cell that a spreadsheet takes for text: an apostrophe before what begins a formula."""
    return f"'{cell}" if _is_formula(cell) else cell
