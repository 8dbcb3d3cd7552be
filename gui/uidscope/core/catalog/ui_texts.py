"""Which UIDs each file holds in its UI elements, whole pages of files at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from uidscope.core.catalog.entity import key_kinds
from uidscope.core.catalog.paths import file_paths
from uidscope.core.catalog.set_numbers import base_of
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.value_uses import value_patterns
from uidscope.core.read.record import BROKEN, HAS_META, TRUNCATED
from uidscope.core.uid.elements import reference_kind, ui_element_by_keyword
from uidscope.core.uid.registry import is_registered

_FILES_AT_A_TIME: Final = 2000


class FileToSearch(NamedTuple):
    """A file that could be exported, and the UIDs of its UI elements.

    These are the texts of two sets (``texts_of_sets``; the second may be 0) and ``own``: (0008,0018) and
    the file meta's (0002,0003), empty where absent.
    """

    occurrence_id: int
    path: str
    size: int
    modified_ns: int
    encoding: str
    value_set: int
    base_set: int
    own: tuple[str, str]


def files_to_search(catalog: Catalog) -> Iterator[FileToSearch]:
    """Yield every object that was read to its end, in the order loaded."""
    paths = file_paths(catalog)
    last = 0
    while True:
        rows = catalog.connection.execute(
            f"""
            SELECT occurrence.id, folder_id, occurrence.name, size, modified_ns, encoding.name, value_set_id,
                coalesce(nullif({base_of("value_set_id")}, value_set_id), 0), own.value,
                CASE WHEN NOT flags & :has_meta THEN '' ELSE coalesce(meta.value, own.value) END
            FROM occurrence
            JOIN encoding ON encoding.id = encoding_id
            JOIN instance ON instance.id = instance_id
            JOIN uid AS own ON own.id = instance.uid_id
            LEFT JOIN uid AS meta ON meta.id = meta_uid_id
            WHERE occurrence.id > :last AND NOT flags & :cut
            ORDER BY occurrence.id LIMIT :page
            """,  # noqa: S608 - our own text
            {"last": last, "has_meta": HAS_META, "cut": TRUNCATED | BROKEN, "page": _FILES_AT_A_TIME},
        ).fetchall()
        if not rows:
            return
        for id_, folder_id, name, *facts, own, meta in rows:
            yield FileToSearch._make((id_, paths.absolute(folder_id, name), *facts, (own, meta)))
        last = rows[-1][0]


def count_files_to_search(catalog: Catalog) -> int:
    """Return how many files ``files_to_search`` yields."""
    (number,) = catalog.connection.execute(
        "SELECT COUNT(*) FROM occurrence WHERE instance_id IS NOT NULL AND NOT flags & ?",
        (TRUNCATED | BROKEN,),
    ).fetchone()
    return int(number)


def texts_of_sets(catalog: Catalog, set_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """Return the values of some sets (without those of their bases), each with how often it stands there."""
    found: dict[int, dict[str, int]] = {set_id: {} for set_id in set_ids}
    for set_id, text, times in catalog.connection.execute(
        "SELECT set_id, uid.value, sum(count) FROM json_each(?)"
        " CROSS JOIN value_set_part ON set_id = json_each.value JOIN uid ON uid.id = uid_id"
        " GROUP BY set_id, uid.value",
        (json.dumps(list(found)),),
    ):
        found[set_id][text] = times
    return found


class LooseNumbers(NamedTuple):
    """A file, and those of the numbers outside its UI elements that are UIDs of the catalog."""

    occurrence_id: int
    path: str
    size: int
    modified_ns: int
    numbers: frozenset[str]


def loose_numbers(catalog: Catalog) -> Iterator[LooseNumbers]:
    """Yield the files that hold such numbers, in the order loaded, as the scan found them."""
    paths = file_paths(catalog)
    for (id_, folder_id, name, size, modified_ns), rows in groupby(
        _loose_rows(catalog), key=lambda row: row[:5]
    ):
        numbers = frozenset([row[5] for row in rows])
        yield LooseNumbers(id_, paths.absolute(folder_id, name), size, modified_ns, numbers)


def _loose_rows(catalog: Catalog) -> Iterator[tuple[int, int, bytes, int, int, str]]:
    last: tuple[int, str] = (0, "")
    while True:
        rows = catalog.connection.execute(
            """
            SELECT occurrence.id, folder_id, name, size, modified_ns, loose_number.value
            FROM loose_number CROSS JOIN uid ON uid.value = loose_number.value
            JOIN occurrence ON occurrence.id = occurrence_id
            WHERE (occurrence_id, loose_number.value) > (?, ?)
            ORDER BY occurrence_id, loose_number.value LIMIT ?
            """,
            (*last, _FILES_AT_A_TIME),
        ).fetchall()
        if not rows:
            return
        yield from rows
        last = (rows[-1][0], rows[-1][5])


def entity_uids(catalog: Catalog, texts: Iterable[str]) -> frozenset[str]:
    """Return those of some texts that are the UID of a loaded entity and might be given a new one."""
    rows = catalog.connection.execute(
        "SELECT id, value FROM uid WHERE value IN (SELECT value FROM json_each(?))",
        (json.dumps([text for text in texts if not is_registered(text)]),),
    ).fetchall()
    keys = key_kinds(catalog, (id_ for id_, _ in rows))
    patterns = value_patterns(catalog, (id_ for id_, _ in rows))
    return frozenset(
        text
        for id_, text in rows
        if id_ in keys or any(_defines_an_entity(pattern) for pattern in patterns.get(id_, ()))
    )


def _defines_an_entity(pattern: str) -> bool:
    element = ui_element_by_keyword(pattern.rpartition(".")[2].partition("(")[0])
    return element is not None and element.defines_entity and reference_kind(pattern) is None
