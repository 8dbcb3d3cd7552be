"""Which files a plan writes: what its intentions select, what comes along, and what is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from uidscope.core.catalog.plan_questions import (
    LoadedObject,
    absolute_paths,
    loaded_objects,
    referring_occurrences,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.intention import Intention, IntentionKind, Plan
from uidscope.core.plan.keys.copies import Copies, copies_of
from uidscope.core.plan.selection import select
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.plan.uid_map import Skipped, SkipReason
from uidscope.core.progress import CancelToken
from uidscope.core.read.record import BROKEN, IS_DICOMDIR, TRUNCATED
from uidscope.core.uid.schemes import MAIN_DOMAIN, derivation_domain, role_domain, target_domain

# What the repairs of a plan are put together to: one old value gets the same new UID in each.
REPAIR: Final = Intention("repair", "repair")


@dataclass(frozen=True, slots=True)
class Part:
    """The objects that one intention gives new identities in one way.

    ``treatment`` is the intention's kind, but ``instances`` for the referrers that ``renew`` gives a
    new SOP Instance UID. ``covered`` is what is selected and whatever is identical to it; ``written``
    are the objects of the output and ``occurrences`` their ids.
    """

    intention: Intention
    treatment: IntentionKind
    covered: frozenset[int]
    written: tuple[LoadedObject, ...]
    occurrences: frozenset[int]

    def domain(self, kind: str, uid: str, several_kinds: Mapping[str, frozenset[str]]) -> bytes:
        """Return what the new UID of an entity is told apart by from others for the same old one."""
        role = role_domain(kind) if uid in several_kinds else b""
        if self.intention.into is not None:
            return b"|".join(filter(None, (target_domain(self.intention.into.uid), role)))
        if self.intention.kind != "derived-series":
            return role or MAIN_DOMAIN
        return b"|".join(filter(None, (derivation_domain(self.intention.derivation), role)))


@dataclass(frozen=True, slots=True)
class Output:
    """What a plan writes: its parts in the plan's order, and the referrers that keep what they are.

    ``followers`` says which intention brought each of them along; ``outside`` are the objects left out
    that refer into the parts.
    """

    parts: tuple[Part, ...]
    followers: tuple[tuple[LoadedObject, Intention], ...]
    outside: frozenset[int]
    skipped: tuple[Skipped, ...]
    copies: Copies
    conflicts: tuple[PlanNote, ...]

    def written_by(self, intention: str) -> frozenset[int]:
        """Return the occurrences that an intention gives new identities."""
        return frozenset().union(*(part.occurrences for part in self.parts if part.intention.id == intention))

    def written_with(self, intention: str) -> frozenset[int]:
        """Return the occurrences that an intention writes, what only comes along included."""
        along = (known.occurrence for known, brought_by in self.followers if brought_by.id == intention)
        return self.written_by(intention).union(along)

    def written_beside(self, intention: str) -> frozenset[int]:
        """Return the occurrences that the other intentions write, what only comes along included."""
        others = {part.intention.id for part in self.parts} | {each.id for _, each in self.followers}
        return frozenset().union(*(self.written_with(other) for other in others - {intention}))

    def own_uids(self) -> dict[int, str]:
        """Return the SOP Instance UID of every file of the output."""
        objects = [known for part in self.parts for known in part.written]
        objects += [known for known, _ in self.followers]
        return {known.occurrence: known.sop_instance_uid for known in objects}


def find_output(catalog: Catalog, plan: Plan, token: CancelToken | None = None) -> Output:
    """Find what a plan writes. Raises ``UsageError`` for a selector that means nothing, and ``Cancelled``."""
    chosen: list[tuple[Intention, set[int]]] = []
    taken: set[int] = set()
    conflicts = []
    repairs = [intention for intention in plan.intentions if intention.kind == "repair"]
    for intention in plan.intentions:
        if intention in repairs:
            continue
        selected = select(catalog, intention.selectors)
        twice = selected & taken
        if twice:
            conflicts.append(_selected_twice(catalog, twice))
        chosen.append((intention, selected - taken))
        taken |= selected
    if repairs:
        # All repairs are one, over what no other step treats, so that the order of steps is irrelevant.
        chosen.append((REPAIR, select(catalog, ()) - taken))
        taken |= chosen[-1][1]
    skipped: list[Skipped] = []
    copies = copies_of(catalog, taken, token)
    parts = [
        _part(catalog, intention, intention.kind, selected, copies, skipped) for intention, selected in chosen
    ]
    named = _names([part for part in parts if not part.intention.with_referrers])
    outside = referring_occurrences(catalog, named) - taken
    followers: list[tuple[LoadedObject, Intention]] = []
    for part in [part for part in parts if part.intention.with_referrers]:
        along = _referrers(catalog, part, taken)
        taken |= along
        renewed = part.intention.renew
        copies_along = copies_of(catalog, along, token)
        if renewed:
            parts.append(_part(catalog, part.intention, "instances", along, copies_along, skipped))
        else:
            written = _written(catalog, along, copies_along, skipped)
            followers += [(known, part.intention) for known in written]
    return Output(
        parts=tuple(parts),
        followers=tuple(followers),
        outside=frozenset(outside - taken),
        skipped=tuple(sorted(skipped)),
        copies=copies_of(catalog, taken, token) if followers or len(parts) > len(chosen) else copies,
        conflicts=tuple(conflicts),
    )


def _part(
    catalog: Catalog,
    intention: Intention,
    treatment: IntentionKind,
    selected: Collection[int],
    copies: Copies,
    skipped: list[Skipped],
) -> Part:
    written = _written(catalog, selected, copies, skipped)
    covered = frozenset(copies.with_identical(selected))
    return Part(intention, treatment, covered, written, frozenset(known.occurrence for known in written))


def _written(
    catalog: Catalog, selected: Collection[int], copies: Copies, skipped: list[Skipped]
) -> tuple[LoadedObject, ...]:
    """The selected files that are written; why the others are not is added to ``skipped``."""
    whole = []
    for known in loaded_objects(catalog, selected):
        reason = _unwritable(known)
        if reason is None:
            whole.append(known)
        else:
            skipped.append(Skipped(known.occurrence, reason))
    surplus = _surplus(catalog, (known.occurrence for known in whole), copies)
    skipped += [Skipped(id_, "identical") for id_ in surplus]
    return tuple(known for known in whole if known.occurrence not in surplus)


def _unwritable(known: LoadedObject) -> SkipReason | None:
    if known.flags & IS_DICOMDIR:
        return "dicomdir"
    if known.flags & BROKEN:
        return "broken"
    return "truncated" if known.flags & TRUNCATED else None


def _surplus(catalog: Catalog, occurrences: Iterable[int], copies: Copies) -> set[int]:
    """Of identical files all but the one whose path comes first."""
    written = set(occurrences)
    groups = [written.intersection(twins) for twins in copies.twins.values()]
    several = [group for group in groups if len(group) > 1]
    paths = absolute_paths(catalog, {id_ for group in several for id_ in group})
    return {id_ for group in several for id_ in group - {min(group, key=lambda id_: paths[id_])}}


def _referrers(catalog: Catalog, part: Part, taken: set[int]) -> set[int]:
    """The loaded objects that name an object of this part; under ``renew``, those that name these too."""
    found: set[int] = set()
    names = _names([part])
    while names:
        more = referring_occurrences(catalog, names) - taken - found
        found |= more
        names = _sop_uids(loaded_objects(catalog, more)) if part.intention.renew else set()
    return found


def _names(parts: Iterable[Part]) -> set[str]:
    return {uid for part in parts for uid in _sop_uids(part.written)}


def _sop_uids(objects: Iterable[LoadedObject]) -> set[str]:
    return {known.sop_instance_uid for known in objects if known.sop_instance_uid}


def _selected_twice(catalog: Catalog, occurrences: set[int]) -> PlanNote:
    first = min(absolute_paths(catalog, occurrences).values())
    facts: dict[str, str | int] = {"files": len(occurrences), "file": first}
    return PlanNote("selected-twice", facts, tuple(sorted(occurrences)))
