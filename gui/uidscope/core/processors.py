"""How many processors this program may use."""

from __future__ import annotations

import os


def processors() -> int:
    """Return how many there are for this program, where the system says so, else how many there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
