"""New SOP Instance UIDs, and where an old one no longer says which object is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from uidscope.core.catalog.plan_questions import LoadedObject
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.intention import IntentionKind
from uidscope.core.plan.keys.hierarchy import Hierarchy
from uidscope.core.plan.output import Output, Part
from uidscope.core.plan.uid_map import FileOutcome, NewInstance
from uidscope.core.uid.registry import is_registered


class InstanceKeys(NamedTuple):
    """The new SOP Instance UIDs as ``UidMap`` holds them; ``registered``: old ones that are kept.

    ``switched_off`` counts the files of each row that the user switched off, by the treatment they get.
    """

    instances: dict[str, NewInstance]
    own_instances: dict[int, NewInstance]
    contested: frozenset[str]
    registered: frozenset[str]
    switched_off: Counter[tuple[RowKey, IntentionKind]]


def instance_keys(output: Output, hierarchy: Hierarchy, outcomes: Mapping[int, FileOutcome]) -> InstanceKeys:
    """Give every object of an output's parts its new SOP Instance UID."""
    keys = InstanceKeys({}, {}, _contested(output, hierarchy), frozenset(), Counter())
    registered = set()
    for part in output.parts:
        for known in part.written:
            new = hierarchy.new_instance_uid(part, known)
            if new is not None:
                _place(keys, known, new, outcomes[known.occurrence])
            elif is_registered(known.sop_instance_uid):
                if part.treatment != "repair":
                    registered.add(known.sop_instance_uid)
            elif (row := hierarchy.instance_row(part, known)) is not None:
                keys.switched_off[row, part.treatment] += 1
    return keys._replace(registered=frozenset(registered))


def _place(keys: InstanceKeys, known: LoadedObject, new: str, outcome: FileOutcome) -> None:
    old = known.sop_instance_uid
    if not old or old in keys.contested:
        keys.own_instances[known.occurrence] = NewInstance(old, new, (outcome,), 1)
        return
    before = keys.instances.get(old)
    if before is None:
        keys.instances[old] = NewInstance(old, new, (outcome,), 1)
        return
    outcomes = before.outcomes if outcome in before.outcomes else (*before.outcomes, outcome)
    keys.instances[old] = NewInstance(old, new, outcomes, before.files + 1)


def _contested(output: Output, hierarchy: Hierarchy) -> frozenset[str]:
    """The UIDs of several objects that do not all become the same."""
    part_of = {id_: part for part in output.parts for id_ in part.covered}
    part_of |= {id_: part for part in output.parts for id_ in part.occurrences}
    contested = set()
    for uid in output.copies.bearers:
        becomes = {_becomes(uid, same, part_of, hierarchy) for same in output.copies.objects(uid)}
        if len(frozenset().union(*becomes)) > 1:
            contested.add(uid)
    return frozenset(contested)


def _becomes(
    uid: str, same: list[int], part_of: Mapping[int, Part], hierarchy: Hierarchy
) -> frozenset[str | None]:
    """What the files of one object become; one that is left out beside a copy that is not, does not count."""
    news = {
        hierarchy.new_uid_of(part, uid, occurrence)
        for occurrence in same
        if (part := part_of.get(occurrence)) is not None
    }
    return frozenset(news or {None})
