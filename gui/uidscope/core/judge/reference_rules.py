"""ENT-50: references to instances that are not loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.missing_targets import MissingReference, Referrer, missing_references, referrers
from uidscope.core.judge.element_path import leaf
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule
from uidscope.core.uid.registry import is_registered, registered

_UNCOMPRESSED_PREDECESSOR: Final = "121320"
# The source of a concatenation or of extracted frames is as a rule no stored object.
_SOURCES_NEVER_STORED: Final = frozenset(
    {"SOPInstanceUIDOfConcatenationSource", "MultiFrameSourceSOPInstanceUID"}
)
# What an object was converted from stays where it was; former values are no references any more.
_FORMER_SEQUENCES: Final = ("ConversionSourceAttributesSequence[]", "OriginalAttributesSequence[]")

# Objects that are about other objects: key objects and reports, presentation states, segmentations,
# registrations, radiotherapy. Images only name their localizers and sources.
_CLASSES_ABOUT_OTHERS: Final = tuple(
    f"1.2.840.10008.5.1.4.1.1.{branch}"
    for branch in ("11.", "66.1", "66.2", "66.3", "66.4", "66.5", "66.7", "66.8", "67", "88.", "91.1", "481.")
)
_MODALITIES_ABOUT_OTHERS: Final = frozenset(
    (
        "ANN",
        "FID",
        "KO",
        "PR",
        "REG",
        "RTDOSE",
        "RTIMAGE",
        "RTINTENT",
        "RTPLAN",
        "RTRAD",
        "RTRECORD",
        "RTSEGANN",
        "RTSTRUCT",
        "RWV",
        "SEG",
        "SR",
    )
)
_EXAMPLES: Final = 5


class _Target(NamedTuple):
    """What is missing: a series, or a class where the series is unknown."""

    series_uid: str
    class_uid: str


class _Missing(NamedTuple):
    """What is missing of one target: instances in the order met, where they were first named."""

    path: str
    class_uid: str
    instances: dict[str, None]


@dataclass(slots=True)
class _Gap:
    """A referring series and what it misses of one target."""

    series_uid: str
    missing: _Missing
    occurrences: list[int] = field(default_factory=list)
    is_about_others: bool = False


def missing_targets(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-50: one finding for each referring series and missing series."""
    gaps: dict[tuple[int | str, _Target], _Gap] = {}
    for references in missing_references(inquiry.catalog):
        _note_gaps(inquiry, references, gaps)
    for (_, target), gap in gaps.items():
        yield _finding(target, gap)


def _note_gaps(
    inquiry: Inquiry, references: list[MissingReference], gaps: dict[tuple[int | str, _Target], _Gap]
) -> None:
    missing_of_sets: dict[int, dict[_Target, _Missing]] = {}
    for reference in references:
        if not may_be_absent(reference.pattern, reference.uid, reference.purpose):
            _note(missing_of_sets.setdefault(reference.set_id, {}), reference)
    for referrer in referrers(inquiry.catalog, missing_of_sets):
        inquiry.cancel.raise_if_cancelled()
        for target, missing in missing_of_sets[referrer.set_id].items():
            key = (referrer.series_uid or referrer.series_id, target)
            gap = gaps.get(key)
            if gap is None:
                gap = gaps[key] = _Gap(referrer.series_uid, _Missing(missing.path, missing.class_uid, {}))
            gap.missing.instances.update(missing.instances)
            gap.occurrences.append(referrer.occurrence_id)
            gap.is_about_others = gap.is_about_others or _is_about_others(referrer)


def is_former(pattern: str) -> bool:
    """Say whether a path leads to what an object once said, or once was: no reference of today."""
    return any(sequence in pattern for sequence in _FORMER_SEQUENCES)


def may_be_absent(pattern: str, uid: str, purpose: str) -> bool:
    """Say whether nobody expects the target of a reference to be stored anywhere."""
    return _names_what_is_not_stored(pattern, purpose) or is_registered(uid)


@lru_cache(maxsize=1024)  # a million references say few different things here
def _names_what_is_not_stored(pattern: str, purpose: str) -> bool:
    return (
        purpose == _UNCOMPRESSED_PREDECESSOR or leaf(pattern) in _SOURCES_NEVER_STORED or is_former(pattern)
    )


def _note(targets: dict[_Target, _Missing], reference: MissingReference) -> None:
    target = _Target(reference.series_uid, "" if reference.series_uid else reference.class_uid)
    missing = targets.get(target)
    if missing is None:
        missing = targets[target] = _Missing(reference.pattern, reference.class_uid, {})
    missing.instances[reference.uid] = None


def _finding(target: _Target, gap: _Gap) -> Finding:
    missing = gap.missing
    entry = registered(missing.class_uid)
    return rule("ENT-50").finding(
        "series",
        gap.series_uid,
        tuple(sorted(gap.occurrences)),
        attribute=leaf(missing.path),
        path=missing.path,
        severity="warning" if gap.is_about_others else "info",
        facts={
            "missing": len(missing.instances),
            "missing_series": target.series_uid,
            "class_uid": missing.class_uid,
            "class_name": entry.name if entry else missing.class_uid,
            "examples": tuple(missing.instances)[:_EXAMPLES],
        },
    )


def _is_about_others(referrer: Referrer) -> bool:
    return (
        referrer.class_uid.startswith(_CLASSES_ABOUT_OTHERS) or referrer.modality in _MODALITIES_ABOUT_OTHERS
    )


CHECKS: Final = (Check(("ENT-50",), missing_targets),)
