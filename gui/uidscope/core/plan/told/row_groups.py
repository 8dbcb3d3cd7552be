"""Rows of a map by the kind of entity that they are about, to switch them all at once."""

from __future__ import annotations

from uidscope.core.plan.entry import MapEntry, RowKey
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.rows import row_of
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import CancelToken

GROUPS = ("study", "series", "instance", "frame_of_reference", "other", "encoding")
"""The kinds in the order of a map; ``encoding`` is what is no new UID."""


def group_of(entry: MapEntry) -> str:
    """Return the kind that an entry of a map stands under."""
    kind = entry.kind if entry.change == "new-uid" else "encoding"
    return kind if kind in GROUPS else "other"


def rows_of_group(
    uid_map: UidMap, issued: IssuedUids, group: str, *, switched_off: bool, token: CancelToken | None = None
) -> tuple[RowKey, ...]:
    """Return the rows of a kind that are switched off, or those that are on. Raises ``Cancelled``."""
    if switched_off:
        return tuple(off.row for off in uid_map.switched_off if group_of(off.entry) == group)
    rows: dict[RowKey, None] = {}
    for entry in uid_map.entries():
        if token is not None:
            token.raise_if_cancelled()
        row = row_of(uid_map, issued, entry) if group_of(entry) == group else None
        if row is not None:
            rows[row] = None
    return tuple(rows)
