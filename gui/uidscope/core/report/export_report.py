"""What an export did, saved where the user wants it: as a page, as a table of its files, or for a program.

The list of old and new UIDs and the other lists beside an export are saved elsewhere as they are.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from typing import Final

from uidscope.core.audit.recording import recorded
from uidscope.core.errors import InputError, UsageError
from uidscope.core.export.crosswalk import formula_safe
from uidscope.core.export.manifest import manifest_json
from uidscope.core.export.request import ExportResult
from uidscope.core.export.source_guard import refuse_inside_sources
from uidscope.core.export.target import CROSSWALK_ENDING, target_names
from uidscope.core.plan.intention import Plan
from uidscope.core.report.change_record import ChangeNote, change_record_html
from uidscope.core.report.replaced_file import replaced_file
from uidscope.core.report.visible import visible

EXPORT_REPORT_ENDINGS: Final = (".html", ".csv", ".json")

_COLUMNS: Final = ("source", "output", "change", "bytes", "sha256")


def save_export_report(
    result: ExportResult, note: ChangeNote | None, plan: Plan | None, path: str, sources: Iterable[str]
) -> None:
    """Write what an export did, in the format that the name's ending says (``EXPORT_REPORT_ENDINGS``).

    The page is the change record; the table has a line for each file written and each that was not, with
    its reason; the JSON is the manifest. Raises ``UsageError`` for another ending, ``InputError`` where a
    list beside the export has gone, and ``OutputError`` where the file lies in a source or cannot be
    written; a file of that name is then as it was before.
    """
    ending = os.path.splitext(path)[1].lower()
    if ending == ".html":
        pieces = [change_record_html(note or ChangeNote(), plan, result, _digests(result)).decode("utf-8")]
    elif ending == ".csv":
        pieces = list(_table(result))
    elif ending == ".json":
        pieces = [manifest_json(result).decode("ascii")]
    else:
        raise UsageError(f"The name of a report ends in {', '.join(EXPORT_REPORT_ENDINGS)}.")
    with recorded("report-saved", lambda: (study.old for study in result.studies)):
        _save(path, pieces, sources)


def save_list(list_path: str, path: str, sources: Iterable[str]) -> None:
    """Write a copy of a list beside an export, byte for byte and for its owner's eyes only.

    Raises ``InputError`` where the list has gone, and ``OutputError`` as ``save_export_report``.
    """
    is_crosswalk = list_path.endswith(CROSSWALK_ENDING)
    with recorded("crosswalk-saved" if is_crosswalk else "list-saved"):
        _save(path, [_content(list_path).decode("utf-8")], sources)


def _save(path: str, pieces: Iterable[str], sources: Iterable[str]) -> None:
    refuse_inside_sources(path, sources)
    with replaced_file(path) as file:
        file.writelines(pieces)


def _table(result: ExportResult) -> Iterator[str]:
    yield _line(_COLUMNS)
    for file in result.files:
        yield _line((file.source, file.output, file.changed, str(file.size), file.sha256))
    for skipped in result.skipped:
        yield _line((skipped.file, "", f"not written: {skipped.reason}", "", ""))


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow([formula_safe(visible(cell)) for cell in cells])
    return text.getvalue()


def _digests(result: ExportResult) -> dict[str, str]:
    """The SHA-256 of the lists beside an export, by their names."""
    names = target_names(result.target, zipped=result.archive is not None)
    lists = (names.crosswalk, names.manifest, names.old_uids)
    return {os.path.basename(path): hashlib.sha256(_content(path)).hexdigest() for path in lists}


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
