"""What goes wrong below the catalog, as one sentence: a full or failing disk, damage, another program.

Anything else that SQLite raises is a fault of the program and stays what it is.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Final

from uidscope.core.errors import OutputError, UidscopeError

_SENTENCES: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_FULL: "The catalog {} cannot be written: the disk is full.",
    sqlite3.SQLITE_IOERR: "The catalog {} cannot be read or written: the disk failed.",
    sqlite3.SQLITE_READONLY: "The catalog {} cannot be written.",
    sqlite3.SQLITE_PERM: "The catalog {} cannot be written.",
    sqlite3.SQLITE_CANTOPEN: "The catalog {} cannot be opened.",
    sqlite3.SQLITE_BUSY: "Another program works on the catalog {}; wait for it.",
    sqlite3.SQLITE_LOCKED: "Another program works on the catalog {}; wait for it.",
    sqlite3.SQLITE_PROTOCOL: "Another program works on the catalog {}; wait for it.",
    sqlite3.SQLITE_CORRUPT: "The catalog {} is damaged; it has to be made anew from the files.",
    sqlite3.SQLITE_NOTADB: "The catalog {} is damaged; it has to be made anew from the files.",
}


@contextlib.contextmanager
def failures_told(path: str) -> Iterator[None]:
    """Raise ``OutputError`` with one sentence where the disk or the file below a catalog fails."""
    try:
        yield
    except sqlite3.Error as error:
        failure = failure_of(error, path)
        if failure is None:
            raise
        raise failure from error


def failure_of(error: sqlite3.Error, path: str) -> UidscopeError | None:
    """Return what an error of the catalog at ``path`` means to the user; None for a fault of the program."""
    code = getattr(error, "sqlite_errorcode", None)
    sentence = None if code is None else _SENTENCES.get(code & 0xFF)  # above are details of the same
    return None if sentence is None else OutputError(sentence.format(path))
