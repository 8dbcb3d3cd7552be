"""What a plan asks of the catalog: where an object stands, who carries a UID, who refers to it.

Sets of occurrences and UIDs go in and come out whole, so that a plan over a folder costs a few
queries and not one for each file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from uidscope.core.catalog.paths import file_paths
from uidscope.core.catalog.set_numbers import base_of, last_holding
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.value_uses import value_places
from uidscope.core.read.attributes import PROFILE_INDEX
from uidscope.core.read.record import IS_DICOMDIR

_AT_A_TIME: Final = 50_000


class LoadedObject(NamedTuple):
    """One occurrence as a plan sees it.

    ``series`` is the id of its series in the tree, 0 for a DICOMDIR; ``sop_instance_uid`` is empty
    where there is none; ``flags`` are those of ``FileRecord``.
    """

    occurrence: int
    sop_instance_uid: str
    series: int
    profile: int
    flags: int
    size: int


class SeriesPlace(NamedTuple):
    """Where a series of the tree stands: its UID, its study's id and UID; empty UIDs where none is given."""

    series_uid: str
    study: int
    study_uid: str


class InstanceReference(NamedTuple):
    """A reference by which an occurrence names an instance, as ``RawReference`` states it."""

    occurrence: int
    uid: str
    series_uid: str
    study_uid: str
    times: int


def occurrences_at_paths(catalog: Catalog, paths: Collection[str]) -> dict[str, int]:
    """Return the occurrences that stand at these absolute paths; paths not loaded are left out."""
    wanted = {place: path for path in paths for place in _places(catalog, path)}
    folders = {
        id_: (source, bytes(folder))
        for id_, source, folder in catalog.connection.execute("SELECT id, source_id, path FROM folder")
    }
    asked = {(source, folder) for source, folder, _ in wanted}
    rows = catalog.connection.execute(
        "SELECT id, folder_id, name FROM occurrence"
        " WHERE folder_id IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
        (json.dumps([id_ for id_, place in folders.items() if place in asked]),),
    )
    found = {(*folders[folder_id], bytes(name)): id_ for id_, folder_id, name in rows}
    return {path: found[place] for place, path in wanted.items() if place in found}


def absolute_paths(catalog: Catalog, occurrences: Iterable[int]) -> dict[int, str]:
    """Return the absolute path of each of these files, as the user would write it."""
    return _paths(catalog, occurrences, file_paths(catalog).named)


def paths_on_disk(catalog: Catalog, occurrences: Iterable[int]) -> dict[int, str]:
    """Return the path that opens each of these files."""
    return _paths(catalog, occurrences, file_paths(catalog).absolute)


def _paths(catalog: Catalog, occurrences: Iterable[int], path: Callable[[int, bytes], str]) -> dict[int, str]:
    return {
        id_: path(folder_id, name)
        for some in _portions(occurrences)
        for id_, folder_id, name in catalog.connection.execute(
            "SELECT occurrence.id, folder_id, name FROM json_each(?)"
            " JOIN occurrence ON occurrence.id = json_each.value",
            (some,),
        )
    }


def occurrences_of_rule(catalog: Catalog, rule: str) -> set[int]:
    """Return the occurrences that a rule's findings concern."""
    rows = catalog.connection.execute(
        "SELECT DISTINCT occurrence_id FROM finding JOIN finding_occurrence ON finding_id = finding.id"
        " WHERE rule = ?",
        (rule,),
    )
    return {id_ for (id_,) in rows}


def patients_with_id(catalog: Catalog, patient_id: str) -> list[int]:
    """Return the patients of the tree with this Patient ID, whoever issued it."""
    rows = catalog.connection.execute("SELECT id FROM patient WHERE patient_id = ?", (patient_id,))
    return [id_ for (id_,) in rows]


def loaded_objects(catalog: Catalog, occurrences: Iterable[int]) -> Iterator[LoadedObject]:
    """Yield these occurrences in the order of their ids."""
    for some in _portions(occurrences):
        rows = catalog.connection.execute(
            "SELECT occurrence.id, COALESCE(uid.value, ''), COALESCE(series_id, 0), profile_id, flags, size"
            " FROM json_each(?) JOIN occurrence ON occurrence.id = json_each.value"
            " LEFT JOIN instance ON instance.id = instance_id LEFT JOIN uid ON uid.id = instance.uid_id",
            (some,),
        )
        yield from map(LoadedObject._make, rows)


def series_places(catalog: Catalog) -> dict[int, SeriesPlace]:
    """Return every series of the tree by its id."""
    rows = catalog.connection.execute(
        "SELECT series.id, own.value, study.id, above.value FROM series"
        " JOIN uid AS own ON own.id = series.uid_id"
        " JOIN study ON study.id = series.study_id JOIN uid AS above ON above.id = study.uid_id"
    )
    return {id_: SeriesPlace(*place) for id_, *place in rows}


def series_sizes(catalog: Catalog) -> dict[int, int]:
    """Return how many files each series of the tree has, by its id."""
    rows = catalog.connection.execute(
        "SELECT series_id, COUNT(*) FROM occurrence JOIN instance ON instance.id = instance_id"
        " GROUP BY series_id"
    )
    return dict(rows.fetchall())


def files_of_series(catalog: Catalog, series: Collection[int]) -> list[int]:
    """Return the occurrences in these series of the tree."""
    rows = catalog.connection.execute(
        "SELECT occurrence.id FROM instance JOIN occurrence ON instance_id = instance.id"
        " WHERE series_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(series)),),
    )
    return [id_ for (id_,) in rows]


def profile_values(
    catalog: Catalog, profiles: Iterable[int], keywords: tuple[str, ...]
) -> dict[int, tuple[str, ...]]:
    """Return these attributes of each profile, without the space around them; empty where absent."""
    places = {PROFILE_INDEX[keyword]: at for at, keyword in enumerate(keywords)}
    found = {profile: [""] * len(keywords) for profile in profiles}
    for some in _portions(found):
        for profile, attribute, value in catalog.connection.execute(
            "SELECT profile_id, attribute, profile_value.value FROM json_each(?)"
            " JOIN profile_value ON profile_id = json_each.value"
            " WHERE attribute IN (SELECT value FROM json_each(?))",
            (some, json.dumps(list(places))),
        ):
            found[profile][places[attribute]] = value.strip()
    return {profile: tuple(values) for profile, values in found.items()}


def series_numbers(catalog: Catalog, studies: Collection[int]) -> set[str]:
    """Return the Series Numbers that stand in these studies of the tree, as text."""
    rows = catalog.connection.execute(
        "SELECT DISTINCT profile_value.value FROM series JOIN profile ON profile.series_id = series.id"
        " JOIN profile_value ON profile_id = profile.id"
        " WHERE attribute = ? AND series.study_id IN (SELECT value FROM json_each(?))",
        (PROFILE_INDEX["SeriesNumber"], json.dumps(sorted(studies))),
    )
    return {value.strip() for (value,) in rows}


def studies_with_accession(catalog: Catalog, studies: Collection[int]) -> int:
    """Return how many of these studies of the tree have an Accession Number."""
    (count,) = catalog.connection.execute(
        "SELECT COUNT(*) FROM study WHERE accession <> '' AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(studies)),),
    ).fetchone()
    return int(count)


def pattern_ids(catalog: Catalog) -> dict[str, int]:
    """Return the id of every element path (without item numbers) that UI values stand in."""
    return dict(catalog.connection.execute("SELECT text, id FROM pattern").fetchall())


def values_at(
    catalog: Catalog, occurrences: Iterable[int], patterns: Collection[int]
) -> set[tuple[int, str]]:
    """Return the (pattern id, UID) that stand in any of these occurrences at any of these patterns."""
    found: set[tuple[int, str]] = set()
    wanted = json.dumps(sorted(patterns))
    for some in _portions(_value_sets(catalog, occurrences)):
        rows = catalog.connection.execute(
            f"""
            WITH sets AS MATERIALIZED (SELECT value AS id FROM json_each(?)),
            wanted AS MATERIALIZED (SELECT value AS id FROM json_each(?)),
            members AS (
                SELECT pattern_id, uid_id FROM sets CROSS JOIN value_set_part ON set_id = sets.id
                UNION
                SELECT pattern_id, uid_id FROM (SELECT DISTINCT {base_of("id")} AS id FROM sets) AS base
                CROSS JOIN value_set_part ON set_id = base.id)
            SELECT pattern_id, uid.value FROM members JOIN uid ON uid.id = uid_id
            WHERE uid_id > 0 AND pattern_id IN (SELECT id FROM wanted)
            """,  # noqa: S608 - our own text
            (some, wanted),
        )
        found.update(rows)
    return found


def occurrences_holding(catalog: Catalog, pattern: str) -> set[int]:
    """Return the occurrences that have an element, by its path without item numbers."""
    rows = catalog.connection.execute(
        f"""
        WITH holding AS MATERIALIZED (
            SELECT DISTINCT set_id FROM value_set_part
            WHERE pattern_id = (SELECT id FROM pattern WHERE text = ?))
        SELECT occurrence.id FROM holding CROSS JOIN occurrence
        ON value_set_id BETWEEN set_id AND {last_holding("set_id")}
        """,  # noqa: S608 - our own text
        (pattern,),
    )
    return {id_ for (id_,) in rows}


def carriers(catalog: Catalog, uids: Iterable[str], patterns: Iterable[str]) -> dict[str, set[int]]:
    """Return, for each UID, the occurrences that hold it in any of these elements, DICOMDIRs left out."""
    found: dict[str, set[int]] = {uid: set() for uid in uids}
    texts: dict[int, str] = {}
    for some in _portions(found):
        texts.update(
            catalog.connection.execute(
                "SELECT uid.id, uid.value FROM json_each(?) JOIN uid ON uid.value = json_each.value", (some,)
            )
        )
    media = _media_directories(catalog)
    for place in value_places(catalog, texts, patterns):
        if place.occurrence_id not in media:
            found[texts[place.uid_id]].add(place.occurrence_id)
    return found


def uids_of_several_kinds(catalog: Catalog, kind_of_pattern: Mapping[int, str]) -> dict[str, frozenset[str]]:
    """Return the UIDs that serve more than one kind of entity (UID-S28, ENT-25), and which kinds.

    ``kind_of_pattern`` says which kind an element defines, for those that are not study, series and
    instance themselves.
    """
    rows = catalog.connection.execute(
        """
        WITH low AS MATERIALIZED (
            SELECT uid_id, 'study' AS kind FROM study
            UNION SELECT uid_id, 'series' FROM series
            UNION SELECT uid_id, json_each.value FROM value_set_part
            JOIN json_each(?) ON pattern_id = CAST(json_each.key AS INTEGER)),
        named AS (
            SELECT uid_id, kind FROM low
            UNION SELECT uid_id, 'instance' FROM low
            WHERE EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = low.uid_id))
        SELECT uid.value, kind FROM named JOIN uid ON uid.id = uid_id
        WHERE uid_id > 0 AND uid_id IN (SELECT uid_id FROM named GROUP BY uid_id HAVING COUNT(*) > 1)
        """,
        (json.dumps({str(pattern): kind for pattern, kind in kind_of_pattern.items()}),),
    )
    kinds: dict[str, set[str]] = {}
    for uid, kind in rows:
        kinds.setdefault(uid, set()).add(kind)
    return {uid: frozenset(several) for uid, several in kinds.items()}


def referring_occurrences(catalog: Catalog, instance_uids: Iterable[str]) -> set[int]:
    """Return the occurrences that name any of these instances by a reference, (0400,0561) left out."""
    found: set[int] = set()
    for some in _portions(instance_uids):
        rows = catalog.connection.execute(
            "SELECT DISTINCT occurrence.id FROM json_each(?)"
            " CROSS JOIN uid ON uid.value = json_each.value"
            " JOIN reference_set_member ON uid_id = uid.id AND kind = 'instance'"
            " AND pattern_id NOT IN"
            " (SELECT id FROM pattern WHERE instr(text, 'OriginalAttributesSequence[]'))"
            " JOIN occurrence ON reference_set_id = set_id",
            (some,),
        )
        found.update(id_ for (id_,) in rows)
    return found


def instance_references(catalog: Catalog, occurrences: Iterable[int]) -> Iterator[InstanceReference]:
    """Yield the references of these occurrences that name instances; what (0400,0561) names is the past."""
    for some in _portions(occurrences):
        rows = catalog.connection.execute(
            "SELECT occurrence.id, target.value, series.value, study.value, count FROM json_each(?)"
            " CROSS JOIN occurrence ON occurrence.id = json_each.value"
            " JOIN reference_set_member ON set_id = reference_set_id AND kind = 'instance'"
            " AND pattern_id NOT IN"
            " (SELECT id FROM pattern WHERE instr(text, 'OriginalAttributesSequence[]'))"
            " JOIN uid AS target ON target.id = uid_id JOIN uid AS series ON series.id = series_uid_id"
            " JOIN uid AS study ON study.id = study_uid_id",
            (some,),
        )
        yield from map(InstanceReference._make, rows)


def reference_counts(catalog: Catalog, uids: Iterable[str]) -> dict[str, int]:
    """Return how many references of any kind name each of these UIDs, over all loaded files."""
    counts = dict.fromkeys(uids, 0)
    for some in _portions(counts):
        counts.update(
            catalog.connection.execute(
                "SELECT uid.value, SUM(count) FROM json_each(?)"
                " CROSS JOIN uid ON uid.value = json_each.value"
                " JOIN reference_set_member ON uid_id = uid.id"
                " JOIN occurrence ON reference_set_id = set_id GROUP BY uid.id",
                (some,),
            )
        )
    return counts


def is_loaded(catalog: Catalog, uid: str) -> bool:
    """Say whether a UID stands anywhere in what was loaded."""
    row = catalog.connection.execute("SELECT 1 FROM uid WHERE value = ?", (uid,)).fetchone()
    return row is not None


def _places(catalog: Catalog, path: str) -> Iterator[tuple[int, bytes, bytes]]:
    """Where a path would stand in each source: its id, the folder inside and the name."""
    for source in catalog.sources():
        top = source.top.rstrip(os.sep) + os.sep
        if path.startswith(top) and (source.is_folder or path == source.path):
            folder, _, name = path[len(top) :].replace(os.sep, "/").rpartition("/")
            yield source.id, os.fsencode(folder), os.fsencode(name)


def _media_directories(catalog: Catalog) -> set[int]:
    rows = catalog.connection.execute("SELECT id FROM occurrence WHERE flags & ?", (IS_DICOMDIR,))
    return {id_ for (id_,) in rows}


def _value_sets(catalog: Catalog, occurrences: Iterable[int]) -> set[int]:
    sets: set[int] = set()
    for some in _portions(occurrences):
        rows = catalog.connection.execute(
            "SELECT DISTINCT value_set_id FROM json_each(?)"
            " JOIN occurrence ON occurrence.id = json_each.value",
            (some,),
        )
        sets.update(set_id for (set_id,) in rows)
    return sets


def _portions(values: Iterable[int] | Iterable[str]) -> Iterator[str]:
    """The values in order, as JSON lists of bounded length."""
    ordered: list[int] | list[str] = sorted(values)  # type: ignore[assignment]
    for start in range(0, len(ordered), _AT_A_TIME):
        yield json.dumps(ordered[start : start + _AT_A_TIME])
