"""Records to rows: the one writer of a catalog."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, compress, islice
from types import MappingProxyType
from typing import Any, Final

from uidscope.core.catalog.entity_rows import EntityRows
from uidscope.core.catalog.many_rows import RowInsert
from uidscope.core.catalog.schema import LATE_INDEXES
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.stored_values import LARGEST_NUMBER, storable_number, storable_text
from uidscope.core.catalog.value_sets import (
    PART_COLUMNS,
    PART_TEXT,
    Parts,
    ReferenceForm,
    ReferenceSets,
    ValueSets,
)
from uidscope.core.catalog.varying_attributes import VaryingAttributes
from uidscope.core.read.attributes import PROFILE_INDEX
from uidscope.core.read.record import IS_DICOMDIR, FileRecord, NotLoaded

_RECORDS_AT_A_TIME: Final = 400
_UIDS_REMEMBERED: Final = 50_000
_PROFILES_REMEMBERED: Final = 4000
_FOLDERS_REMEMBERED: Final = 20_000
_WRITER_CACHE_KIBIBYTES: Final = 64 * 1024
_SOP_CLASS: Final = PROFILE_INDEX["SOPClassUID"]
_NUMBERED_TABLES: Final = (
    "uid",
    "encoding",
    "folder",
    "instance",
    "occurrence",
    "profile",
    "reference_form",
)

# SQLite gives these the ids: each the one after the last.
_NEW_UIDS: Final = RowInsert("uid", "value", verb="INSERT OR IGNORE")
_NEW_INSTANCES: Final = RowInsert("instance", "series_id, uid_id, number")
_OCCURRENCE_COLUMNS: Final = (
    "instance_id, folder_id, name, size, modified_ns, device, inode, encoding_id, flags, profile_id,"
    " value_set_id, reference_set_id"
)
_NEW_OCCURRENCES: Final = RowInsert("occurrence", _OCCURRENCE_COLUMNS)
_INSTANCE, _OCCURRENCE_WIDTH = 0, _OCCURRENCE_COLUMNS.count(",") + 1
_ADD_UP: Final = "ON CONFLICT DO UPDATE SET count = count + excluded.count"
_NEW_VALUES: Final = RowInsert("value_set_part", "set_id, pattern_id, uid_id, count", conflict=_ADD_UP)
_NEW_REFERENCES: Final = RowInsert("reference_set_part", "set_id, form_id, uid_id, count", conflict=_ADD_UP)
_NEW_PROFILE_VALUES: Final = RowInsert("profile_value", "profile_id, attribute, value")


# What an instance is known by: the ids of its series, None for a DICOMDIR, and of its UID, 0 where it has
# none.
_Key = tuple[int | None, int]


class CatalogWriter:
    """Puts records into a catalog, in whatever order they come.

    There is one writer at a time; it belongs to the thread that made it. Nothing is visible to readers
    before ``commit``.
    """

    def __init__(self, catalog: Catalog) -> None:
        # Kept, so that the catalog is not closed under its writer.
        self._catalog = catalog
        self._connection = catalog.connection
        self._connection.execute(f"PRAGMA cache_size = -{_WRITER_CACHE_KIBIBYTES}")
        self._next = {table: self._first_free(table) for table in _NUMBERED_TABLES}
        self._patterns = _PatternIds(self._connection)
        self._encodings: dict[str, int] = {
            name: id_ for id_, name in self._connection.execute("SELECT id, name FROM encoding")
        }
        self._uids = {"": 0}
        self._profiles: dict[tuple[str | None, ...], tuple[int, int]] = {}
        self._folders: dict[tuple[int, str], int] = {}
        self._entities = EntityRows(self._connection)
        self._varying = VaryingAttributes()
        self._new_profiles: list[tuple[int, int | None, str]] = []
        self._new_profile_values: list[int | str] = []
        self._value_sets = ValueSets(self._last_set("value_set_part"), self._patterns)
        self._reference_sets = ReferenceSets(
            self._last_set("reference_set_part") + 1, self._next["reference_form"], self._patterns
        )
        self._source_ids = [id_ for (id_,) in self._connection.execute("SELECT id FROM source ORDER BY id")]
        # Rows of occurrences one after the other, which lack the instance.
        self._waiting: list[Any] = []
        self._own_meta_uids: list[tuple[str, int]] = []
        # The series, the SOP Instance UID and the Instance Number of each.
        self._waiting_for: list[tuple[int | None, str, str]] = []
        self._odd_fields: list[tuple[int, str, bytes, int]] = []
        self._faults: list[tuple[int, str, str, str]] = []

    def add_sources(self, paths: Sequence[tuple[str, bool]]) -> None:
        """Add the paths the user gave, each with whether it is a folder.

        ``FileRecord.source`` counts them from 0, over all calls.
        """
        for path, is_folder in paths:
            self._add_source(path, "", is_folder=is_folder)

    def add_archive(self, path: str, unpacked: str) -> None:
        """Add an archive the user gave, with the folder of its files; a source like the others."""
        self._add_source(path, unpacked, is_folder=True)

    def _add_source(self, path: str, unpacked: str, *, is_folder: bool) -> None:
        cursor = self._connection.execute(
            "INSERT INTO source (path, is_folder, unpacked) VALUES (?, ?, ?)",
            (os.fsencode(os.path.abspath(path)), int(is_folder), os.fsencode(unpacked)),
        )
        self._source_ids.append(int(cursor.lastrowid or 0))

    def add(
        self, records: Iterable[FileRecord], numbers: Mapping[int, tuple[str, ...]] = MappingProxyType({})
    ) -> None:
        """Add records; their sources must have been added before.

        ``numbers`` are, by the index of a record, those that stand outside its UI elements.
        """
        first = self._next["occurrence"]
        coming = iter(records)
        while some := list(islice(coming, _RECORDS_AT_A_TIME)):
            self._place(some)
            if len(self._waiting_for) >= _RECORDS_AT_A_TIME:
                self._write_waiting()
        self._connection.executemany(
            "INSERT INTO loose_number (occurrence_id, value) VALUES (?, ?)",
            [(first + index, number) for index, some in numbers.items() for number in some],
        )

    def keep(self, source: int, packed: bytes, read_ns: int) -> None:
        """Keep what was read of some files of a source (``ScanBatch.kept``) for a later scan."""
        self._connection.execute(
            "INSERT INTO kept_files (source_id, read_ns, packed) VALUES (?, ?, ?)",
            (self._source_ids[source], read_ns, packed),
        )

    def add_not_loaded(self, items: Iterable[NotLoaded]) -> None:
        """Add files found and not loaded."""
        self._connection.executemany(
            "INSERT INTO not_loaded (source_id, path, reason, detail) VALUES (?, ?, ?, ?)",
            [
                (self._source_ids[source], os.fsencode(path), reason, storable_text(detail))
                for source, path, reason, detail in items
            ],
        )

    def commit(self) -> None:
        """Make everything added so far visible to readers."""
        self._write_waiting()
        self._connection.commit()

    def finish(self) -> None:
        """Commit, and build what makes the questions of the checks quick; more may be added afterwards."""
        self.commit()
        self._connection.executescript(LATE_INDEXES)
        self._connection.execute("PRAGMA analysis_limit = 1000")
        self._connection.execute("ANALYZE")
        self._connection.commit()

    def _place(self, records: Sequence[FileRecord]) -> None:
        """Find the places of records in the tree and in the shared sets; what is new waits to be written."""
        waiting, waiting_for, encodings = self._waiting, self._waiting_for, self._encodings
        place_values, place_references = self._value_sets.place, self._reference_sets.place
        known_profile, known_place = None, (0, 0)
        known_source, known_folder, folder_id = -1, "", 0
        first = self._next["occurrence"]
        self._next["occurrence"] = first + len(records)
        # Workers may hand over plain tuples, which marshal carries, so nothing is asked by name.
        for id_, (
            source,
            path,
            (size, modified_ns, device, inode),
            encoding,
            flags,
            profile,
            uid,
            meta_uid,
            instance_number,
            values,
            references,
            faults,
        ) in enumerate(records, first):
            series_id: int | None
            if flags & IS_DICOMDIR:
                profile_id, series_id = self._new_profile(None, _storable_profile(profile)), None
                if uid and not any(pattern == "SOPInstanceUID" for pattern, _, _ in values):
                    values = (*values, ("SOPInstanceUID", _plain_field(uid), 1))  # noqa: PLW2901 - with its own
            else:
                if (
                    profile is not known_profile
                ):  # as it is in the files of one series that were read together
                    known_profile = profile
                    known_place = self._profiles.get(profile) or self._new_place(profile)
                profile_id, series_id = known_place
            if meta_uid != uid or not uid or series_id is None:
                self._own_meta_uids.append((meta_uid or "", id_))
            value_set_id, odd_fields = place_values(series_id, values)
            if odd_fields:
                self._odd_fields += [(id_, *field) for field in odd_fields]
            if faults:
                self._faults += [(id_, rule, where, storable_text(detail)) for rule, where, detail in faults]
            folder, _, name = path.rpartition("/")
            if folder != known_folder or source != known_source:
                known_source, known_folder = source, folder
                folder_id = self._folders.get((source, folder)) or self._new_folder(source, folder)
            waiting += (
                None,
                folder_id,
                # SQLite takes both as they are; sqlite3 asks of bytes whether somebody adapts them.
                bytearray(name, "ascii") if name.isascii() else bytearray(os.fsencode(name)),
                size,
                modified_ns,
                device if 0 <= device <= LARGEST_NUMBER else storable_number(device),
                inode if 0 <= inode <= LARGEST_NUMBER else storable_number(inode),
                encodings.get(encoding) or self._new_encoding(encoding),
                flags,
                profile_id,
                value_set_id,
                place_references(references) if references else 0,
            )
            waiting_for.append((series_id, uid, instance_number))

    def _new_place(self, profile: tuple[str | None, ...]) -> tuple[int, int]:
        """Keep a profile not met lately, and find the series it belongs to."""
        texts = _storable_profile(profile)
        series_id = self._entities.series_of(texts)
        texts = self._varying.settled(series_id, texts)
        placed = self._profiles.get(texts) or (self._new_profile(series_id, texts), series_id)
        _forget_oldest(self._profiles, _PROFILES_REMEMBERED)
        self._profiles[profile] = self._profiles[texts] = placed
        return placed

    def _new_profile(self, series_id: int | None, texts: tuple[str | None, ...]) -> int:
        """Keep the texts of a profile, and give them an id."""
        id_ = self._next["profile"]
        self._next["profile"] = id_ + 1
        class_uid = (texts[_SOP_CLASS] or "").strip("\0 ")
        self._new_profiles.append((id_, series_id, class_uid))
        for attribute, text in enumerate(texts):
            if text is not None:
                self._new_profile_values += (id_, attribute, text)
        return id_

    def _new_folder(self, source: int, folder: str) -> int:
        """Return the id of a folder not met lately."""
        source_id = self._source_ids[source]
        path = os.fsencode(folder)
        row = self._connection.execute(
            "SELECT id FROM folder WHERE source_id = ? AND path = ?", (source_id, path)
        ).fetchone()
        if row is None:
            id_ = self._next["folder"]
            self._next["folder"] = id_ + 1
            self._connection.execute(
                "INSERT INTO folder (id, source_id, path) VALUES (?, ?, ?)", (id_, source_id, path)
            )
        else:
            (id_,) = row
        _forget_oldest(self._folders, _FOLDERS_REMEMBERED)
        self._folders[source, folder] = id_
        return int(id_)

    def _write_waiting(self) -> None:
        """Write all rows that wait, in as few statements as can be."""
        if not self._waiting:
            return
        values = self._value_sets.take_new_rows()
        references, forms = self._reference_sets.take_new_rows()
        first_new = self._learn(self._uids_waiting(values, references, forms))
        self._entities.write(self._uids)
        self._write_profiles()
        self._write_parts(_NEW_VALUES, values)
        self._write_forms(forms)
        self._write_parts(_NEW_REFERENCES, references)
        self._write_occurrences(first_new)
        self._write_faults()
        if len(self._uids) > _UIDS_REMEMBERED:
            self._uids = {"": 0}

    def _uids_waiting(self, values: Parts, references: Parts, forms: list[ReferenceForm]) -> set[str]:
        """Return every UID text that the rows to be written name."""
        texts = set(values[PART_TEXT::PART_COLUMNS])
        texts.update(references[PART_TEXT::PART_COLUMNS])
        for _, _, _, class_uid, series_uid, study_uid, _ in forms:
            texts.update((class_uid, series_uid, study_uid))
        texts.update([uid for uid, _ in self._own_meta_uids])
        texts.update([uid for _, uid, _ in self._waiting_for])
        texts.update([class_uid for _, _, class_uid in self._new_profiles])
        texts.update(self._entities.new_uids())
        return texts

    def _write_profiles(self) -> None:
        self._connection.executemany(
            "INSERT INTO profile (id, series_id, class_uid_id) VALUES (?, ?, ?)",
            [(id_, series_id, self._uids[class_uid]) for id_, series_id, class_uid in self._new_profiles],
        )
        _NEW_PROFILE_VALUES.write(self._connection, self._new_profile_values)
        self._new_profiles.clear()
        self._new_profile_values.clear()

    def _write_parts(self, into: RowInsert, parts: Parts) -> None:
        """Write rows of sets, with the ids of their UIDs."""
        texts = parts[PART_TEXT::PART_COLUMNS]
        parts[PART_TEXT::PART_COLUMNS] = map(self._uids.__getitem__, texts)
        into.write(self._connection, parts)

    def _write_forms(self, forms: list[ReferenceForm]) -> None:
        ids = self._uids
        self._connection.executemany(
            "INSERT INTO reference_form"
            " (id, pattern_id, kind, class_uid_id, series_uid_id, study_uid_id, purpose)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (id_, pattern, kind, ids[class_uid], ids[series_uid], ids[study_uid], purpose)
                for id_, pattern, kind, class_uid, series_uid, study_uid, purpose in forms
            ],
        )

    def _write_occurrences(self, first_new_uid: int) -> None:
        """Write the occurrences that wait, and the instances that are not there yet."""
        rows = self._waiting
        rows[_INSTANCE::_OCCURRENCE_WIDTH] = self._write_instances(first_new_uid)
        _NEW_OCCURRENCES.write(self._connection, rows)
        self._connection.executemany(
            "UPDATE occurrence SET meta_uid_id = ? WHERE id = ?",
            [(self._uids[uid], id_) for uid, id_ in self._own_meta_uids],
        )
        for waiting in (rows, self._waiting_for, self._own_meta_uids):
            waiting.clear()

    def _write_instances(self, first_new_uid: int) -> Sequence[int | None]:
        """Write the instances that are not there yet; return that of each occurrence, None of a DICOMDIR."""
        series_ids, uids, numbers = zip(*self._waiting_for, strict=True)
        uid_ids = list(map(self._uids.__getitem__, uids))
        keys = list(zip(series_ids, uid_ids, strict=True))
        known = self._instances_of([uid_id for uid_id in uid_ids if uid_id < first_new_uid])
        first = self._next["instance"]
        instance_ids: Sequence[int | None] = range(first, first + len(keys))
        is_new = [True] * len(keys)
        if known or None in series_ids or 0 in uid_ids or len(set(keys)) < len(keys):  # as is seldom
            instance_ids, is_new = _found_or_new(keys, known, first)
        self._next["instance"] = first + sum(is_new)
        texts = map(storable_text, numbers)
        rows = compress(zip(series_ids, uid_ids, texts, strict=True), is_new)
        _NEW_INSTANCES.write(self._connection, list(chain.from_iterable(rows)))
        return instance_ids

    def _write_faults(self) -> None:
        """Write what is odd or wrong about the files, which is little."""
        self._connection.executemany(
            "INSERT INTO odd_field (occurrence_id, pattern_id, raw, count) VALUES (?, ?, ?, ?)",
            [(id_, self._patterns[pattern], raw, count) for id_, pattern, raw, count in self._odd_fields],
        )
        self._connection.executemany(
            "INSERT INTO fault (occurrence_id, rule, path, detail) VALUES (?, ?, ?, ?)", self._faults
        )
        self._odd_fields.clear()
        self._faults.clear()

    def _instances_of(self, uid_ids: Sequence[int]) -> dict[_Key, int]:
        """Return the ids of the instances that bear these UIDs, by series and UID."""
        rows = self._connection.execute(
            "SELECT series_id, uid_id, id FROM instance"
            " WHERE uid_id > 0 AND uid_id IN (SELECT value FROM json_each(?))",
            (json.dumps(uid_ids),),
        )
        return {(series_id, uid_id): id_ for series_id, uid_id, id_ in rows}

    def _learn(self, texts: set[str]) -> int:
        """Give each UID text an id, old or new; return the first of those that are new to the catalog."""
        # Sorted, since neighbours in the index lie on one page; and the same files make the same catalog.
        unknown = sorted(texts.difference(self._uids))
        first = self._next["uid"]
        self._uids.update(zip(unknown, range(first, first + len(unknown)), strict=True))
        written = _NEW_UIDS.write(self._connection, unknown)
        self._next["uid"] = first + written
        if written < len(unknown):
            self._uids.update(
                self._connection.execute(
                    "SELECT value, id FROM uid WHERE value IN (SELECT value FROM json_each(?))",
                    (json.dumps(unknown),),
                )
            )
        return first

    def _new_encoding(self, name: str) -> int:
        id_ = self._encodings[name] = self._next["encoding"]
        self._next["encoding"] = id_ + 1
        self._connection.execute("INSERT INTO encoding (id, name) VALUES (?, ?)", (id_, name))
        return id_

    def _first_free(self, table: str) -> int:
        query = f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}"  # noqa: S608 - our own table names
        return int(self._connection.execute(query).fetchone()[0])

    def _last_set(self, table: str) -> int:
        query = f"SELECT COALESCE(MAX(set_id), 0) FROM {table}"  # noqa: S608 - our own table names
        return int(self._connection.execute(query).fetchone()[0])


class _PatternIds(dict[str, int]):
    """The ids of element paths; one that was not met before is given the next, and written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection.execute("SELECT text, id FROM pattern"))
        self._connection = connection

    def __missing__(self, text: str) -> int:
        id_ = self[text] = len(self) + 1
        self._connection.execute("INSERT INTO pattern (id, text) VALUES (?, ?)", (id_, text))
        return id_


def _found_or_new(
    keys: Sequence[_Key], known: dict[_Key, int], first_new: int
) -> tuple[list[int | None], list[bool]]:
    """The instance of each key, and whether it is one that is not known yet; those get ids in turn."""
    instance_ids: list[int | None] = []
    is_new: list[bool] = []
    for key in keys:
        series_id, uid_id = key
        found = known.get(key) if uid_id else None
        is_new.append(found is None and series_id is not None)
        if is_new[-1]:
            found = known[key] = first_new
            first_new += 1
        instance_ids.append(found)
    return instance_ids, is_new


def _plain_field(uid: str) -> bytes:
    """The bytes of a UID as they stand in a file where nothing is odd about them."""
    return uid.encode("ascii") + b"\0" * (len(uid) % 2)


def _storable_profile(profile: tuple[str | None, ...]) -> tuple[str | None, ...]:
    return tuple([None if text is None else storable_text(text) for text in profile])


def _forget_oldest(remembered: dict[Any, Any], limit: int) -> None:
    if len(remembered) >= limit:
        for key in list(islice(remembered, limit // 4)):
            del remembered[key]
