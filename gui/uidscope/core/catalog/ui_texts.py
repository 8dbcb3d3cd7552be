"""Which UIDs each file holds in its UI elements, whole pages of files at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from uidscope.core.catalog.entity import key_kinds
from uidscope.core.catalog.paths import file_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.value_uses import value_patterns
from uidscope.core.read.record import BROKEN, HAS_META, TRUNCATED
from uidscope.core.uid.elements import reference_kind, ui_element_by_keyword
from uidscope.core.uid.registry import DICOM_ROOT, is_registered

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
            """
            SELECT occurrence.id, folder_id, name, size, modified_ns, encoding, value_set_id,
                coalesce(value_set.base_id, 0), own.value,
                CASE WHEN NOT flags & :has_meta THEN '' ELSE coalesce(meta.value, own.value) END
            FROM occurrence
            JOIN instance ON instance.id = instance_id
            JOIN uid AS own ON own.id = instance.uid_id
            LEFT JOIN uid AS meta ON meta.id = meta_uid_id
            LEFT JOIN value_set ON value_set.id = value_set_id
            WHERE occurrence.id > :last AND NOT flags & :cut
            ORDER BY occurrence.id LIMIT :page
            """,
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


def uid_beginnings(catalog: Catalog, length: int, shortest: int) -> list[str]:
    """Return the different beginnings of the catalog's UIDs, but for those of the standard.

    UIDs below 2.25 have that alone in common; those of fewer characters than ``shortest`` are left out.
    """
    rows = catalog.connection.execute(
        """
        SELECT DISTINCT CASE WHEN value >= '2.25.' AND value < '2.25/' THEN '2.25.'
            ELSE substr(value, 1, :length) END
        FROM uid WHERE length(value) >= :shortest AND NOT (value > :standard AND value < :behind)
        """,
        {"length": length, "shortest": shortest, "standard": f"{DICOM_ROOT}.", "behind": f"{DICOM_ROOT}/"},
    )
    return sorted(text for (text,) in rows)


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
