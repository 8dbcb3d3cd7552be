"""Which of some UIDs identify something that is loaded."""

from __future__ import annotations

import json
from collections.abc import Iterable

from uidscope.core.catalog.store import Catalog
from uidscope.core.read.attributes import PROFILE_INDEX


def loaded_among(catalog: Catalog, uids: Iterable[str]) -> frozenset[str]:
    """Return those that a loaded study, series, instance or frame of reference bears."""
    rows = catalog.connection.execute(
        """
        WITH wanted AS MATERIALIZED (
            SELECT uid.id, uid.value FROM json_each(:uids) CROSS JOIN uid ON uid.value = json_each.value)
        SELECT value FROM wanted WHERE
            EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = wanted.id)
            OR EXISTS (SELECT 1 FROM series WHERE series.uid_id = wanted.id)
            OR EXISTS (SELECT 1 FROM study WHERE study.uid_id = wanted.id)
        UNION
        SELECT value FROM profile_value
        WHERE attribute = :frame AND value IN (SELECT value FROM json_each(:uids))
        """,
        {"uids": json.dumps(sorted(set(uids))), "frame": PROFILE_INDEX["FrameOfReferenceUID"]},
    )
    return frozenset(uid for (uid,) in rows)
