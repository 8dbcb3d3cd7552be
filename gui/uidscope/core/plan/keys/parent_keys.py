"""The new study and series UIDs as entries of the map: for what each of them holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from uidscope.core.catalog.plan_questions import SeriesPlace, loaded_objects, series_sizes
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.entry import TAKEN_OVER, MapEntry, RowKey, SwitchedOff
from uidscope.core.plan.output import Output, Part
from uidscope.core.plan.uid_map import PARENT_LEVELS, EntityKey, FileOutcome, ParentLevel, outcome_counts


class ParentKeys(NamedTuple):
    """The keys that hold in every file, by their old UIDs, and all entries."""

    keys: dict[str, list[EntityKey]]
    entries: tuple[MapEntry, ...]
    switched_off: tuple[SwitchedOff, ...]


def parent_keys(
    catalog: Catalog,
    output: Output,
    places: Mapping[int, SeriesPlace],
    outcomes: Mapping[int, FileOutcome],
    several_kinds: Mapping[str, frozenset[str]],
) -> ParentKeys:
    """Make the entries of the new study and series UIDs.

    An entry holds everywhere where every loaded file of the study or series is selected and all of
    them become one; else for the occurrences that it was made for.
    """
    sizes = series_sizes(catalog)
    keys: dict[str, list[EntityKey]] = {}
    entries = []
    switched_off = []
    for level in PARENT_LEVELS:
        whole = {uid for part in output.parts for uid in _wholly_covered(catalog, part, level, places, sizes)}
        files: Counter[tuple[str, str, str]] = Counter()
        kept = set()
        off: Counter[tuple[str, RowKey, str]] = Counter()
        for outcome, count in outcome_counts(outcomes):
            old, new = outcome.parent(level)
            if new is None:
                kept.add(old)
                row = outcome.switched_off(level)
                if row is not None:
                    off[old, row, outcome.treatment or ""] += count
            else:
                reason: str = TAKEN_OVER if outcome.takes_over(level) else outcome.treatment or ""
                files[old, new, reason] += count
        times = Counter(old for old, _, _ in files)
        for (old, new, reason), count in sorted(files.items()):
            everywhere = old in whole and times[old] == 1 and old not in kept
            if everywhere:
                keys.setdefault(old, []).append(EntityKey(level, new, None))
            scope = "occurrences" if not everywhere else level if old in several_kinds else "all"
            entries.append(MapEntry(old, new, level, scope, reason, count))
        for (old, row, treatment), count in sorted(off.items()):
            held = "all" if old in whole else "occurrences"
            scope_off = level if old in several_kinds else held
            switched_off.append(SwitchedOff(row, MapEntry(old, "", level, scope_off, treatment, count)))
    return ParentKeys(keys, tuple(entries), tuple(switched_off))


def _wholly_covered(
    catalog: Catalog,
    part: Part,
    level: ParentLevel,
    places: Mapping[int, SeriesPlace],
    sizes: Mapping[int, int],
) -> Iterable[str]:
    """The studies or series of which a part covers every loaded file."""
    covered = Counter(known.series for known in part.written)
    others = part.covered - part.occurrences
    covered.update(known.series for known in loaded_objects(catalog, others) if known.series)
    missing = Counter[str]()
    for series, size in sizes.items():
        missing[_uid(places[series], level)] += size - covered[series]
    touched = {_uid(places[series], level) for series in covered}
    return (uid for uid in touched if uid and not missing[uid])


def _uid(place: SeriesPlace, level: ParentLevel) -> str:
    return place.study_uid if level == "study" else place.series_uid
