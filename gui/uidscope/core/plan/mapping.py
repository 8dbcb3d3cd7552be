"""From a plan to its map: what every UID and every file of the output becomes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping

from uidscope.core.catalog.lookup import ui_values
from uidscope.core.catalog.plan_questions import SeriesPlace, is_loaded, series_places
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.entity_elements import is_followed, kind_named_in
from uidscope.core.plan.entity_keys import entity_keys, kinds_of_shared_uids, loaded_elements
from uidscope.core.plan.hierarchy import Hierarchy, Tree
from uidscope.core.plan.instance_keys import instance_keys
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.issued import IssuedUids, Issuer
from uidscope.core.plan.notable import plan_notes
from uidscope.core.plan.open_references import ambiguous_references, divided_references
from uidscope.core.plan.output import Output, find_output
from uidscope.core.plan.parent_keys import parent_keys
from uidscope.core.plan.uid_map import Changed, EntityKey, FileOutcome, UidMap
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
    issuer = Issuer(issued, scheme, functools.partial(is_loaded, catalog))
    places = series_places(catalog)
    hierarchy = Hierarchy(Tree(catalog, places), several_kinds, issuer)
    outcomes = _outcomes(output, hierarchy, places)
    own_uids = _own_uids(output)
    token.raise_if_cancelled()
    instances = instance_keys(output, hierarchy, outcomes)
    token.raise_if_cancelled()
    parents = parent_keys(catalog, output, places, outcomes, several_kinds)
    entities = entity_keys(catalog, output, elements, several_kinds, issuer)
    divided = divided_references(catalog, places, outcomes, instances.instances, own_uids)
    uid_map = UidMap(
        created=now(),
        outcomes=outcomes,
        instances=instances.instances,
        own_instances=instances.own_instances,
        contested=instances.contested,
        entities=_joined(parents.keys, entities.keys),
        several_kinds=several_kinds,
        entity_entries=(*parents.entries, *entities.entries),
        kept={},
        skipped=output.skipped,
        notes=(
            *entities.notes,
            *divided.notes,
            *plan_notes(catalog, output, places, outcomes, instances.registered),
        ),
        decisions=(
            *ambiguous_references(catalog, instances.contested, outcomes, own_uids),
            *divided.decisions,
        ),
        conflicts=(*output.conflicts, *entities.conflicts),
    )
    return dataclasses.replace(uid_map, kept=_kept(catalog, uid_map, own_uids))


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
    return {
        occurrence: "changed-same-uid" if _changes(catalog, uid_map, occurrence) else "unchanged"
        for occurrence, uid in own_uids.items()
        if uid_map.new_instance_uid(occurrence, uid) is None
    }


def _changes(catalog: Catalog, uid_map: UidMap, occurrence: int) -> bool:
    """Whether a file that keeps its SOP Instance UID may have another value that changes."""
    outcome = uid_map.outcomes[occurrence]
    if outcome.new_study_uid or outcome.new_series_uid or outcome.series_number is not None:
        return True
    return any(
        uid_map.new_uid(kind_named_in(value.pattern), value.uid, occurrence)
        for value in ui_values(catalog, occurrence)
        if value.uid and is_followed(value.pattern)
    )
