"""What a whole file holds, as a digest: known only of files for which somebody asked."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple

from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import InputError
from uidscope.core.progress import CancelToken
from uidscope.core.read.byte_window import open_window

_KEPT_AT_A_TIME: Final = 200
_BLOCK: Final = 1 << 20


class Content(NamedTuple):
    """``sha256`` of a whole file, and the number of its object where somebody has compared it.

    Occurrences of one UID with one ``object_number`` are the same object, whatever their bytes.
    """

    sha256: bytes
    object_number: int | None


class _Unread(NamedTuple):
    occurrence: int
    path: str
    size: int
    modified_ns: int


def contents(
    catalog: Catalog, occurrences: Collection[int], *, token: CancelToken | None = None
) -> dict[int, Content]:
    """Return the content of each of these files, reading those that were never asked for.

    What is read is kept in the catalog. A file that cannot be read any more, or is no longer the one
    that was scanned, is left out. Raises ``Cancelled``; what was read until then is kept.
    """
    found = _known(catalog, occurrences)
    read: list[tuple[int, bytes]] = []
    try:
        for unread in list(_unread(catalog, [id_ for id_ in occurrences if id_ not in found])):
            if token is not None:
                token.raise_if_cancelled()
            digest = _digest(unread)
            if digest is not None:
                found[unread.occurrence] = Content(digest, None)
                read.append((unread.occurrence, digest))
            if len(read) == _KEPT_AT_A_TIME:
                _keep(catalog, read)
    finally:
        _keep(catalog, read)
    return found


def known_contents(catalog: Catalog, occurrences: Collection[int]) -> dict[int, Content]:
    """Return the content of those of these files for which somebody asked before, without reading any."""
    return _known(catalog, occurrences)


def keep_object_numbers(catalog: Catalog, numbers: Mapping[int, int]) -> None:
    """Keep which occurrences of one UID were found to be one object: the same number for each of it.

    Occurrences whose content is not known are left out.
    """
    with catalog.connection as connection:
        connection.executemany(
            "UPDATE content SET object_number = ? WHERE occurrence_id = ?",
            ((number, occurrence) for occurrence, number in numbers.items()),
        )


def _known(catalog: Catalog, occurrences: Collection[int]) -> dict[int, Content]:
    rows = catalog.connection.execute(
        "SELECT occurrence_id, sha256, object_number FROM json_each(?)"
        " JOIN content ON occurrence_id = json_each.value",
        (json.dumps(list(occurrences)),),
    )
    return {id_: Content(bytes(sha256), number) for id_, sha256, number in rows}


def _unread(catalog: Catalog, occurrences: Collection[int]) -> Iterator[_Unread]:
    tops = {source.id: source.top_on_disk for source in catalog.sources()}
    rows = catalog.connection.execute(
        "SELECT occurrence.id, source_id, folder.path, name, size, modified_ns FROM json_each(?)"
        " JOIN occurrence ON occurrence.id = json_each.value JOIN folder ON folder.id = folder_id",
        (json.dumps(list(occurrences)),),
    )
    for id_, source, folder, name, size, modified_ns in rows:
        path = os.path.join(tops[source], os.fsdecode(folder), os.fsdecode(name))
        yield _Unread(id_, path, size, modified_ns)


def _digest(unread: _Unread) -> bytes | None:
    try:
        status = os.stat(unread.path)
        if (status.st_size, status.st_mtime_ns) != (unread.size, unread.modified_ns):
            return None
        digest = hashlib.sha256()
        with open_window(unread.path, follow_links=True) as window:
            for block in window.blocks(0, window.size, _BLOCK):
                digest.update(block)
    except (OSError, InputError):
        return None
    return digest.digest()


def _keep(catalog: Catalog, read: list[tuple[int, bytes]]) -> None:
    if read:
        with catalog.connection as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO content (occurrence_id, sha256) VALUES (?, ?)", read
            )
        read.clear()
