"""The map as the plan lists it: a group for each kind of entity, with what is switched off among the rest."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.told.preview import PlanRow, plan_rows, rows_of_entries
from uidscope.core.plan.told.row_groups import GROUPS, group_of
from uidscope.core.plan.uid_map import UidMap


class ListedRow(NamedTuple):
    """A row of a group as it was read; `off` is its key where it is switched off."""

    plan_row: PlanRow
    off: RowKey | None


@dataclass(slots=True)
class PlanGroup:
    """The rows of one kind: where those that are on stand in the map, and the others between them.

    `off_at` are the places in the group of those switched off, in rising order, and `off` their places in
    the map's list of them. `can_switch` counts the rows that are on and can be switched off. `rows` have
    been read.
    """

    kind: str
    on: Sequence[int]
    off_at: Sequence[int]
    off: Sequence[int]
    can_switch: int
    rows: list[ListedRow] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.on) + len(self.off)

    def read(self, catalog: Catalog, uid_map: UidMap, count: int) -> list[ListedRow]:
        """Read the next rows, some at most."""
        first = len(self.rows)
        past_last = min(first + count, len(self))
        off_first, off_last = bisect_left(self.off_at, first), bisect_left(self.off_at, past_last)
        on = iter(_read_on(catalog, uid_map, self.on[first - off_first : past_last - off_last]))
        switched_off = [uid_map.switched_off[self.off[at]] for at in range(off_first, off_last)]
        off_rows = rows_of_entries(catalog, [each.entry for each in switched_off])
        off = iter(zip(off_rows, switched_off, strict=True))
        off_places = set(self.off_at[off_first:off_last])
        page: list[ListedRow] = []
        for place in range(first, past_last):
            if place in off_places:
                plan_row, each = next(off)
                page.append(ListedRow(plan_row, each.row))
            else:
                page.append(ListedRow(next(on), None))
        return page


def plan_groups(uid_map: UidMap, places: Mapping[RowKey, int]) -> list[PlanGroup]:
    """The groups of a map, the instances not looked at; `places` says where rows stood in their group.

    A row that is switched off stays where it was; one that was not shown stands before the others.
    """
    entities = uid_map.entity_entries
    on: dict[str, array[int]] = {kind: array("q") for kind in GROUPS}
    can_switch = dict.fromkeys(GROUPS, 0)
    for place, entry in enumerate(entities):
        kind = group_of(entry)
        on[kind].append(place)
        can_switch[kind] += entry.is_new_uid
    # A million instances stand behind the others: a range costs nothing.
    instances: Sequence[int] = range(len(entities), uid_map.entry_count())
    can_switch["instance"] += len(instances)
    if on["instance"]:
        on["instance"].extend(instances)
        instances = on["instance"]
    found: dict[str, Sequence[int]] = {**on, "instance": instances}
    off: dict[str, list[tuple[int, int]]] = {kind: [] for kind in GROUPS}
    for at, each in enumerate(uid_map.switched_off):
        off[group_of(each.entry)].append((places.get(each.row, -1), at))
    groups = []
    for kind in GROUPS:
        in_order = sorted(off[kind])
        off_at = _spread([wanted for wanted, _ in in_order], len(found[kind]))
        group_off = array("q", [at for _, at in in_order])
        if found[kind] or group_off:
            groups.append(PlanGroup(kind, found[kind], off_at, group_off, can_switch[kind]))
    return groups


def _spread(wanted: Sequence[int], others: int) -> array[int]:
    """Different places, in rising order, as near to those wanted as they can be."""
    taken: array[int] = array("q")
    for at, place in enumerate(wanted):
        least = taken[-1] + 1 if taken else 0
        taken.append(min(max(place, least), others + at))
    return taken


def _read_on(catalog: Catalog, uid_map: UidMap, places: Sequence[int]) -> list[PlanRow]:
    rows: list[PlanRow] = []
    for first, count in _runs(places):
        rows += plan_rows(catalog, uid_map, first, count)
    return rows


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Places as runs of neighbours: the first of each, and how many there are."""
    first = length = 0
    for place in places:
        if length and place == first + length:
            length += 1
            continue
        if length:
            yield first, length
        first, length = place, 1
    if length:
        yield first, length
