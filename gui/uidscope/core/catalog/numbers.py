"""The questions about numbers that people give: Series and Instance Numbers, Accession Numbers, Study IDs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from uidscope.core.catalog.store import Catalog


class NumberedInstance(NamedTuple):
    """One file of an instance whose number another instance of its series has too."""

    number: str
    instance_id: int
    occurrence_id: int
    profile_id: int


class SharedNumbers(NamedTuple):
    """A series (UID and text) in which instances share numbers, and their files."""

    series_uid: str
    instances: tuple[NumberedInstance, ...]


class SharedSeriesNumbers(NamedTuple):
    """A study in which series share numbers: these numbers, and the ids of the UIDs of these series."""

    study_uid: str
    numbers: tuple[str, ...]
    series_uid_ids: tuple[int, ...]


class SharedRequest(NamedTuple):
    """An Accession Number and Study ID that several studies have: the ids and texts of their UIDs."""

    accession: str
    study_id: str
    studies: tuple[tuple[int, str], ...]


def shared_instance_numbers(catalog: Catalog) -> Iterator[SharedNumbers]:
    """Yield the series in which two instances have one Instance Number."""
    rows = catalog.connection.execute(
        """
        WITH suspect AS MATERIALIZED (
            SELECT series_id FROM instance WHERE number <> ''
            GROUP BY series_id HAVING COUNT(*) > COUNT(DISTINCT number)),
        shared AS MATERIALIZED (
            SELECT series_id, number FROM suspect JOIN instance USING (series_id) WHERE number <> ''
            GROUP BY series_id, number HAVING COUNT(*) > 1)
        SELECT uid.value, shared.number, instance.id, occurrence.id, profile_id
        FROM shared JOIN series ON series.id = shared.series_id JOIN uid ON uid.id = series.uid_id
        JOIN instance ON instance.series_id = shared.series_id AND instance.number = shared.number
        JOIN occurrence ON occurrence.instance_id = instance.id
        WHERE series.uid_id > 0 ORDER BY series.uid_id, occurrence.id
        """
    )
    for uid, members in groupby(rows, itemgetter(0)):
        yield SharedNumbers(uid, tuple(NumberedInstance(*row[1:]) for row in members))


def shared_series_numbers(catalog: Catalog) -> Iterator[SharedSeriesNumbers]:
    """Yield the studies in which two series have one Series Number."""
    rows = catalog.connection.execute(
        """
        WITH shared AS MATERIALIZED (
            SELECT study.uid_id AS study, number FROM series JOIN study ON study.id = series.study_id
            WHERE number <> '' AND study.uid_id > 0 AND series.uid_id > 0
            GROUP BY study.uid_id, number HAVING COUNT(DISTINCT series.uid_id) > 1)
        SELECT uid.value, series.number, series.uid_id
        FROM shared JOIN study ON study.uid_id = shared.study
        JOIN series ON series.study_id = study.id AND series.number = shared.number
        JOIN uid ON uid.id = study.uid_id
        WHERE series.uid_id > 0 ORDER BY study.uid_id, series.number
        """
    )
    for uid, members in groupby(rows, itemgetter(0)):
        shared = list(members)
        yield SharedSeriesNumbers(
            uid,
            tuple(dict.fromkeys(number for _, number, _ in shared)),
            tuple(dict.fromkeys(series for _, _, series in shared)),
        )


def shared_requests(catalog: Catalog) -> Iterator[SharedRequest]:
    """Yield each Accession Number with Study ID, both given, that several studies have."""
    rows = catalog.connection.execute(
        """
        WITH shared AS MATERIALIZED (
            SELECT accession, study_id FROM study WHERE accession <> '' AND study_id <> '' AND uid_id > 0
            GROUP BY accession, study_id HAVING COUNT(DISTINCT uid_id) > 1)
        SELECT DISTINCT study.accession, study.study_id, uid.id, uid.value
        FROM shared JOIN study USING (accession, study_id) JOIN uid ON uid.id = study.uid_id
        WHERE study.uid_id > 0 ORDER BY 1, 2, 4
        """
    )
    for (accession, study_id), members in groupby(rows, itemgetter(0, 1)):
        yield SharedRequest(accession, study_id, tuple((id_, uid) for _, _, id_, uid in members))
