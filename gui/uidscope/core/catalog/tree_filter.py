"""What stays of the tree when only some of it is wanted: matches of a text, findings, given files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from uidscope.core.catalog.finding import Severity
from uidscope.core.catalog.lookup import matching
from uidscope.core.catalog.node_counts import (
    NodeCounts,
    count_instances,
    count_nodes,
    nodes_with_findings,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node


@dataclass(frozen=True, slots=True)
class TreeFilter:
    """Which nodes stay: those with something at or below them, and all that lies below some.

    ``is_cut`` says that more would match than was looked for.
    """

    wanted: NodeCounts
    wanted_below: NodeCounts
    whole: frozenset[Node] = frozenset()
    is_cut: bool = False

    def keeps(self, node: Node, *, below_whole: bool = False) -> bool:
        """Say whether a node stays; ``below_whole``: it lies below one of which everything stays."""
        return below_whole or self.wanted.at(node) > 0

    def keeps_below(self, node: Node, *, below_whole: bool = False) -> bool:
        """Say whether anything below a node stays."""
        return below_whole or node in self.whole or self.wanted_below.at(node) > 0


def text_filter(catalog: Catalog, text: str, limit: int = 1000) -> TreeFilter:
    """Keep what holds a text, with everything above and below it; ``limit`` nodes at most are looked for."""
    nodes = matching(catalog, text, limit)
    counts = count_nodes(catalog, nodes)
    return TreeFilter(counts, counts, frozenset(nodes), is_cut=len(nodes) >= limit)


def severity_filter(catalog: Catalog, severity: Severity) -> TreeFilter:
    """Keep what has findings of one severity, and everything above it."""
    found = nodes_with_findings(catalog, severity)
    return TreeFilter(found.any, found.below)


def occurrence_filter(catalog: Catalog, occurrences: Iterable[int]) -> TreeFilter:
    """Keep these files and everything above them."""
    counts = count_instances(catalog, occurrences)
    return TreeFilter(counts, counts)
