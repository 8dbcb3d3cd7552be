"""References of the output that a plan cannot follow without being told more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final, NamedTuple

from uidscope.core.catalog.lookup import display_path
from uidscope.core.catalog.plan_questions import (
    InstanceReference,
    SeriesPlace,
    instance_references,
    referring_occurrences,
    series_sizes,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.plan.uid_map import FileOutcome, NewInstance, ParentLevel, outcome_counts

_LEVELS: Final[tuple[ParentLevel, ...]] = ("series", "study")
_SPLIT: Final = {"series": "split-series-reference", "study": "split-study-reference"}
_PARTLY: Final = {"series": "references-of-two-series", "study": "references-of-two-studies"}


class OpenReferences(NamedTuple):
    """What must be decided, and what is only to be told."""

    decisions: tuple[PlanNote, ...]
    notes: tuple[PlanNote, ...]


def ambiguous_references(
    catalog: Catalog,
    contested: Collection[str],
    outcomes: Mapping[int, FileOutcome],
    own_uids: Mapping[int, str],
) -> tuple[PlanNote, ...]:
    """Return a decision for each contested UID that a file of the output refers to.

    ``own_uids`` has the SOP Instance UID of every occurrence of the output. What names its own means
    itself, unless it says that what it means stands elsewhere.
    """
    referring = referring_occurrences(catalog, contested) & outcomes.keys()
    found: dict[str, list[InstanceReference]] = {}
    for reference in instance_references(catalog, referring):
        own_uid, outcome = own_uids[reference.occurrence], outcomes[reference.occurrence]
        if reference.uid in contested and not _means_itself(reference, own_uid, outcome):
            found.setdefault(reference.uid, []).append(reference)
    decisions = []
    for uid, references in sorted(found.items()):
        files = sorted({reference.occurrence for reference in references})
        facts: dict[str, str | int] = {
            "uid": uid,
            "references": sum(reference.times for reference in references),
            "files": len(files),
            "file": display_path(catalog, files[0]),
        }
        decisions.append(PlanNote("ambiguous-reference", facts, tuple(files)))
    return tuple(decisions)


def _means_itself(reference: InstanceReference, own_uid: str, outcome: FileOutcome) -> bool:
    return (
        reference.uid == own_uid
        and reference.series_uid in ("", outcome.series_uid)
        and reference.study_uid in ("", outcome.study_uid)
    )


def divided_references(
    catalog: Catalog,
    places: Mapping[int, SeriesPlace],
    outcomes: Mapping[int, FileOutcome],
    instances: Mapping[str, NewInstance],
    own_uids: Mapping[int, str],
) -> OpenReferences:
    """Find the files that name, under one Series or Study UID, objects which no longer share one.

    Where those in the output come to stand in several, no one value is right: a decision. Where the
    others are not in the output, the value follows those that are: a note.
    """
    kept = {own_uids[id_]: outcome for id_, outcome in outcomes.items() if own_uids[id_] not in instances}
    decisions: list[PlanNote] = []
    notes: list[PlanNote] = []
    for level in _LEVELS:
        divided = _divided(catalog, places, outcomes, level)
        if not divided:
            continue
        named: dict[tuple[int, str], set[str]] = {}
        for reference in instance_references(catalog, outcomes):
            parent = reference.series_uid if level == "series" else reference.study_uid
            if parent in divided:
                named.setdefault((reference.occurrence, parent), set()).add(reference.uid)
        partly: dict[str, list[int]] = {}
        for (occurrence, parent), uids in sorted(named.items()):
            becomes = [_becomes(uid, parent, level, instances, kept) for uid in uids]
            inside = {new for found in becomes if found for new in found}
            if len(inside) > 1:
                facts = {"uid": parent, "file": display_path(catalog, occurrence)}
                decisions.append(PlanNote(_SPLIT[level], facts, (occurrence,)))
            elif inside - {None} and not all(becomes) and not _maps_all(outcomes[occurrence]):
                partly.setdefault(parent, []).append(occurrence)
        notes += [
            PlanNote(_PARTLY[level], {"uid": uid, "files": len(files)}, tuple(files))
            for uid, files in partly.items()
        ]
    return OpenReferences(tuple(decisions), tuple(notes))


def _maps_all(outcome: FileOutcome) -> bool:
    """Whether what is not in the output becomes the same as it would become there."""
    return outcome.treatment == "pseudonymous"


def _becomes(
    uid: str,
    parent: str,
    level: ParentLevel,
    instances: Mapping[str, NewInstance],
    kept: Mapping[str, FileOutcome],
) -> set[str | None]:
    """The new parents of an object that stands in this parent; empty where it is not in the output."""
    found = instances[uid].outcomes if uid in instances else (kept[uid],) if uid in kept else ()
    return {new for old, new in (outcome.parent(level) for outcome in found) if old == parent}


def _divided(
    catalog: Catalog,
    places: Mapping[int, SeriesPlace],
    outcomes: Mapping[int, FileOutcome],
    level: ParentLevel,
) -> set[str]:
    """The studies or series whose loaded files do not all become the same."""
    becomes: dict[str, set[str | None]] = {}
    written: dict[str, int] = {}
    for outcome, count in outcome_counts(outcomes):
        old, new = outcome.parent(level)
        becomes.setdefault(old, set()).add(new)
        written[old] = written.get(old, 0) + count
    loaded: dict[str, int] = {}
    uid_of: Callable[[SeriesPlace], str] = (
        (lambda place: place.study_uid) if level == "study" else (lambda place: place.series_uid)
    )
    for series, size in series_sizes(catalog).items():
        loaded[uid_of(places[series])] = loaded.get(uid_of(places[series]), 0) + size
    changed = {old for old, news in becomes.items() if old and news != {None}}
    return {old for old in changed if len(becomes[old]) > 1 or written[old] < loaded[old]}
