"""What an intention would come to, asked before it is put into a plan: numbers, and nothing is issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.plan.intention import Intention, Plan, Selector, new_intention
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.output import REPAIR, find_output
from uidscope.core.plan.selection import select, selectors_for
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import CancelToken
from uidscope.core.uid.dictionary import keyword
from uidscope.core.uid.schemes import SchemeOptions, make_scheme


class Selected(NamedTuple):
    """Some places of the tree as a selection.

    ``files`` counts the files below them, ``referrers`` the loaded files outside that refer into them.
    """

    selectors: tuple[Selector, ...]
    files: int
    referrers: int


class IntentionPreview(NamedTuple):
    """What an intention adds to a plan: new UIDs, and files written that it gives or that follow it.

    ``notes``, ``decisions`` and ``conflicts`` are those that the plan did not have before. ``taken_over``
    are the attributes that a ``move`` takes over, by keyword and value; a sequence has no text.
    """

    new_uids: int
    files: int
    notes: tuple[PlanNote, ...]
    decisions: tuple[PlanNote, ...]
    conflicts: tuple[PlanNote, ...]
    taken_over: tuple[tuple[str, str], ...] = ()


def selected(catalog: Catalog, nodes: Iterable[Node], token: CancelToken | None = None) -> Selected:
    """Look at what lies below some places of the tree; without any, at everything loaded.

    Raises ``Cancelled``.
    """
    return selected_by(catalog, selectors_for(catalog, nodes), token)


def selected_by(
    catalog: Catalog, selectors: tuple[Selector, ...], token: CancelToken | None = None
) -> Selected:
    """Look at what some selectors mean, as ``selected`` does. Raises ``UsageError`` where that is nothing."""
    files = len(select(catalog, selectors))
    alone = Plan((new_intention("instances", selectors),))
    return Selected(selectors, files, len(find_output(catalog, alone, token).outside))


def preview_intention(
    catalog: Catalog,
    plan: Plan,
    before: UidMap | None,
    intention: Intention,
    token: CancelToken | None = None,
) -> IntentionPreview:
    """Say what an intention would add to a plan, whose map is ``before`` (None: nothing is planned).

    Raises what ``derive_map`` raises.
    """
    whole = replace(plan, intentions=(*plan.intentions, intention))
    # A table of its own: the UIDs counted here are never used, and none of the real ones is spent.
    after = derive_map(catalog, whole, IssuedUids(), make_scheme(SchemeOptions()), token=token)
    own_id = REPAIR.id if intention.kind == "repair" else intention.id
    return IntentionPreview(
        new_uids=after.new_uid_count() - (before.new_uid_count() if before else 0),
        files=sum(outcome.intention == own_id for outcome in after.outcomes.values()),
        notes=_added(after.notes, before.notes if before else ()),
        decisions=_added(after.decisions, before.decisions if before else ()),
        conflicts=_added(after.conflicts, before.conflicts if before else ()),
        taken_over=_taken_over(after, own_id) if intention.kind == "move" else (),
    )


def _taken_over(uid_map: UidMap, intention: str) -> tuple[tuple[str, str], ...]:
    """What the files of an intention take over; all of them take over the same."""
    found = (each.taken_over for each in uid_map.outcomes.values() if each.intention == intention)
    taken_over = next(filter(None, found), None)
    if taken_over is None:
        return ()
    return tuple((keyword(tag), value.text) for tag, value in sorted(taken_over.values.items()))


def _added(after: tuple[PlanNote, ...], before: tuple[PlanNote, ...]) -> tuple[PlanNote, ...]:
    return tuple(note for note in after if note not in before)
