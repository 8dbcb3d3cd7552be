"""ENT-54 and ENT-55: references that the object's own list of them lacks, or has twice.

Such a list tells in which study and series each instance is (PS3.3 C.12.2, C.17.2.3); a bare reference
elsewhere in the object cannot be retrieved without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Final

from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.stated_references import (
    StatedReference,
    references_listed_in_both,
    references_of_classes,
    targets,
)
from uidscope.core.judge.element_path import is_private
from uidscope.core.judge.reference_rules import may_be_absent
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.series_pairs import findings_of_pairs, target_series

_CURRENT_EVIDENCE: Final = "CurrentRequestedProcedureEvidenceSequence[]."
_OTHER_EVIDENCE: Final = "PertinentOtherEvidenceSequence[]."

_STORAGE: Final = "1.2.840.10008.5.1.4.1.1."
# Objects with the SR Document General Module or the Key Object Document Module: what their content tree
# names must stand in the evidence.
_DOCUMENTS: Final = frozenset(
    f"{_STORAGE}88.{number}"
    for number in (11, 22, 33, 34, 35, 40, 50, 59, 65, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77)
)
_CONTENT: Final = "ContentSequence[]."
# IODs in which the Common Instance Reference Module is mandatory: presentation states that place images
# themselves, registrations and fiducials, real world values, tracts, height maps, slides and their
# annotations, intravascular OCT, stereo pairs, assessments, structured displays, and radiotherapy of
# the second generation.
_WITH_REFERENCES: Final = frozenset(
    f"{_STORAGE}{branch}"
    for branch in (
        *("11.6", "11.7", "11.8", "11.9", "11.10", "11.11"),
        *("14.1", "14.2", "66.1", "66.2", "66.3", "66.6", "66.8", "67"),
        *("77.1.5.3", "77.1.6", "90.1", "91.1", "131"),
        *(f"481.{number}" for number in range(10, 26)),
    )
)
# IODs in which it is required where the Derivation Image Functional Group is there.
_WITH_DERIVATION: Final = frozenset(f"{_STORAGE}{branch}" for branch in ("30", "66.4", "66.7"))
_DERIVATION: Final = "DerivationImageSequence[]."
# What these name as their source they have to list in (0008,1115) too.
LISTING_CLASSES: Final = _WITH_REFERENCES | _WITH_DERIVATION


def unlisted_references(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-54: one finding for a referring series and a target series."""
    unlisted = [
        each
        for classes, within in (
            (_DOCUMENTS, _CONTENT),
            (_WITH_REFERENCES, ""),
            (_WITH_DERIVATION, _DERIVATION),
        )
        for each in _unlisted(inquiry, classes, within)
    ]
    yield from _findings(inquiry, "ENT-54", unlisted)


def doubly_listed_references(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-55: one finding for a referring series and a target series."""
    twice = list(references_listed_in_both(inquiry.catalog, _CURRENT_EVIDENCE, _OTHER_EVIDENCE))
    yield from _findings(inquiry, "ENT-55", twice)


def _findings(inquiry: Inquiry, code: str, references: list[StatedReference]) -> Iterator[Finding]:
    if not references:
        return
    loaded = targets(inquiry.catalog, (each.uid for each in references))
    pairs = ((target_series(each, loaded), each) for each in references)
    yield from findings_of_pairs(inquiry, code, pairs, lambda _: {})


def _unlisted(inquiry: Inquiry, classes: frozenset[str], within: str) -> Iterator[StatedReference]:
    """The references below a sequence of an object that the same object nowhere gives with a series.

    Wherever a reference stands below a Series Instance UID, it is a list in itself.
    """
    references = references_of_classes(inquiry.catalog, classes)
    for _, members in groupby(references, attrgetter("set_id")):
        inquiry.cancel.raise_if_cancelled()
        of_object = list(members)
        listed = {each.uid for each in of_object if each.series_uid}
        for each in of_object:
            if (
                each.uid not in listed
                and within in each.pattern
                and not is_private(each.pattern)
                and not may_be_absent(each.pattern, each.uid, each.purpose)
            ):
                yield each


CHECKS: Final = (
    Check(("ENT-54",), unlisted_references),
    Check(("ENT-55",), doubly_listed_references),
)
