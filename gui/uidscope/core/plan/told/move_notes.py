"""What a move leaves to be known or settled: unlike neighbours, references apart, the former patient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from uidscope.core.catalog.plan_questions import (
    LoadedObject,
    files_of_series,
    instance_references,
    is_loaded,
    loaded_objects,
    profile_values,
    referring_occurrences,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.judge.comparable_values import comparable
from uidscope.core.judge.equipment_rules import device_value
from uidscope.core.plan.edits.taking_over import decides_series
from uidscope.core.plan.move_target import MoveTarget
from uidscope.core.plan.output import Output, Part
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.plan.uid_map import FileOutcome, outcome_counts
from uidscope.core.uid.entity_attributes import entity_attributes

_PATIENT: Final = ("PatientID", "IssuerOfPatientID")
_DEVICE: Final = ("Manufacturer", "ManufacturerModelName", "DeviceSerialNumber")
_PLACE: Final = "FrameOfReferenceUID"


class MoveNotes(NamedTuple):
    """What is only to be told, and what stands against the plan."""

    notes: tuple[PlanNote, ...]
    conflicts: tuple[PlanNote, ...]


def move_notes(
    catalog: Catalog,
    output: Output,
    targets: Mapping[str, MoveTarget],
    outcomes: Mapping[int, FileOutcome],
) -> MoveNotes:
    """Look at the moves of an output once its keys are known."""
    notes: list[PlanNote] = []
    conflicts: list[PlanNote] = []
    for part in output.parts:
        if part.treatment != "move":
            continue
        target = targets[part.intention.id]
        notes += _former_patient(catalog, part, target)
        notes += _parted(catalog, output, part, target, outcomes)
        conflicts += _target_changes(target, outcomes)
        if target.into.level == "series":
            unlike = _Unlike(catalog, part, target)
            notes += unlike.notes()
            conflicts += unlike.conflicts()
    return MoveNotes(tuple(notes), tuple(conflicts))


def _former_patient(catalog: Catalog, part: Part, target: MoveTarget) -> Iterator[PlanNote]:
    """Objects of another patient: what nobody looks into may still name that one."""
    values = profile_values(catalog, {known.profile for known in part.written}, _PATIENT)
    others = tuple(
        known.occurrence for known in part.written if not target.taken_over.is_patient(*values[known.profile])
    )
    if others:
        yield PlanNote("former-patient-inside", {"files": len(others)}, others)


def _parted(
    catalog: Catalog,
    output: Output,
    part: Part,
    target: MoveTarget,
    outcomes: Mapping[int, FileOutcome],
) -> Iterator[PlanNote]:
    """Objects of the output that name one another and come to stand in two studies (PS3.3 C.12.2)."""
    moved = {known.sop_instance_uid for known in part.written if known.sop_instance_uid}
    studies = {
        known.occurrence: outcomes[known.occurrence].study_uid
        for known in (*part.written, *(known for known, _ in output.followers))
    }
    parted: set[int] = set()
    loaded: dict[str, bool] = {}
    for reference in instance_references(catalog, part.occurrences):
        if reference.uid in moved or studies[reference.occurrence] == target.taken_over.study_uid:
            continue
        if reference.uid not in loaded:
            loaded[reference.uid] = is_loaded(catalog, reference.uid)
        if loaded[reference.uid]:
            parted.add(reference.occurrence)
    followers = {known.occurrence for known, _ in output.followers}
    for occurrence in followers & referring_occurrences(catalog, moved):
        if studies[occurrence] != target.taken_over.study_uid:
            parted.add(occurrence)
    if parted:
        yield PlanNote("references-across-studies", {"files": len(parted)}, tuple(sorted(parted)))


def _target_changes(target: MoveTarget, outcomes: Mapping[int, FileOutcome]) -> Iterator[PlanNote]:
    """Another step of the plan gives the target's own objects another key in its place."""
    level = target.into.level
    for outcome, _ in outcome_counts(outcomes):
        old, new = outcome.parent(level)
        if outcome.treatment in ("move", "repair") and old == target.into.uid and new not in (None, old):
            yield PlanNote("target-changes", {"level": level, "uid": target.into.uid})
            return


class _Unlike:
    """Objects that go into a series, beside those that stand in it."""

    def __init__(self, catalog: Catalog, part: Part, target: MoveTarget) -> None:
        self._target = target
        self._moved = part.written
        self._there = tuple(loaded_objects(catalog, files_of_series(catalog, target.series)))
        profiles = {known.profile for known in (*self._moved, *self._there)}
        classes = profile_values(catalog, profiles, ("SOPClassUID",))
        deciding = {
            each.keyword: each.vr
            for (class_uid,) in set(classes.values())
            for each in entity_attributes(class_uid).values()
            if decides_series(each)
        }
        self._vrs = {"Modality": "CS", **deciding}
        self._keywords = (*self._vrs, *_DEVICE, _PLACE)
        self._values = profile_values(catalog, profiles, self._keywords)

    def conflicts(self) -> Iterator[PlanNote]:
        """Yield what forbids that they stand in one series."""
        differing = [keyword for keyword, vr in self._vrs.items() if self._differ(keyword, vr)]
        if differing:
            facts: dict[str, str | int] = {
                "uid": self._target.into.uid,
                "attributes": ", ".join(differing),
                "files": len(self._moved),
            }
            yield PlanNote("unlike-the-series", facts, tuple(known.occurrence for known in self._moved))

    def notes(self) -> Iterator[PlanNote]:
        """Yield what is unusual in one series."""
        differing = [keyword for keyword in _DEVICE if self._differ(keyword, "")]
        differing += [_PLACE] if self._differ(_PLACE, "UI") else []
        if differing:
            facts: dict[str, str | int] = {
                "uid": self._target.into.uid,
                "attributes": ", ".join(differing),
                "files": len(self._moved),
            }
            yield PlanNote("unusual-in-the-series", facts, tuple(known.occurrence for known in self._moved))

    def _differ(self, keyword: str, vr: str) -> bool:
        """Whether some objects say of an attribute what none of the target's says, nor leaves open."""
        moved, there = self._texts(keyword, self._moved), self._texts(keyword, self._there)
        if vr:
            forms = comparable([*moved, *there], vr)
            moved, there = {forms[text] for text in moved}, {forms[text] for text in there}
        else:
            moved, there = set(map(device_value, moved)), set(map(device_value, there))
        return bool(moved - {""} - there) and bool(there - {""})

    def _texts(self, keyword: str, objects: Iterable[LoadedObject]) -> set[str]:
        at = self._keywords.index(keyword)
        return {self._values[known.profile][at] for known in objects}
