"""What a report calls patients, files and folders: as the files do, or, on request, by numbers.

Masked are patient names and IDs, wherever they stand, and every name of a file or folder, since those are
often made of them. Descriptions, accession numbers and other free text are left out for the same reason.
UIDs, dates and devices stay: a masked report is not de-identified.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Mapping
from typing import Final

from uidscope.core.catalog.finding import FactValue
from uidscope.core.catalog.findings import KeptFinding
from uidscope.core.catalog.lookup import not_loaded
from uidscope.core.catalog.paths import file_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import PatientRow
from uidscope.core.report.patient_numbers import PatientNumbers, Person

# Rules whose facts are Patient IDs, and facts that are names of files or text that anybody may have typed.
_ABOUT_PATIENTS: Final = ("ENT-11", "ENT-12", "ENT-22")
_LEFT_OUT: Final = {
    "ENT-15": ("values",),
    "ENT-16": ("values",),
    "ENT-56": ("file_id",),
    "ENT-58": ("examples",),
    "ENT-60": ("accessions", "study_id"),
}
MASKED: Final = "(masked)"

# A shorter name or ID in a text is more often something else.
_SHORTEST_IN_TEXT: Final = 3


class ShownNames:
    """Everything by the name that the files give it."""

    def source(self, path: str) -> str:
        """Return what a source is called."""
        return path

    def file(self, path: str) -> str:
        """Return what a file is called, of which ``path`` is the path as it is shown."""
        return path

    def patient(self, row: PatientRow) -> PatientRow:
        """Return a patient's row as it is shown."""
        return row

    def patient_id(self, text: str) -> str:
        """Return a Patient ID as it is shown."""
        return text

    def description(self, text: str) -> str:
        """Return the text that describes a study or series."""
        return text

    def finding(self, finding: KeptFinding) -> KeptFinding:
        """Return a finding with its facts as they are shown."""
        return finding


AS_IN_FILES: Final = ShownNames()


class MaskedNames(ShownNames):
    """Patients as ``patient-001``, files as ``folder-001/file-000001``, the same in every format.

    One ID is always the same number, whatever the names it stands with, and the other way round. Empty
    names and IDs stay empty.
    """

    def __init__(self, catalog: Catalog, source_word: str = "source") -> None:
        self._catalog = catalog
        self._people = people_of(catalog)
        self._numbers = PatientNumbers(self._people.values())
        self._sources = {source.path: f"{source_word}-{source.id}" for source in catalog.sources()}

    @functools.cached_property
    def _files(self) -> Mapping[str, str]:
        return _numbered_files(self._catalog)

    def source(self, path: str) -> str:
        return self._sources.get(path, MASKED)

    def file(self, path: str) -> str:
        return self._files.get(path, MASKED)

    def patient(self, row: PatientRow) -> PatientRow:
        return row._replace(
            patient_id=self._numbers.of_id(row.patient_id),
            name=self._numbers.of_name(row.name),
            birth_date="",
        )

    def patient_id(self, text: str) -> str:
        return self._numbers.of_id(text)

    def description(self, text: str) -> str:
        return MASKED if text else ""

    def finding(self, finding: KeptFinding) -> KeptFinding:
        people = [self._people[id_] for id_ in self._patients_of(finding) if id_ in self._people]
        is_about_patients = finding.level == "patient" or finding.rule in _ABOUT_PATIENTS
        shortest = 1 if is_about_patients else _SHORTEST_IN_TEXT
        hidden = _LEFT_OUT.get(finding.rule, ())
        if finding.rule == "ENT-56" and finding.level == "patient":
            hidden += ("record", "file")  # the DICOMDIR may name somebody who is not loaded

        def masked(name: str, fact: FactValue) -> FactValue:
            if name in hidden:
                return MASKED
            if isinstance(fact, int):
                return fact
            if isinstance(fact, str):
                return self._without(people, fact, shortest=shortest)
            return tuple(self._without(people, text, shortest=shortest) for text in fact)

        # What stands in a file as a UID may be any text.
        is_patient = finding.level == "patient"
        uid = self._numbers.of_id(finding.uid) if is_patient else self._numbers.masked(finding.uid)
        facts = {name: masked(name, fact) for name, fact in finding.facts.items()}
        return dataclasses.replace(finding, uid=uid, facts=facts)

    def _patients_of(self, finding: KeptFinding) -> list[int]:
        rows = self._catalog.connection.execute(
            "SELECT DISTINCT study.patient_id FROM finding_occurrence"
            " JOIN occurrence ON occurrence.id = occurrence_id JOIN instance ON instance.id = instance_id"
            " JOIN series ON series.id = instance.series_id JOIN study ON study.id = series.study_id"
            " WHERE finding_id = ?",
            (finding.id,),
        )
        return [id_ for (id_,) in rows]

    def _without(self, people: Iterable[Person], text: str, *, shortest: int) -> str:
        """The text with these people's names and IDs, where they stand as whole words, masked."""
        masks: dict[str, str] = {}
        for person in people:
            masks.setdefault(person.name.casefold(), self._numbers.of_name(person.name))
            masks.setdefault(person.patient_id.casefold(), self._numbers.of_id(person.patient_id))
        known = sorted((word for word in masks if len(word) >= max(shortest, 1)), key=len, reverse=True)
        if not known or not text:
            return text
        pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)"
        return re.sub(
            pattern,
            lambda found: masks.get(found.group().casefold(), MASKED),
            text,
            flags=re.IGNORECASE,
        )


def shown_names(catalog: Catalog, *, masked: bool, source_word: str = "source") -> ShownNames:
    """Return how a report names things; where masked, the numbers of all files are made first.

    A masked source is ``source_word`` and its number.
    """
    return MaskedNames(catalog, source_word) if masked else AS_IN_FILES


def people_of(catalog: Catalog, after: int = 0) -> dict[int, Person]:
    """Return the patients by the ids of their rows, in the order of these, those after ``after`` alone."""
    rows = catalog.connection.execute(
        "SELECT id, patient_id, name FROM patient WHERE id > ? ORDER BY id", (after,)
    )
    return {id_: Person(patient_id, name) for id_, patient_id, name in rows}


def _numbered_files(catalog: Catalog) -> dict[str, str]:
    """A mask for the shown path of every file found, in the order of the paths."""
    shown = file_paths(catalog).shown
    rows = catalog.connection.execute("SELECT folder_id, name FROM occurrence")
    paths = {shown(folder_id, name) for folder_id, name in rows}
    paths.update(row.path for row in not_loaded(catalog))
    folders: dict[str, str] = {}
    masks = {}
    for number, path in enumerate(sorted(paths), 1):
        folder = path.rpartition("/")[0]
        folder_mask = folders.setdefault(folder, f"folder-{len(folders) + 1:03}")
        masks[path] = f"{folder_mask}/file-{number:06}"
    return masks
