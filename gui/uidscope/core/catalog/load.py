"""Records to rows: the one writer of a catalog."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from uidscope.core.catalog.entity_rows import EntityRows
from uidscope.core.catalog.schema import LATE_INDEXES
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.stored_values import storable_number, storable_text
from uidscope.core.catalog.value_sets import (
    ReferenceForm,
    ReferencePart,
    ReferenceSets,
    ValuePart,
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
    "pattern",
    "folder",
    "instance",
    "occurrence",
    "profile",
    "reference_form",
)


# An occurrence whose UIDs have no ids yet: series, SOP Instance UID, that of the file meta where it differs,
# Instance Number, and the row, which lacks the ids of the instance and of the meta UID.
_Waiting = tuple[int | None, str, str | None, str, list[object]]


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
        self._patterns: dict[str, int] = {
            text: id_ for id_, text in self._connection.execute("SELECT id, text FROM pattern")
        }
        self._encodings: dict[str, int] = {
            name: id_ for id_, name in self._connection.execute("SELECT id, name FROM encoding")
        }
        self._uids = {"": 0}
        self._profiles: dict[tuple[str | None, ...], tuple[int, int]] = {}
        self._folders: dict[tuple[int, str], int] = {}
        self._entities = EntityRows(self._connection)
        self._varying = VaryingAttributes()
        self._new_profiles: list[tuple[int, int | None, str]] = []
        self._new_profile_values: list[tuple[int, int, str]] = []
        self._value_sets = ValueSets(self._first_free_set("value_set_part"))
        self._reference_sets = ReferenceSets(
            self._first_free_set("reference_set_part"), self._next["reference_form"]
        )
        self._source_ids = [id_ for (id_,) in self._connection.execute("SELECT id FROM source ORDER BY id")]
        self._waiting: list[_Waiting] = []
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
        place = self._place
        waiting = self._waiting
        first = self._next["occurrence"]
        for record in records:
            place(record)
            if len(waiting) >= _RECORDS_AT_A_TIME:
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

    def _place(self, record: FileRecord) -> None:
        """Find a record's place in the tree and in the shared sets; what is new waits to be written."""
        # Workers may hand over plain tuples, which marshal carries, so nothing is asked by name.
        (
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
        ) = record
        id_ = self._next["occurrence"]
        self._next["occurrence"] = id_ + 1
        series_id: int | None
        if flags & IS_DICOMDIR:
            profile_id, series_id = self._new_profile(None, _storable_profile(profile)), None
            meta_uid = meta_uid or ""
            if uid and not any(pattern == "SOPInstanceUID" for pattern, _, _ in values):
                values = (*values, ("SOPInstanceUID", _plain_field(uid), 1))
        else:
            profile_id, series_id = self._profiles.get(profile) or self._new_place(profile)
            meta_uid = None if uid and meta_uid == uid else meta_uid or ""
        value_set_id, odd_fields = self._value_sets.place(series_id, values)
        if odd_fields:
            self._odd_fields += [(id_, *field) for field in odd_fields]
        if faults:
            self._faults += [(id_, rule, element, storable_text(detail)) for rule, element, detail in faults]
        folder, _, name = path.rpartition("/")
        row: list[object] = [
            id_,
            None,
            self._folders.get((source, folder)) or self._new_folder(source, folder),
            os.fsencode(name),
            size,
            modified_ns,
            storable_number(device),
            storable_number(inode),
            self._encodings.get(encoding) or self._new_encoding(encoding),
            flags,
            profile_id,
            value_set_id,
            self._reference_sets.place(references),
            None,
        ]
        self._waiting.append((series_id, uid, meta_uid, instance_number, row))

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
        self._new_profile_values += [
            (id_, attribute, text) for attribute, text in enumerate(texts) if text is not None
        ]
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
        values, bases = self._value_sets.take_new_rows()
        references, forms = self._reference_sets.take_new_rows()
        new_uids = self._learn(self._uids_waiting(values, references, forms))
        self._entities.write(self._uids)
        self._write_profiles()
        self._write_value_sets(values, bases)
        self._write_reference_sets(references, forms)
        self._write_occurrences(new_uids)
        self._write_faults()
        if len(self._uids) > _UIDS_REMEMBERED:
            self._uids = {"": 0}

    def _uids_waiting(
        self, values: list[ValuePart], references: list[ReferencePart], forms: list[ReferenceForm]
    ) -> set[str]:
        """Return every UID text that the rows to be written name."""
        texts = {text for _, _, text, _ in values}
        texts.update([uid for _, _, uid, _ in references])
        for _, _, _, class_uid, series_uid, study_uid, _ in forms:
            texts.update((class_uid, series_uid, study_uid))
        for _, uid, meta_uid, _, _ in self._waiting:
            texts.add(uid)
            if meta_uid is not None:
                texts.add(meta_uid)
        texts.update([class_uid for _, _, class_uid in self._new_profiles])
        texts.update(self._entities.new_uids())
        return texts

    def _write_profiles(self) -> None:
        self._connection.executemany(
            "INSERT INTO profile (id, series_id, class_uid_id) VALUES (?, ?, ?)",
            [(id_, series_id, self._uids[class_uid]) for id_, series_id, class_uid in self._new_profiles],
        )
        self._connection.executemany(
            "INSERT INTO profile_value (profile_id, attribute, value) VALUES (?, ?, ?)",
            self._new_profile_values,
        )
        self._new_profiles.clear()
        self._new_profile_values.clear()

    def _write_value_sets(self, parts: list[ValuePart], bases: list[tuple[int, int]]) -> None:
        ids, pattern_id = self._uids, self._pattern_id
        self._connection.executemany(
            "INSERT INTO value_set_part (set_id, pattern_id, uid_id, count) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET count = count + excluded.count",
            [(set_id, pattern_id(pattern), ids[text], count) for set_id, pattern, text, count in parts],
        )
        self._connection.executemany("INSERT INTO value_set (id, base_id) VALUES (?, ?)", bases)

    def _write_reference_sets(self, parts: list[ReferencePart], forms: list[ReferenceForm]) -> None:
        ids, pattern_id = self._uids, self._pattern_id
        self._connection.executemany(
            "INSERT INTO reference_form"
            " (id, pattern_id, kind, class_uid_id, series_uid_id, study_uid_id, purpose)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (id_, pattern_id(pattern), kind, ids[class_uid], ids[series_uid], ids[study_uid], purpose)
                for id_, pattern, kind, class_uid, series_uid, study_uid, purpose in forms
            ],
        )
        self._connection.executemany(
            "INSERT INTO reference_set_part (set_id, form_id, uid_id, count) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET count = count + excluded.count",
            [(set_id, form, ids[uid], count) for set_id, form, uid, count in parts],
        )

    def _write_occurrences(self, new_uids: set[str]) -> None:
        """Write the occurrences that wait, and the instances that are not there yet."""
        ids = self._uids
        known = self._instances_of({uid for _, uid, _, _, _ in self._waiting} - new_uids)
        instances: list[tuple[int, int, int, str]] = []
        first = free = self._next["instance"]
        for series_id, uid, meta_uid, number, row in self._waiting:
            if meta_uid is not None:
                row[-1] = ids[meta_uid]
            if series_id is None:
                continue
            instance_id = known.get((series_id, uid)) if uid else None
            if instance_id is None:
                instance_id = known[series_id, uid] = free
                free += 1
                instances.append((instance_id, series_id, ids[uid], storable_text(number)))
            row[1] = instance_id
        self._next["instance"] = first + len(instances)
        self._connection.executemany(
            "INSERT INTO instance (id, series_id, uid_id, number) VALUES (?, ?, ?, ?)", instances
        )
        self._connection.executemany(
            "INSERT INTO occurrence (id, instance_id, folder_id, name, size, modified_ns, device, inode,"
            " encoding_id, flags, profile_id, value_set_id, reference_set_id, meta_uid_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [row for *_, row in self._waiting],
        )
        self._waiting.clear()

    def _write_faults(self) -> None:
        """Write what is odd or wrong about the files, which is little."""
        self._connection.executemany(
            "INSERT INTO odd_field (occurrence_id, pattern_id, raw, count) VALUES (?, ?, ?, ?)",
            [(id_, self._pattern_id(pattern), raw, count) for id_, pattern, raw, count in self._odd_fields],
        )
        self._connection.executemany(
            "INSERT INTO fault (occurrence_id, rule, path, detail) VALUES (?, ?, ?, ?)", self._faults
        )
        self._odd_fields.clear()
        self._faults.clear()

    def _instances_of(self, uids: set[str]) -> dict[tuple[int, str], int]:
        """Return the ids of the instances that bear these UIDs, by series and UID."""
        names = {self._uids[uid]: uid for uid in uids if uid}
        rows = self._connection.execute(
            "SELECT series_id, uid_id, id FROM instance WHERE uid_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(names)),),
        )
        return {(series_id, names[uid_id]): id_ for series_id, uid_id, id_ in rows}

    def _learn(self, texts: set[str]) -> set[str]:
        """Give each UID text an id, old or new; return those that are new to the catalog."""
        # Sorted, since neighbours in the index lie on one page; and the same files make the same catalog.
        unknown = sorted([text for text in texts if text not in self._uids])
        first = self._next["uid"]
        self._next["uid"] = first + len(unknown)
        self._uids.update(zip(unknown, range(first, first + len(unknown)), strict=True))
        written = self._connection.executemany(
            "INSERT OR IGNORE INTO uid (id, value) VALUES (?, ?)", enumerate(unknown, first)
        ).rowcount
        if written == len(unknown):
            return set(unknown)
        self._uids.update(
            self._connection.execute(
                "SELECT value, id FROM uid WHERE value IN (SELECT value FROM json_each(?))",
                (json.dumps(unknown),),
            )
        )
        return {text for text in unknown if self._uids[text] >= first}

    def _pattern_id(self, text: str) -> int:
        id_ = self._patterns.get(text)
        if id_ is None:
            id_ = self._patterns[text] = self._next["pattern"]
            self._next["pattern"] = id_ + 1
            self._connection.execute("INSERT INTO pattern (id, text) VALUES (?, ?)", (id_, text))
        return id_

    def _new_encoding(self, name: str) -> int:
        id_ = self._encodings[name] = self._next["encoding"]
        self._next["encoding"] = id_ + 1
        self._connection.execute("INSERT INTO encoding (id, name) VALUES (?, ?)", (id_, name))
        return id_

    def _first_free(self, table: str) -> int:
        query = f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}"  # noqa: S608 - our own table names
        return int(self._connection.execute(query).fetchone()[0])

    def _first_free_set(self, table: str) -> int:
        query = f"SELECT COALESCE(MAX(set_id), 0) + 1 FROM {table}"  # noqa: S608 - our own table names
        return int(self._connection.execute(query).fetchone()[0])


def _plain_field(uid: str) -> bytes:
    """The bytes of a UID as they stand in a file where nothing is odd about them."""
    return uid.encode("ascii") + b"\0" * (len(uid) % 2)


def _storable_profile(profile: tuple[str | None, ...]) -> tuple[str | None, ...]:
    return tuple([None if text is None else storable_text(text) for text in profile])


def _forget_oldest(remembered: dict[Any, Any], limit: int) -> None:
    if len(remembered) >= limit:
        for key in list(islice(remembered, limit // 4)):
            del remembered[key]
