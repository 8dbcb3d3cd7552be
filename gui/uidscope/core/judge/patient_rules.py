"""ENT-12: one Patient ID that several persons seem to bear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from uidscope.core.catalog.disagreements import Disagreement, occurrences_of_profiles
from uidscope.core.catalog.finding import Finding
from uidscope.core.judge.comparable_values import comparable
from uidscope.core.judge.rule import Inquiry
from uidscope.core.judge.rule_table import rule

ISSUER: Final = "IssuerOfPatientID"
IDENTITY_KEYWORDS: Final = (ISSUER, "PatientName", "PatientBirthDate", "PatientSex")
_COMPARED: Final = (("PatientName", "PN"), ("PatientBirthDate", "DA"), ("PatientSex", "PN"))

# IDs that programs fill in where nobody has given one: many persons bear them.
_PLACEHOLDER: Final = re.compile(
    r"anon.*|unknown.*|none|null|n\.?/?a\.?|no ?(?:id|name)|(?:pat(?:ient)? ?)?id|patient"
    r"|test|phantom|dummy|default|sample|x+|-+|\?+|0+|(\d)\1\1+|0*12345?6?7?8?9?0?",
    re.IGNORECASE,
)


def is_placeholder(patient_id: str) -> bool:
    """Say whether an ID is what a program fills in where none was given."""
    return _PLACEHOLDER.fullmatch(patient_id.strip()) is not None


def by_issuer(patient: Disagreement) -> Iterator[Disagreement]:
    """Yield the objects of one Patient ID, issuer by issuer where several are named."""
    issuers = patient.values.get(ISSUER)
    named = sorted({issuer for issuer in issuers or () if issuer})
    if issuers is None or len(named) < 2:
        yield patient
        return
    for issuer in ("", *named):
        yield patient.among(lambda place, issuer=issuer: (issuers[place] or "") == issuer)  # type: ignore[misc]


def differing_identity(patient: Disagreement) -> tuple[str, ...]:
    """Return which of name, birth date and sex have several values, however they are written."""
    return tuple(
        [
            keyword
            for keyword, vr in _COMPARED
            if keyword in patient.values
            and len(set(comparable([text or "" for text in patient.values[keyword]], vr).values()) - {""}) > 1
        ]
    )


def patients_of_one_id(inquiry: Inquiry, patient: Disagreement) -> Iterator[Finding]:
    """Find ENT-12: one finding for each Patient ID (and issuer); what the values are stays out of it."""
    differing = differing_identity(patient)
    if not differing:
        return
    yield rule("ENT-12").finding(
        "patient",
        patient.uid,
        occurrences_of_profiles(inquiry.catalog, [each.profile_id for each in patient.objects]),
        attribute=differing[0],
        path=differing[0],
        severity="info" if is_placeholder(patient.uid) else "warning",
        facts={"differing": differing},
    )
