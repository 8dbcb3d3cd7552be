"""From a UID, a text or an id to the places in the catalog, and what one file says."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from uidscope.core.catalog.paths import FilePaths, file_paths
from uidscope.core.catalog.set_numbers import base_of
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.stored_values import storable_text, stored_number
from uidscope.core.catalog.tree import Node, NodeLevel
from uidscope.core.read.attributes import PROFILE_KEYWORDS
from uidscope.core.read.record import FileStamp

_FILES_AT_A_TIME: Final = 5000


class OccurrenceRow(NamedTuple):
    """One file that holds one object, or a DICOMDIR.

    ``absolute_path`` opens the file; ``named_path`` is absolute too, and what to call it: for a file from an
    archive they differ. The ids of instance, series, study and patient are 0 for a DICOMDIR. ``profile`` has
    an entry for each profile attribute that is there. ``meta_sop_instance_uid`` is empty where absent.
    """

    id: int
    source_id: int
    source_path: str
    relative_path: str
    named_path: str
    absolute_path: str
    stamp: FileStamp
    encoding: str
    flags: int
    profile_id: int
    profile: Mapping[str, str]
    sop_instance_uid: str
    meta_sop_instance_uid: str
    instance_number: str
    instance_id: int
    series_id: int
    series_uid: str
    study_id: int
    study_uid: str
    patient_id: int


class UiValue(NamedTuple):
    """One value of a file: element path without item numbers, stripped value, and how often."""

    pattern: str
    uid: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here


class NotLoadedRow(NamedTuple):
    """One file found and not loaded; the path as it is shown, the rest as in ``record.NotLoaded``."""

    path: str
    reason: str
    detail: str


def nodes_with_uid(catalog: Catalog, uid: str) -> list[Node]:
    """Return the studies, series and instances that bear a UID; none for the empty text."""
    if not uid:
        return []
    return [
        Node(level, id_)
        for level, id_ in catalog.connection.execute(
            "WITH wanted AS (SELECT id FROM uid WHERE value = ?)"
            " SELECT 'study', study.id FROM wanted JOIN study ON study.uid_id = wanted.id"
            " UNION ALL SELECT 'series', series.id FROM wanted JOIN series ON series.uid_id = wanted.id"
            " UNION ALL SELECT 'instance', instance.id FROM wanted"
            " JOIN instance ON instance.uid_id = wanted.id",
            (uid,),
        )
    ]


def occurrences_below(catalog: Catalog, node: Node) -> list[int]:
    """Return the ids of all files below a node, in the order they were loaded; for ``ROOT`` all there are.

    DICOMDIRs are below ``ROOT`` alone.
    """
    parameters = () if node.level == "root" else (node.id,)
    return sorted(id_ for (id_,) in catalog.connection.execute(_BELOW[node.level], parameters))


def occurrence(catalog: Catalog, occurrence_id: int) -> OccurrenceRow:
    """Return one file's row; ``LookupError`` where it is not there."""
    found = _rows(catalog, [occurrence_id], _Profiles(catalog))
    if not found:
        raise LookupError(f"no occurrence {occurrence_id}")
    return found[occurrence_id]


def occurrences(catalog: Catalog, ids: Iterable[int] | None = None) -> Iterator[OccurrenceRow]:
    """Give these files (None: all) in path order: by source, folder, name."""
    if ids is None:
        rows = catalog.connection.execute(_ALL_IN_PATH_ORDER)
    else:
        rows = catalog.connection.execute(_SOME_IN_PATH_ORDER, (json.dumps(list(ids)),))
    in_order = [id_ for (id_,) in rows]
    profiles = _Profiles(catalog)
    for first in range(0, len(in_order), _FILES_AT_A_TIME):
        page = in_order[first : first + _FILES_AT_A_TIME]
        by_id = _rows(catalog, page, profiles)
        yield from (by_id[id_] for id_ in page)


def node_of_occurrence(catalog: Catalog, occurrence_id: int) -> Node | None:
    """Return where a file stands in the tree: its instance where that has one file; None for a DICOMDIR."""
    row = catalog.connection.execute(
        "SELECT instance_id, (SELECT count(*) FROM occurrence AS other"
        " WHERE other.instance_id = occurrence.instance_id) FROM occurrence WHERE id = ?",
        (occurrence_id,),
    ).fetchone()
    if row is None or row[0] is None:
        return None
    instance_id, files = row
    return Node("instance", instance_id) if files == 1 else Node("file", occurrence_id)


def ui_values(catalog: Catalog, occurrence_id: int) -> list[UiValue]:
    """Return every UI value of a file by element path, (0008,0018) and (0002,0003) included.

    An empty element is there with an empty value, but for those two, of which only the file knows
    whether they are empty or absent.
    """
    sets = catalog.connection.execute(
        f"SELECT value_set_id, {base_of('value_set_id')} FROM occurrence WHERE id = ?",  # noqa: S608 - our own
        (occurrence_id,),
    ).fetchone()
    if sets is None:
        raise LookupError(f"no occurrence {occurrence_id}")
    # Asked of the set and its base, since the view would be put together for all sets first.
    values = [
        UiValue(*row)
        for row in catalog.connection.execute(
            "SELECT text, uid.value, count FROM value_set_part"
            " JOIN pattern ON pattern.id = pattern_id JOIN uid ON uid.id = uid_id WHERE set_id IN (?, ?)",
            sets,
        )
    ]
    row = occurrence(catalog, occurrence_id)
    if row.sop_instance_uid and row.instance_id:
        values.append(UiValue("SOPInstanceUID", row.sop_instance_uid, 1))
    if row.meta_sop_instance_uid:
        values.append(UiValue("meta.MediaStorageSOPInstanceUID", row.meta_sop_instance_uid, 1))
    return sorted(values, key=lambda value: (not value.pattern.startswith("meta."), value.pattern, value.uid))


def display_path(catalog: Catalog, occurrence_id: int) -> str:
    """Return the path as it is shown: relative to the source folder, absolute where several were given."""
    row = catalog.connection.execute(
        "SELECT folder_id, name FROM occurrence WHERE id = ?", (occurrence_id,)
    ).fetchone()
    if row is None:
        raise LookupError(f"no occurrence {occurrence_id}")
    return file_paths(catalog).shown(*row)


def display_paths(catalog: Catalog, ids: Iterable[int]) -> dict[int, str]:
    """Return the shown paths of many files at once."""
    shown = file_paths(catalog).shown
    return {
        id_: shown(folder_id, name)
        for id_, folder_id, name in catalog.connection.execute(
            "SELECT id, folder_id, name FROM occurrence WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
    }


def not_loaded(catalog: Catalog) -> Iterator[NotLoadedRow]:
    """Give the files found and not loaded, by path."""
    shown = file_paths(catalog).shown_of_source
    for source_id, path, reason, detail in catalog.connection.execute(
        "SELECT source_id, path, reason, detail FROM not_loaded ORDER BY source_id, path, id"
    ):
        yield NotLoadedRow(shown(source_id, os.fsdecode(path)), reason, detail)


def matching(catalog: Catalog, text: str, limit: int = 1000) -> list[Node]:
    """Return the nodes that hold a text, whatever its case, higher levels first, ``limit`` in all.

    Looked at are names, IDs, dates, descriptions, modalities, UIDs and the names of files (a file's
    match is its place in the tree). An empty text matches nothing.
    """
    text = storable_text(text.strip())
    if not text:
        return []
    escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    found: dict[Node, None] = {}
    for level, query in _MATCHING:
        rows = catalog.connection.execute(query, {"like": f"%{escaped}%", "limit": limit - len(found)})
        found.update((Node(level, id_), None) for (id_,) in rows)
    if len(found) < limit:
        rows = catalog.connection.execute(_MATCHING_NAMES, {"like": f"%{escaped}%", "limit": limit})
        places = (node_of_occurrence(catalog, id_) for (id_,) in rows.fetchall())
        found.update((place, None) for place in places if place is not None)
    return list(found)[:limit]


_ALL_IN_PATH_ORDER: Final = """
SELECT occurrence.id FROM occurrence JOIN folder ON folder.id = folder_id
ORDER BY source_id, folder.path, name, occurrence.id
"""
_SOME_IN_PATH_ORDER: Final = """
SELECT occurrence.id FROM occurrence JOIN folder ON folder.id = folder_id
WHERE occurrence.id IN (SELECT value FROM json_each(?))
ORDER BY source_id, folder.path, name, occurrence.id
"""

_OCCURRENCES: Final = """
SELECT
    occurrence.id, folder_id, name, size, modified_ns, device, inode,
    (SELECT encoding.name FROM encoding WHERE encoding.id = encoding_id), flags, profile_id,
    own.value, coalesce(meta.value, own.value, ''), instance.number, instance.id,
    series.id, series_uid.value, study.id, study_uid.value, study.patient_id
FROM occurrence
LEFT JOIN instance ON instance.id = instance_id
LEFT JOIN uid AS own ON own.id = instance.uid_id
LEFT JOIN uid AS meta ON meta.id = meta_uid_id
LEFT JOIN series ON series.id = series_id
LEFT JOIN uid AS series_uid ON series_uid.id = series.uid_id
LEFT JOIN study ON study.id = series.study_id
LEFT JOIN uid AS study_uid ON study_uid.id = study.uid_id
WHERE occurrence.id IN (SELECT value FROM json_each(?))
"""

_BELOW: Final[dict[NodeLevel, str]] = {
    "root": "SELECT id FROM occurrence",
    "patient": (
        "SELECT occurrence.id FROM study JOIN series ON series.study_id = study.id"
        " JOIN instance ON series_id = series.id JOIN occurrence ON instance_id = instance.id"
        " WHERE patient_id = ?"
    ),
    "study": (
        "SELECT occurrence.id FROM series JOIN instance ON series_id = series.id"
        " JOIN occurrence ON instance_id = instance.id WHERE series.study_id = ?"
    ),
    "series": (
        "SELECT occurrence.id FROM instance JOIN occurrence ON instance_id = instance.id WHERE series_id = ?"
    ),
    "instance": "SELECT id FROM occurrence WHERE instance_id = ?",
    "file": "SELECT id FROM occurrence WHERE id = ?",
}


def _any_like(*columns: str) -> str:
    return " OR ".join(f"{column} LIKE :like ESCAPE '!'" for column in columns)


def _matching_entities(table: str, *columns: str) -> str:
    return (
        f"SELECT {table}.id FROM {table} JOIN uid ON uid.id = uid_id"  # noqa: S608 - our own names
        f" WHERE {_any_like('uid.value', *columns)} ORDER BY {table}.id LIMIT :limit"
    )


_MATCHING: Final[tuple[tuple[NodeLevel, str], ...]] = (
    (
        "patient",
        f"SELECT id FROM patient WHERE {_any_like('name', 'patient_id', 'issuer', 'birth_date')}"  # noqa: S608
        " ORDER BY id LIMIT :limit",
    ),
    ("study", _matching_entities("study", "date", "description", "study.study_id", "accession")),
    ("series", _matching_entities("series", "modality", "description", "date")),
    ("instance", _matching_entities("instance")),
)
_MATCHING_NAMES: Final = (
    f"SELECT id FROM occurrence WHERE {_any_like('CAST(name AS TEXT)')}"  # noqa: S608 - our own names
    " ORDER BY id LIMIT :limit"
)


class _Profiles:
    """Profiles as mappings; the last ones are kept, since files of a series share them."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._kept: dict[int, Mapping[str, str]] = {}

    def __getitem__(self, profile_id: int) -> Mapping[str, str]:
        profile = self._kept.get(profile_id)
        if profile is None:
            if len(self._kept) >= _FILES_AT_A_TIME:
                self._kept.clear()
            rows = self._catalog.connection.execute(
                "SELECT attribute, value FROM profile_value WHERE profile_id = ?", (profile_id,)
            )
            profile = MappingProxyType({PROFILE_KEYWORDS[attribute]: value for attribute, value in rows})
            self._kept[profile_id] = profile
        return profile


def _rows(catalog: Catalog, ids: list[int], profiles: _Profiles) -> dict[int, OccurrenceRow]:
    """The rows of these occurrences."""
    paths = file_paths(catalog)
    rows = catalog.connection.execute(_OCCURRENCES, (json.dumps(ids),))
    return {row[0]: _row(row, paths, profiles) for row in rows}


def _row(row: tuple[Any, ...], paths: FilePaths, profiles: _Profiles) -> OccurrenceRow:
    (id_, folder_id, name, size, modified_ns, device, inode, encoding, flags, profile_id, *rest) = row
    own, meta, number, instance, series, series_uid, study, study_uid, patient = rest
    source_id = paths.source_of(folder_id)
    return OccurrenceRow(
        id_,
        source_id,
        paths.sources[source_id].path,
        paths.relative(folder_id, name),
        paths.named(folder_id, name),
        paths.absolute(folder_id, name),
        FileStamp(size, modified_ns, stored_number(device), stored_number(inode)),
        encoding,
        flags,
        profile_id,
        profiles[profile_id],
        own or "",
        meta,
        number or "",
        instance or 0,
        series or 0,
        series_uid or "",
        study or 0,
        study_uid or "",
        patient or 0,
    )
