"""Sources are never written to: whether a path lies inside one, by the file system's own identity."""

from __future__ import annotations

import os
from collections.abc import Iterable

from uidscope.core.errors import InputError, OutputError
from uidscope.core.read.byte_window import shown

Identity = tuple[int, int]


def refuse_inside_sources(path: str, sources: Iterable[str]) -> None:
    """Raise ``OutputError`` where a file to be written would lie inside a source folder, or be a source.

    Links and other spellings of a name do not hide it. Raises ``InputError`` where a source has gone.
    """
    given = list(sources)
    folder = os.path.dirname(os.path.abspath(path))
    inside = identities_above(folder) & identities(source for source in given if os.path.isdir(source))
    if inside or (os.path.lexists(path) and identities([path]) & identities(given)):
        raise OutputError(
            f"{shown(path)} lies inside a source folder, and sources are never changed; choose another place."
        )


def identities_above(folder: str) -> set[Identity]:
    """Return device and inode of a folder and of every folder above it, links resolved."""
    found = set()
    path = os.path.realpath(folder)
    while True:
        if os.path.isdir(path):
            found |= identities([path])
        above = os.path.dirname(path)
        if above == path:
            return found
        path = above


def identities(paths: Iterable[str]) -> set[Identity]:
    """Return device and inode of each path; ``InputError`` where one has gone."""
    found = set()
    for path in paths:
        try:
            status = os.stat(path)
        except OSError as error:
            raise InputError(f"{shown(path)}: {error.strerror}.") from error
        found.add((status.st_dev, status.st_ino))
    return found
