"""Patients, studies and series whose objects do not all say the same, each looked at once.

What is wrong with them is for the families to say; here stands which of them is asked, and which are
silent because another has given the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from uidscope.core.catalog.disagreements import Disagreement, disagreements
from uidscope.core.catalog.finding import Finding
from uidscope.core.judge.class_in_series import SOP_CLASS, several_classes
from uidscope.core.judge.derived_rules import IMAGE_TYPE, SOFTWARE, derived_in_source_series
from uidscope.core.judge.entity_attribute_rules import compared_keywords, differing_attributes
from uidscope.core.judge.equipment_rules import DEVICE_KEYWORDS, STATION, several_devices
from uidscope.core.judge.frame_rules import FRAME, SYNCHRONIZATION, several_frames, several_synchronizations
from uidscope.core.judge.intruders import of_main_modality
from uidscope.core.judge.patient_rules import (
    IDENTITY_KEYWORDS,
    by_issuer,
    differing_identity,
    is_placeholder,
    patients_of_one_id,
)
from uidscope.core.judge.rule import Check, Inquiry

_OF_PATIENT: Final = (*IDENTITY_KEYWORDS, *compared_keywords("patient"))
_OF_STUDY: Final = compared_keywords("study")
_OF_SERIES: Final = (
    "Modality",
    SOP_CLASS,
    IMAGE_TYPE,
    FRAME,
    SYNCHRONIZATION,
    *DEVICE_KEYWORDS,
    STATION,
    SOFTWARE,
    *compared_keywords("series"),
)


def patients(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-12, and ENT-15 and ENT-16 of patients who are one person."""
    for patient in disagreements(inquiry.catalog, "patient", _OF_PATIENT):
        inquiry.cancel.raise_if_cancelled()
        for one in by_issuer(patient):
            yield from patients_of_one_id(inquiry, one)
            if not differing_identity(one) and not is_placeholder(one.uid):
                yield from differing_attributes(inquiry, "patient", one)


def studies(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-15 and ENT-16 of studies."""
    for study in disagreements(inquiry.catalog, "study", _OF_STUDY):
        inquiry.cancel.raise_if_cancelled()
        yield from differing_attributes(inquiry, "study", study)


def series(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-14 to ENT-18, ENT-20, ENT-21 and ENT-27; ENT-13 speaks for the objects it is about.

    ENT-18 speaks for derived objects in the place of ENT-14, ENT-16 and ENT-17.
    """
    for each in disagreements(inquiry.catalog, "series", _OF_SERIES):
        inquiry.cancel.raise_if_cancelled()
        own = of_main_modality(each)
        derived = derived_in_source_series(inquiry, own)
        yield from derived.findings
        yield from several_frames(inquiry, own)
        yield from several_synchronizations(inquiry, own)
        rest = _without(own, derived.profiles)
        yield from several_classes(inquiry, rest)
        yield from several_devices(inquiry, rest)
        yield from differing_attributes(inquiry, "series", rest)


def _without(series: Disagreement, profiles: frozenset[int]) -> Disagreement:
    if not profiles:
        return series
    return series.among(lambda place: series.objects[place].profile_id not in profiles)


def entities(inquiry: Inquiry) -> Iterator[Finding]:
    """Find all of these, from the patients downwards."""
    yield from patients(inquiry)
    yield from studies(inquiry)
    yield from series(inquiry)


CHECKS: Final = (
    Check(
        ("ENT-12", "ENT-14", "ENT-15", "ENT-16", "ENT-17", "ENT-18", "ENT-20", "ENT-21", "ENT-27"), entities
    ),
)
