"""How files say that they are written, and how they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from uidscope.core.catalog.set_numbers import last_holding
from uidscope.core.catalog.store import Catalog
from uidscope.core.read.record import ENCAPSULATED_PIXELS, NATIVE_PIXELS

# Files cut off inside their file meta are left out: nothing of their data set was seen.
_DECLARED: Final = f"""
    WITH stated AS MATERIALIZED (
        SELECT set_id, uid_id FROM value_set_part
        WHERE uid_id > 0 AND pattern_id = (SELECT id FROM pattern WHERE text = 'meta.TransferSyntaxUID')),
    declared AS (
        SELECT occurrence.id AS id, stated.uid_id AS uid_id, encoding_id, flags & :pixels AS pixels
        FROM stated CROSS JOIN occurrence
        ON occurrence.value_set_id BETWEEN set_id AND {last_holding("set_id")}
        WHERE NOT EXISTS (SELECT 1 FROM fault
            WHERE fault.occurrence_id = occurrence.id AND fault.rule = 'FILE-01' AND fault.path = 'meta'))
"""  # noqa: S608 - our own text


class Writing(NamedTuple):
    """One way in which files are written.

    ``transfer_syntax`` is what (0002,0010) says, ``encoding`` what the data set is; ``pixels`` holds the
    flags ``NATIVE_PIXELS`` and ``ENCAPSULATED_PIXELS`` of ``record`` that are set.
    """

    transfer_syntax: str
    encoding: str
    pixels: int


def writings(catalog: Catalog) -> list[Writing]:
    """Return the different ways in which the files with a transfer syntax are written."""
    rows = catalog.connection.execute(
        f"{_DECLARED} SELECT uid.value, encoding.name, pixels"  # noqa: S608 - our own text
        " FROM (SELECT DISTINCT uid_id, encoding_id, pixels FROM declared)"
        " JOIN uid ON uid.id = uid_id JOIN encoding ON encoding.id = encoding_id ORDER BY 1, 2, 3",
        {"pixels": NATIVE_PIXELS | ENCAPSULATED_PIXELS},
    )
    return [Writing(*row) for row in rows]


def occurrences_written(catalog: Catalog, wanted: Iterable[Writing]) -> Iterator[tuple[int, Writing]]:
    """Yield the occurrences that are written in one of these ways, in the order of their ids."""
    ways = {tuple(way) for way in wanted}
    if not ways:
        return
    rows = catalog.connection.execute(
        f"{_DECLARED} SELECT declared.id, uid.value, encoding.name, pixels FROM declared"  # noqa: S608 - our own
        " JOIN uid ON uid.id = declared.uid_id JOIN encoding ON encoding.id = encoding_id"
        " WHERE uid.value IN (SELECT value FROM json_each(:syntaxes)) ORDER BY 1",
        {
            "pixels": NATIVE_PIXELS | ENCAPSULATED_PIXELS,
            "syntaxes": json.dumps(sorted({way[0] for way in ways})),
        },
    )
    for occurrence_id, *way in rows:
        if tuple(way) in ways:
            yield occurrence_id, Writing(*way)
