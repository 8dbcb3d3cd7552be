"""ENT-20 to ENT-25 and ENT-27: objects and their frames of reference."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Final, TypeVar

from uidscope.core.catalog.disagreements import (
    DescribedObjects,
    Disagreement,
    disagreements,
    occurrences_of_profiles,
)
from uidscope.core.catalog.entity import frames_that_are_keys
from uidscope.core.catalog.finding import SEVERITIES, FactValue, Finding, Severity
from uidscope.core.catalog.plan_questions import profile_values
from uidscope.core.judge.comparable_values import comparable
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule
from uidscope.core.uid.entity_attributes import entity_attributes
from uidscope.core.uid.registry import is_registered, registered

_Item = TypeVar("_Item", bound=Hashable)

FRAME: Final = "FrameOfReferenceUID"
SYNCHRONIZATION: Final = "SynchronizationFrameOfReferenceUID"
_REFERENCE_POINT: Final = "PositionReferenceIndicator"

# Objects about several frames of reference, and images without a place in the room.
_ABOUT_SEVERAL: Final = frozenset({"REG", "RTSTRUCT", "RTPLAN", "RTIMAGE"})
_OFTEN_WITHOUT: Final = frozenset({"US", "DX"})
_OF_ONE_SPACE: Final = frozenset({"CT", "MR", "PT"})


def several_frames(inquiry: Inquiry, series: Disagreement) -> Iterator[Finding]:
    """Find ENT-20 and ENT-21 in the objects that belong to a series."""
    frames = series.values.get(FRAME)
    if frames is None:
        return
    stated = sorted({frame for frame in frames if frame})
    having = [each for each, frame in zip(series.objects, frames, strict=True) if frame]
    if len(stated) > 1:
        yield rule("ENT-20").finding(
            "series",
            series.uid,
            _files(inquiry, having),
            attribute=FRAME,
            path=FRAME,
            severity=min(map(_gravity, having), key=SEVERITIES.index),
            facts={"frames": tuple(stated), "frame_count": len(stated)},
        )
    lacking = [
        each
        for each, frame in zip(series.objects, frames, strict=True)
        if not frame and each.are_whole and _has_frame(each.class_uid)
    ]
    if stated and lacking:
        yield rule("ENT-21").finding(
            "series",
            series.uid,
            _files(inquiry, lacking),
            attribute=FRAME,
            path=FRAME,
            facts={
                "without": sum(each.files for each in lacking),
                "with": sum(each.files for each in having),
            },
        )


def several_synchronizations(inquiry: Inquiry, series: Disagreement) -> Iterator[Finding]:
    """Find ENT-27 in the objects that belong to a series; one that has none disagrees with one that has."""
    stated = series.values.get(SYNCHRONIZATION)
    if stated is None:
        return
    said = {text or "" for each, text in zip(series.objects, stated, strict=True) if text or each.are_whole}
    if len(said) < 2:
        return
    yield rule("ENT-27").finding(
        "series",
        series.uid,
        _files(inquiry, series.objects),
        attribute=SYNCHRONIZATION,
        path=SYNCHRONIZATION,
        facts={
            "frames": tuple(sorted(said - {""})),
            "without": sum(each.files for each, text in zip(series.objects, stated, strict=True) if not text),
        },
    )


def shared_frames(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-22, ENT-23 and ENT-24: what the objects of one frame of reference do not agree on."""
    keywords = ("PatientID", "IssuerOfPatientID", "StudyInstanceUID", _REFERENCE_POINT)
    for frame in disagreements(inquiry.catalog, "frame_of_reference", keywords):
        inquiry.cancel.raise_if_cancelled()
        if not is_registered(frame.uid):
            yield from _patients_and_studies(inquiry, frame)
        yield from _reference_points(inquiry, frame)


def frames_as_keys(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-25: one finding for each value."""
    for frame in frames_that_are_keys(inquiry.catalog):
        yield rule("ENT-25").finding(
            "frame_of_reference",
            frame.uid,
            frame.occurrences,
            attribute=FRAME,
            path=FRAME,
            facts={"kinds": frame.kinds},
        )


def _patients_and_studies(inquiry: Inquiry, frame: Disagreement) -> Iterator[Finding]:
    """ENT-22, but where a study under both patients explains it (ENT-11); ENT-23, patient by patient.

    ENT-23 is silent about studies that share a series, which takes its frame with it (ENT-10).
    """
    patients = _patients(inquiry, frame)
    studies = _texts(inquiry, frame, "StudyInstanceUID")
    named = sorted({patient for patient in patients if patient[0]})
    if len(_joined(named, [*_same_ids(named), *_grouped(patients, studies)])) > 1:
        yield _about_frame(inquiry, "ENT-22", frame, "PatientID", {"patient_ids": tuple(_shown(named))})
    if "StudyInstanceUID" not in frame.values:
        return
    for patient in sorted(set(patients)):
        own = frame.among(lambda place, patient=patient: patients[place] == patient)  # type: ignore[misc]
        own_studies = [study for study, each in zip(studies, patients, strict=True) if each == patient]
        different = sorted(set(own_studies) - {""})
        if len(different) < 2:
            continue
        if len(_joined(different, _grouped(own_studies, _texts(inquiry, own, "SeriesInstanceUID")))) > 1:
            facts: dict[str, FactValue] = {"studies": tuple(different), "study_count": len(different)}
            yield _about_frame(inquiry, "ENT-23", own, FRAME, facts)


def _reference_points(inquiry: Inquiry, frame: Disagreement) -> Iterator[Finding]:
    stated = [text for text in frame.values.get(_REFERENCE_POINT, ()) if text]
    forms = set(comparable(stated, "LO").values()) - {""}
    if len(forms) > 1:
        yield _about_frame(inquiry, "ENT-24", frame, _REFERENCE_POINT, {"values": tuple(sorted(set(stated)))})


def _about_frame(
    inquiry: Inquiry, code: str, frame: Disagreement, attribute: str, facts: dict[str, FactValue]
) -> Finding:
    return rule(code).finding(
        "frame_of_reference",
        frame.uid,
        _files(inquiry, frame.objects),
        attribute=attribute,
        path=attribute,
        facts=facts,
    )


def _patients(inquiry: Inquiry, frame: Disagreement) -> list[tuple[str, str]]:
    """Patient ID and issuer of each of the frame's objects."""
    ids, issuers = (_texts(inquiry, frame, keyword) for keyword in ("PatientID", "IssuerOfPatientID"))
    return list(zip(ids, issuers, strict=True))


def _texts(inquiry: Inquiry, frame: Disagreement, keyword: str) -> list[str]:
    """What each of the frame's objects says, '' for nothing, even where all say the same."""
    if keyword in frame.values:
        return [text or "" for text in frame.values[keyword]]
    profiles = [each.profile_id for each in frame.objects]
    stated = profile_values(inquiry.catalog, profiles, (keyword,))
    return [stated[profile][0] for profile in profiles]


def _grouped(items: Iterable[_Item], keys: Iterable[str]) -> list[list[_Item]]:
    """The items that have the same key; an empty one is none."""
    groups: dict[str, list[_Item]] = {}
    for item, key in zip(items, keys, strict=True):
        if key:
            groups.setdefault(key, []).append(item)
    return list(groups.values())


def _same_ids(patients: Iterable[tuple[str, str]]) -> list[tuple[tuple[str, str], ...]]:
    """Which of these are one patient: an ID without issuer is that of any issuer."""
    by_id: dict[str, list[tuple[str, str]]] = {}
    for patient in patients:
        by_id.setdefault(patient[0], []).append(patient)
    return [tuple(same) for same in by_id.values() if any(not issuer for _, issuer in same)]


def _joined(items: Iterable[_Item], groups: Iterable[Iterable[_Item]]) -> list[set[_Item]]:
    """The items in as few sets as there are, when the members of each group belong together."""
    sets: dict[_Item, set[_Item]] = {item: {item} for item in items}
    for group in groups:
        members = [item for item in group if item in sets]
        for item in members[1:]:
            first, other = sets[members[0]], sets[item]
            if first is not other:
                first |= other
                for each in other:
                    sets[each] = first
    return list({id(each): each for each in sets.values()}.values())


def _shown(patients: Iterable[tuple[str, str]]) -> Iterator[str]:
    for patient_id, issuer in patients:
        yield f"{patient_id} ({issuer})" if issuer else patient_id


def _gravity(each: DescribedObjects) -> Severity:
    """How grave a second frame of reference is in the series of such an object."""
    entry = registered(each.class_uid)
    name = "" if entry is None else entry.name
    if each.modality in _ABOUT_SEVERAL:
        return "info"
    if each.modality in _OF_ONE_SPACE or ("Enhanced" in name and ("Image" in name or "Volume" in name)):
        return "error"
    return "info" if each.modality in _OFTEN_WITHOUT else "warning"


def _has_frame(class_uid: str) -> bool:
    """Whether the IOD has the module Frame of Reference."""
    return _REFERENCE_POINT in entity_attributes(class_uid)


def _files(inquiry: Inquiry, objects: Iterable[DescribedObjects]) -> tuple[int, ...]:
    return occurrences_of_profiles(inquiry.catalog, [each.profile_id for each in objects])


CHECKS: Final = (
    Check(("ENT-22", "ENT-23", "ENT-24"), shared_frames),
    Check(("ENT-25",), frames_as_keys),
)
