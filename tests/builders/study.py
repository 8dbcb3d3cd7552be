"""The test patient and study that built objects belong to, and the numbering of their UIDs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from pydicom.dataset import Dataset

# The private enterprise number that is reserved for examples in documentation.
TEST_ROOT = "1.3.6.1.4.1.32473"
_FIRST_STUDY_ARC = 1000  # four digits for each, so that no study's UID begins with another's


@dataclass(frozen=True, slots=True)
class Study:
    """A study of a test patient; equal values make equal UIDs, so two builds of one thing are alike.

    UIDs are `TEST_ROOT.<1000 + number>` for the study, with the series number behind it for a series and
    the instance number behind that for an instance. Arc 0 holds what is no series: `0.1.n` frames of
    reference, `0.2.n` everything else.
    """

    number: int = 1
    patient_id: str = "TEST-0001"
    patient_name: str = "TEST^ALPHA"
    birth_date: str = "19700101"
    sex: str = "O"
    date: str = "20240102"
    time: str = "101112"
    accession_number: str = ""  # empty: one that follows from the number
    description: str = "Test study"

    def uid(self, *arcs: int) -> str:
        """The study's UID, or that of what the arcs name: (series), (series, instance)."""
        return ".".join([TEST_ROOT, str(_FIRST_STUDY_ARC + self.number), *map(str, arcs)])

    @property
    def accession(self) -> str:
        return self.accession_number or f"ACC{self.number:04}"

    def frame_of_reference_uid(self, number: int = 1) -> str:
        return self.uid(0, 1, number)

    def entity_uid(self, number: int) -> str:
        """The UID of something else in the study: a dimension organization, a concatenation, a specimen."""
        return self.uid(0, 2, number)

    @classmethod
    def of(cls, dataset: Dataset) -> Self:
        """The study that a built object belongs to. Raises ValueError for a UID that was not built here."""
        root, _, arc = str(dataset.StudyInstanceUID).rpartition(".")
        if root != TEST_ROOT:
            raise ValueError("not a study made here: name it with study=")
        return cls(
            number=int(arc) - _FIRST_STUDY_ARC,
            patient_id=dataset.PatientID,
            patient_name=str(dataset.PatientName),
            birth_date=dataset.PatientBirthDate,
            sex=dataset.PatientSex,
            date=dataset.StudyDate,
            time=dataset.StudyTime,
            accession_number=dataset.AccessionNumber,
            description=dataset.StudyDescription,
        )


FIRST_STUDY = Study()
