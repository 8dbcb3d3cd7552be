"""References to instances that are not loaded, whole sets at a time.

What state one reference is in is said by ``references``; an instance that nothing loaded bears is
``missing`` there and listed here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from uidscope.core.catalog.store import Catalog
from uidscope.core.read.attributes import PROFILE_INDEX

_SETS_AT_A_TIME: Final = 20_000


class MissingReference(NamedTuple):
    """A reference to a missing instance, as one set of references states it.

    ``series_uid`` is that of the item around it; where that gives none, one that the same object, or
    else another, gives for the same instance; empty where none does.
    """

    set_id: int
    pattern: str
    uid: str
    class_uid: str
    series_uid: str
    purpose: str


class Referrer(NamedTuple):
    """An occurrence that has a set of references, with what its kind and series are."""

    set_id: int
    occurrence_id: int
    series_id: int
    series_uid: str
    class_uid: str
    modality: str


def missing_references(catalog: Catalog) -> list[MissingReference]:
    """Return every reference of kind ``instance`` whose target is not loaded, set by set."""
    rows = [
        MissingReference(*row)
        for row in catalog.connection.execute(
            """
            SELECT part.set_id, pattern.text, uid.value, class.value, series.value, form.purpose
            FROM reference_set_part AS part
            CROSS JOIN reference_form AS form ON form.id = part.form_id
            JOIN pattern ON pattern.id = form.pattern_id
            JOIN uid ON uid.id = part.uid_id
            JOIN uid AS class ON class.id = form.class_uid_id
            JOIN uid AS series ON series.id = form.series_uid_id
            WHERE form.kind = 'instance'
            AND NOT EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = part.uid_id)
            ORDER BY part.set_id, part.form_id, part.uid_id
            """
        )
    ]
    in_set = {(row.set_id, row.uid): row.series_uid for row in rows if row.series_uid}
    anywhere = {row.uid: row.series_uid for row in rows if row.series_uid}
    return [
        row
        if row.series_uid
        else row._replace(series_uid=in_set.get((row.set_id, row.uid)) or anywhere.get(row.uid, ""))
        for row in rows
    ]


def referrers(catalog: Catalog, set_ids: Iterable[int]) -> Iterator[Referrer]:
    """Yield the occurrences of the tree that have these sets of references, set by set."""
    ordered = sorted(set_ids)
    for start in range(0, len(ordered), _SETS_AT_A_TIME):
        rows = catalog.connection.execute(
            """
            SELECT occurrence.reference_set_id, occurrence.id, series.id, uid.value, class.value,
                COALESCE(modality.value, '')
            FROM json_each(?1) CROSS JOIN occurrence ON occurrence.reference_set_id = json_each.value
            JOIN instance ON instance.id = occurrence.instance_id
            JOIN series ON series.id = instance.series_id
            JOIN uid ON uid.id = series.uid_id
            JOIN profile ON profile.id = occurrence.profile_id
            JOIN uid AS class ON class.id = profile.class_uid_id
            LEFT JOIN profile_value AS modality
                ON modality.profile_id = profile.id AND modality.attribute = ?2
            ORDER BY occurrence.reference_set_id, occurrence.id
            """,
            (json.dumps(ordered[start : start + _SETS_AT_A_TIME]), PROFILE_INDEX["Modality"]),
        )
        for row in rows:
            yield Referrer(*row)
