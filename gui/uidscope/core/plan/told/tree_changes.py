"""What a map does to the places of the tree: how many objects change where, and what their UIDs become."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from uidscope.core.catalog.lookup import occurrences_below
from uidscope.core.catalog.node_counts import NodeCounts, count_instances
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import FileRow, InstanceRow, NodeRow, SeriesRow, StudyRow
from uidscope.core.plan.uid_map import UidMap


@dataclass(frozen=True, slots=True)
class TreeChanges:
    """``changed`` counts the instances that are written with a change, of whatever kind."""

    uid_map: UidMap
    changed: NodeCounts
    _studies: Mapping[str, tuple[str, ...]]
    _series: Mapping[tuple[str, str], tuple[str, ...]]

    def new_uids(self, catalog: Catalog, row: NodeRow, above: NodeRow | None) -> tuple[str, ...]:
        """Return what the UID of a row becomes, each new value once; none where it stays.

        ``above`` is the row of its parent. The objects of one study or series may go different ways.
        """
        if not self.changed.at(row.node):
            return ()
        match row:
            case StudyRow():
                return self._studies.get(row.uid, ())
            case SeriesRow():
                study = above.uid if isinstance(above, StudyRow) else ""
                return self._series.get((study, row.uid), ())
            case InstanceRow():
                return self._of_files(occurrences_below(catalog, row.node), row.uid)
            case FileRow():
                return self._of_files([row.node.id], above.uid if isinstance(above, InstanceRow) else "")
        return ()

    def _of_files(self, occurrences: list[int], uid: str) -> tuple[str, ...]:
        new = (
            self.uid_map.new_instance_uid(occurrence, uid)
            for occurrence in occurrences
            if occurrence in self.uid_map.outcomes
        )
        return tuple(sorted({value for value in new if value is not None}))


def tree_changes(catalog: Catalog, uid_map: UidMap) -> TreeChanges:
    """Return what a map does to the tree; takes its time with the number of files that are written."""
    changed = (id_ for id_ in uid_map.outcomes if uid_map.changed(id_) != "unchanged")
    studies: dict[str, set[str]] = defaultdict(set)
    series: dict[tuple[str, str], set[str]] = defaultdict(set)
    # The files of a series share their outcome: told apart by identity, a million cost no comparison.
    for outcome in {id(outcome): outcome for outcome in uid_map.outcomes.values()}.values():
        if outcome.new_study_uid is not None:
            studies[outcome.study_uid].add(outcome.new_study_uid)
        if outcome.new_series_uid is not None:
            series[outcome.study_uid, outcome.series_uid].add(outcome.new_series_uid)
    return TreeChanges(
        uid_map,
        count_instances(catalog, changed),
        {old: tuple(sorted(new)) for old, new in studies.items()},
        {old: tuple(sorted(new)) for old, new in series.items()},
    )
