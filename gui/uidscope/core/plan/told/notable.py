"""What a plan does, or leaves, that the user should know before it is carried out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from uidscope.core.catalog.plan_questions import (
    SeriesPlace,
    occurrences_holding,
    pattern_ids,
    studies_with_accession,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.copy_choices import CopyQuestion
from uidscope.core.plan.output import Output
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.plan.uid_map import FileOutcome, outcome_counts
from uidscope.core.uid.registry import is_registered

# Where what a copy takes along names the order and the performed step, for what has UIDs in it.
_LINKS: Final[dict[CopyQuestion, tuple[str, tuple[str, ...]]]] = {
    "request": ("request-kept", ("RequestAttributesSequence", "ReferencedRequestSequence")),
    "performed-step": ("performed-step-kept", ("ReferencedPerformedProcedureStepSequence",)),
}
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
    yield from _links_kept(catalog, output)
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


def _links_kept(catalog: Catalog, output: Output) -> Iterator[PlanNote]:
    """The copies that still name the order or the performed step of their originals."""
    for question, (code, sequences) in _LINKS.items():
        copied = [
            part.occurrences
            for part in output.parts
            if part.treatment == "copy" and not part.intention.choices.is_emptied(question)
        ]
        if not copied:
            continue
        patterns = [text for text in pattern_ids(catalog) if text.partition("[")[0] in sequences]
        holding = frozenset().union(*(occurrences_holding(catalog, text) for text in patterns))
        files = tuple(sorted(holding & frozenset().union(*copied)))
        if files:
            yield PlanNote(code, {"files": len(files)}, files)


def _accession_numbers(
    catalog: Catalog, output: Output, places: Mapping[int, SeriesPlace]
) -> Iterator[PlanNote]:
    copied = {
        places[known.series].study
        for part in output.parts
        if part.treatment in ("copy", "pseudonymous") and not part.intention.choices.is_emptied("accession")
        for known in part.written
    }
    count = studies_with_accession(catalog, copied) if copied else 0
    if count:
        yield PlanNote("accession-kept", {"studies": count})
