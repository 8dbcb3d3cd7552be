"""What a plan does, or leaves, that the user should know before it is carried out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from uidscope.core.catalog.plan_questions import (
    SeriesPlace,
    occurrences_holding,
    studies_with_accession,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.notes import PlanNote
from uidscope.core.plan.output import Output
from uidscope.core.plan.uid_map import FileOutcome, outcome_counts
from uidscope.core.uid.registry import is_registered

_SIGNATURE: Final = "DigitalSignaturesSequence[].DigitalSignatureUID"


def plan_notes(
    catalog: Catalog,
    output: Output,
    places: Mapping[int, SeriesPlace],
    outcomes: Mapping[int, FileOutcome],
    registered_instances: frozenset[str],
) -> Iterator[PlanNote]:
    """Yield what is to be told about the output as a whole."""
    if any(part.treatment == "pseudonymous" for part in output.parts):
        yield PlanNote("not-de-identified")
    yield from _registered(outcomes, registered_instances)
    yield from _accession_numbers(catalog, output, places)
    yield from _several_objects(output)
    signed = sorted(occurrences_holding(catalog, _SIGNATURE) & outcomes.keys())
    if signed:
        yield PlanNote("signatures-removed", {"files": len(signed)}, tuple(signed))
    if output.outside:
        facts = {"files": len(output.outside)}
        yield PlanNote("referrers-left-out", facts, tuple(sorted(output.outside)))


def _several_objects(output: Output) -> Iterator[PlanNote]:
    """Different objects of the output that bear one UID, and so one new UID."""
    renewing = (part for part in output.parts if part.treatment != "repair")
    written = frozenset().union(*(part.occurrences for part in renewing))
    for uid in sorted(output.copies.bearers):
        objects = [ids for ids in map(written.intersection, output.copies.objects(uid)) if ids]
        if len(objects) > 1:
            ids = tuple(sorted(id_ for group in objects for id_ in group))
            yield PlanNote("one-uid-several-objects", {"uid": uid, "objects": len(objects)}, ids)


def _registered(outcomes: Mapping[int, FileOutcome], instances: frozenset[str]) -> Iterator[PlanNote]:
    parents = {
        uid
        for outcome, _ in outcome_counts(outcomes)
        for uid in (outcome.study_uid, outcome.series_uid)
        if outcome.treatment not in (None, "repair") and is_registered(uid)
    }
    for uid in sorted(instances | parents):
        yield PlanNote("registered-kept", {"uid": uid})


def _accession_numbers(
    catalog: Catalog, output: Output, places: Mapping[int, SeriesPlace]
) -> Iterator[PlanNote]:
    copied = {
        places[known.series].study
        for part in output.parts
        if part.treatment in ("copy", "pseudonymous")
        for known in part.written
    }
    count = studies_with_accession(catalog, copied) if copied else 0
    if count:
        yield PlanNote("accession-kept", {"studies": count})
