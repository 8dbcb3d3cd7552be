"""Where instances stand, study by study and by UID: what a comparison of two catalogs asks.

Orders are those of the UIDs' texts, so that two catalogs can be gone through side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from uidscope.core.catalog.store import Catalog


class InstancePlace(NamedTuple):
    """An instance in one series of one study, with the files that hold it there."""

    study_uid: str
    series_uid: str
    uid: str
    class_uid: str
    occurrences: tuple[int, ...]


class StudyHeading(NamedTuple):
    """What the first file of a study says of it."""

    date: str
    description: str


def study_uids(catalog: Catalog) -> list[str]:
    """Return the Study Instance UIDs in the order of their texts; '' where objects have none."""
    rows = catalog.connection.execute(
        "SELECT DISTINCT uid.value FROM study JOIN uid ON uid.id = study.uid_id ORDER BY uid.value"
    )
    return [uid for (uid,) in rows]


def study_heading(catalog: Catalog, study_uid: str) -> StudyHeading | None:
    """Return date and description of a study, None where it is not there."""
    row = catalog.connection.execute(
        "SELECT date, description FROM study JOIN uid ON uid.id = study.uid_id WHERE uid.value = ?"
        " ORDER BY study.id LIMIT 1",
        (study_uid,),
    ).fetchone()
    return None if row is None else StudyHeading(*row)


def instances_in_study(catalog: Catalog, study_uid: str) -> list[InstancePlace]:
    """Return the instances of a study by series and UID; objects without SOP Instance UID are left out."""
    rows = catalog.connection.execute(
        f"{_FROM_THE_STUDY} WHERE study_uid.value = ? AND instance.uid_id > 0", (study_uid,)
    )
    return list(_places(rows))


def places_of(catalog: Catalog, uid: str) -> list[InstancePlace]:
    """Return every place where an instance of this UID stands, by study and series."""
    return list(_places(catalog.connection.execute(f"{_FROM_THE_INSTANCE} WHERE own.value = ?", (uid,))))


def instances_without_uid(catalog: Catalog) -> list[InstancePlace]:
    """Return the objects without SOP Instance UID, each a place of its own."""
    rows = catalog.connection.execute(f"{_FROM_THE_INSTANCE} WHERE own.id = 0")
    return [
        InstancePlace(study_uid, series_uid, uid, class_uid, (id_,))
        for study_uid, series_uid, uid, class_uid, id_ in sorted(rows)
    ]


def instance_count(catalog: Catalog) -> int:
    """Return how many instances stand in the tree, one in two series twice."""
    (number,) = catalog.connection.execute("SELECT COUNT(*) FROM instance").fetchone()
    return int(number)


_COLUMNS: Final = "SELECT study_uid.value, series_uid.value, own.value, class.value, occurrence.id"
_OCCURRENCES: Final = """
CROSS JOIN occurrence ON occurrence.instance_id = instance.id
CROSS JOIN profile ON profile.id = occurrence.profile_id
CROSS JOIN uid AS class ON class.id = profile.class_uid_id
CROSS JOIN uid AS series_uid ON series_uid.id = series.uid_id
"""
# The order of the tables is meant: from the one UID that is asked for, by index, to the rest.
_FROM_THE_STUDY: Final = f"""
{_COLUMNS} FROM uid AS study_uid
CROSS JOIN study ON study.uid_id = study_uid.id
CROSS JOIN series ON series.study_id = study.id
CROSS JOIN instance ON instance.series_id = series.id
CROSS JOIN uid AS own ON own.id = instance.uid_id
{_OCCURRENCES}
"""
_FROM_THE_INSTANCE: Final = f"""
{_COLUMNS} FROM uid AS own
CROSS JOIN instance ON instance.uid_id = own.id
CROSS JOIN series ON series.id = instance.series_id
CROSS JOIN study ON study.id = series.study_id
CROSS JOIN uid AS study_uid ON study_uid.id = study.uid_id
{_OCCURRENCES}
"""


def _places(rows: Iterable[tuple[str, str, str, str, int]]) -> Iterator[InstancePlace]:
    for (study_uid, series_uid, uid), members in groupby(sorted(rows), key=itemgetter(0, 1, 2)):
        files = sorted((id_, class_uid) for *_, class_uid, id_ in members)
        yield InstancePlace(study_uid, series_uid, uid, files[0][1], tuple(id_ for id_, _ in files))
