"""ENT-51 to ENT-53: references whose target is loaded, and is not what they say, or is the object itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Final

from uidscope.core.catalog.finding import FactValue, Finding
from uidscope.core.catalog.stated_references import (
    SelfReference,
    StatedReference,
    Target,
    disagreeing_references,
    self_references,
    studies_of_series,
    targets,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.value_uses import instances_of, value_places, values_in
from uidscope.core.judge.element_path import is_private, leaf
from uidscope.core.judge.reference_rules import is_former
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule
from uidscope.core.judge.series_pairs import findings_of_pairs, target_series
from uidscope.core.uid.registry import registered

Targets = Mapping[str, tuple[Target, ...]]

_ORIGINAL_CLASS: Final = "OriginalSpecializedSOPClassUID"
# Every copy of a document may list all copies, itself among them (PS3.3 C.17.2.2).
_IDENTICAL_DOCUMENTS: Final = "IdenticalDocumentsSequence[]."
# A list of what is referred to elsewhere says nothing of a source (PS3.3 C.12.2), and the frames of one
# object may well come from others of its frames (PS3.3 C.7.6.16.2).
_NO_SOURCES: Final = (
    "ReferencedSeriesSequence[].",
    "StudiesContainingOtherReferencedInstancesSequence[].",
    "PerFrameFunctionalGroupsSequence[].",
    "SharedFunctionalGroupsSequence[].",
)
# Of the source of a concatenation ENT-32 speaks; an item's own UID tells what the item is.
_NO_REFERENCES: Final = frozenset({"SOPInstanceUIDOfConcatenationSource", "SOPInstanceUID"})


def other_targets(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-51 and ENT-52: one finding of each for a referring series and a target series."""
    references = [
        reference for reference in disagreeing_references(inquiry.catalog) if not is_former(reference.pattern)
    ]
    if not references:
        return
    loaded = targets(inquiry.catalog, (each.uid for each in references if each.kind == "instance"))
    studies = studies_of_series(inquiry.catalog, (each.uid for each in references if each.kind == "series"))
    generalized = _stored_as_a_general_class(inquiry.catalog)
    of_class = [
        (target_series(each, loaded), each)
        for each in references
        if _is_of_other_class(each, loaded) and (each.uid, each.class_uid) not in generalized
    ]
    yield from findings_of_pairs(inquiry, "ENT-51", of_class, lambda each: _class_facts(each, loaded))
    elsewhere = [
        (target_series(each, loaded), each)
        for each in references
        if each.kind == "series" or _is_elsewhere(each, loaded)
    ]
    yield from findings_of_pairs(
        inquiry, "ENT-52", elsewhere, lambda each: _place_facts(each, loaded, studies)
    )


def objects_naming_themselves(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-53: one finding for each file."""
    named = (each for each in self_references(inquiry.catalog) if _is_its_own_source(each))
    for (occurrence_id, uid), members in groupby(named, attrgetter("occurrence_id", "uid")):
        inquiry.cancel.raise_if_cancelled()
        paths = tuple(dict.fromkeys(each.pattern for each in members))
        yield rule("ENT-53").finding(
            "instance",
            uid,
            (occurrence_id,),
            attribute=leaf(paths[0]),
            path=paths[0],
            facts={"elements": paths},
        )


def _is_of_other_class(reference: StatedReference, loaded: Targets) -> bool:
    classes = {target.class_uid for target in loaded.get(reference.uid, ())}
    return bool(reference.class_uid and classes) and not classes & {"", reference.class_uid}


def _is_elsewhere(reference: StatedReference, loaded: Targets) -> bool:
    """Whether no target of an instance stands below the series and the study around the reference."""
    return bool(loaded.get(reference.uid)) and not any(
        _agree(reference.series_uid, target.series_uid) and _agree(reference.study_uid, target.study_uid)
        for target in loaded[reference.uid]
    )


def _agree(stated: str, actual: str) -> bool:
    return not stated or not actual or stated == actual


def _stored_as_a_general_class(catalog: Catalog) -> frozenset[tuple[str, str]]:
    """Instances that were sent as a more general class, with the class that they had (PS3.4 B.4.2.1)."""
    texts = {use.uid_id: use.text for use in values_in(catalog, [_ORIGINAL_CLASS])}
    if not texts:
        return frozenset()
    places = list(value_places(catalog, texts, [_ORIGINAL_CLASS]))
    instances = instances_of(catalog, {place.occurrence_id for place in places})
    return frozenset((instances[place.occurrence_id] or "", texts[place.uid_id]) for place in places)


def _class_facts(reference: StatedReference, loaded: Targets) -> dict[str, FactValue]:
    actual = {target.class_uid: None for target in loaded[reference.uid]}
    return {
        "stated": _class_name(reference.class_uid),
        "actual": tuple(_class_name(class_uid) for class_uid in actual),
    }


def _class_name(class_uid: str) -> str:
    entry = registered(class_uid)
    return entry.name if entry else class_uid


def _place_facts(
    reference: StatedReference, loaded: Targets, studies: Mapping[str, tuple[str, ...]]
) -> dict[str, FactValue]:
    """Which of series and study is wrong, what the reference says and what is loaded, in this order."""
    if reference.kind == "series":
        return {"wrong": "study", "stated": (reference.study_uid,), "actual": studies.get(reference.uid, ())}
    places = loaded[reference.uid]
    wrong = {
        "series": (reference.series_uid, [place.series_uid for place in places]),
        "study": (reference.study_uid, [place.study_uid for place in places]),
    }
    agreeing = [
        name for name, (stated, actual) in wrong.items() if any(_agree(stated, one) for one in actual)
    ]
    if len(agreeing) < len(wrong):  # else each is right for another of several copies
        for name in agreeing:
            del wrong[name]
    return {
        "wrong": " and ".join(wrong),
        "stated": tuple(stated for stated, _ in wrong.values()),
        "actual": tuple(dict.fromkeys(one for _, actual in wrong.values() for one in actual)),
    }


def _is_its_own_source(reference: SelfReference) -> bool:
    pattern = reference.pattern
    return not (
        leaf(pattern) in _NO_REFERENCES
        or pattern.startswith(_NO_SOURCES)
        or _IDENTICAL_DOCUMENTS in pattern
        or is_former(pattern)
        or is_private(pattern)
    )


CHECKS: Final = (
    Check(("ENT-51", "ENT-52"), other_targets),
    Check(("ENT-53",), objects_naming_themselves),
)
