"""Where a move goes: the keys of a loaded study or series, and what its objects say together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from uidscope.core.catalog.plan_questions import (
    SeriesPlace,
    absolute_paths,
    files_of_series,
    loaded_objects,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import InputError, UsageError
from uidscope.core.judge.comparable_values import comparable, same_numbers
from uidscope.core.plan.edits.carried_value import CarriedValue, carried
from uidscope.core.plan.edits.taken_over import TakenOver
from uidscope.core.plan.edits.taking_over import is_carried
from uidscope.core.plan.intention import Into
from uidscope.core.plan.output import Output, Part
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.progress import CancelToken
from uidscope.core.read.byte_window import open_window
from uidscope.core.read.record import BROKEN, IS_DICOMDIR, TRUNCATED
from uidscope.core.read.same_value import CHARACTER_SET_VRS, WORD_SIZES
from uidscope.core.read.structure import FileStructure, StructureFault, parse_structure
from uidscope.core.uid.dictionary import keyword
from uidscope.core.uid.entity_attributes import hierarchy_attributes
from uidscope.core.uid.registry import is_under_dicom_root
from uidscope.core.uid.syntax import judge_value

_SOP_CLASS_UID: Final = 0x0008_0016
_PATIENT_ID: Final = 0x0010_0020
_ISSUER_OF_PATIENT_ID: Final = 0x0010_0021
# Type 3, and yet they say who the patient is.
_WHOSE_ID: Final = frozenset({_ISSUER_OF_PATIENT_ID, 0x0010_0024})
# What makes a UID none at all, or longer than one may be; other systems' habits are theirs.
_FAULTS: Final = frozenset({"UID-S01", "UID-S02", "UID-S03", "UID-S04"})
_UNWRITABLE: Final = IS_DICOMDIR | BROKEN | TRUNCATED


@dataclass(frozen=True, slots=True)
class MoveTarget:
    """A loaded study or series, by the ids of its series in the tree, and what is taken over from it."""

    into: Into
    series: frozenset[int]
    taken_over: TakenOver


class MoveTargets(NamedTuple):
    """The targets by the ids of their intentions, and what is to be told."""

    by_intention: Mapping[str, MoveTarget]
    notes: tuple[PlanNote, ...]
    conflicts: tuple[PlanNote, ...]


class _Stated(NamedTuple):
    """One value of the target, and whether its type asks that all its objects have the same."""

    value: CarriedValue
    is_strict: bool


def find_move_targets(
    catalog: Catalog, output: Output, places: Mapping[int, SeriesPlace], token: CancelToken
) -> MoveTargets:
    """Look at the targets of the moves of an output; one file of each kind in them is read.

    Raises ``UsageError`` for a target that is not loaded, ``InputError`` for one that cannot be read, and
    ``Cancelled``.
    """
    found: dict[str, MoveTarget] = {}
    notes: list[PlanNote] = []
    conflicts: list[PlanNote] = []
    for part in output.parts:
        into = part.intention.into
        if part.treatment != "move" or into is None:
            continue
        series = _series_of(into, places)
        studies = sorted({places[id_].study_uid for id_ in series})
        if len(studies) > 1:
            conflicts.append(
                PlanNote("target-in-several-studies", {"uid": into.uid, "studies": len(studies)})
            )
        already = _already_there(part, series)
        if already:
            facts: dict[str, str | int] = {"files": len(already), "level": into.level, "uid": into.uid}
            conflicts.append(PlanNote("already-there", facts, already))
        stated = _stated(catalog, into, series, token)
        values, differing, strictly = _agreed(stated)
        facts = {"level": into.level, "uid": into.uid}
        if strictly:
            conflicts.append(PlanNote("target-disagrees", {**facts, "attributes": ", ".join(strictly)}))
        if differing:
            notes.append(PlanNote("target-leaves-open", {**facts, "attributes": ", ".join(differing)}))
        taken_over = _taken_over(into, studies[0], values)
        conflicts += _faulty_keys(taken_over)
        found[part.intention.id] = MoveTarget(into, series, taken_over)
    return MoveTargets(found, tuple(notes), tuple(conflicts))


def _series_of(into: Into, places: Mapping[int, SeriesPlace]) -> frozenset[int]:
    bears = {
        id_: place.study_uid if into.level == "study" else place.series_uid for id_, place in places.items()
    }
    series = frozenset(id_ for id_, uid in bears.items() if uid == into.uid)
    if not series:
        raise UsageError(f"No loaded {into.level} has the UID {into.uid}, so nothing can be moved into it.")
    return series


def _faulty_keys(taken_over: TakenOver) -> Iterator[PlanNote]:
    """The keys of a target that nobody should bear, or that are empty."""
    for level in taken_over.levels:
        uid = taken_over.study_uid if level == "study" else taken_over.series_uid
        if not uid or is_under_dicom_root(uid) or not _FAULTS.isdisjoint(judge_value(uid)):
            yield PlanNote("target-faulty", {"level": level, "uid": uid})


def _already_there(part: Part, series: Collection[int]) -> tuple[int, ...]:
    return tuple(known.occurrence for known in part.written if known.series in series)


def _taken_over(into: Into, study_uid: str, values: Mapping[int, CarriedValue]) -> TakenOver:
    who = [values[tag].text if tag in values else "" for tag in (_PATIENT_ID, _ISSUER_OF_PATIENT_ID)]
    return TakenOver(study_uid, into.uid if into.level == "series" else "", values, *who)


def _stated(
    catalog: Catalog, into: Into, series: Collection[int], token: CancelToken
) -> dict[int, list[_Stated]]:
    """What the objects of a target say, by tag: what no value stands for says nothing."""
    stated: dict[int, list[_Stated]] = {}
    is_read = False
    for path in _examples(catalog, series):
        token.raise_if_cancelled()
        try:
            with open_window(path, follow_links=True) as window:
                said = list(_said(parse_structure(window), into_series=into.level == "series"))
        except (InputError, StructureFault, OSError):
            continue
        is_read = True
        for each in said:
            stated.setdefault(each.value.tag, []).append(each)
    if not is_read:
        raise InputError(
            f"No file of the {into.level} {into.uid} can be read, so nothing can be moved into it."
        )
    return stated


def _examples(catalog: Catalog, series: Collection[int]) -> list[str]:
    """The path of one whole file for every tuple of values that the objects of these series share."""
    objects = [
        known
        for known in loaded_objects(catalog, files_of_series(catalog, series))
        if not known.flags & _UNWRITABLE
    ]
    paths = absolute_paths(catalog, [known.occurrence for known in objects])
    first: dict[int, str] = {}
    for known in objects:
        path = paths[known.occurrence]
        first[known.profile] = min(first.get(known.profile, path), path)
    return sorted(first.values())


def _said(structure: FileStructure, *, into_series: bool) -> Iterator[_Stated]:
    class_element = structure.dataset.find(_SOP_CLASS_UID)
    attributes = hierarchy_attributes("" if class_element is None else structure.text(class_element))
    for element in structure.dataset.elements:
        attribute = attributes.get(element.tag)
        if is_carried(element.tag, attribute, into_series=into_series):
            value = carried(structure, element, structure.dataset)
            if not value.is_empty:
                is_strict = attribute is not None and attribute.type != "3"
                yield _Stated(value, is_strict or element.tag in _WHOSE_ID)


def _agreed(
    stated: Mapping[int, Iterable[_Stated]],
) -> tuple[dict[int, CarriedValue], list[str], list[str]]:
    """The values on which a target's objects agree; the other attributes, the strict ones apart."""
    values: dict[int, CarriedValue] = {}
    differing: list[str] = []
    strictly: list[str] = []
    for tag, several in sorted(stated.items()):
        different = list({each.value.meaning: each.value for each in several}.values())
        if len(different) == 1 or _say_the_same(different):
            values[tag] = max(different, key=lambda value: (len(value.raw_value), value.raw_value))
        elif any(each.is_strict for each in several):
            strictly.append(keyword(tag))
        else:
            differing.append(keyword(tag))
    return values, differing, strictly


def _say_the_same(values: list[CarriedValue]) -> bool:
    """Whether values differ only as systems write them: carets, fractions, padded numbers."""
    vr = values[0].vr
    if vr == "SQ" or vr in WORD_SIZES or any(value.vr != vr for value in values):
        return False
    texts = [value.text if vr in CHARACTER_SET_VRS else value.raw_value.decode("latin-1") for value in values]
    return len(set(comparable(texts, vr).values())) == 1 or same_numbers(texts, vr)
