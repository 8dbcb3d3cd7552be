"""Loaded objects that refer into what an intention changes and are not written: which, and what of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from uidscope.core.catalog.lookup import display_paths, node_of_occurrence, occurrences
from uidscope.core.catalog.plan_questions import referring_occurrences
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.plan.intention import Intention, Plan
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.plan.uid_map import FileOutcome, UidMap

SHOWN: Final = 200
"""How many of them are named; all are counted."""


class Referrer(NamedTuple):
    """One file that refers into the selection: its place in the tree, and what it is called there.

    ``name`` is its modality and series description, as far as it has them.
    """

    node: Node
    name: str
    path: str


class OutsideReferrers(NamedTuple):
    """The files outside an intention's output that refer into it.

    ``named`` are the first of them, by their paths; ``files`` counts all. ``if_left_out`` says what becomes
    of their references; ``included`` is the intention with them, for ``PlanHistory.change``.
    """

    intention: Intention
    files: int
    named: tuple[Referrer, ...]
    if_left_out: PlanNote
    included: Intention


def outside_referrers(catalog: Catalog, plan: Plan, uid_map: UidMap) -> tuple[OutsideReferrers, ...]:
    """Return, in the plan's order, the intentions into whose objects files refer that are not written.

    A repair writes everything and has none. ``uid_map`` is the map of the plan.
    """
    written = uid_map.outcomes.keys() | {skipped.occurrence for skipped in uid_map.skipped}
    found = []
    for intention in plan.intentions:
        if intention.kind == "repair" or intention.with_referrers:
            continue
        outside = referring_occurrences(catalog, set(_changed_uids(uid_map, intention))) - written
        if outside:
            found.append(
                OutsideReferrers(
                    intention,
                    len(outside),
                    _named(catalog, outside),
                    PlanNote(f"left-out-{intention.kind}", {"files": len(outside)}, tuple(sorted(outside))),
                    replace(intention, with_referrers=True),
                )
            )
    return tuple(found)


def _changed_uids(uid_map: UidMap, intention: Intention) -> Iterator[str]:
    """The old UIDs of the objects that an intention gives a new identity or a new place."""

    def by_it(outcomes: Iterable[FileOutcome]) -> bool:
        return any(outcome.intention == intention.id for outcome in outcomes)

    for instances in (uid_map.instances.values(), uid_map.own_instances.values()):
        yield from (each.old for each in instances if each.old and by_it(each.outcomes))
    yield from (uid for uid, outcomes in uid_map.moved.items() if by_it(outcomes))


def _named(catalog: Catalog, files: set[int]) -> tuple[Referrer, ...]:
    paths = display_paths(catalog, files)
    first = sorted(files, key=lambda id_: paths[id_])[:SHOWN]
    profiles = {row.id: row.profile for row in occurrences(catalog, first)}
    return tuple(
        Referrer(node, _name(profiles[id_]), paths[id_])
        for id_ in first
        if (node := node_of_occurrence(catalog, id_)) is not None
    )


def _name(profile: Mapping[str, str]) -> str:
    return " ".join(filter(None, (profile.get("Modality", ""), profile.get("SeriesDescription", ""))))
