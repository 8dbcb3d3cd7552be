"""The rows of patients, studies and series that a profile belongs to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from uidscope.core.read.attributes import PROFILE_INDEX

Profile = tuple[str | None, ...]


class EntityRows:
    """Finds the rows of an object's patient, study and series, and adds those that are not there.

    A fact that was empty where an entity was first met is filled in by a later object that states it.
    """

    def __init__(self, connection: sqlite3.Connection, uid_id: Callable[[str], int]) -> None:
        self._connection = connection
        self._uid_id = uid_id

    def series_of(self, profile: Profile) -> int:
        """Return the id of the series that an object with this profile stands in."""
        return self._series(self._study(self._patient(profile), profile), profile)

    def _patient(self, profile: Profile) -> int:
        issuer, patient_id = _fact(profile, "IssuerOfPatientID"), _fact(profile, "PatientID")
        name, birth_date = _fact(profile, "PatientName"), _fact(profile, "PatientBirthDate")
        if patient_id:
            found = self._connection.execute(
                "SELECT id FROM patient WHERE patient_id = ? AND issuer = ?", (patient_id, issuer)
            )
        else:
            issuer = ""
            found = self._connection.execute(
                "SELECT id FROM patient WHERE patient_id = '' AND name = ? AND birth_date = ?",
                (name, birth_date),
            )
        facts = {"issuer": issuer, "patient_id": patient_id, "name": name, "birth_date": birth_date}
        return self._row("patient", found.fetchone(), {}, facts)

    def _study(self, patient: int, profile: Profile) -> int:
        uid_id = self._uid_id(_uid(profile, "StudyInstanceUID"))
        found = self._connection.execute(
            "SELECT id FROM study WHERE uid_id = ? AND patient_id = ?", (uid_id, patient)
        )
        facts = {
            "date": _fact(profile, "StudyDate"),
            "description": _fact(profile, "StudyDescription"),
            "study_id": _fact(profile, "StudyID"),
            "accession": _fact(profile, "AccessionNumber"),
        }
        return self._row("study", found.fetchone(), {"patient_id": patient, "uid_id": uid_id}, facts)

    def _series(self, study: int, profile: Profile) -> int:
        uid_id = self._uid_id(_uid(profile, "SeriesInstanceUID"))
        found = self._connection.execute(
            "SELECT id FROM series WHERE uid_id = ? AND study_id = ?", (uid_id, study)
        )
        facts = {
            "modality": _fact(profile, "Modality"),
            "number": _fact(profile, "SeriesNumber"),
            "description": _fact(profile, "SeriesDescription"),
            "date": _fact(profile, "SeriesDate"),
        }
        return self._row("series", found.fetchone(), {"study_id": study, "uid_id": uid_id}, facts)

    def _row(self, table: str, found: tuple[int] | None, keys: dict[str, int], facts: dict[str, str]) -> int:
        """Fill in the row found, or add one; return its id."""
        if found is not None:
            filled = ", ".join(f"{column} = iif({column} = '', :{column}, {column})" for column in facts)
            self._connection.execute(
                f"UPDATE {table} SET {filled} WHERE id = :id",  # noqa: S608 - our own names
                {**facts, "id": found[0]},
            )
            return found[0]
        columns = {**keys, **facts}
        names, places = ", ".join(columns), ", ".join(f":{column}" for column in columns)
        cursor = self._connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608 - our own names
            columns,
        )
        return int(cursor.lastrowid or 0)


def _fact(profile: Profile, keyword: str) -> str:
    return profile[PROFILE_INDEX[keyword]] or ""


def _uid(profile: Profile, keyword: str) -> str:
    return _fact(profile, keyword).strip("\0 ")
