"""The keys with which what is missing can be fetched from an archive, and where each was found.

An archive that is asked for one image wants the Study and Series Instance UID with it (PS3.4 C.4.1,
C.4.2.2.1). Bare references give neither, so they are looked for wherever the same instance is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from uidscope.core.catalog.stated_references import (
    ReferringObject,
    StatedReference,
    references_to_missing,
    references_to_missing_of,
    referring_object,
    referring_objects,
    studies_of_series,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.judge.reference_rules import may_be_absent
from uidscope.core.progress import CancelToken

# Where a key was found, the surest first:
# - reference: it is what the reference itself names
# - series-list: (0008,1115) or (0008,1200) of the referring object (PS3.3 C.12.2)
# - evidence: the evidence of a report or key object (PS3.3 C.17.2.3)
# - image-evidence: the evidence of an enhanced image
# - enclosing: another sequence around the reference
# - other-object: another object that names the same instance
# - loaded-series: the series is loaded, but for this instance
# - referring-object: the object that names the instance, whose patient it is
# - assumed: nothing says it; taken for that of the referring object
FoundIn = Literal[
    "reference",
    "series-list",
    "evidence",
    "image-evidence",
    "enclosing",
    "other-object",
    "loaded-series",
    "referring-object",
    "assumed",
    "",
]

_OWN_STUDY: Final = "ReferencedSeriesSequence[]."
_LISTS: Final[tuple[tuple[FoundIn, tuple[str, ...]], ...]] = (
    ("series-list", (_OWN_STUDY, "StudiesContainingOtherReferencedInstancesSequence[].")),
    ("evidence", ("CurrentRequestedProcedureEvidenceSequence[].", "PertinentOtherEvidenceSequence[].")),
    (
        "image-evidence",
        (
            "ReferencedImageEvidenceSequence[].",
            "SourceImageEvidenceSequence[].",
            "ReferencedPresentationStateSequence[].",
            "ReferencedRawDataSequence[].",
            "ReferencedWaveformSequence[].",
        ),
    ),
)
_RANKS: Final[tuple[FoundIn, ...]] = (
    "series-list",
    "evidence",
    "image-evidence",
    "enclosing",
    "other-object",
)


class Key(NamedTuple):
    """One key and where it was found; both empty where nothing gives it."""

    value: str
    found_in: FoundIn


_NOT_KNOWN: Final = Key("", "")


class FetchKeys(NamedTuple):
    """The keys of one thing that is not loaded; those of the levels below it are empty."""

    patient_id: Key
    study_uid: Key
    series_uid: Key
    sop_instance_uid: Key


class MissingInstance(NamedTuple):
    """An instance that is named and not loaded, with the keys to fetch it.

    ``referring_occurrence`` is the first of the ``referring_occurrences`` files that name it.
    """

    uid: str
    class_uid: str
    patient_id: Key
    issuer: str
    study_uid: Key
    series_uid: Key
    referring_occurrence: int
    referring_occurrences: int


def fetch_keys(catalog: Catalog, cancel: CancelToken | None = None) -> Iterator[MissingInstance]:
    """Yield every missing instance that somebody would expect to be there, each once, in order of its keys.

    Left out are those that ENT-50 is silent about: uncompressed predecessors, sources that are never
    stored, what an object was converted from. Raises ``Cancelled``.
    """
    named: dict[str, list[StatedReference]] = {}
    for reference in references_to_missing(catalog):
        if not may_be_absent(reference.pattern, reference.uid, reference.purpose):
            named.setdefault(reference.uid, []).append(reference)
    known = _known(catalog, named.values())
    found = []
    for references in named.values():
        if cancel is not None:
            cancel.raise_if_cancelled()
        placed = [reference for reference in references if reference.set_id in known.objects]
        if placed:
            found.append(_missing_instance(placed, known))
    yield from sorted(found, key=_order)


def keys_of_missing(catalog: Catalog, occurrence_id: int) -> dict[tuple[str, str], FetchKeys]:
    """Return the keys of all that one file refers to and that is not loaded, by kind and UID.

    The kinds are ``instance``, ``series`` and ``study``. The keys are as seen from this file; what it
    does not say itself is taken from other objects that name the same instance. Unlike ``fetch_keys``
    it has everything that is missing, whether or not somebody would expect it to be there.
    """
    seen_from = referring_object(catalog, occurrence_id)
    if seen_from is None:
        return {}
    own = references_to_missing_of(catalog, occurrence_id)
    by_uid: dict[tuple[str, str], list[StatedReference]] = {}
    for reference in own:
        by_uid.setdefault((reference.kind, reference.uid), []).append(reference)
    instances = {uid for kind, uid in by_uid if kind == "instance"}
    for reference in references_to_missing(catalog, instances):
        if reference.set_id != seen_from.set_id:
            by_uid["instance", reference.uid].append(reference)
    known = _known(catalog, by_uid.values())
    known.objects[seen_from.set_id] = [seen_from]
    patient_id = _patient_id(seen_from)
    found = {}
    for (kind, uid), references in by_uid.items():
        named = Key(uid, "reference")
        if kind == "study":
            found[kind, uid] = FetchKeys(patient_id, named, _NOT_KNOWN, _NOT_KNOWN)
            continue
        placed = [reference for reference in references if reference.set_id in known.objects]
        study, series = _parents(placed, seen_from, known)
        found[kind, uid] = (
            FetchKeys(patient_id, study, named, _NOT_KNOWN)
            if kind == "series"
            else FetchKeys(patient_id, study, series, named)
        )
    return found


class _Known(NamedTuple):
    """What is loaded around the references: the objects that have them, and the studies of their series."""

    objects: dict[int, list[ReferringObject]]
    studies: Mapping[str, tuple[str, ...]]


def _known(catalog: Catalog, named: Iterable[Iterable[StatedReference]]) -> _Known:
    references = [reference for several in named for reference in several]
    objects: dict[int, list[ReferringObject]] = {}
    for each in referring_objects(catalog, {reference.set_id for reference in references}):
        objects.setdefault(each.set_id, []).append(each)
    series_uids = {reference.series_uid for reference in references if reference.series_uid}
    return _Known(objects, studies_of_series(catalog, series_uids))


def _missing_instance(references: list[StatedReference], known: _Known) -> MissingInstance:
    """One instance from all references to it."""
    referrers = [each for set_id in {one.set_id for one in references} for each in known.objects[set_id]]
    first = min(referrers, key=lambda each: each.occurrence_id)
    study, series = _parents(references, first, known)
    return MissingInstance(
        uid=references[0].uid,
        class_uid=next((each.class_uid for each in _in_order(references, first) if each.class_uid), ""),
        patient_id=_patient_id(first),
        issuer=first.issuer,
        study_uid=study,
        series_uid=series,
        referring_occurrence=first.occurrence_id,
        referring_occurrences=sum(each.occurrences for each in referrers),
    )


def _parents(references: list[StatedReference], first: ReferringObject, known: _Known) -> tuple[Key, Key]:
    """The study and the series of what all these references name, as seen from the first object."""
    in_order = _in_order(references, first)
    with_series = next((each for each in in_order if each.series_uid), None)
    series = _NOT_KNOWN if with_series is None else Key(with_series.series_uid, _found_in(with_series, first))
    study = (
        _study_of(with_series, first, known)
        or next((Key(each.study_uid, _found_in(each, first)) for each in in_order if each.study_uid), None)
        or Key(first.study_uid, "assumed" if first.study_uid else "")
    )
    return study, series


def _in_order(references: list[StatedReference], first: ReferringObject) -> list[StatedReference]:
    """The surest first."""
    return sorted(references, key=lambda each: (_RANKS.index(_found_in(each, first)), each.set_id))


def _patient_id(first: ReferringObject) -> Key:
    return Key(first.patient_id, "referring-object" if first.patient_id else "")


def _study_of(reference: StatedReference | None, first: ReferringObject, known: _Known) -> Key | None:
    """The study of the series that a reference gives, as far as that is known."""
    if reference is None:
        return None
    if reference.study_uid:
        return Key(reference.study_uid, _found_in(reference, first))
    own = known.objects[reference.set_id][0].study_uid
    if own and reference.pattern.startswith(_OWN_STUDY):
        return Key(own, _found_in(reference, first))
    studies = known.studies.get(reference.series_uid, ())
    return Key(studies[0], "loaded-series") if studies else None


def _found_in(reference: StatedReference, first: ReferringObject) -> FoundIn:
    """Where a reference stands, as seen from the first object that names the instance."""
    if reference.set_id != first.set_id:
        return "other-object"
    return next((word for word, lists in _LISTS if reference.pattern.startswith(lists)), "enclosing")


def _order(missing: MissingInstance) -> tuple[str, ...]:
    return (
        missing.patient_id.value,
        missing.study_uid.value,
        missing.series_uid.value,
        missing.class_uid,
        missing.uid,
    )
