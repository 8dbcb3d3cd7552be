"""What the number of a set of UI values says: which set it stands on.

The number of a base is a multiple of ``SETS_OF_A_BASE``; up to the next multiple follow the sets on top of
it, each of which holds what the base holds, and some rows more. Set 0 is empty, and no base.
"""

from __future__ import annotations

from typing import Final

SETS_OF_A_BASE: Final = 1 << 16


def base_of(set_id: str) -> str:
    """Return the SQL for the base of a set, which is its own."""
    return f"({set_id} & -{SETS_OF_A_BASE})"


def last_holding(set_id: str) -> str:
    """Return the SQL for the last of the sets, from this one on, that hold the rows of this one."""
    return f"({set_id} + CASE WHEN {set_id} & {SETS_OF_A_BASE - 1} THEN 0 ELSE {SETS_OF_A_BASE - 1} END)"
