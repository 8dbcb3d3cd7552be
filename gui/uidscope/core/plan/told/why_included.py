"""Why a line of the map is there: the step of the plan behind it, in a sentence."""

from __future__ import annotations

from collections.abc import Callable

from uidscope.core.plan.entry import ONLY_NAMED, TAKEN_OVER, MapEntry, RowKey
from uidscope.core.plan.intention import INTENTION_KINDS, Intention, Plan
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.plan.told.step_words import intention_words

_OF_OBJECTS = ("instance", "series", "study")


def why_included(
    plan: Plan,
    entry: MapEntry,
    row: RowKey | None,
    subject_of: Callable[[Intention], str] = lambda _intention: "",
) -> PlanNote:
    """Return why an entry of a plan's map is there; ``row`` is its row, None where it has none.

    ``subject_of`` says what an intention is about, in the caller's words (``intention_words``).
    """
    found = (each for each in plan.intentions if row is not None and each.id == row.intention)
    intention = next(found, None)
    what = "" if intention is None else intention_words(intention, subject_of(intention))
    facts: dict[str, str | int] = {"what": what, "files": entry.file_count, "rule": entry.reason}
    return PlanNote(_code(entry, intention), facts)


def _code(entry: MapEntry, intention: Intention | None) -> str:
    if entry.change != "new-uid":
        return f"why-{entry.change}"
    if entry.reason in (ONLY_NAMED, TAKEN_OVER):
        return f"why-{entry.reason}"
    if intention is None or entry.reason not in INTENTION_KINDS:
        return "why-repair"
    if intention.renew and intention.kind != entry.reason:
        return "why-renewed"
    return f"why-{entry.kind}" if entry.kind in _OF_OBJECTS else "why-defined"
