"""What the user decided: which of several objects a reference means that could mean any of them."""

from __future__ import annotations

from typing import NamedTuple

from uidscope.core.catalog.plan_questions import loaded_objects
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import UsageError
from uidscope.core.plan.intention import Plan, Selector
from uidscope.core.plan.keys.copies import Copies
from uidscope.core.plan.selection import select


class Meant(NamedTuple):
    """The files that hold the object meant, and all that bear its UID; these mean themselves by it."""

    files: frozenset[int]
    bearers: frozenset[int]


def meant_objects(catalog: Catalog, plan: Plan, copies: Copies) -> dict[str, Meant]:
    """Return which object each decided UID means.

    Raises ``UsageError`` for a path at which nothing is loaded or another object is, and for a UID
    about which two decisions differ.
    """
    meant: dict[str, Meant] = {}
    for decision in plan.decisions:
        (occurrence,) = select(catalog, (Selector("file", decision.path),))
        (known,) = loaded_objects(catalog, [occurrence])
        if known.sop_instance_uid != decision.uid:
            raise UsageError(f"The file {decision.path} does not bear the UID {decision.uid}.")
        files = frozenset(copies.identical_to(occurrence))
        bearers = frozenset(copies.bearers.get(decision.uid, (occurrence,)))
        if meant.setdefault(decision.uid, Meant(files, bearers)).files != files:
            raise UsageError(f"It was decided twice, and differently, what {decision.uid} means.")
    return meant
