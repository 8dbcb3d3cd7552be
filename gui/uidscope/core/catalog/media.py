"""DICOMDIRs and the files that were loaded from below their folders."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from uidscope.core.catalog.paths import FilePaths, file_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.transfer_syntaxes import transfer_syntaxes
from uidscope.core.read.record import IS_DICOMDIR


class Dicomdir(NamedTuple):
    """One loaded DICOMDIR; ``folder`` is where its file-set begins, absolute. Size and time tell changes."""

    occurrence_id: int
    path: str
    folder: str
    size: int
    modified_ns: int


class FileIdentity(NamedTuple):
    """What a file says that it holds; empty where it does not."""

    class_uid: str
    instance_uid: str
    transfer_syntax: str
    series_uid: str
    study_uid: str
    patient_id: str


def dicomdirs(catalog: Catalog) -> list[Dicomdir]:
    """Return the DICOMDIRs in the order loaded."""
    paths = file_paths(catalog)
    found = []
    for id_, folder_id, name, size, modified_ns in catalog.connection.execute(
        "SELECT id, folder_id, name, size, modified_ns FROM occurrence WHERE flags & ? ORDER BY id",
        (IS_DICOMDIR,),
    ):
        path = paths.absolute(folder_id, name)
        found.append(Dicomdir(id_, path, os.path.dirname(path), size, modified_ns))
    return found


def files_below(catalog: Catalog, tops: Iterable[str]) -> dict[str, dict[tuple[str, ...], int]]:
    """Return the objects loaded from below some folders: for each, occurrences by path as components."""
    found: dict[str, dict[tuple[str, ...], int]] = {top: {} for top in tops}
    paths = file_paths(catalog)
    places: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    for (folder_id,) in catalog.connection.execute("SELECT id FROM folder").fetchall():
        within = [place for place in _ancestors(paths, folder_id) if place[0] in found]
        if within:
            places[folder_id] = within
    for id_, folder_id, name in catalog.connection.execute(
        "SELECT id, folder_id, name FROM occurrence"
        " WHERE instance_id IS NOT NULL AND folder_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(places)),),
    ):
        for top, below in places[folder_id]:
            found[top][(*below, os.fsdecode(name))] = id_
    return found


def identities(catalog: Catalog, occurrence_ids: Iterable[int]) -> dict[int, FileIdentity]:
    """Return what some files say that they hold."""
    ids = list(occurrence_ids)
    syntaxes = transfer_syntaxes(catalog, ids)
    rows = catalog.connection.execute(
        """
        SELECT occurrence.id, class.value, uid.value, series_uid.value, study_uid.value, patient.patient_id
        FROM json_each(?) CROSS JOIN occurrence ON occurrence.id = json_each.value
        JOIN instance ON instance.id = occurrence.instance_id
        JOIN uid ON uid.id = instance.uid_id
        JOIN series ON series.id = instance.series_id
        JOIN uid AS series_uid ON series_uid.id = series.uid_id
        JOIN study ON study.id = series.study_id
        JOIN uid AS study_uid ON study_uid.id = study.uid_id
        JOIN patient ON patient.id = study.patient_id
        JOIN profile ON profile.id = occurrence.profile_id
        JOIN uid AS class ON class.id = profile.class_uid_id
        """,
        (json.dumps(ids),),
    )
    return {
        id_: FileIdentity(class_uid, uid, syntaxes.get(id_, ""), *entities)
        for id_, class_uid, uid, *entities in rows
    }


def _ancestors(paths: FilePaths, folder_id: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A folder and those above it, each with the way from there down to it."""
    folder = os.path.dirname(paths.absolute(folder_id, b"x"))
    below: tuple[str, ...] = ()
    while True:
        yield folder, below
        above, name = os.path.split(folder)
        if above == folder:
            return
        folder, below = above, (name, *below)
