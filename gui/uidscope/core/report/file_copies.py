"""The files of one place of the tree, and what the reader noted of each."""

from __future__ import annotations

from typing import Final, NamedTuple

from uidscope.core.catalog.lookup import display_paths, occurrences, occurrences_below
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.transfer_syntaxes import transfer_syntaxes
from uidscope.core.catalog.tree import Node
from uidscope.core.uid.registry import registered

MOST_LISTED: Final = 1000


class FileCopy(NamedTuple):
    """One file. ``size`` counts bytes, ``encoding`` is how the data set was found to be written.

    ``transfer_syntax`` is what the file meta declares: its name in PS3.6, else the UID, else empty.
    ``flags`` are those of ``read.record``.
    """

    occurrence_id: int
    path: str
    absolute_path: str
    size: int
    encoding: str
    transfer_syntax: str
    flags: int


class FileCopies(NamedTuple):
    """The first ``MOST_LISTED`` files by path, of ``total`` in all."""

    files: tuple[FileCopy, ...]
    total: int


def file_copies(catalog: Catalog, node: Node) -> FileCopies:
    """Return the files at or below a node; ``LookupError`` where it is not there (any more)."""
    ids = occurrences_below(catalog, node)
    if not ids:
        raise LookupError(f"no {node.level} {node.id}")
    listed = ids[:MOST_LISTED]
    paths = display_paths(catalog, listed)
    syntaxes = transfer_syntaxes(catalog, listed)
    files = tuple(
        FileCopy(
            file.id,
            paths[file.id],
            file.named_path,
            file.stamp.size,
            file.encoding,
            _name(syntaxes.get(file.id, "")),
            file.flags,
        )
        for file in occurrences(catalog, listed)
    )
    return FileCopies(files, len(ids))


def _name(uid: str) -> str:
    entry = registered(uid)
    return entry.name if entry else uid
