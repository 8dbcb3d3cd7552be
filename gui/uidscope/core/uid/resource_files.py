"""Where the program's own data lie, and how its tables are read.

The wheel and the frozen program carry the data inside the package; a checkout keeps them at its top.
"""

from __future__ import annotations

import csv
import functools
import pathlib
import re

_PACKAGE = pathlib.Path(__file__).resolve().parents[2]


@functools.cache
def resource_root() -> pathlib.Path:
    """Return the folder that holds ``tables``, ``words``, ``icons`` and ``templates``."""
    inside_package = _PACKAGE / "resources"
    return inside_package if inside_package.is_dir() else _PACKAGE.parents[1] / "resources"


def read_text(*parts: str) -> str:
    """Return the text (UTF-8) of one resource, named by its path below ``resource_root()``."""
    return resource_root().joinpath(*parts).read_text(encoding="utf-8")


def read_rows(name: str) -> tuple[list[str], ...]:
    """Return the rows of ``tables/<name>.csv``, the header row first, the comment lines left out.

    The comments at the top of a table (lines that begin with ``#``) give its source and edition.
    """
    lines = read_text("tables", f"{name.removesuffix('.csv')}.csv").splitlines()
    first = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return tuple(csv.reader(lines[first:]))


def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``tables/<name>.csv`` as dictionaries by column name."""
    header, *rows = read_rows(name)
    return tuple(dict(zip(header, row, strict=True)) for row in rows)


@functools.cache
def dicom_edition() -> str:
    """Return the edition of PS3.6 that the dictionaries are of (``2024c``), as their table states it."""
    found = re.search(r"PS3\.6 (20\d\d[a-e])", read_text("tables", "registered_uids.csv"))
    return found.group(1) if found else ""
