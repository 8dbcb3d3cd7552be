"""UIDs for what an export adds and no old object stands for: a DICOMDIR, a rejection note."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from uidscope.core.catalog.plan_questions import is_loaded
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.uid.schemes import Scheme


def new_entity_uid(catalog: Catalog, uid_map: UidMap, scheme: Scheme) -> Callable[[str], str]:
    """Return what makes a UID for a new entity of a kind, new among all loaded and all of the map.

    Such an entity is another one each time, so a repeatable scheme does not repeat these.
    """
    issued = IssuedUids()
    of_map: set[str] = set()

    def is_taken(uid: str) -> bool:
        if not of_map:
            of_map.update(entry.new for entry in uid_map.entries())
        return uid in of_map or is_loaded(catalog, uid)

    def new_uid(kind: str) -> str:
        key = RowKey("", "", b"new:" + secrets.token_bytes(16))
        return issued.obtain(key, kind, scheme, is_taken)

    return new_uid
