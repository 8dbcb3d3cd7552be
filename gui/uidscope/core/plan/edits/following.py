"""How many references follow a plan: what its summary says before anything is written."""

from __future__ import annotations

from uidscope.core.catalog.plan_questions import instance_references
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import CancelToken


def count_following(catalog: Catalog, uid_map: UidMap, token: CancelToken | None = None) -> int:
    """Count the references to objects, in the files of the output, that will name a new SOP Instance UID.

    Each is counted as often as it stands in its file. Raises ``Cancelled``.
    """
    following = 0
    for reference in instance_references(catalog, uid_map.outcomes):
        if token is not None:
            token.raise_if_cancelled()
        if uid_map.new_uid("instance", reference.uid, reference.occurrence) is not None:
            following += reference.times
    return following
