"""The rows of patients, studies and series that a profile belongs to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from uidscope.core.read.attributes import PROFILE_INDEX

Profile = tuple[str | None, ...]
Key = tuple[int | str, ...]
Facts = tuple[str, ...]

_ENTITIES_REMEMBERED: Final = 20_000

_STUDY_FACTS: Final = ("StudyDate", "StudyDescription", "StudyID", "AccessionNumber")
_SERIES_FACTS: Final = ("Modality", "SeriesNumber", "SeriesDescription", "SeriesDate")

_PATIENT_BY_ID: Final = "SELECT id, name, birth_date FROM patient WHERE patient_id = ? AND issuer = ?"
_PATIENT_BY_NAME: Final = (
    "SELECT id, name, birth_date FROM patient"
    " WHERE patient_id = '' AND issuer = '' AND name = ? AND birth_date = ?"
)
_STUDY: Final = (
    "SELECT study.id, date, description, study.study_id, accession FROM uid"
    " JOIN study ON study.uid_id = uid.id WHERE patient_id = ? AND uid.value = ?"
)
_SERIES: Final = (
    "SELECT series.id, modality, number, description, date FROM uid"
    " JOIN series ON series.uid_id = uid.id WHERE study_id = ? AND uid.value = ?"
)


@dataclass(slots=True)
class _Entity:
    """A row; ``identity`` is what it is known by: a patient's ID and issuer, else parent and UID text."""

    id: int
    identity: Key
    facts: Facts
    is_new: bool


class _EntityTable:
    """The entities of one kind that were met lately, and what of them is not yet written.

    A fact that was empty where an entity was first met is filled in by a later object that states it.
    """

    def __init__(self, connection: sqlite3.Connection, name: str, insert: str, fill: str) -> None:
        self._connection = connection
        self._insert = insert
        self._fill = fill
        query = f"SELECT COALESCE(MAX(id), 0) + 1 FROM {name}"  # noqa: S608 - our own names
        self._next: int = connection.execute(query).fetchone()[0]
        self._known: dict[tuple[str, Key], _Entity] = {}
        self.new: list[_Entity] = []
        self._filled: dict[int, _Entity] = {}

    def entity(self, find: str, key: Key, identity: Key, facts: Facts, *, surely_new: bool) -> _Entity:
        """Return the entity that ``find`` finds by ``key``, or a new one that waits to be written."""
        entity = self._known.get((find, key))
        if entity is None:
            found = None if surely_new else self._connection.execute(find, key).fetchone()
            if found is None:
                entity = _Entity(self._next, identity, facts, is_new=True)
                self._next += 1
                self.new.append(entity)
            else:
                entity = _Entity(found[0], identity, tuple(found[1:]), is_new=False)
            self._known[find, key] = entity
        if entity.facts != facts and "" in entity.facts:
            entity.facts = tuple([old or new for old, new in zip(entity.facts, facts, strict=True)])
            if not entity.is_new:
                self._filled[entity.id] = entity
        return entity

    def write(self, rows: list[tuple[int | str, ...]]) -> None:
        """Write the rows of ``new``, made by the caller, and the facts filled in."""
        self._connection.executemany(self._insert, rows)
        self._connection.executemany(
            self._fill, [(*known.facts, known.id) for known in self._filled.values()]
        )
        for entity in self.new:
            entity.is_new = False
        self.new.clear()
        self._filled.clear()
        if len(self._known) > _ENTITIES_REMEMBERED:
            self._known.clear()


class EntityRows:
    """Finds the rows of an object's patient, study and series, and adds those that are not there.

    New rows wait until ``write``; ``new_uids`` are the UIDs that must have ids by then.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._patients = _EntityTable(
            connection,
            "patient",
            "INSERT INTO patient (id, patient_id, issuer, name, birth_date) VALUES (?, ?, ?, ?, ?)",
            "UPDATE patient SET name = ?, birth_date = ? WHERE id = ?",
        )
        self._studies = _EntityTable(
            connection,
            "study",
            "INSERT INTO study (id, patient_id, uid_id, date, description, study_id, accession)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            "UPDATE study SET date = ?, description = ?, study_id = ?, accession = ? WHERE id = ?",
        )
        self._series = _EntityTable(
            connection,
            "series",
            "INSERT INTO series (id, study_id, uid_id, modality, number, description, date)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            "UPDATE series SET modality = ?, number = ?, description = ?, date = ? WHERE id = ?",
        )

    def series_of(self, profile: Profile) -> int:
        """Return the id of the series that an object with this profile stands in."""
        patient = self._patient(profile)
        key = (patient.id, _fact(profile, "StudyInstanceUID").strip("\0 "))
        facts = tuple([_fact(profile, keyword) for keyword in _STUDY_FACTS])
        study = self._studies.entity(_STUDY, key, key, facts, surely_new=patient.is_new)
        key = (study.id, _fact(profile, "SeriesInstanceUID").strip("\0 "))
        facts = tuple([_fact(profile, keyword) for keyword in _SERIES_FACTS])
        return self._series.entity(_SERIES, key, key, facts, surely_new=study.is_new).id

    def new_uids(self) -> Iterator[str]:
        """Give the UIDs of the studies and series that wait to be written."""
        for table in (self._studies, self._series):
            for entity in table.new:
                yield str(entity.identity[1])

    def write(self, uid_ids: Mapping[str, int]) -> None:
        """Write what waits."""
        self._patients.write([(new.id, *new.identity, *new.facts) for new in self._patients.new])
        for table in (self._studies, self._series):
            table.write(
                [(new.id, new.identity[0], uid_ids[str(new.identity[1])], *new.facts) for new in table.new]
            )

    def _patient(self, profile: Profile) -> _Entity:
        """By ID and issuer, by name and birth date where there is no ID."""
        patient_id = _fact(profile, "PatientID")
        facts = (_fact(profile, "PatientName"), _fact(profile, "PatientBirthDate"))
        if patient_id:
            key: Key = (patient_id, _fact(profile, "IssuerOfPatientID"))
            return self._patients.entity(_PATIENT_BY_ID, key, key, facts, surely_new=False)
        return self._patients.entity(_PATIENT_BY_NAME, facts, ("", ""), facts, surely_new=False)


def _fact(profile: Profile, keyword: str) -> str:
    return profile[PROFILE_INDEX[keyword]] or ""
