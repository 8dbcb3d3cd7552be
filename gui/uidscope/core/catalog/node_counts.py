"""How many of something lie at or below each place of the tree: what filters and rolled-up counts ask."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from uidscope.core.catalog.finding import Severity
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import LEVELS, Node, NodeLevel, path_to

_TABLES: Final[dict[NodeLevel, str]] = {
    "patient": "patient",
    "study": "study",
    "series": "series",
    "instance": "instance",
    "file": "occurrence",
}


_AT_A_TIME: Final = 50_000  # files: one text of a million would hold up every other thread


@dataclass(frozen=True, slots=True)
class NodeCounts:
    """A number for each node, 4 bytes or 1 each; what was loaded after the count has 0."""

    by_level: Mapping[NodeLevel, array[int] | bytearray]

    def at(self, node: Node) -> int:
        """Return how many there are at or below a node."""
        numbers = self.by_level.get(node.level)
        return numbers[node.id] if numbers is not None and node.id < len(numbers) else 0

    def any(self) -> bool:
        """Say whether anything was counted; every patient is looked at."""
        return any(self.by_level.get("patient", b""))

    def counted(self, level: NodeLevel, ids: Sequence[int]) -> array[int]:
        """Return those of some nodes of one level at or below which there is any, in their order."""
        numbers = self.by_level.get(level, b"")
        past_last = len(numbers)
        return array("q", [id_ for id_ in ids if id_ < past_last and numbers[id_]])


class WithFindings(NamedTuple):
    """1 for each node with a finding, be it its own or below it, and 1 for each with one below it."""

    any: NodeCounts
    below: NodeCounts


def nodes_with_findings(catalog: Catalog, severity: Severity) -> WithFindings:
    """Find the nodes that have findings of one severity, as the badges tell."""
    found: dict[NodeLevel, bytearray] = {}
    below: dict[NodeLevel, bytearray] = {}
    for level in LEVELS:
        size = _largest_id(catalog, level) + 1
        found[level], below[level] = bytearray(size), bytearray(size)
        some, some_below = found[level], below[level]
        for node_id, has_below in catalog.connection.execute(
            "SELECT node_id, below > 0 FROM badge WHERE level = ? AND severity = ?", (level, severity)
        ):
            some[node_id] = 1
            some_below[node_id] |= has_below  # a node has a row for each kind of them
    return WithFindings(NodeCounts(found), NodeCounts(below))


def count_nodes(catalog: Catalog, nodes: Iterable[Node]) -> NodeCounts:
    """Count each of some nodes at itself and at every node above it."""
    # The paths first: the tree may grow meanwhile, and what is in them must have its place.
    paths = [path_to(catalog, node) for node in nodes]
    counts = _zeros(catalog)
    for path in paths:
        for level, node_id in path:
            counts[level][node_id] += 1
    return NodeCounts(counts)


def count_instances(catalog: Catalog, occurrences: Iterable[int]) -> NodeCounts:
    """Count the instances that these files hold; of the files themselves each is one.

    DICOMDIRs are not in the tree and count nothing.
    """
    counts = _zeros(catalog)
    some = iter(occurrences)
    while wanted := list(islice(some, _AT_A_TIME)):
        _count_instances_of(catalog, json.dumps(wanted), counts)
    return NodeCounts(counts)


def _count_instances_of(catalog: Catalog, wanted: str, counts: Mapping[NodeLevel, array[int]]) -> None:
    """Count the instances of some files, but for those that are counted already."""
    for instance, series, study, patient in catalog.connection.execute(
        "SELECT instance.id, series.id, study.id, study.patient_id"
        " FROM json_each(?) JOIN occurrence ON occurrence.id = json_each.value"
        " JOIN instance ON instance.id = occurrence.instance_id"
        " JOIN series ON series.id = instance.series_id JOIN study ON study.id = series.study_id"
        " GROUP BY instance.id",
        (wanted,),
    ):
        if not counts["instance"][instance]:
            counts["instance"][instance] = 1
            counts["series"][series] += 1
            counts["study"][study] += 1
            counts["patient"][patient] += 1
    for (occurrence,) in catalog.connection.execute(
        "SELECT occurrence.id FROM json_each(?) JOIN occurrence ON occurrence.id = json_each.value"
        " WHERE instance_id IS NOT NULL",
        (wanted,),
    ):
        counts["file"][occurrence] = 1


def _zeros(catalog: Catalog) -> dict[NodeLevel, array[int]]:
    return {level: array("I", [0]) * (_largest_id(catalog, level) + 1) for level in LEVELS}


def _largest_id(catalog: Catalog, level: NodeLevel) -> int:
    query = f"SELECT COALESCE(MAX(id), 0) FROM {_TABLES[level]}"  # noqa: S608 - our own table names
    return int(catalog.connection.execute(query).fetchone()[0])
