"""The general questions that checks ask about entities: who bears a UID, and what they say of themselves.

Where a UI value stands is asked of ``value_uses``, references of ``references``. Every answer comes
from a few passes over the tables, never from one query for each file; answers are small where little
is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final, Literal, NamedTuple

from uidscope.core.catalog.store import Catalog
from uidscope.core.read.attributes import PROFILE_INDEX
from uidscope.core.read.record import HAS_META

KeyKind = Literal["study", "series", "instance"]  # from the top of the tree downwards

_OCCURRENCES_IN_TREE: Final = (
    "occurrence JOIN instance ON instance.id = occurrence.instance_id"
    " JOIN series ON series.id = instance.series_id JOIN study ON study.id = series.study_id"
)


class SharedKey(NamedTuple):
    """One UID that is the key of entities of several kinds; ``kinds`` from the top downwards."""

    uid_id: int
    uid: str
    kinds: tuple[KeyKind, ...]


class FrameKey(NamedTuple):
    """A Frame of Reference UID that is the key of other entities too, and the files that bear it."""

    uid: str
    kinds: tuple[KeyKind, ...]
    occurrences: tuple[int, ...]


class EntityValues(NamedTuple):
    """The different values that the objects of one study or series give to some attributes.

    Each of ``values`` has one text for each attribute asked for, empty where it is absent or empty.
    """

    uid_id: int
    uid: str
    values: tuple[tuple[str, ...], ...]


class InstanceCopy(NamedTuple):
    """One of several occurrences with the same SOP Instance UID; ids of UIDs are 0 where absent."""

    occurrence_id: int
    study_uid_id: int
    series_uid_id: int
    class_uid: str


class SharedInstance(NamedTuple):
    """A SOP Instance UID that more than one file bears."""

    uid: str
    copies: tuple[InstanceCopy, ...]


class KeylessObject(NamedTuple):
    """An occurrence that lacks a key; ``is_present`` says that the element is there and empty."""

    occurrence_id: int
    sop_instance_uid: str
    class_uid: str
    is_present: bool


class FileFault(NamedTuple):
    """What the reader saw in one file, by rule; an element path and a detail for each time."""

    occurrence_id: int
    rule: str
    details: tuple[tuple[str, str], ...]


def shared_keys(catalog: Catalog) -> Iterator[SharedKey]:
    """Yield the UIDs that stand for a study and a series, a series and an instance, and so on."""
    rows = catalog.connection.execute(
        """
        WITH shared AS (
            SELECT uid_id FROM study INTERSECT SELECT uid_id FROM series
            UNION
            SELECT DISTINCT uid_id FROM study
            WHERE EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = study.uid_id)
            UNION
            SELECT DISTINCT uid_id FROM series
            WHERE EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = series.uid_id)
        )
        SELECT uid.id, uid.value,
            EXISTS (SELECT 1 FROM study WHERE study.uid_id = uid.id),
            EXISTS (SELECT 1 FROM series WHERE series.uid_id = uid.id),
            EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = uid.id)
        FROM shared JOIN uid ON uid.id = shared.uid_id
        WHERE uid.id > 0 ORDER BY uid.id
        """
    ).fetchall()
    for uid_id, uid, *present in rows:
        yield SharedKey(uid_id, uid, _kinds(present))


def key_kinds(catalog: Catalog, uid_ids: Iterable[int]) -> dict[int, tuple[KeyKind, ...]]:
    """Return of which kinds of loaded entities some UIDs are the key; those of none are left out."""
    rows = catalog.connection.execute(
        """
        SELECT json_each.value,
            EXISTS (SELECT 1 FROM study WHERE study.uid_id = json_each.value),
            EXISTS (SELECT 1 FROM series WHERE series.uid_id = json_each.value),
            EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = json_each.value)
        FROM json_each(?)
        """,
        (json.dumps([uid_id for uid_id in uid_ids if uid_id]),),
    )
    kinds = {uid_id: _kinds(present) for uid_id, *present in rows}
    return {uid_id: present for uid_id, present in kinds.items() if present}


def frames_that_are_keys(catalog: Catalog) -> Iterator[FrameKey]:
    """Yield the Frame of Reference UIDs of objects that stand for a study, a series or an instance."""
    rows = catalog.connection.execute(
        """
        WITH frame AS MATERIALIZED (SELECT DISTINCT value FROM profile_value WHERE attribute = :frame),
        found AS (
            SELECT uid.value AS uid,
                EXISTS (SELECT 1 FROM study WHERE study.uid_id = uid.id) AS of_study,
                EXISTS (SELECT 1 FROM series WHERE series.uid_id = uid.id) AS of_series,
                EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = uid.id) AS of_instance
            FROM frame CROSS JOIN uid ON uid.value = frame.value WHERE uid.id > 0)
        SELECT found.uid, of_study, of_series, of_instance, occurrence.id
        FROM found JOIN profile_value ON profile_value.attribute = :frame AND profile_value.value = found.uid
        JOIN occurrence ON occurrence.profile_id = profile_value.profile_id
        WHERE of_study OR of_series OR of_instance ORDER BY found.uid, occurrence.id
        """,
        {"frame": PROFILE_INDEX["FrameOfReferenceUID"]},
    )
    for (uid, *present), members in groupby(rows, itemgetter(0, 1, 2, 3)):
        kinds: tuple[KeyKind, ...] = ("study", "series", "instance")
        yield FrameKey(
            uid,
            tuple(kind for kind, is_there in zip(kinds, present, strict=True) if is_there),
            tuple(occurrence_id for *_, occurrence_id in members),
        )


def occurrences_of(catalog: Catalog, kind: KeyKind, uid_id: int) -> tuple[int, ...]:
    """Return all occurrences of the studies, series or instances that bear a UID."""
    rows = catalog.connection.execute(
        f"SELECT occurrence.id FROM {_OCCURRENCES_IN_TREE} WHERE {kind}.uid_id = ?"  # noqa: S608 - our own names
        " ORDER BY occurrence.id",
        (uid_id,),
    )
    return tuple(id_ for (id_,) in rows)


def occurrences_with(
    catalog: Catalog, kind: Literal["study", "series"], uid_id: int, keyword: str, value: str
) -> tuple[int, ...]:
    """Return the occurrences of a study or series whose attribute has one value."""
    rows = catalog.connection.execute(
        f"SELECT occurrence.id FROM {_OCCURRENCES_IN_TREE}"  # noqa: S608 - our own names
        " JOIN profile_value ON profile_value.profile_id = occurrence.profile_id AND attribute = ?"
        f" WHERE {kind}.uid_id = ? AND profile_value.value = ? ORDER BY occurrence.id",
        (PROFILE_INDEX[keyword], uid_id, value),
    )
    return tuple(id_ for (id_,) in rows)


def differing_values(
    catalog: Catalog, kind: Literal["study", "series"], keywords: tuple[str, ...]
) -> Iterator[EntityValues]:
    """Yield the studies or series whose objects do not all say the same, with what they say.

    The keywords are those of ``attributes.PROFILE_KEYWORDS``. Entities without a UID are left out:
    their objects have nothing in common.
    """
    columns = "".join(
        f", COALESCE(value_{index}.value, '') AS text_{index}" for index in range(len(keywords))
    )
    joins = "".join(
        f" LEFT JOIN profile_value AS value_{index}"
        f" ON value_{index}.profile_id = profile.id AND value_{index}.attribute = ?"
        for index in range(len(keywords))
    )
    rows = catalog.connection.execute(
        f"SELECT DISTINCT {kind}.uid_id AS uid_id, uid.value{columns}"  # noqa: S608 - our own names
        " FROM profile JOIN series ON series.id = profile.series_id JOIN study ON study.id = series.study_id"
        f" JOIN uid ON uid.id = {kind}.uid_id{joins}"
        f" WHERE {kind}.uid_id > 0 ORDER BY 1, {', '.join(str(3 + index) for index in range(len(keywords)))}",
        tuple(PROFILE_INDEX[keyword] for keyword in keywords),
    )
    for (uid_id, uid), members in groupby(rows, itemgetter(0, 1)):
        values = tuple(tuple(texts) for _, _, *texts in members)
        if len(values) > 1:
            yield EntityValues(uid_id, uid, values)


def shared_instances(catalog: Catalog) -> Iterator[SharedInstance]:
    """Yield each SOP Instance UID that more than one occurrence bears, with all its occurrences."""
    rows = catalog.connection.execute(
        """
        WITH shared AS (
            SELECT uid_id FROM instance WHERE uid_id > 0 GROUP BY uid_id HAVING COUNT(*) > 1
            UNION
            SELECT uid_id FROM instance WHERE uid_id > 0 AND id IN (
                SELECT instance_id FROM occurrence GROUP BY instance_id HAVING COUNT(*) > 1)
        )
        SELECT uid.id, uid.value, occurrence.id, study.uid_id, series.uid_id, class.value
        FROM shared CROSS JOIN instance ON instance.uid_id = shared.uid_id
        JOIN series ON series.id = instance.series_id
        JOIN study ON study.id = series.study_id
        JOIN occurrence ON occurrence.instance_id = instance.id
        JOIN uid ON uid.id = shared.uid_id
        JOIN profile ON profile.id = occurrence.profile_id
        JOIN uid AS class ON class.id = profile.class_uid_id
        ORDER BY uid.id, occurrence.id
        """
    )
    for (_, uid), members in groupby(rows, itemgetter(0, 1)):
        yield SharedInstance(uid, tuple(InstanceCopy(*copy) for _, _, *copy in members))


def uid_values(catalog: Catalog, uid_ids: Iterable[int]) -> dict[int, str]:
    """Return the texts of some UIDs by their ids."""
    rows = catalog.connection.execute(
        "SELECT id, value FROM uid WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(uid_ids)),)
    )
    return dict(rows.fetchall())


def objects_without(catalog: Catalog, keyword: str) -> Iterator[KeylessObject]:
    """Yield the objects whose SOPInstanceUID, or whose UID of the profile, is absent or empty.

    Left out are files whose data set could not be read to its end and lacks the element (it may have
    stood there), and DICOMDIRs. For the SOPInstanceUID absent and empty are not told apart.
    """
    if keyword == "SOPInstanceUID":
        lacking, is_present = "instance.uid_id = 0", "0"
        parameters: tuple[int, ...] = ()
    else:
        found = "FROM profile_value WHERE profile_id = profile.id AND attribute = ?"
        lacking = f"NOT EXISTS (SELECT 1 {found} AND value <> '')"
        is_present = f"EXISTS (SELECT 1 {found})"
        parameters = (PROFILE_INDEX[keyword], PROFILE_INDEX[keyword])
    rows = catalog.connection.execute(
        f"""
        SELECT occurrence.id, uid.value, class.value, {is_present} AS is_present
        FROM profile CROSS JOIN occurrence ON occurrence.profile_id = profile.id
        JOIN instance ON instance.id = occurrence.instance_id
        JOIN uid ON uid.id = instance.uid_id
        JOIN uid AS class ON class.id = profile.class_uid_id
        WHERE {lacking} AND (is_present OR NOT EXISTS (
            SELECT 1 FROM fault WHERE fault.occurrence_id = occurrence.id
            AND fault.rule IN ('FILE-01', 'FILE-02') AND fault.path <> 'PixelData'))
        ORDER BY occurrence.id
        """,  # noqa: S608 - our own names
        parameters,
    )
    for occurrence_id, uid, class_uid, present in rows:
        yield KeylessObject(occurrence_id, uid, class_uid, bool(present))


def folders_without_meta(catalog: Catalog) -> Iterator[tuple[int, ...]]:
    """Yield, for each folder that has such files, its occurrences without any element of group 0002."""
    rows = catalog.connection.execute(
        "SELECT folder_id, id FROM occurrence WHERE flags & ? = 0 ORDER BY folder_id, id", (HAS_META,)
    )
    for _, members in groupby(rows, itemgetter(0)):
        yield tuple(occurrence_id for _, occurrence_id in members)


def file_faults(catalog: Catalog, rules: tuple[str, ...]) -> Iterator[FileFault]:
    """Yield what the reader saw of these rules, one answer for each file and rule."""
    places = ", ".join("?" * len(rules))
    rows = catalog.connection.execute(
        f"SELECT occurrence_id, rule, path, detail FROM fault WHERE rule IN ({places})"  # noqa: S608 - marks only
        " ORDER BY occurrence_id, rule, rowid",
        rules,
    )
    for (occurrence_id, rule), members in groupby(rows, itemgetter(0, 1)):
        yield FileFault(occurrence_id, rule, tuple((path, detail) for _, _, path, detail in members))


def _kinds(present: Iterable[int]) -> tuple[KeyKind, ...]:
    """The kinds of which something is present, from marks for study, series and instance."""
    kinds: tuple[KeyKind, ...] = ("study", "series", "instance")
    return tuple(kind for kind, is_there in zip(kinds, present, strict=True) if is_there)
