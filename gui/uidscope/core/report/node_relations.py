"""What one place of the tree refers to, and what refers to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from uidscope.core.catalog.lookup import (
    OccurrenceRow,
    node_of_occurrence,
    nodes_with_uid,
    occurrences,
    occurrences_below,
)
from uidscope.core.catalog.references import ReferenceRow, ReferenceState, references_of, references_to
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import InstanceRow, Node, SeriesRow, StudyRow, parent, row
from uidscope.core.judge.fetch_keys import FetchKeys, keys_of_missing
from uidscope.core.report.element_paths import numbered_references

MOST_LISTED: Final = 10_000
_COPIES_ASKED: Final = 100


@dataclass(frozen=True, slots=True)
class Relation:
    """One reference, seen from either end.

    ``path`` is an element path of the referring file, with item numbers where that file was read again
    for them; ``count`` how often it stands there. ``uid`` is that of the other end: what is referred
    to, or the SOP Instance UID of the referring object. ``occurrences`` are the files of the other end,
    as far as they are known. ``keys`` are there for a missing target alone.
    """

    path: str
    count: int
    kind: str
    state: ReferenceState
    uid: str
    class_uid: str
    occurrences: tuple[int, ...]
    keys: FetchKeys | None = None


@dataclass(frozen=True, slots=True)
class Relations:
    """The relations of one place, those that are not resolved first, at most ``MOST_LISTED`` either way.

    The counts are those of all places where a reference stands, by state.
    """

    references: tuple[Relation, ...]
    referenced_by: tuple[Relation, ...]
    reference_states: Mapping[ReferenceState, int]
    referrer_states: Mapping[ReferenceState, int]


def node_relations(catalog: Catalog, node: Node) -> Relations:
    """Return what a place of the tree refers to, and what refers to it.

    An instance or a file refers to others; instances, series and studies are referred to. Where it is
    one file, that file is read again for the item numbers. ``LookupError`` where the node is not there.
    """
    own = row(catalog, node)
    files = list(occurrences(catalog, _files_of(catalog, node)))
    references = _references(catalog, files)
    uid = _uid_of(catalog, node, files) if not isinstance(own, InstanceRow) else own.uid
    referrers = references_to(catalog, uid) if uid else []
    return Relations(
        tuple(_sorted(references)[:MOST_LISTED]),
        _referenced_by(catalog, referrers),
        _states((each.state, each.count) for each in references),
        _states((each.state, each.count) for each in referrers),
    )


def relation_nodes(catalog: Catalog, relation: Relation) -> tuple[Node, ...]:
    """Return the places of the tree at the other end; none where it is not loaded."""
    if relation.occurrences:
        places = (node_of_occurrence(catalog, id_) for id_ in relation.occurrences)
        found = [place for place in places if place is not None]
        above = [parent(catalog, place) if place.level == "file" else place for place in found]
        return tuple(dict.fromkeys(place for place in above if place is not None))
    if relation.kind in ("study", "series"):
        return tuple(node for node in nodes_with_uid(catalog, relation.uid) if node.level == relation.kind)
    return ()


def _files_of(catalog: Catalog, node: Node) -> list[int]:
    """The files whose references are those of a node; a series or study has none of its own."""
    if node.level == "file":
        return [node.id]
    return occurrences_below(catalog, node)[:_COPIES_ASKED] if node.level == "instance" else []


def _uid_of(catalog: Catalog, node: Node, files: list[OccurrenceRow]) -> str:
    if node.level == "file":
        return files[0].sop_instance_uid if files else ""
    own = row(catalog, node)
    return own.uid if isinstance(own, StudyRow | SeriesRow) else ""


def _references(catalog: Catalog, files: list[OccurrenceRow]) -> list[Relation]:
    found = list(references_of(catalog, [file.id for file in files]))
    if len(files) == 1:
        numbered = _numbered(files[0], found)
        if numbered:
            return _told(catalog, numbered)
    # Copies of one object say the same: each reference is told once.
    once = {reference[1:9]: reference for reference in reversed(found)}
    return _told(catalog, [(each.pattern, each) for each in reversed(once.values())])


def _numbered(file: OccurrenceRow, found: list[ReferenceRow]) -> list[tuple[str, ReferenceRow]]:
    """The references at their places in the file; none where the file says other things by now."""
    by_place = {reference[1:8]: reference for reference in found}
    numbered: list[tuple[str, ReferenceRow]] = []
    for path, raw_reference in numbered_references(file.absolute_path) if by_place else ():
        known = by_place.get(raw_reference[:7])
        if known is None:
            return []
        numbered.append((path, known._replace(count=1)))
    return numbered if len(numbered) == sum(each.count for each in found) else []


def _told(catalog: Catalog, placed: list[tuple[str, ReferenceRow]]) -> list[Relation]:
    missing = {each.from_occurrence for _, each in placed if each.state == "missing"}
    keys = {id_: keys_of_missing(catalog, id_) for id_ in missing}
    return [
        Relation(
            path,
            each.count,
            each.kind,
            each.state,
            each.uid,
            each.class_uid,
            each.targets,
            keys[each.from_occurrence].get((each.kind, each.uid)) if each.state == "missing" else None,
        )
        for path, each in placed
    ]


def _referenced_by(catalog: Catalog, referrers: list[ReferenceRow]) -> tuple[Relation, ...]:
    listed = referrers[:MOST_LISTED]
    files = {file.id: file for file in occurrences(catalog, {each.from_occurrence for each in listed})}
    relations = [
        Relation(
            each.pattern,
            each.count,
            each.kind,
            each.state,
            files[each.from_occurrence].sop_instance_uid,
            files[each.from_occurrence].profile.get("SOPClassUID", ""),
            (each.from_occurrence,),
        )
        for each in listed
        if each.from_occurrence in files
    ]
    return tuple(_sorted(relations))


def _sorted(relations: list[Relation]) -> list[Relation]:
    """Those that need attention first; else in the order of the file."""
    quiet = ("resolved", "unchecked")
    return sorted(relations, key=lambda relation: relation.state in quiet)


def _states(counted: Iterable[tuple[ReferenceState, int]]) -> dict[ReferenceState, int]:
    states: Counter[ReferenceState] = Counter()
    for state, times in counted:
        states[state] += times
    return dict(states)
