"""What references say of their targets, held against what is loaded, whole sets at a time.

What state one reference of one file is in is said by ``references``; here a check asks for all that do
not agree with their targets, and answers are empty where nothing is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from uidscope.core.catalog.store import Catalog

_UIDS_AT_A_TIME: Final = 20_000

# A reference as the fields of ``StatedReference``; ``_NAMES`` joins what it names.
_STATED: Final = """
    SELECT part.set_id, pattern.text, uid.value, form.kind, class.value, series.value, study.value,
        form.purpose
"""
# What is stated is looked up for each reference, never the other way round: forms may be as many.
_NAMES: Final = """
    CROSS JOIN reference_form AS form ON form.id = part.form_id
    JOIN pattern ON pattern.id = form.pattern_id
    JOIN uid ON uid.id = part.uid_id
    JOIN uid AS class ON class.id = form.class_uid_id
    JOIN uid AS series ON series.id = form.series_uid_id
    JOIN uid AS study ON study.id = form.study_uid_id
"""
_IN_ORDER: Final = " ORDER BY part.set_id, part.form_id, part.uid_id"


class StatedReference(NamedTuple):
    """One reference as one set of references states it; UIDs that it does not give are empty.

    ``series_uid`` and ``study_uid`` are those of the item or of the nearest item around it.
    """

    set_id: int
    pattern: str
    uid: str
    kind: str
    class_uid: str
    series_uid: str
    study_uid: str
    purpose: str


class Target(NamedTuple):
    """What a loaded occurrence of an instance is, and where it stands; empty where it does not say."""

    class_uid: str
    series_uid: str
    study_uid: str


class SelfReference(NamedTuple):
    """An occurrence that names its own SOP Instance UID as that of another object."""

    occurrence_id: int
    uid: str
    pattern: str
    purpose: str


class ReferringObject(NamedTuple):
    """The first occurrence of a series that has a set of references, and to whom the series belongs."""

    set_id: int
    occurrence_id: int
    occurrences: int
    study_uid: str
    patient_id: str
    issuer: str


def disagreeing_references(catalog: Catalog) -> list[StatedReference]:
    """Return the references to loaded instances and series that fit none of those that bear the UID.

    A reference to an instance gives another SOP class, or stands below another series or study; one to
    a series stands below another study. What a target does not say of itself agrees with everything.
    """
    rows = catalog.connection.execute(
        f"""
        WITH stated AS MATERIALIZED (SELECT DISTINCT form_id, uid_id FROM reference_set_part),
        disagreeing AS MATERIALIZED (
            SELECT form_id, stated.uid_id AS uid_id
            FROM stated CROSS JOIN reference_form AS form ON form.id = form_id
            WHERE form.kind = 'instance'
            AND (form.class_uid_id > 0 OR form.series_uid_id > 0 OR form.study_uid_id > 0)
            AND EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = stated.uid_id)
            AND NOT EXISTS (
                SELECT 1 FROM instance
                JOIN series AS target ON target.id = instance.series_id
                JOIN study AS above ON above.id = target.study_id
                JOIN occurrence ON occurrence.instance_id = instance.id
                JOIN profile ON profile.id = occurrence.profile_id
                WHERE instance.uid_id = stated.uid_id
                AND (form.class_uid_id = 0 OR profile.class_uid_id IN (0, form.class_uid_id))
                AND (form.series_uid_id = 0 OR target.uid_id IN (0, form.series_uid_id))
                AND (form.study_uid_id = 0 OR above.uid_id IN (0, form.study_uid_id)))
            UNION ALL
            SELECT form_id, stated.uid_id
            FROM stated CROSS JOIN reference_form AS form ON form.id = form_id
            WHERE form.kind = 'series' AND form.study_uid_id > 0
            AND EXISTS (SELECT 1 FROM series AS target WHERE target.uid_id = stated.uid_id)
            AND NOT EXISTS (
                SELECT 1 FROM series AS target JOIN study AS above ON above.id = target.study_id
                WHERE target.uid_id = stated.uid_id AND above.uid_id IN (0, form.study_uid_id)))
        {_STATED}
        FROM disagreeing CROSS JOIN reference_set_part AS part
            ON part.uid_id = disagreeing.uid_id AND part.form_id = disagreeing.form_id
        {_NAMES}
        {_IN_ORDER}
        """  # noqa: S608 - our own text
    )
    return [StatedReference(*row) for row in rows]


def references_to_missing(catalog: Catalog, uids: Iterable[str] | None = None) -> Iterator[StatedReference]:
    """Yield every reference to an instance that is not loaded, or to those of these UIDs, set by set."""
    some = "" if uids is None else "part.uid_id IN (SELECT uid.id FROM uid JOIN wanted USING (value)) AND"
    rows = catalog.connection.execute(
        f"""
        WITH wanted AS MATERIALIZED (SELECT value FROM json_each(?))
        {_STATED} FROM reference_set_part AS part {_NAMES}
        WHERE {some} form.kind = 'instance'
        AND NOT EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = part.uid_id)
        {_IN_ORDER}
        """,  # noqa: S608 - our own text
        (json.dumps(list(uids or ())),),
    )
    for row in rows:
        yield StatedReference(*row)


def references_of_classes(catalog: Catalog, class_uids: Iterable[str]) -> Iterator[StatedReference]:
    """Yield the references to instances of the objects of some SOP classes, set by set."""
    rows = catalog.connection.execute(
        f"""
        WITH wanted AS MATERIALIZED (
            SELECT DISTINCT occurrence.reference_set_id AS set_id
            FROM profile CROSS JOIN occurrence ON occurrence.profile_id = profile.id
            WHERE occurrence.reference_set_id > 0 AND profile.class_uid_id IN (
                SELECT id FROM uid WHERE value IN (SELECT value FROM json_each(?))))
        {_STATED} FROM reference_set_part AS part {_NAMES}
        WHERE part.set_id IN (SELECT set_id FROM wanted) AND form.kind = 'instance'
        {_IN_ORDER}
        """,  # noqa: S608 - our own text
        (json.dumps(list(class_uids)),),
    )
    for row in rows:
        yield StatedReference(*row)


def references_listed_in_both(catalog: Catalog, one: str, other: str) -> Iterator[StatedReference]:
    """Yield the references to instances below one sequence that stand below another one too.

    The sequences are those of the top level, as they begin an element path: ``X[].``.
    """
    of_sequence = (
        "SELECT both.set_id, both.uid_id FROM reference_set_part AS both"
        " CROSS JOIN reference_form ON reference_form.id = both.form_id AND reference_form.kind = 'instance'"
        " CROSS JOIN pattern ON pattern.id = reference_form.pattern_id"
        " AND substr(pattern.text, 1, length({0})) = {0}"
    )
    rows = catalog.connection.execute(
        f"""
        WITH twice AS MATERIALIZED ({of_sequence.format(":one")} INTERSECT {of_sequence.format(":other")})
        {_STATED}
        FROM twice CROSS JOIN reference_set_part AS part
            ON part.set_id = twice.set_id AND part.uid_id = twice.uid_id
        {_NAMES}
        WHERE form.kind = 'instance' AND substr(pattern.text, 1, length(:one)) = :one
        {_IN_ORDER}
        """,
        {"one": one, "other": other},
    )
    for row in rows:
        yield StatedReference(*row)


def self_references(catalog: Catalog) -> Iterator[SelfReference]:
    """Yield every reference of kind ``instance`` that names the object it stands in, file by file."""
    rows = catalog.connection.execute(
        """
        SELECT occurrence.id, uid.value, pattern.text, form.purpose
        FROM reference_set_part AS part
        CROSS JOIN instance ON instance.uid_id = part.uid_id
        CROSS JOIN occurrence
            ON occurrence.instance_id = instance.id AND occurrence.reference_set_id = part.set_id
        CROSS JOIN reference_form AS form ON form.id = part.form_id AND form.kind = 'instance'
        CROSS JOIN pattern ON pattern.id = form.pattern_id
        CROSS JOIN uid ON uid.id = part.uid_id
        ORDER BY occurrence.id, form.id
        """
    )
    for row in rows:
        yield SelfReference(*row)


def targets(catalog: Catalog, uids: Iterable[str]) -> dict[str, tuple[Target, ...]]:
    """Return the loaded instances that bear these SOP Instance UIDs; UIDs that nothing bears are left out."""
    found: dict[str, list[Target]] = {}
    wanted = sorted(set(uids))
    for first in range(0, len(wanted), _UIDS_AT_A_TIME):
        for uid, *target in catalog.connection.execute(
            """
            SELECT DISTINCT uid.value, class.value, series_uid.value, study_uid.value
            FROM json_each(?) CROSS JOIN uid ON uid.value = json_each.value
            CROSS JOIN instance ON instance.uid_id = uid.id
            JOIN series ON series.id = instance.series_id
            JOIN uid AS series_uid ON series_uid.id = series.uid_id
            JOIN study ON study.id = series.study_id
            JOIN uid AS study_uid ON study_uid.id = study.uid_id
            JOIN occurrence ON occurrence.instance_id = instance.id
            JOIN profile ON profile.id = occurrence.profile_id
            JOIN uid AS class ON class.id = profile.class_uid_id
            ORDER BY 1, 2, 3, 4
            """,
            (json.dumps(wanted[first : first + _UIDS_AT_A_TIME]),),
        ):
            found.setdefault(uid, []).append(Target(*target))
    return {uid: tuple(several) for uid, several in found.items()}


def references_to_missing_of(catalog: Catalog, occurrence_id: int) -> list[StatedReference]:
    """Return the references of one file to instances, series and studies that are not loaded."""
    rows = catalog.connection.execute(
        f"""
        {_STATED} FROM occurrence CROSS JOIN reference_set_part AS part
            ON part.set_id = occurrence.reference_set_id
        {_NAMES}
        WHERE occurrence.id = ? AND CASE form.kind
            WHEN 'instance' THEN NOT EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = part.uid_id)
            WHEN 'series' THEN NOT EXISTS (SELECT 1 FROM series WHERE series.uid_id = part.uid_id)
            WHEN 'study' THEN NOT EXISTS (SELECT 1 FROM study WHERE study.uid_id = part.uid_id)
            ELSE FALSE END
        {_IN_ORDER}
        """,  # noqa: S608 - our own text
        (occurrence_id,),
    )
    return [StatedReference(*row) for row in rows]


def studies_of_series(catalog: Catalog, series_uids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the Study Instance UIDs of loaded series, none of them empty; what is not loaded is left out."""
    found: dict[str, list[str]] = {}
    for series_uid, study_uid in catalog.connection.execute(
        """
        SELECT DISTINCT uid.value, study_uid.value
        FROM json_each(?) CROSS JOIN uid ON uid.value = json_each.value AND uid.id > 0
        CROSS JOIN series ON series.uid_id = uid.id
        JOIN study ON study.id = series.study_id AND study.uid_id > 0
        JOIN uid AS study_uid ON study_uid.id = study.uid_id
        ORDER BY 1, 2
        """,
        (json.dumps(sorted(set(series_uids))),),
    ):
        found.setdefault(series_uid, []).append(study_uid)
    return {series_uid: tuple(studies) for series_uid, studies in found.items()}


def referring_objects(catalog: Catalog, set_ids: Iterable[int]) -> Iterator[ReferringObject]:
    """Yield, for each of these sets, the first object of each series that has it, in the order loaded."""
    rows = catalog.connection.execute(
        """
        WITH first AS (
            SELECT occurrence.reference_set_id AS set_id, min(occurrence.id) AS id, count(*) AS occurrences,
                instance.series_id AS series_id
            FROM json_each(?) CROSS JOIN occurrence ON occurrence.reference_set_id = json_each.value
            JOIN instance ON instance.id = occurrence.instance_id
            GROUP BY occurrence.reference_set_id, instance.series_id)
        SELECT first.set_id, first.id, first.occurrences, uid.value, patient.patient_id, patient.issuer
        FROM first JOIN series ON series.id = first.series_id
        JOIN study ON study.id = series.study_id
        JOIN uid ON uid.id = study.uid_id
        JOIN patient ON patient.id = study.patient_id
        ORDER BY first.id
        """,
        (json.dumps(sorted(set(set_ids))),),
    )
    for row in rows:
        yield ReferringObject(*row)


def referring_object(catalog: Catalog, occurrence_id: int) -> ReferringObject | None:
    """Return one file as what refers to others; None for a DICOMDIR."""
    row = catalog.connection.execute(
        """
        SELECT occurrence.reference_set_id, occurrence.id, 1, uid.value, patient.patient_id, patient.issuer
        FROM occurrence JOIN instance ON instance.id = occurrence.instance_id
        JOIN series ON series.id = instance.series_id
        JOIN study ON study.id = series.study_id
        JOIN uid ON uid.id = study.uid_id
        JOIN patient ON patient.id = study.patient_id
        WHERE occurrence.id = ?
        """,
        (occurrence_id,),
    ).fetchone()
    return None if row is None else ReferringObject(*row)
