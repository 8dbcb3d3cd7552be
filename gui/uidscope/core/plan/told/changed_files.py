"""Which files of a map change, and what follows from that: texts, and what somebody has attested."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from uidscope.core.catalog.lookup import ui_values
from uidscope.core.catalog.plan_questions import carriers, instance_references
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.value_uses import element_patterns
from uidscope.core.plan.attested import attested_objects
from uidscope.core.plan.edits.leftover_files import leftover_files
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.keys.entity_elements import is_followed, kind_named_in
from uidscope.core.plan.replaced import BESIDE_THE_OLD
from uidscope.core.plan.uid_map import PARENT_LEVELS, Changed, FileOutcome, UidMap
from uidscope.core.progress import CancelToken


def with_files_judged(
    catalog: Catalog, uid_map: UidMap, own_uids: Mapping[int, str], plan: Plan, token: CancelToken
) -> UidMap:
    """Return a map that says which of its files change, and tells of texts and attested objects in them.

    ``own_uids`` are the SOP Instance UIDs of all files of the output. Raises ``Cancelled``.
    """
    leftovers = leftover_files(catalog, uid_map, replace=plan.replace_leftovers, token=token)
    uid_map = dataclasses.replace(
        uid_map, leftovers=leftovers.changed, notes=(*uid_map.notes, *leftovers.notes)
    )
    uid_map = dataclasses.replace(uid_map, kept=_kept(catalog, uid_map, own_uids))
    changing = [id_ for id_ in uid_map.outcomes if _changes_content(uid_map, id_)]
    beside = {
        id_
        for id_ in changing
        if uid_map.outcomes[id_].treatment in BESIDE_THE_OLD and uid_map.changed(id_) == "new-uid"
    }
    attested = attested_objects(catalog, changing, beside=beside, acknowledged=plan.acknowledged)
    return dataclasses.replace(
        uid_map,
        notes=(*uid_map.notes, *attested.told),
        conflicts=(*uid_map.conflicts, *attested.refused),
    )


def _kept(catalog: Catalog, uid_map: UidMap, own_uids: Mapping[int, str]) -> dict[int, Changed]:
    """What the files that keep their SOP Instance UID undergo."""
    kept = [id_ for id_, uid in own_uids.items() if uid_map.new_instance_uid(id_, uid) is None]
    olds = {entry.old for entry in uid_map.entries() if entry.old and entry.change == "new-uid"}
    if len(olds) < len(kept):
        # Most files hold nothing that changes, so those that may are found by what they hold.
        holding = set().union(*carriers(catalog, olds, element_patterns(catalog)).values())
        moved = {id_ for id_ in kept if _parent_changes(uid_map.outcomes[id_])}
        may_change = moved | holding.intersection(kept)
    else:
        may_change = set(kept)
    following = _naming_moved(catalog, uid_map, kept)
    sure = following.union(uid_map.mended, uid_map.leftovers)
    changed = sure | {id_ for id_ in may_change - sure if _changes(catalog, uid_map, id_)}
    return {id_: "changed-same-uid" if id_ in changed else "unchanged" for id_ in kept}


def _changes_content(uid_map: UidMap, occurrence: int) -> bool:
    """Whether a file changes in more than its padding, its lengths and its file meta."""
    changed = uid_map.changed(occurrence)
    return changed == "new-uid" or (changed == "changed-same-uid" and occurrence not in uid_map.mended)


def _naming_moved(catalog: Catalog, uid_map: UidMap, occurrences: Iterable[int]) -> set[int]:
    """The files that name, with its old study or series, an object that keeps its SOP Instance UID."""
    if not uid_map.moved:
        return set()
    naming = set()
    for reference in instance_references(catalog, occurrences):
        for outcome in uid_map.moved.get(reference.uid, ()):
            olds = {old for old, new in map(outcome.parent, PARENT_LEVELS) if old and new is not None}
            if not olds.isdisjoint((reference.series_uid, reference.study_uid)):
                naming.add(reference.occurrence)
    return naming


def _parent_changes(outcome: FileOutcome) -> bool:
    return bool(outcome.new_study_uid or outcome.new_series_uid) or outcome.series_number is not None


def _changes(catalog: Catalog, uid_map: UidMap, occurrence: int) -> bool:
    """Whether a file that keeps its SOP Instance UID may have another value that changes."""
    if _parent_changes(uid_map.outcomes[occurrence]):
        return True
    return any(
        uid_map.new_uid(kind_named_in(value.pattern), value.uid, occurrence)
        for value in ui_values(catalog, occurrence)
        if value.uid and is_followed(value.pattern)
    )
