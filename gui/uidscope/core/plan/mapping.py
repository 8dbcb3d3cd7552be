"""From a plan to its map: what every UID and every file of the output becomes."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping

from uidscope.core.catalog.plan_questions import (
    SeriesPlace,
    is_loaded,
    series_places,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.issued import IssuedUids, Issuer
from uidscope.core.plan.keys.decided import meant_objects
from uidscope.core.plan.keys.entity_keys import entity_keys, kinds_of_shared_uids, loaded_elements
from uidscope.core.plan.keys.hierarchy import Hierarchy, Tree
from uidscope.core.plan.keys.instance_keys import InstanceKeys, instance_keys
from uidscope.core.plan.keys.only_named import Known, only_named
from uidscope.core.plan.keys.open_references import ambiguous_references, divided_references
from uidscope.core.plan.keys.parent_keys import parent_keys
from uidscope.core.plan.keys.rows_off import (
    instance_rows_off,
    kept_instances,
    rows_off_conflicts,
    rows_off_notes,
)
from uidscope.core.plan.move_target import find_move_targets
from uidscope.core.plan.output import REPAIR, Output, find_output
from uidscope.core.plan.provenance_choices import Provenance, provenance_of
from uidscope.core.plan.repair import find_repair
from uidscope.core.plan.row_overrides import RowOverrides
from uidscope.core.plan.told.changed_files import with_files_judged
from uidscope.core.plan.told.move_notes import move_notes
from uidscope.core.plan.told.notable import plan_notes
from uidscope.core.plan.typed_uid import by_hand_conflicts
from uidscope.core.plan.uid_map import (
    PARENT_LEVELS,
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
    own_uids = output.own_uids()
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
    return with_files_judged(catalog, uid_map, own_uids, plan, token)


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


def _joined(*several: Mapping[str, Iterable[EntityKey]]) -> dict[str, tuple[EntityKey, ...]]:
    joined: dict[str, tuple[EntityKey, ...]] = {}
    for keys in several:
        for uid, of_uid in keys.items():
            joined[uid] = (*joined.get(uid, ()), *of_uid)
    return joined
