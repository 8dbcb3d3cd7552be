"""A file that is complete under its name, or as it was before."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from uidscope.core.errors import OutputError


@contextmanager
def replaced_file(path: str) -> Iterator[TextIO]:
    """Give a new file that takes the place of the one named once the block ends well.

    Raises ``OutputError`` where it cannot be written, and what the block raises.
    """
    folder, name = os.path.split(os.path.abspath(path))
    try:
        descriptor, unfinished = tempfile.mkstemp(prefix=f"{name}.", suffix=".incomplete", dir=folder)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except BaseException as error:
        os.unlink(unfinished)
        if isinstance(error, OSError):
            raise OutputError(f"{path} cannot be written: {error.strerror}.") from error
        raise
