"""Where a command's result goes: standard output, or a file that is complete or not there."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from uidscope.core.audit.recording import recorded
from uidscope.core.export.source_guard import refuse_inside_sources
from uidscope.core.report.replaced_file import replaced_file


def write_result(text: Iterable[str], output: str | None, sources: Sequence[str]) -> None:
    """Write the pieces of a result; ``output`` is a file that must not lie in a source folder.

    Raises OutputError; a file of that name is then as it was before.
    """
    if output is None:
        for piece in text:
            sys.stdout.write(piece)
        sys.stdout.flush()
        return
    refuse_inside_sources(output, sources)
    with recorded("report-saved"), replaced_file(output) as file:
        for piece in text:
            file.write(piece)
