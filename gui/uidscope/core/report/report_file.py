"""The inspection as a file: complete under its name, or not there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from uidscope.core.audit.recording import recorded
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.study_uids import study_uids
from uidscope.core.errors import UsageError
from uidscope.core.export.source_guard import refuse_inside_sources
from uidscope.core.progress import CancelToken
from uidscope.core.report.csv_table import findings_csv
from uidscope.core.report.html import inspection_html
from uidscope.core.report.inspection import InspectionParts, inspection
from uidscope.core.report.replaced_file import replaced_file
from uidscope.core.report.shown_names import ShownNames, shown_names


def _json(catalog: Catalog, names: ShownNames) -> Iterator[str]:
    whole = inspection(catalog, InspectionParts(names=names))
    yield json.dumps(whole, indent=1, ensure_ascii=True) + "\n"


_WRITERS: Final[dict[str, Callable[[Catalog, ShownNames], Iterable[str]]]] = {
    ".html": inspection_html,
    ".csv": findings_csv,
    ".json": _json,
}

REPORT_ENDINGS: Final = tuple(_WRITERS)


def save_report(
    catalog: Catalog, path: str, cancel: CancelToken | None = None, *, mask_names: bool = False
) -> None:
    """Write the report in the format that the name's ending says (``REPORT_ENDINGS``).

    With ``mask_names`` patients and files stand in it by numbers (``MaskedNames``).

    Raises ``UsageError`` for another ending, ``OutputError`` where the file lies in a source folder or
    cannot be written, and ``Cancelled``; a file of that name is then as it was before.
    """
    writer = _WRITERS.get(os.path.splitext(path)[1].lower())
    if writer is None:
        raise UsageError(f"The name of a report ends in {', '.join(REPORT_ENDINGS)}.")
    refuse_inside_sources(path, [source.path for source in catalog.sources()])
    with recorded("report-saved", lambda: study_uids(catalog)), replaced_file(path) as file:
        for piece in writer(catalog, shown_names(catalog, masked=mask_names)):
            if cancel is not None:
                cancel.raise_if_cancelled()
            file.write(piece)
