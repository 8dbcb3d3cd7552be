"""Where a command's result goes: standard output, or a file that is complete or not there."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from uidscope.core.errors import OutputError
from uidscope.core.export.source_guard import refuse_inside_sources


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
    with _replaced(output) as file:
        for piece in text:
            file.write(piece)


@contextmanager
def _replaced(output: str) -> Iterator[TextIO]:
    folder = os.path.dirname(os.path.abspath(output))
    try:
        descriptor, unfinished = tempfile.mkstemp(
            prefix=os.path.basename(output) + ".", suffix=".incomplete", dir=folder
        )
    except OSError as error:
        raise OutputError(f"{output} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, output)
    except OSError as error:
        os.unlink(unfinished)
        raise OutputError(f"{output} cannot be written: {error.strerror}.") from error
    except BaseException:
        os.unlink(unfinished)
        raise
