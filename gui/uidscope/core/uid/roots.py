"""Who hands out UIDs under which root, as far as it is known.

A root says who assigned a number, not who made, holds or changed the object.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from uidscope.core.uid.resource_files import read_table


class RootOwner(NamedTuple):
    """A known root.

    ``basis`` is ``documented`` (a source names the owner), ``observed`` (seen in use beside that
    name) or ``unverified``. ``hands_out`` says whether the owner gives numbers below it to others,
    ``development`` whether a toolkit comes with it, so that anybody may have made what stands below.
    """

    root: str
    owner: str
    basis: str
    hands_out: bool = False
    development: bool = False


def owner_of(uid: str) -> RootOwner | None:
    """Return the longest known root that a UID is or lies under, part by part; None where none fits."""
    roots = _roots()
    end = len(uid)
    while end > 0:
        found = roots.get(uid[:end])
        if found is not None:
            return found
        end = uid.rfind(".", 0, end)
    return None


@functools.cache
def _roots() -> dict[str, RootOwner]:
    return {
        row["root"]: RootOwner(
            row["root"],
            row["owner"],
            row["basis"],
            hands_out=row["hands_out"] == "yes",
            development=row["development"] == "yes",
        )
        for row in read_table("uid_roots")
    }
