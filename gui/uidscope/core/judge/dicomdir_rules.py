"""ENT-56 and ENT-58: the records of a DICOMDIR against the files that they name.

Records are hints: a name is looked up among the names below the folder of the DICOMDIR, never opened.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from uidscope.core.catalog.finding import Finding, Level
from uidscope.core.catalog.media import Dicomdir, FileIdentity, dicomdirs, files_below, identities
from uidscope.core.errors import InputError
from uidscope.core.judge.comparable_values import comparable
from uidscope.core.judge.element_path import leaf
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule
from uidscope.core.read.byte_window import open_window

if TYPE_CHECKING:
    from uidscope.core.read.dicomdir import DirectoryRecord, EntityRecord

_RECORDS: Final = "DirectoryRecordSequence[]."
_COMPARED: Final = (
    (f"{_RECORDS}ReferencedSOPClassUIDInFile", "class_uid"),
    (f"{_RECORDS}ReferencedSOPInstanceUIDInFile", "instance_uid"),
    (f"{_RECORDS}ReferencedTransferSyntaxUIDInFile", "transfer_syntax"),
)
_OF_ENTITIES: Final[dict[Level, tuple[str, str]]] = {
    "patient": ("PatientID", "patient_id"),
    "study": ("StudyInstanceUID", "study_uid"),
    "series": ("SeriesInstanceUID", "series_uid"),
}
_FILE_ID: Final = f"{_RECORDS}ReferencedFileID"
_EXAMPLES: Final = 5
_VERSION: Final = re.compile(r";[0-9]+\Z")

FileId = tuple[str, ...]


class _Difference(NamedTuple):
    """What the records of DICOMDIRs say of one file, where it is not what the file says."""

    file_id: FileId
    dicomdirs: set[int]
    elements: dict[str, tuple[str, str]]  # path -> in the record, in the file


class _Misplaced(NamedTuple):
    """What a record of a patient, study or series says, and what files below it hold instead."""

    record: EntityRecord
    held: str


class _Below(NamedTuple):
    """The files below such a record, and the DICOMDIRs; the first file's name there."""

    file_id: FileId
    dicomdirs: set[int]
    occurrences: set[int]


def records_against_files(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-56 and ENT-58.

    ENT-56 comes once for each file that its own record does not fit, and once for what a record of a
    patient, study or series says and the files below it hold instead; ENT-58 once for each DICOMDIR.
    """
    catalog = inquiry.catalog
    directories = dicomdirs(catalog)
    below = files_below(catalog, {each.folder for each in directories}) if directories else {}
    by_folded = {folder: _by_folded_path(files) for folder, files in below.items()}
    differences: dict[int, _Difference] = {}
    misplaced: dict[_Misplaced, _Below] = {}
    for directory in directories:
        files, folded = below[directory.folder], by_folded[directory.folder]
        named: dict[DirectoryRecord, list[int]] = {}
        missing: dict[FileId, None] = {}
        medium = _Medium(directory.folder)
        for record in _records(inquiry, directory):
            exact = files.get(record.file_id)
            found = folded.get(_folded_path(record.file_id), []) if exact is None else [exact]
            if found:
                named[record] = found
            elif not medium.may_hold(record.file_id):
                missing[record.file_id] = None
        _compare(inquiry, directory, named, differences, misplaced)
        if missing:
            yield _missing_files(directory, list(missing))
    known = identities(catalog, differences)
    for occurrence_id, difference in sorted(differences.items()):
        yield _differing_file(occurrence_id, known[occurrence_id], difference)
    for entity, misplaced_files in misplaced.items():
        yield _differing_entity(entity, misplaced_files)


def _records(inquiry: Inquiry, directory: Dicomdir) -> Iterator[DirectoryRecord]:
    """The records of a DICOMDIR; none where it has gone, or is no longer the one that was scanned."""
    from uidscope.core.read.dicomdir import directory_records  # noqa: PLC0415 - few folders hold one

    try:
        status = os.stat(directory.path)
        if (status.st_size, status.st_mtime_ns) != (directory.size, directory.modified_ns):
            return
        with open_window(directory.path, follow_links=True) as window:
            for record in directory_records(window):
                inquiry.cancel.raise_if_cancelled()
                yield record
    except (OSError, InputError):
        return


def _compare(
    inquiry: Inquiry,
    directory: Dicomdir,
    named: dict[DirectoryRecord, list[int]],
    differences: dict[int, _Difference],
    misplaced: dict[_Misplaced, _Below],
) -> None:
    known = identities(inquiry.catalog, {id_ for ids in named.values() for id_ in ids})
    for record, ids in named.items():
        # Where several names differ in case alone, the record may mean any of them.
        differing = [(id_, elements) for id_ in ids if (elements := _different(record, known[id_]))]
        if len(differing) < len(ids):
            agreeing = [id_ for id_ in ids if id_ not in dict(differing)]
            for record_above, held in _elsewhere(record, [known[id_] for id_ in agreeing]):
                nothing_yet = _Below(record.file_id, set(), set())
                below = misplaced.setdefault(_Misplaced(record_above, held), nothing_yet)
                below.dicomdirs.add(directory.occurrence_id)
                below.occurrences.add(agreeing[0])
            continue
        occurrence_id, elements = differing[0]
        difference = differences.setdefault(occurrence_id, _Difference(record.file_id, set(), {}))
        difference.dicomdirs.add(directory.occurrence_id)
        for path, values in elements.items():
            difference.elements.setdefault(path, values)


def _different(record: DirectoryRecord, file: FileIdentity) -> dict[str, tuple[str, str]]:
    """The elements in which both say something, and not the same."""
    pairs = {path: (getattr(record, name), getattr(file, name)) for path, name in _COMPARED}
    return {path: (said, held) for path, (said, held) in pairs.items() if said and held and said != held}


def _elsewhere(record: DirectoryRecord, files: list[FileIdentity]) -> Iterator[tuple[EntityRecord, str]]:
    """The records above that none of the files belongs to, and where the first says that it does."""
    for above in record.above:
        held = [getattr(file, _OF_ENTITIES[above.level][1]) for file in files]
        if above.value and all(held) and not any(_same(above.value, value) for value in held):
            yield above, held[0]


def _same(one: str, other: str) -> bool:
    return len(set(comparable((one, other), "LO").values())) == 1


def _differing_entity(entity: _Misplaced, files: _Below) -> Finding:
    keyword, _ = _OF_ENTITIES[entity.record.level]
    return rule("ENT-56").finding(
        entity.record.level,
        entity.held,
        tuple(sorted(files.dicomdirs | files.occurrences)),
        attribute=keyword,
        path=f"{_RECORDS}{keyword}",
        facts={
            "file_id": "/".join(files.file_id),
            "elements": (keyword,),
            "record": (entity.record.value,),
            "file": (entity.held,),
            "more": len(files.occurrences) - 1,
        },
    )


def _differing_file(occurrence_id: int, file: FileIdentity, difference: _Difference) -> Finding:
    path = next(iter(difference.elements))
    return rule("ENT-56").finding(
        "instance",
        file.instance_uid,
        tuple(sorted({occurrence_id, *difference.dicomdirs})),
        attribute=leaf(path),
        path=path,
        facts={
            "file_id": "/".join(difference.file_id),
            "elements": tuple(leaf(each) for each in difference.elements),
            "record": tuple(said for said, _ in difference.elements.values()),
            "file": tuple(held for _, held in difference.elements.values()),
        },
    )


def _missing_files(directory: Dicomdir, missing: list[FileId]) -> Finding:
    return rule("ENT-58").finding(
        "file",
        "",
        (directory.occurrence_id,),
        attribute=leaf(_FILE_ID),
        path=_FILE_ID,
        facts={
            "missing": len(missing),
            "examples": tuple("/".join(file_id) for file_id in missing[:_EXAMPLES]),
        },
    )


def _folded_path(path: FileId) -> FileId:
    return tuple(_folded(component) for component in path)


def _folded(name: str) -> str:
    """A name as media compare them: any case, no dot at the end, no version number (ISO 9660)."""
    return _VERSION.sub("", name).rstrip(".").casefold()


def _by_folded_path(files: dict[FileId, int]) -> dict[FileId, list[int]]:
    folded: dict[FileId, list[int]] = {}
    for path, occurrence_id in files.items():
        folded.setdefault(_folded_path(path), []).append(occurrence_id)
    return folded


class _Medium:
    """The names below one folder, looked at as far as they are asked for; links are not followed."""

    def __init__(self, folder: str) -> None:
        self._listed: dict[str, dict[str, list[os.DirEntry[str]]] | None] = {}
        self._top = folder

    def may_hold(self, path: FileId) -> bool:
        """Whether there is a file of this path, or a folder or link on the way to it is not looked into."""
        folders = [self._top]
        for component in path[:-1]:
            entries = self._entries(folders, component)
            if entries is None:
                return True
            if any(entry.is_symlink() for entry in entries):
                return True
            folders = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        entries = self._entries(folders, path[-1])
        return entries is None or any(not entry.is_dir(follow_symlinks=False) for entry in entries)

    def _entries(self, folders: list[str], name: str) -> list[os.DirEntry[str]] | None:
        """The entries of some folders that bear a name; None where one of them cannot be listed."""
        found: list[os.DirEntry[str]] = []
        for folder in folders:
            listed = self._names(folder)
            if listed is None:
                return None
            found += listed.get(_folded(name), [])
        return found

    def _names(self, folder: str) -> dict[str, list[os.DirEntry[str]]] | None:
        if folder not in self._listed:
            names: dict[str, list[os.DirEntry[str]]] = {}
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        names.setdefault(_folded(entry.name), []).append(entry)
                self._listed[folder] = names
            except OSError:
                self._listed[folder] = None
        return self._listed[folder]


CHECKS: Final = (Check(("ENT-56", "ENT-58"), records_against_files),)
