"""From a plan to its map: what every UID and every file of the output becomes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping

from uidscope.core.catalog.lookup import ui_values
from uidscope.core.catalog.plan_questions import (
    SeriesPlace,
    carriers,
    instance_references,
    is_loaded,
    series_places,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.value_uses import element_patterns
from uidscope.core.plan.attested import attested_objects
from uidscope.core.plan.decided import meant_objects
from uidscope.core.plan.entity_elements import is_followed, kind_named_in
from uidscope.core.plan.entity_keys import entity_keys, kinds_of_shared_uids, loaded_elements
from uidscope.core.plan.hierarchy import Hierarchy, Tree
from uidscope.core.plan.instance_keys import InstanceKeys, instance_keys
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.issued import IssuedUids, Issuer
from uidscope.core.plan.leftover_files import leftover_files
from uidscope.core.plan.move_notes import move_notes
from uidscope.core.plan.move_target import find_move_targets
from uidscope.core.plan.notable import plan_notes
from uidscope.core.plan.only_named import Known, only_named
from uidscope.core.plan.open_references import ambiguous_references, divided_references
from uidscope.core.plan.output import REPAIR, Output, find_output
from uidscope.core.plan.parent_keys import parent_keys
from uidscope.core.plan.provenance_choices import Provenance, provenance_of
from uidscope.core.plan.repair import find_repair
from uidscope.core.plan.replaced import BESIDE_THE_OLD
from uidscope.core.plan.row_overrides import RowOverrides
from uidscope.core.plan.rows_off import (
    instance_rows_off,
    kept_instances,
    rows_off_conflicts,
    rows_off_notes,
)
from uidscope.core.plan.typed_uid import by_hand_conflicts
from uidscope.core.plan.uid_map import (
    PARENT_LEVELS,
    Changed,
    EntityKey,
    FileOutcome,
    UidMap,
    outcome_counts,
)
from uidscope.core.progress import CancelToken
from uidscope.core.uid.schemes import Scheme


def local_time() -> dt.datetime:
    """Return this moment, with the time zone of this computer."""
    return dt.datetime.now().astimezone()


def derive_map(
    catalog: Catalog,
    plan: Plan,
    issued: IssuedUids,
    scheme: Scheme,
    *,
    now: Callable[[], dt.datetime] = local_time,
    token: CancelToken | None = None,
) -> UidMap:
    """Derive the map of a plan over what is loaded.

    The same plan with the same table of issued UIDs gives the same map, whatever the order in which
    the files were loaded; the table grows by what is new. ``now`` is asked once and gives a time with
    its zone: when the new instances are created. Raises ``UsageError`` for a selector that means
    nothing loaded, and ``Cancelled``.
    """
    token = token or CancelToken()
    output = find_output(catalog, plan, token)
    elements = loaded_elements(catalog)
    several_kinds = kinds_of_shared_uids(catalog, elements)
    overrides = RowOverrides(plan.kept, dict(plan.by_hand))
    issuer = Issuer(issued, scheme, functools.partial(is_loaded, catalog), overrides)
    places = series_places(catalog)
    targets = find_move_targets(catalog, output, places, token)
    repair = find_repair(catalog, plan, output, places, elements)
    hierarchy = Hierarchy(Tree(catalog, places), several_kinds, issuer, repair.renewal, targets.by_intention)
    outcomes = _outcomes(output, hierarchy, places)
    own_uids = _own_uids(output)
    moves = move_notes(catalog, output, targets.by_intention, outcomes)
    token.raise_if_cancelled()
    instances = instance_keys(output, hierarchy, outcomes)
    token.raise_if_cancelled()
    meant = meant_objects(catalog, plan, output.copies)
    open_uids = instances.contested - meant.keys()
    parents = parent_keys(catalog, output, places, outcomes, several_kinds)
    entities = entity_keys(catalog, output, elements, several_kinds, issuer, repair.renewal.entities)
    keys = _joined(parents.keys, entities.keys)
    entries = (*parents.entries, *entities.entries)
    kept = _kept_keys(instances, outcomes, own_uids)
    kept |= {off.row.old for off in (*parents.switched_off, *entities.switched_off)}
    known = Known(instances.instances, keys, entries, instances.contested, kept)
    named = only_named(catalog, output, known, several_kinds, issuer)
    switched_off = (
        *parents.switched_off,
        *entities.switched_off,
        *instance_rows_off(instances, several_kinds),
        *named.switched_off,
    )
    kept_by_user = kept_instances(instances, outcomes, own_uids)
    divided = divided_references(catalog, places, outcomes, instances.instances, own_uids)
    uid_map = UidMap(
        created=now(),
        outcomes=outcomes,
        instances=instances.instances,
        own_instances=instances.own_instances,
        contested=instances.contested,
        meant=meant,
        moved=_moved(instances, outcomes, own_uids),
        entities=_joined(keys, named.keys),
        several_kinds=several_kinds,
        entity_entries=(*entries, *named.entries, *repair.entries),
        mended=repair.mended,
        kept={},
        skipped=output.skipped,
        notes=(
            *repair.notes,
            *entities.notes,
            *named.notes,
            *divided.notes,
            *targets.notes,
            *moves.notes,
            *plan_notes(catalog, output, places, outcomes, instances.registered),
            *rows_off_notes(switched_off, outcomes, kept_by_user),
        ),
        decisions=(
            *repair.decisions,
            *ambiguous_references(catalog, open_uids, outcomes, own_uids),
            *divided.decisions,
        ),
        conflicts=(
            *output.conflicts,
            *targets.conflicts,
            *moves.conflicts,
            *entities.conflicts,
            *rows_off_conflicts(instances, outcomes, own_uids, kept_by_user),
            *by_hand_conflicts(catalog, issued, plan, overrides.met),
        ),
        switched_off=switched_off,
        by_hand={uid: row for row, uid in overrides.met.items()},
        provenance=_provenance(plan),
    )
    leftovers = leftover_files(catalog, uid_map, replace=plan.replace_leftovers, token=token)
    uid_map = dataclasses.replace(
        uid_map, leftovers=leftovers.changed, notes=(*uid_map.notes, *leftovers.notes)
    )
    uid_map = dataclasses.replace(uid_map, kept=_kept(catalog, uid_map, own_uids))
    changing = [id_ for id_ in outcomes if _changes_content(uid_map, id_)]
    beside = {
        id_
        for id_ in changing
        if outcomes[id_].treatment in BESIDE_THE_OLD and uid_map.changed(id_) == "new-uid"
    }
    attested = attested_objects(catalog, changing, beside=beside, acknowledged=plan.acknowledged)
    return dataclasses.replace(
        uid_map,
        notes=(*uid_map.notes, *attested.told),
        conflicts=(*uid_map.conflicts, *attested.refused),
    )


def _outcomes(
    output: Output, hierarchy: Hierarchy, places: Mapping[int, SeriesPlace]
) -> dict[int, FileOutcome]:
    """What becomes of every file of the output."""
    outcomes: dict[int, FileOutcome] = {}
    for part in output.parts:
        outcomes |= hierarchy.outcomes(part)
    followers: dict[tuple[str, int], FileOutcome] = {}
    for known, intention in output.followers:
        key = (intention.id, known.series)
        if key not in followers:
            place = places[known.series]
            followers[key] = FileOutcome(intention.id, None, place.study_uid, place.series_uid)
        outcomes[known.occurrence] = followers[key]
    return outcomes


def _provenance(plan: Plan) -> dict[str, Provenance]:
    """What the files that each intention changes tell of their past."""
    return {
        REPAIR.id if intention.kind == "repair" else intention.id: provenance_of(
            intention.kind, intention.provenance
        )
        for intention in plan.intentions
    }


def _moved(
    instances: InstanceKeys, outcomes: Mapping[int, FileOutcome], own_uids: Mapping[int, str]
) -> dict[str, tuple[FileOutcome, ...]]:
    """The objects of new studies and series whose SOP Instance UID is kept."""
    moved: dict[str, tuple[FileOutcome, ...]] = {}
    for occurrence, outcome in outcomes.items():
        uid = own_uids[occurrence]
        is_moved = outcome.new_study_uid is not None or outcome.new_series_uid is not None
        is_renamed = not uid or uid in instances.instances or occurrence in instances.own_instances
        if is_moved and not is_renamed and outcome not in moved.get(uid, ()):
            moved[uid] = (*moved.get(uid, ()), outcome)
    return moved


def _kept_keys(
    instances: InstanceKeys, outcomes: Mapping[int, FileOutcome], own_uids: Mapping[int, str]
) -> frozenset[str]:
    """The keys that objects of the output keep: those that come along, and those that are to stay.

    A study or series that only some objects stay in has its new UID for the others.
    """
    parents = [
        (outcome, old, new)
        for outcome, _ in outcome_counts(outcomes)
        for old, new in map(outcome.parent, PARENT_LEVELS)
    ]
    renewed = {old for _, old, new in parents if new is not None}
    kept = {
        old
        for outcome, old, new in parents
        if new is None and (outcome.treatment is None or old not in renewed)
    }
    kept.update(
        uid
        for id_, uid in own_uids.items()
        if uid not in instances.instances and id_ not in instances.own_instances
    )
    return frozenset(kept - {""})


def _own_uids(output: Output) -> dict[int, str]:
    """The SOP Instance UID of every file of the output."""
    objects = [known for part in output.parts for known in part.written]
    objects += [known for known, _ in output.followers]
    return {known.occurrence: known.sop_instance_uid for known in objects}


def _joined(*several: Mapping[str, Iterable[EntityKey]]) -> dict[str, tuple[EntityKey, ...]]:
    joined: dict[str, tuple[EntityKey, ...]] = {}
    for keys in several:
        for uid, of_uid in keys.items():
            joined[uid] = (*joined.get(uid, ()), *of_uid)
    return joined


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
