"""Two files side by side as a file: complete under its name, or not there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Final

from uidscope.core.audit.recording import recorded
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import UsageError
from uidscope.core.export.source_guard import refuse_inside_sources
from uidscope.core.report.comparing.side_by_side import SideBySide
from uidscope.core.report.comparing.side_by_side_report import side_by_side_json, side_by_side_text
from uidscope.core.report.replaced_file import replaced_file

_WRITERS: Final[dict[str, Callable[[SideBySide], Iterator[str]]]] = {
    ".txt": side_by_side_text,
    ".json": side_by_side_json,
}

SIDE_BY_SIDE_ENDINGS: Final = tuple(_WRITERS)


def save_side_by_side(catalog: Catalog, compared: SideBySide, path: str) -> None:
    """Write the comparison in the format that the name's ending says (``SIDE_BY_SIDE_ENDINGS``).

    Raises ``UsageError`` for another ending, and ``OutputError`` where the file lies in a source of the
    catalog or cannot be written; a file of that name is then as it was before.
    """
    writer = _WRITERS.get(os.path.splitext(path)[1].lower())
    if writer is None:
        raise UsageError(f"The name of a comparison ends in {', '.join(SIDE_BY_SIDE_ENDINGS)}.")
    refuse_inside_sources(path, [source.path for source in catalog.sources()])
    with recorded("report-saved"), replaced_file(path) as file:
        for piece in writer(compared):
            file.write(piece)
