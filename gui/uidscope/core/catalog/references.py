"""Who refers to whom, and whether what is referred to is there.

This module alone says what state a reference is in:

- ``unchecked``: it names what is never a file of its own (kind ``other``);
- ``self``: an object names itself as an instance;
- ``missing``: nothing loaded bears the UID (for a frame of reference: nor does PS3.6 register it);
- ``ambiguous``: different objects bear the UID: in several series or studies, of several classes, or
  with contents found to be different;
- ``wrong-class``: (0008,1150) beside it is not the SOP class that the target states;
- ``wrong-parent``: the Series or Study UID around it is not the target's;
- ``resolved``: all is well.

The first that holds counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from uidscope.core.catalog.store import Catalog
from uidscope.core.uid.registry import is_registered

ReferenceState = Literal[
    "resolved", "missing", "wrong-class", "wrong-parent", "ambiguous", "self", "unchecked"
]

REFERENCE_STATES: Final[tuple[ReferenceState, ...]] = (
    "resolved",
    "missing",
    "wrong-class",
    "wrong-parent",
    "ambiguous",
    "self",
    "unchecked",
)


UNRESOLVED_STATES: Final[tuple[ReferenceState, ...]] = (
    "missing",
    "wrong-class",
    "wrong-parent",
    "ambiguous",
)
"""Those in which a reference does not lead to what it should."""


class ReferenceRow(NamedTuple):
    """One reference of one file: an element path without item numbers, and how often it stands there.

    ``class_uid``, ``series_uid``, ``study_uid`` and ``purpose`` are what the reference itself says.
    ``targets`` are the occurrences of the instance it names, whatever the state; other kinds have none.
    """

    from_occurrence: int
    pattern: str
    uid: str
    kind: str
    class_uid: str
    series_uid: str
    study_uid: str
    purpose: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here
    state: ReferenceState
    targets: tuple[int, ...]


def references_from(catalog: Catalog, occurrence_id: int) -> list[ReferenceRow]:
    """Return the references of one file, as its elements stand."""
    return list(references_of(catalog, (occurrence_id,)))


def references_of(catalog: Catalog, occurrence_ids: Iterable[int]) -> Iterator[ReferenceRow]:
    """Give the references of these files, in the order of their ids, a few thousand files at a time."""
    ids = sorted(set(occurrence_ids))
    for first in range(0, len(ids), _FILES_AT_A_TIME):
        page = json.dumps(ids[first : first + _FILES_AT_A_TIME])
        yield from _rows(catalog, _OF_OCCURRENCES, {"occurrences": page})


def references_to(catalog: Catalog, uid: str) -> list[ReferenceRow]:
    """Return every reference to a UID, of whatever kind, by the referring file."""
    return _rows(catalog, _TO_UID, {"uid": uid})


def state_counts(catalog: Catalog) -> dict[ReferenceState, int]:
    """Count the references of all files by state, each as often as it stands in its file."""
    query = _judged(_ALL) + _COUNT_BY_STATE
    found = dict(catalog.connection.execute(query, _registered_frames(catalog)))
    return {state: found.get(state, 0) for state in REFERENCE_STATES}


class _Scope(NamedTuple):
    """Which references a question is about, as conditions on a set's members and on the referring files."""

    members: str
    files: str


_FILES_AT_A_TIME: Final = 2000

_ALL: Final = _Scope("TRUE", "TRUE")
_OF_OCCURRENCES: Final = _Scope(
    "set_id IN (SELECT reference_set_id FROM occurrence"
    " WHERE id IN (SELECT value FROM json_each(:occurrences)))",
    "file.id IN (SELECT value FROM json_each(:occurrences))",
)
_TO_UID: Final = _Scope("uid_id = (SELECT id FROM uid WHERE value = :uid)", "TRUE")

# ``target`` has one row for each UID that is named as an instance and is loaded.
_JUDGED: Final = """
WITH target AS MATERIALIZED (
    SELECT
        instance.uid_id AS uid_id,
        max(class_uid_id) AS class_uid_id,
        max(series.uid_id) AS series_uid_id,
        max(study.uid_id) AS study_uid_id,
        min(nullif(class_uid_id, 0)) <> max(class_uid_id)
            OR min(series.uid_id) <> max(series.uid_id)
            OR min(study.uid_id) <> max(study.uid_id)
            OR min(coalesce(object_number, sha256)) <> max(coalesce(object_number, sha256)) AS is_ambiguous
    FROM (SELECT DISTINCT uid_id FROM reference_set_member WHERE {members} AND kind = 'instance') AS named
    JOIN instance ON instance.uid_id = named.uid_id
    JOIN series ON series.id = instance.series_id
    JOIN study ON study.id = series.study_id
    JOIN occurrence ON instance_id = instance.id
    JOIN profile ON profile.id = profile_id
    LEFT JOIN content ON content.occurrence_id = occurrence.id
    GROUP BY instance.uid_id
),
frame AS MATERIALIZED (
    SELECT DISTINCT uid_id FROM reference_set_member AS named
    WHERE {members} AND kind = 'frame_of_reference' AND (
        uid_id IN (SELECT value FROM json_each(:registered_frames))
        OR EXISTS (
            SELECT 1 FROM value_set_part AS loaded
            JOIN pattern ON pattern.id = pattern_id AND text = 'FrameOfReferenceUID'
            WHERE loaded.uid_id = named.uid_id))
),
judged AS (
    SELECT
        file.id AS occurrence_id, pattern_id, part.uid_id AS uid_id, kind,
        part.class_uid_id AS class_uid_id, part.series_uid_id AS series_uid_id,
        part.study_uid_id AS study_uid_id, purpose, part.count AS times,
        CASE
            WHEN kind = 'other' THEN 'unchecked'
            WHEN kind = 'study' THEN
                iif(EXISTS (SELECT 1 FROM study WHERE study.uid_id = part.uid_id), 'resolved', 'missing')
            WHEN kind = 'series' THEN
                CASE
                    WHEN NOT EXISTS (SELECT 1 FROM series WHERE series.uid_id = part.uid_id) THEN 'missing'
                    WHEN part.study_uid_id <> 0 AND NOT EXISTS (
                        SELECT 1 FROM series JOIN study ON study.id = series.study_id
                        WHERE series.uid_id = part.uid_id AND study.uid_id = part.study_uid_id)
                        THEN 'wrong-parent'
                    ELSE 'resolved'
                END
            WHEN kind = 'frame_of_reference' THEN
                iif(part.uid_id IN (SELECT uid_id FROM frame), 'resolved', 'missing')
            WHEN own.uid_id = part.uid_id THEN 'self'
            WHEN target.uid_id IS NULL THEN 'missing'
            WHEN is_ambiguous THEN 'ambiguous'
            WHEN target.class_uid_id <> 0 AND part.class_uid_id NOT IN (0, target.class_uid_id)
                THEN 'wrong-class'
            WHEN part.series_uid_id NOT IN (0, target.series_uid_id)
                OR part.study_uid_id NOT IN (0, target.study_uid_id) THEN 'wrong-parent'
            ELSE 'resolved'
        END AS state
    FROM (SELECT * FROM reference_set_member WHERE {members}) AS part
    JOIN occurrence AS file ON file.reference_set_id = part.set_id
    LEFT JOIN instance AS own ON own.id = file.instance_id
    LEFT JOIN target ON kind = 'instance' AND target.uid_id = part.uid_id
    WHERE {files}
)
"""

_COUNT_BY_STATE: Final = "SELECT state, sum(times) FROM judged GROUP BY state"

# In the order of the fields of ``ReferenceRow``, with the id of the UID before them.
_SHOW: Final = """
SELECT
    uid_id, occurrence_id, text, named.value, kind, class.value, series.value, study.value, purpose, times,
    state
FROM judged
JOIN pattern ON pattern.id = pattern_id
JOIN uid AS named ON named.id = uid_id
JOIN uid AS class ON class.id = class_uid_id
JOIN uid AS series ON series.id = series_uid_id
JOIN uid AS study ON study.id = study_uid_id
ORDER BY occurrence_id, text, named.value, class.value, purpose
"""


def _judged(scope: _Scope) -> str:
    """The tables of the judged references of a scope, to be followed by a SELECT."""
    return _JUDGED.format(members=scope.members, files=scope.files)


def _rows(catalog: Catalog, scope: _Scope, parameters: dict[str, str]) -> list[ReferenceRow]:
    query = _judged(scope) + _SHOW
    found = catalog.connection.execute(query, {**parameters, **_registered_frames(catalog)}).fetchall()
    targets = _occurrences_of(catalog, {row[0] for row in found if row[4] == "instance"})
    return [
        ReferenceRow._make((*facts, targets.get(uid_id, ()) if facts[3] == "instance" else ()))
        for uid_id, *facts in found
    ]


def _occurrences_of(catalog: Catalog, uid_ids: set[int]) -> dict[int, tuple[int, ...]]:
    """The occurrences of the instances that bear these UIDs."""
    found: dict[int, list[int]] = {}
    for uid_id, occurrence_id in catalog.connection.execute(
        "SELECT uid_id, occurrence.id FROM instance JOIN occurrence ON instance_id = instance.id"
        " WHERE uid_id IN (SELECT value FROM json_each(?)) ORDER BY occurrence.id",
        (json.dumps(sorted(uid_ids)),),
    ):
        found.setdefault(uid_id, []).append(occurrence_id)
    return {uid_id: tuple(occurrences) for uid_id, occurrences in found.items()}


def _registered_frames(catalog: Catalog) -> dict[str, str]:
    """The ids of the UIDs in the catalog that PS3.6 registers, as a parameter of ``_JUDGED``."""

    def find() -> str:
        under_the_root = catalog.connection.execute(
            "SELECT id, value FROM uid WHERE value >= '1.2.840.10008.' AND value < '1.2.840.10008/'"
        )
        return json.dumps([id_ for id_, value in under_the_root if is_registered(value)])

    return {"registered_frames": catalog.remembered("registered frames", find)}
