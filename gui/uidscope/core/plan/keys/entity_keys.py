"""New UIDs for what the objects define besides study, series and instance.

Frames of reference, concatenations, fiducials and the like: what an intention does with each is its
column in the table of UI elements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.plan_questions import carriers, pattern_ids, uids_of_several_kinds, values_at
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.entry import MapEntry, RowKey, SwitchedOff
from uidscope.core.plan.intention import table_column
from uidscope.core.plan.issued import Issuer
from uidscope.core.plan.keys.entity_elements import EntityElement, entity_elements, map_kind
from uidscope.core.plan.keys.frame_of_part import frame_notes, gets_own_frame
from uidscope.core.plan.output import Output, Part
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.plan.uid_map import EntityKey
from uidscope.core.uid.elements import Treatment, treatment
from uidscope.core.uid.registry import is_registered

_CONCATENATION_SOURCE: Final = "SOPInstanceUIDOfConcatenationSource"
_PART_OF: Final = {"PyramidUID": "part-of-pyramid"}
_NEW: Final = ("new", "new-if-closed", "new-if-whole")
# These tie the objects of one whole together.
_WHOLES: Final = frozenset({"ConcatenationUID", "PyramidUID", _CONCATENATION_SOURCE})


class Entity(NamedTuple):
    """One entity that the objects of a part define, and what is to become of it."""

    kind: str
    uid: str
    treatment: Treatment
    element: str


class EntityKeys(NamedTuple):
    """The keys by their old UIDs, their entries, and what is to be told."""

    keys: Mapping[str, tuple[EntityKey, ...]]
    entries: tuple[MapEntry, ...]
    notes: tuple[PlanNote, ...]
    conflicts: tuple[PlanNote, ...]
    switched_off: tuple[SwitchedOff, ...]


@dataclass(frozen=True, slots=True)
class LoadedElements:
    """The elements of the loaded files whose values name entities."""

    by_id: Mapping[int, EntityElement]

    def patterns_of_kind(self, kind: str) -> list[str]:
        """Return where values that name this kind of entity stand."""
        return [entity.pattern for entity in self.by_id.values() if entity.kind == kind]

    def defining(self, keyword: str) -> list[str]:
        """Return where an element stands in which it defines its entity."""
        return [
            entity.pattern
            for entity in self.by_id.values()
            if entity.defines and entity.element.keyword == keyword
        ]


def loaded_elements(catalog: Catalog) -> LoadedElements:
    """Ask the catalog in which elements its UI values stand."""
    by_text = pattern_ids(catalog)
    return LoadedElements({by_text[entity.pattern]: entity for entity in entity_elements(by_text)})


def kinds_of_shared_uids(catalog: Catalog, elements: LoadedElements) -> dict[str, frozenset[str]]:
    """Return the UIDs that serve more than one kind of entity, and which kinds."""
    defining = {id_: entity.kind for id_, entity in elements.by_id.items() if entity.defines}
    return uids_of_several_kinds(catalog, defining)


def entity_keys(
    catalog: Catalog,
    output: Output,
    elements: LoadedElements,
    several_kinds: Mapping[str, frozenset[str]],
    issuer: Issuer,
    repaired: Iterable[Entity],
) -> EntityKeys:
    """Give new UIDs to the entities that the parts of an output define.

    ``repaired`` are those that a repair gives new ones.
    """
    keys: dict[str, list[EntityKey]] = {}
    entries: list[MapEntry] = []
    notes: list[PlanNote] = []
    conflicts: dict[frozenset[int], PlanNote] = {}
    switched_off: dict[SwitchedOff, None] = {}
    for part in output.parts:
        entities = sorted(repaired) if part.treatment == "repair" else _entities(catalog, part, elements)
        held = _Held(catalog, part, elements, entities)
        beside = output.written_beside(part.intention.id) if entities else frozenset()
        for entity in entities:
            refusal = _refusal(part, entity, held, output)
            if refusal is None:
                domain = part.domain(entity.kind, entity.uid, several_kinds)
                row = RowKey(part.intention.id, entity.uid, domain)
                key = _key(part, entity, beside, held, issuer.uid_of(row, entity.kind))
                entry = _entry(part, entity, key, held, output, several_kinds)
                if not key.new:
                    switched_off[SwitchedOff(row, entry)] = None
                    notes += _shared_by_new_objects(entity, held)
                elif key not in keys.setdefault(entity.uid, []):
                    keys[entity.uid].append(key)
                    entries.append(entry)
                    outside = _holding_outside(part, entity, held, output)
                    notes += frame_notes(part, entity.uid, entry, outside)
            elif entity.treatment == "new-if-closed":
                notes.append(refusal)
            else:
                conflicts.setdefault(frozenset(refusal.occurrences), refusal)
    return EntityKeys(
        {uid: tuple(several) for uid, several in keys.items()},
        tuple(entries),
        tuple(notes),
        tuple(conflicts.values()),
        tuple(switched_off),
    )


def _entities(catalog: Catalog, part: Part, elements: LoadedElements) -> list[Entity]:
    """The entities to be given a new UID, if they may; each kind and UID once, in the order of text."""
    column = table_column(part.treatment)
    treatments = {
        id_: "new-if-closed" if gets_own_frame(part, entity.kind) else treatment(entity.element.tag, column)
        for id_, entity in elements.by_id.items()
        if entity.defines
    }
    wanted = {id_: treated for id_, treated in treatments.items() if treated in _NEW}
    found: dict[tuple[str, str], Entity] = {}
    for id_, uid in sorted(values_at(catalog, part.occurrences, wanted)):
        entity = elements.by_id[id_]
        if is_registered(uid) or _names_loaded_instance(catalog, entity, uid):
            continue
        found.setdefault((entity.kind, uid), Entity(entity.kind, uid, wanted[id_], entity.element.keyword))
    return [found[key] for key in sorted(found)]


def _names_loaded_instance(catalog: Catalog, entity: EntityElement, uid: str) -> bool:
    """Whether the source of a concatenation is a file of its own: then the element is a reference."""
    return entity.element.keyword == _CONCATENATION_SOURCE and any(
        node.level == "instance" for node in nodes_with_uid(catalog, uid)
    )


class _Held:
    """Which loaded files hold the entities of a part: anywhere, and where they define them."""

    def __init__(
        self, catalog: Catalog, part: Part, elements: LoadedElements, entities: list[Entity]
    ) -> None:
        self._anywhere: dict[tuple[str, str], set[int]] = {}
        self._defined: dict[tuple[str, str], set[int]] = {}
        self.covered = part.covered
        self.written = part.occurrences
        for kind in {entity.kind for entity in entities if entity.treatment == "new-if-closed"}:
            uids = [entity.uid for entity in entities if entity.kind == kind]
            found = carriers(catalog, uids, elements.patterns_of_kind(kind))
            self._anywhere |= {(kind, uid): ids for uid, ids in found.items()}
        for keyword in {entity.element for entity in entities}:
            uids = [entity.uid for entity in entities if entity.element == keyword]
            found = carriers(catalog, uids, elements.defining(keyword))
            self._defined |= {(keyword, uid): ids for uid, ids in found.items()}

    def anywhere(self, entity: Entity) -> set[int]:
        return self._anywhere[entity.kind, entity.uid]

    def defined(self, entity: Entity) -> set[int]:
        return self._defined[entity.element, entity.uid]


def _refusal(part: Part, entity: Entity, held: _Held, output: Output) -> PlanNote | None:
    """Why an entity gets no new UID, if it may not."""
    if gets_own_frame(part, entity.kind):
        return None
    if entity.treatment == "new-if-closed":
        outside = held.anywhere(entity) - held.covered
        if outside:
            facts: dict[str, str | int] = {
                "uid": entity.uid,
                "kind": entity.kind.replace("_", " "),
                "outside": len(outside),
            }
            return PlanNote("frame-kept", facts, tuple(sorted(outside)))
    elif entity.treatment == "new-if-whole":
        members = held.defined(entity)
        missing = members - output.copies.with_identical(output.written_by(part.intention.id))
        if missing:
            facts = {"uid": entity.uid, "selected": len(members) - len(missing), "loaded": len(members)}
            code = _PART_OF.get(entity.element, "part-of-concatenation")
            return PlanNote(code, facts, tuple(sorted(missing)))
    return None


def _key(
    part: Part,
    entity: Entity,
    beside: frozenset[int],
    held: _Held,
    new: str | None,
) -> EntityKey:
    """The key of an entity; one that the user switched off has an empty new UID."""
    shared = not held.defined(entity).isdisjoint(beside)
    return EntityKey(entity.kind, new or "", part.intention.id if shared else None)


def _holding_outside(part: Part, entity: Entity, held: _Held, output: Output) -> set[int]:
    """The loaded files that hold an entity which a part takes from them, and go on with the old one."""
    if not gets_own_frame(part, entity.kind):
        return set()
    return held.anywhere(entity) - held.covered - output.written_with(part.intention.id)


def _shared_by_new_objects(entity: Entity, held: _Held) -> Iterator[PlanNote]:
    """What to tell where the whole that new objects belong to keeps its UID."""
    if entity.element in _WHOLES:
        files = tuple(sorted(held.defined(entity) & held.written))
        facts: dict[str, str | int] = {"uid": entity.uid, "kind": entity.kind, "files": len(files)}
        yield PlanNote("row-kept-whole", facts, files)


def _entry(
    part: Part,
    entity: Entity,
    key: EntityKey,
    held: _Held,
    output: Output,
    several_kinds: Mapping[str, frozenset[str]],
) -> MapEntry:
    is_of_all = key.intention is None and not _holding_outside(part, entity, held, output)
    scope = "all" if is_of_all else "occurrences"
    if scope == "all" and entity.uid in several_kinds:
        scope = map_kind(entity.kind)
    files = len(held.defined(entity) & held.written)
    return MapEntry(entity.uid, key.new, map_kind(entity.kind), scope, part.treatment, files)
