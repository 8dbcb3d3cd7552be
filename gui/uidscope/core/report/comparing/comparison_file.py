"""A comparison of two folders as a file: complete under its name, or not there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from uidscope.core.audit.recording import recorded
from uidscope.core.catalog.study_uids import study_uids
from uidscope.core.errors import UsageError
from uidscope.core.export.source_guard import refuse_inside_sources
from uidscope.core.progress import CancelToken
from uidscope.core.report.comparing.comparison import ComparedFolders, comparison
from uidscope.core.report.comparing.comparison_html import comparison_html
from uidscope.core.report.comparing.comparison_table import comparison_csv
from uidscope.core.report.replaced_file import replaced_file


def _json(compared: ComparedFolders) -> Iterator[str]:
    yield json.dumps(comparison(compared), indent=1, ensure_ascii=True) + "\n"


_WRITERS: Final[dict[str, Callable[[ComparedFolders], Iterable[str]]]] = {
    ".html": comparison_html,
    ".csv": comparison_csv,
    ".json": _json,
}

COMPARISON_ENDINGS: Final = tuple(_WRITERS)


def save_comparison(compared: ComparedFolders, path: str, cancel: CancelToken | None = None) -> None:
    """Write the comparison in the format that the name's ending says (``COMPARISON_ENDINGS``).

    Raises ``UsageError`` for another ending, ``OutputError`` where the file lies in one of the folders or
    cannot be written, and ``Cancelled``; a file of that name is then as it was before.
    """
    writer = _WRITERS.get(os.path.splitext(path)[1].lower())
    if writer is None:
        raise UsageError(f"The name of a report ends in {', '.join(COMPARISON_ENDINGS)}.")
    sources = [*compared.first.sources(), *compared.second.sources()]
    refuse_inside_sources(path, [source.path for source in sources])
    with recorded("report-saved", lambda: _studies(compared)), replaced_file(path) as file:
        for piece in writer(compared):
            if cancel is not None:
                cancel.raise_if_cancelled()
            file.write(piece)


def _studies(compared: ComparedFolders) -> tuple[str, ...]:
    return (*study_uids(compared.first), *study_uids(compared.second))
