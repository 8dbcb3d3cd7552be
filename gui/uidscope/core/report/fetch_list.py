"""The fetch list: missing instances and the keys to ask an archive for them, as a CSV table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from uidscope.core.audit.recording import recorded
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.study_uids import study_uids
from uidscope.core.export.source_guard import refuse_inside_sources
from uidscope.core.judge.fetch_keys import FoundIn, MissingInstance, fetch_keys
from uidscope.core.progress import CancelToken
from uidscope.core.report.csv_table import spreadsheet_safe
from uidscope.core.report.replaced_file import replaced_file
from uidscope.core.report.shown_names import AS_IN_FILES, ShownNames, shown_names
from uidscope.core.report.visible import visible
from uidscope.core.uid.registry import registered

COLUMNS: Final = (
    "patient_id",
    "issuer_of_patient_id",
    "study_instance_uid",
    "series_instance_uid",
    "sop_instance_uid",
    "sop_class_uid",
    "sop_class",
    "patient_id_from",
    "study_from",
    "series_from",
    "named_by",
    "named_by_files",
)
_WORDS: Final[dict[FoundIn, str]] = {
    "reference": "the reference itself",
    "series-list": "the object's list of references",
    "evidence": "the object's evidence",
    "image-evidence": "the evidence of the image",
    "enclosing": "the sequence around the reference",
    "other-object": "another object that names the instance",
    "loaded-series": "the loaded part of the series",
    "referring-object": "the object that names the instance",
    "assumed": "assumed: the study of the object that names the instance",
    "": "not known",
}


def fetch_list_csv(
    catalog: Catalog, cancel: CancelToken | None = None, names: ShownNames = AS_IN_FILES
) -> Iterator[str]:
    """Yield the table line by line, one row for each missing instance; raises ``Cancelled``.

    Text is given so that a spreadsheet shows it and never computes it.
    """
    yield from _table(catalog, list(fetch_keys(catalog, cancel)), names)


def save_fetch_list(
    catalog: Catalog, path: str, cancel: CancelToken | None = None, *, mask_names: bool = False
) -> int:
    """Write the table as a file and return how many instances are missing; where none is, write nothing.

    With ``mask_names`` Patient IDs and files stand in it by numbers (``MaskedNames``): an archive is then to
    be asked by the UIDs alone. Raises ``OutputError`` where the file lies in a source folder or cannot be
    written, and ``Cancelled``; a file of that name is then as it was before.
    """
    refuse_inside_sources(path, [source.path for source in catalog.sources()])
    missing = list(fetch_keys(catalog, cancel))
    if missing:
        with recorded("report-saved", lambda: study_uids(catalog)), replaced_file(path) as file:
            for line in _table(catalog, missing, shown_names(catalog, masked=mask_names)):
                file.write(line)
    return len(missing)


def _table(catalog: Catalog, missing: Sequence[MissingInstance], names: ShownNames) -> Iterator[str]:
    paths = display_paths(catalog, {each.referring_occurrence for each in missing})
    yield _line(COLUMNS)
    for each in missing:
        yield _line(_cells(each, paths[each.referring_occurrence], names))


def _cells(missing: MissingInstance, path: str, names: ShownNames) -> Iterable[str]:
    entry = registered(missing.class_uid)
    return (
        names.patient_id(missing.patient_id.value),
        missing.issuer,
        missing.study_uid.value,
        missing.series_uid.value,
        missing.uid,
        missing.class_uid,
        entry.name if entry else "",
        _WORDS[missing.patient_id.found_in],
        _WORDS[missing.study_uid.found_in],
        _WORDS[missing.series_uid.found_in],
        names.file(path),
        str(missing.referring_occurrences),
    )


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([spreadsheet_safe(visible(cell)) for cell in cells])
    return line.getvalue()
