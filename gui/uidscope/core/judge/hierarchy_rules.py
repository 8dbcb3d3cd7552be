"""ENT-10, ENT-11 and ENT-13: series and studies whose objects do not agree where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from uidscope.core.catalog.entity import differing_values, occurrences_of, occurrences_with
from uidscope.core.catalog.finding import Finding
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule


def series_in_several_studies(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-10."""
    for series in differing_values(inquiry.catalog, "series", ("StudyInstanceUID",)):
        studies = tuple(text for (text,) in series.values if text)
        if len(studies) < 2:
            continue
        yield rule("ENT-10").finding(
            "series",
            series.uid,
            occurrences_of(inquiry.catalog, "series", series.uid_id),
            attribute="SeriesInstanceUID",
            path="SeriesInstanceUID",
            facts={"studies": studies, "study_count": len(studies)},
        )


def studies_of_several_patients(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-11: two Patient IDs, or one ID from two issuers that are both named."""
    for study in differing_values(inquiry.catalog, "study", ("PatientID", "IssuerOfPatientID")):
        patients = [(patient_id, issuer) for patient_id, issuer in study.values if patient_id]
        issuers: dict[str, set[str]] = {}
        for patient_id, issuer in patients:
            issuers.setdefault(patient_id, set()).update({issuer} - {""})
        if len(issuers) < 2 and all(len(named) < 2 for named in issuers.values()):
            continue
        yield rule("ENT-11").finding(
            "study",
            study.uid,
            occurrences_of(inquiry.catalog, "study", study.uid_id),
            attribute="PatientID",
            path="PatientID",
            facts={"patient_ids": tuple(_with_issuer(*patient) for patient in patients)},
        )


def series_of_several_modalities(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-13; a series in two studies is asked about study by study, since ENT-10 says the rest."""
    for series in differing_values(inquiry.catalog, "series", ("StudyInstanceUID", "Modality")):
        in_study: dict[str, set[str]] = {}
        for study, modality in series.values:
            in_study.setdefault(study, set()).update({modality} - {""})
        modalities = {modality for several in in_study.values() if len(several) > 1 for modality in several}
        if not modalities:
            continue
        files = {
            modality: len(occurrences_with(inquiry.catalog, "series", series.uid_id, "Modality", modality))
            for modality in sorted(modalities)
        }
        minority = min(files, key=lambda modality: files[modality])
        yield rule("ENT-13").finding(
            "series",
            series.uid,
            occurrences_of(inquiry.catalog, "series", series.uid_id),
            attribute="Modality",
            path="Modality",
            facts={
                "modalities": tuple(files),
                "minority": minority,
                "minority_files": files[minority],
            },
        )


def _with_issuer(patient_id: str, issuer: str) -> str:
    return f"{patient_id} ({issuer})" if issuer else patient_id


CHECKS: Final = (
    Check(("ENT-10",), series_in_several_studies),
    Check(("ENT-11",), studies_of_several_patients),
    Check(("ENT-13",), series_of_several_modalities),
)
