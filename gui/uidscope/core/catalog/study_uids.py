"""The Study Instance UIDs of what is loaded."""

from __future__ import annotations

from collections.abc import Collection

from uidscope.core.catalog.store import Catalog


def study_uids(catalog: Catalog, ids: Collection[int] | None = None) -> tuple[str, ...]:
    """Return each value once, of all studies or of those with these ids; faulty ones as in the files."""
    rows = catalog.connection.execute(
        "SELECT study.id, uid.value FROM study JOIN uid ON uid.id = study.uid_id WHERE uid.value != ''"
    )
    wanted = None if ids is None else frozenset(ids)
    return tuple(dict.fromkeys(value for id_, value in rows if wanted is None or id_ in wanted))
