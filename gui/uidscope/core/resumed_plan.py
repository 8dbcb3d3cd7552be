"""What lets a plan that stands go on with an export that was interrupted, by the UIDs that one had issued.

The plan may have been saved as a project meanwhile, in which patients stand for their series; so it is told
that way from the start.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from uidscope.core.catalog.store import Catalog
from uidscope.core.export.journal import Journal, with_ids
from uidscope.core.export.stage import Interrupted
from uidscope.core.flow import Destination
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import CancelToken
from uidscope.core.project_file import without_patient_ids
from uidscope.core.read.find_files import Source
from uidscope.core.resume import fresh_or_resumed
from uidscope.core.uid.schemes import Scheme


class ResumedPlan(NamedTuple):
    """The table of issued UIDs with those of the interrupted export in it, and the map that follows.

    ``plan`` is the one that was given, with the rows that were switched off or typed then.
    """

    issued: IssuedUids
    uid_map: UidMap
    plan: Plan


def journal_of(
    catalog: Catalog,
    plan: Plan,
    issued: IssuedUids,
    uid_map: UidMap,
    scheme: Scheme,
    sources: Sequence[Source],
    destination: Destination,
) -> Journal:
    """Return what ``resume_plan`` needs later; ``uid_map`` is the plan's, derived with ``issued``."""
    told = without_patient_ids(catalog, plan)
    start = fresh_or_resumed(told, issued, scheme, sources, destination)
    return replace(start, created=uid_map.created).journal()


def resume_plan(
    catalog: Catalog,
    plan: Plan,
    issued: IssuedUids,
    scheme: Scheme,
    sources: Sequence[Source],
    destination: Destination,
    interrupted: Interrupted,
    cancel: CancelToken | None = None,
) -> ResumedPlan:
    """Return the map that the interrupted export was made with; ``plan`` and ``issued`` stay as they are.

    Raises ``OutputError`` where that export was asked for something else or cannot be gone on with, what
    ``derive_map`` raises, and ``Cancelled``.
    """
    told = without_patient_ids(catalog, plan)
    start = fresh_or_resumed(told, IssuedUids(), scheme, sources, destination, interrupted)
    # The interrupted plan was the same, but for the ids of its intentions.
    of_then = (intention.id for intention in start.plan.intentions)
    ids = dict(zip(of_then, (intention.id for intention in plan.intentions), strict=True))
    table = copy.deepcopy(issued)
    table.restore(
        (row._replace(intention=ids.get(row.intention, row.intention)), new)
        for row, new in start.issued.rows()
    )
    of_now = with_ids(start.plan, ids)
    meant = replace(plan, kept=of_now.kept, by_hand=of_now.by_hand)
    uid_map = derive_map(catalog, meant, table, scheme, now=start.time, token=cancel)
    return ResumedPlan(table, uid_map, meant)
