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
_REFERENCES_AT_A_TIME: Final = 20_000


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


def missing_references(catalog: Catalog) -> Iterator[list[MissingReference]]:
    """Yield every reference of kind ``instance`` whose target is not loaded, some sets at a time."""
    forms = {
        form_id: (pattern, class_uid, series_uid, purpose)
        for form_id, pattern, class_uid, series_uid, purpose in catalog.connection.execute(
            """
            SELECT form.id, pattern.text, class.value, series.value, form.purpose
            FROM reference_form AS form JOIN pattern ON pattern.id = form.pattern_id
            JOIN uid AS class ON class.id = form.class_uid_id
            JOIN uid AS series ON series.id = form.series_uid_id
            WHERE form.kind = 'instance'
            """
        )
    }
    elsewhere = _stated_elsewhere(catalog)
    last = 0
    while page := _page_of_sets(catalog, last):
        last = page[-1][0]
        in_set = {(set_id, uid): forms[form][2] for set_id, form, uid in page if forms[form][2]}
        found = []
        for set_id, form_id, uid in page:
            pattern, class_uid, series_uid, purpose = forms[form_id]
            known = series_uid or in_set.get((set_id, uid)) or elsewhere.get(uid, "")
            found.append(MissingReference(set_id, pattern, uid, class_uid, known, purpose))
        yield found


def _page_of_sets(catalog: Catalog, behind: int) -> list[tuple[int, int, str]]:
    """Set, form and UID of the missing references of the next sets, each set whole."""
    rows = catalog.connection.execute(
        """
        SELECT part.set_id, part.form_id, uid.value
        FROM reference_set_part AS part CROSS JOIN uid ON uid.id = part.uid_id
        WHERE part.set_id > ? AND part.form_id IN (SELECT id FROM reference_form WHERE kind = 'instance')
        AND NOT EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = part.uid_id)
        ORDER BY part.set_id, part.form_id, part.uid_id
        """,
        (behind,),
    )
    page = rows.fetchmany(_REFERENCES_AT_A_TIME)
    while page and (row := rows.fetchone()) is not None and row[0] == page[-1][0]:
        page.append(row)
    rows.close()
    return page


def _stated_elsewhere(catalog: Catalog) -> dict[str, str]:
    """The series of those missing instances for which one reference names it and another does not."""
    return dict(
        catalog.connection.execute(
            """
            WITH part AS MATERIALIZED (
                SELECT set_id, form_id, uid_id, series_uid_id
                FROM reference_form AS form
                CROSS JOIN reference_set_part ON form_id = form.id
                WHERE kind = 'instance'
                AND EXISTS (SELECT 1 FROM reference_form WHERE kind = 'instance' AND series_uid_id)
                AND EXISTS (SELECT 1 FROM reference_form WHERE kind = 'instance' AND NOT series_uid_id)
            )
            SELECT uid.value, series.value
            FROM part JOIN uid ON uid.id = part.uid_id JOIN uid AS series ON series.id = series_uid_id
            WHERE series_uid_id AND part.uid_id IN (SELECT uid_id FROM part WHERE NOT series_uid_id)
            AND NOT EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = part.uid_id)
            ORDER BY part.set_id, part.form_id, part.uid_id
            """
        )
    )


def referrers(catalog: Catalog, set_ids: Iterable[int]) -> Iterator[Referrer]:
    """Yield the occurrences of the tree that have these sets of references, set by set."""
    ordered = sorted(set_ids)
    for start in range(0, len(ordered), _SETS_AT_A_TIME):
        rows = catalog.connection.execute(
            """
            SELECT occurrence.reference_set_id, occurrence.id, series.id, uid.value, class.value,
                COALESCE(modality.value, '')
            FROM json_each(?) CROSS JOIN occurrence ON occurrence.reference_set_id = json_each.value
            JOIN instance ON instance.id = occurrence.instance_id
            JOIN series ON series.id = instance.series_id
            JOIN uid ON uid.id = series.uid_id
            JOIN profile ON profile.id = occurrence.profile_id
            JOIN uid AS class ON class.id = profile.class_uid_id
            LEFT JOIN profile_value AS modality
                ON modality.profile_id = profile.id AND modality.attribute = ?
            ORDER BY occurrence.reference_set_id, occurrence.id
            """,
            (json.dumps(ordered[start : start + _SETS_AT_A_TIME]), PROFILE_INDEX["Modality"]),
        )
        for row in rows:
            yield Referrer(*row)
