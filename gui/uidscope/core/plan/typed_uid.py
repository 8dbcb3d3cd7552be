"""A new UID that the user types for a row of the map: whether it may stand there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from uidscope.core.catalog.plan_questions import is_loaded
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.uid.registry import is_registered, is_under_dicom_root
from uidscope.core.uid.syntax import judge_value


def check_new_uid(
    catalog: Catalog, issued: IssuedUids, plan: Plan, row: RowKey, text: str
) -> PlanNote | None:
    """Say why a typed UID may not stand in a row of the map; None where it may.

    Held against it: the rules of form and meaning on writing (``typed-UID-...``), the registry of PS3.6,
    the old value, everything loaded, every UID issued or typed for another row, and that nobody may make
    a UID by adding parts to one in use (PS3.5 9, UID-S27). Space around the text counts as a fault.
    """
    return next(_faults(catalog, issued, plan, row, text), None)


def by_hand_conflicts(
    catalog: Catalog, issued: IssuedUids, plan: Plan, by_hand: Mapping[RowKey, str]
) -> Iterator[PlanNote]:
    """Yield a conflict for each typed UID that may not, or may no longer, stand in its row.

    ``by_hand`` are the rows that the map has; what was typed may be loaded or taken by now.
    """
    for row, uid in sorted(by_hand.items()):
        fault = check_new_uid(catalog, issued, plan, row, uid)
        if fault is not None:
            yield fault


def _faults(catalog: Catalog, issued: IssuedUids, plan: Plan, row: RowKey, text: str) -> Iterator[PlanNote]:
    """The faults, the plainest first; what is asked of the catalog, of what is well formed only."""
    if not text:
        yield PlanNote("typed-nothing")
    for code in judge_value(text, writing=True):
        yield PlanNote(f"typed-{code}", {"uid": text, "rule": code})
    of_value = {
        "typed-registered": is_registered(text),
        "typed-dicom-root": is_under_dicom_root(text),
        "typed-same": text == row.old,
    }
    yield from (PlanNote(code, {"uid": text}) for code, is_so in of_value.items() if is_so)
    if is_loaded(catalog, text):
        yield PlanNote("typed-loaded", {"uid": text})
    if issued.is_taken(text, row) or _is_typed_elsewhere(plan, row, text):
        yield PlanNote("typed-taken", {"uid": text})
    for shorter in _shorter(text):
        if is_loaded(catalog, shorter) or shorter in issued:
            yield PlanNote("typed-UID-S27", {"uid": text, "other": shorter, "rule": "UID-S27"})


def _is_typed_elsewhere(plan: Plan, row: RowKey, uid: str) -> bool:
    return any(typed == uid and other != row for other, typed in plan.by_hand)


def _shorter(uid: str) -> Iterator[str]:
    """The UIDs that this one would be made from by adding parts; a root of two parts is nobody's UID."""
    parts = uid.split(".")
    for count in range(len(parts) - 1, 2, -1):
        yield ".".join(parts[:count])
