"""Faulty references put together: one finding for a referring series and the series that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from uidscope.core.catalog.finding import FactValue, Finding
from uidscope.core.catalog.missing_targets import Referrer, referrers
from uidscope.core.catalog.stated_references import StatedReference, Target
from uidscope.core.judge.element_path import leaf
from uidscope.core.judge.rule import Inquiry
from uidscope.core.judge.rule_table import rule

_EXAMPLES: Final = 5

# What a reference names and what is wrong with it, as further facts of the finding.
Facts = Callable[[StatedReference], Mapping[str, FactValue]]


class _Pair(NamedTuple):
    """The faulty references of one series to another: the first of them, and all instances they name."""

    series_uid: str
    first: StatedReference
    uids: dict[str, None]
    occurrences: set[int]


def target_series(reference: StatedReference, targets: Mapping[str, tuple[Target, ...]]) -> str:
    """Return the series that a reference leads to, else the one it states; empty where neither is known."""
    if reference.kind == "series":
        return reference.uid
    loaded = targets.get(reference.uid, ())
    return next((target.series_uid for target in loaded if target.series_uid), reference.series_uid)


def findings_of_pairs(
    inquiry: Inquiry, code: str, references: Iterable[tuple[str, StatedReference]], facts: Facts
) -> Iterator[Finding]:
    """Yield one finding for each referring series and target series.

    ``references`` comes with the Series Instance UID of what each names. A referring series without
    UID stands for itself.
    """
    of_sets: dict[int, dict[str, list[StatedReference]]] = {}
    for target, reference in references:
        of_sets.setdefault(reference.set_id, {}).setdefault(target, []).append(reference)
    pairs: dict[tuple[int | str, str], _Pair] = {}
    for referrer in referrers(inquiry.catalog, of_sets):
        inquiry.cancel.raise_if_cancelled()
        for target, members in of_sets[referrer.set_id].items():
            _note(pairs, referrer, target, members)
    for (_, target), pair in pairs.items():
        yield rule(code).finding(
            "series",
            pair.series_uid,
            tuple(sorted(pair.occurrences)),
            attribute=leaf(pair.first.pattern),
            path=pair.first.pattern,
            facts={
                "references": len(pair.uids),
                "target_series": target,
                "examples": tuple(pair.uids)[:_EXAMPLES],
                **facts(pair.first),
            },
        )


def _note(
    pairs: dict[tuple[int | str, str], _Pair], referrer: Referrer, target: str, members: list[StatedReference]
) -> None:
    key = (referrer.series_uid or referrer.series_id, target)
    pair = pairs.get(key)
    if pair is None:
        pair = pairs[key] = _Pair(referrer.series_uid, members[0], {}, set())
    pair.uids.update((member.uid, None) for member in members)
    pair.occurrences.add(referrer.occurrence_id)
