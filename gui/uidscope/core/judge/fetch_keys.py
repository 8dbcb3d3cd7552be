"""The keys with which missing instances can be fetched from an archive, and where each was found.

An archive that is asked for one image wants the Study and Series Instance UID with it (PS3.4 C.4.1,
C.4.2.2.1). Bare references give neither, so they are looked for wherever the same instance is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from uidscope.core.catalog.stated_references import (
    ReferringObject,
    StatedReference,
    references_to_missing,
    referring_objects,
    studies_of_series,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.judge.reference_rules import may_be_absent
from uidscope.core.progress import CancelToken

# Where a key was found, the surest first:
# - series-list: (0008,1115) or (0008,1200) of the referring object (PS3.3 C.12.2)
# - evidence: the evidence of a report or key object (PS3.3 C.17.2.3)
# - image-evidence: the evidence of an enhanced image
# - enclosing: another sequence around the reference
# - other-object: another object that names the same instance
# - loaded-series: the series is loaded, but for this instance
# - referring-object: the object that names the instance, whose patient it is
# - assumed: nothing says it; taken for that of the referring object
FoundIn = Literal[
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
    objects: dict[int, list[ReferringObject]] = {}
    for each in referring_objects(catalog, {one.set_id for several in named.values() for one in several}):
        objects.setdefault(each.set_id, []).append(each)
    loaded = studies_of_series(
        catalog, {one.series_uid for several in named.values() for one in several if one.series_uid}
    )
    found = []
    for references in named.values():
        if cancel is not None:
            cancel.raise_if_cancelled()
        placed = [reference for reference in references if reference.set_id in objects]
        if placed:
            found.append(_missing_instance(placed, objects, loaded))
    yield from sorted(found, key=_order)


def _missing_instance(
    references: list[StatedReference],
    objects: Mapping[int, list[ReferringObject]],
    loaded: Mapping[str, tuple[str, ...]],
) -> MissingInstance:
    """One instance from all references to it."""
    referrers = [each for set_id in {one.set_id for one in references} for each in objects[set_id]]
    first = min(referrers, key=lambda each: each.occurrence_id)
    in_order = sorted(references, key=lambda each: (_RANKS.index(_found_in(each, first)), each.set_id))
    with_series = next((each for each in in_order if each.series_uid), None)
    series = (
        Key("", "") if with_series is None else Key(with_series.series_uid, _found_in(with_series, first))
    )
    study = (
        _study_of(with_series, objects, loaded, first)
        or next((Key(each.study_uid, _found_in(each, first)) for each in in_order if each.study_uid), None)
        or Key(first.study_uid, "assumed" if first.study_uid else "")
    )
    return MissingInstance(
        uid=references[0].uid,
        class_uid=next((each.class_uid for each in in_order if each.class_uid), ""),
        patient_id=Key(first.patient_id, "referring-object" if first.patient_id else ""),
        issuer=first.issuer,
        study_uid=study,
        series_uid=series,
        referring_occurrence=first.occurrence_id,
        referring_occurrences=sum(each.occurrences for each in referrers),
    )


def _study_of(
    reference: StatedReference | None,
    objects: Mapping[int, list[ReferringObject]],
    loaded: Mapping[str, tuple[str, ...]],
    first: ReferringObject,
) -> Key | None:
    """The study of the series that a reference gives, as far as that is known."""
    if reference is None:
        return None
    if reference.study_uid:
        return Key(reference.study_uid, _found_in(reference, first))
    own = objects[reference.set_id][0].study_uid
    if own and reference.pattern.startswith(_OWN_STUDY):
        return Key(own, _found_in(reference, first))
    studies = loaded.get(reference.series_uid, ())
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
