"""The question about derived objects: where is what they were made from?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from uidscope.core.catalog.store import Catalog


class Derivation(NamedTuple):
    """One file, and what its references to sources tell.

    ``has_source_in_series``: one of its sources is another instance of the same series;
    ``is_compressed``: it names one as what it was before it was compressed.
    """

    occurrence_id: int
    instance_id: int
    profile_id: int
    has_source_in_series: bool
    is_compressed: bool


def derivations(
    catalog: Catalog,
    profile_ids: Iterable[int],
    *,
    sources: tuple[str, ...],
    former: tuple[str, ...],
    compression: str,
) -> Iterator[Derivation]:
    """Yield every file of these profiles.

    A source is named by an element path that ends in one of ``sources`` and holds none of ``former``;
    ``compression`` is the purpose of reference of what was compressed.
    """
    patterns = [
        id_
        for id_, text in catalog.connection.execute("SELECT id, text FROM pattern")
        if text.endswith(sources) and not any(sequence in text for sequence in former)
    ]
    rows = catalog.connection.execute(
        """
        WITH derived AS MATERIALIZED (
            SELECT occurrence.id, instance_id, profile_id, reference_set_id, instance.uid_id,
                series.uid_id AS series
            FROM json_each(:profiles) JOIN occurrence ON profile_id = json_each.value
            JOIN instance ON instance.id = instance_id JOIN series ON series.id = instance.series_id),
        source AS MATERIALIZED (
            SELECT DISTINCT set_id, part.uid_id, purpose
            FROM (SELECT DISTINCT reference_set_id FROM derived)
            CROSS JOIN reference_set_part AS part ON set_id = reference_set_id
            JOIN reference_form ON reference_form.id = form_id
            WHERE kind = 'instance' AND pattern_id IN (SELECT value FROM json_each(:patterns)))
        SELECT derived.id, derived.instance_id, profile_id,
            COALESCE(MAX(home.uid_id = derived.series AND source.uid_id <> derived.uid_id), 0),
            COALESCE(MAX(purpose = :compression), 0)
        FROM derived LEFT JOIN source ON source.set_id = derived.reference_set_id
        LEFT JOIN instance AS other ON other.uid_id = source.uid_id
        LEFT JOIN series AS home ON home.id = other.series_id
        GROUP BY derived.id ORDER BY derived.id
        """,
        {
            "profiles": json.dumps(list(profile_ids)),
            "patterns": json.dumps(patterns),
            "compression": compression,
        },
    )
    for occurrence_id, instance_id, profile_id, has_source, is_compressed in rows:
        yield Derivation(occurrence_id, instance_id, profile_id, bool(has_source), bool(is_compressed))


def count_objects(catalog: Catalog, profile_ids: Iterable[int]) -> int:
    """Return how many instances there are of some profiles; a second file of one counts once."""
    (number,) = catalog.connection.execute(
        "SELECT COUNT(DISTINCT instance_id)"
        " FROM json_each(?) CROSS JOIN occurrence ON profile_id = json_each.value",
        (json.dumps(list(profile_ids)),),
    ).fetchone()
    return int(number)
