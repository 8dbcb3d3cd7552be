"""New UIDs for what the output only names: entities that no file of it defines (``pseudonymous``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from uidscope.core.catalog.plan_questions import carriers, pattern_ids, values_at
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.entry import ONLY_NAMED, MapEntry, RowKey, SwitchedOff
from uidscope.core.plan.issued import Issuer
from uidscope.core.plan.keys.entity_elements import entity_elements, is_followed, map_kind
from uidscope.core.plan.output import Output, Part
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.plan.uid_map import EntityKey, NewInstance
from uidscope.core.uid.elements import treatment
from uidscope.core.uid.registry import is_registered

_OWN_KEYS: Final = frozenset({"SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID"})
_FREE_VALUE: Final = "UID"  # (0040,A124): what it names, its concept says
_FREE_KIND: Final = "value"
_FROM_BELOW: Final = ("instance", "series", "study")


class OnlyNamed(NamedTuple):
    """The keys by their old UIDs, their entries, and what is to be told."""

    keys: Mapping[str, tuple[EntityKey, ...]]
    entries: tuple[MapEntry, ...]
    notes: tuple[PlanNote, ...]
    switched_off: tuple[SwitchedOff, ...]


class Known(NamedTuple):
    """What the map has already: instances and entities by their old UIDs, entries, contested UIDs.

    ``kept`` are the keys under which objects stand in the output as before.
    """

    instances: Mapping[str, NewInstance]
    entities: Mapping[str, tuple[EntityKey, ...]]
    entries: tuple[MapEntry, ...]
    contested: frozenset[str]
    kept: frozenset[str]


def only_named(
    catalog: Catalog,
    output: Output,
    known: Known,
    several_kinds: Mapping[str, frozenset[str]],
    issuer: Issuer,
) -> OnlyNamed:
    """Give new UIDs to what the pseudonymous parts of an output name and the map does not have yet."""
    by_text = pattern_ids(catalog)
    kinds = {by_text[pattern]: (pattern, kind) for pattern, kind in _naming(by_text)}
    keys: dict[str, list[EntityKey]] = {}
    entries: list[MapEntry] = []
    notes: list[PlanNote] = []
    switched_off: list[SwitchedOff] = []
    told: set[tuple[str, str | None]] = {(entry.old, entry.new) for entry in known.entries}
    for part in output.parts:
        if part.treatment != "pseudonymous":
            continue
        wanted = _wanted(catalog, part, kinds, several_kinds)
        outside = {
            uid: uses
            for uid, uses in wanted.items()
            if uid not in known.kept and not _has(known, part, uid, uses)
        }
        holding = carriers(catalog, outside, {pattern for uses in outside.values() for pattern in uses})
        files: set[int] = set()
        for uid, uses in sorted(outside.items()):
            for kind in sorted(set(uses.values())):
                row = RowKey(part.intention.id, uid, part.domain(kind, uid, several_kinds))
                new = issuer.uid_of(row, kind)
                if new is not None:
                    keys.setdefault(uid, []).append(EntityKey(kind, new, part.intention.id))
                if (uid, new) in told:
                    continue
                told.add((uid, new))
                named_in = holding[uid] & part.occurrences
                scope = map_kind(kind) if uid in several_kinds else "all"
                entry = MapEntry(uid, new or "", map_kind(kind), scope, ONLY_NAMED, len(named_in))
                if new is None:
                    switched_off.append(SwitchedOff(row, entry))
                else:
                    files |= named_in
                    entries.append(entry)
        if files:
            notes.append(PlanNote("only-named", {"files": len(files)}, tuple(sorted(files))))
    return OnlyNamed(
        {uid: tuple(several) for uid, several in keys.items()},
        tuple(entries),
        tuple(notes),
        tuple(switched_off),
    )


def _naming(patterns: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The elements whose values identify something, with what they name; the object's own keys left out."""
    followed = [pattern for pattern in patterns if is_followed(pattern)]
    for entity in entity_elements(followed):
        treated = treatment(entity.element.tag, "pseudonymous")
        if treated in ("new", "follow") and entity.pattern not in _OWN_KEYS:
            yield entity.pattern, entity.kind
    for pattern in followed:
        if pattern.rpartition(".")[2].partition("(")[0] == _FREE_VALUE:
            yield pattern, _FREE_KIND


def _wanted(
    catalog: Catalog,
    part: Part,
    kinds: Mapping[int, tuple[str, str]],
    several_kinds: Mapping[str, frozenset[str]],
) -> dict[str, dict[str, str]]:
    """Every UID that the part names, with the elements in which it does and what is named there."""
    found: dict[str, dict[str, str]] = {}
    for id_, uid in values_at(catalog, part.occurrences, kinds):
        if not is_registered(uid):
            pattern, kind = kinds[id_]
            found.setdefault(uid, {})[pattern] = _kind_of(uid, kind, several_kinds)
    return found


def _kind_of(uid: str, kind: str, several_kinds: Mapping[str, frozenset[str]]) -> str:
    """What a value is taken for: one that serves several other kinds, for the lowest of them."""
    several = several_kinds.get(uid)
    if several is None or kind in several:
        return kind
    return next((low for low in _FROM_BELOW if low in several), min(several))


def _has(known: Known, part: Part, uid: str, uses: Mapping[str, str]) -> bool:
    """Whether the map says of every use of a UID what it becomes in the files of a part."""
    kinds = {key.kind for key in known.entities.get(uid, ()) if key.intention in (None, part.intention.id)}
    if uid in known.instances or uid in known.contested:
        kinds.add("instance")
    return bool(kinds) and (set(uses.values()) <= kinds or _FREE_KIND in uses.values())
