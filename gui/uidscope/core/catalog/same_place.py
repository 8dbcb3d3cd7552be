"""Places of the tree found again in another catalog, as after everything was read anew."""

from __future__ import annotations

from typing import Final, NamedTuple

from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import (
    ROOT,
    FileRow,
    InstanceRow,
    Node,
    NodeLevel,
    NodeRow,
    PatientRow,
    child_ids,
    path_to,
    row,
    rows,
)


class Step(NamedTuple):
    """What a place is known by among its siblings.

    A patient is known by issuer and Patient ID, or by name and birth date where the ID is empty; a study,
    a series and an instance by its UID; a file, and an instance without UID, by its path.
    """

    level: NodeLevel
    known_by: tuple[str, ...]


_WITH_UID: Final = ("study", "series", "instance")

Place = tuple[Step, ...]
"""The steps from the patient down to a place; empty for ``ROOT``."""


def place_of(catalog: Catalog, node: Node) -> Place:
    """Return what a node is known by, in any catalog. Raises ``LookupError`` where it is not there."""
    return tuple(_step(row(catalog, step)) for step in path_to(catalog, node))


class PlaceFinder:
    """Finds places again in one catalog; what was read of a branch is kept as long as this lives."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._children: dict[Node, dict[Step, Node]] = {}

    def find(self, place: Place) -> Node | None:
        """Return the node that is known by the same, or None; of several the first."""
        if not place:
            return ROOT
        level, known_by = place[-1]
        if level in _WITH_UID and known_by[0]:
            bearers = (node for node in nodes_with_uid(self._catalog, known_by[0]) if node.level == level)
            return next((node for node in bearers if place_of(self._catalog, node) == place), None)
        above = self.find(place[:-1])
        return None if above is None else self._below(above, level).get(place[-1])

    def _below(self, node: Node, level: NodeLevel) -> dict[Step, Node]:
        if node not in self._children:
            known: dict[Step, Node] = {}
            for each in rows(self._catalog, level, child_ids(self._catalog, node)):
                known.setdefault(_step(each), each.node)
            self._children[node] = known
        return self._children[node]


def _step(found: NodeRow) -> Step:
    level = found.node.level
    match found:
        case PatientRow(patient_id=""):
            return Step(level, ("", "", found.name, found.birth_date))
        case PatientRow():
            return Step(level, (found.issuer, found.patient_id))
        case FileRow():
            return Step(level, (found.path,))
        case InstanceRow(uid=""):
            return Step(level, ("", found.path))
        case _:
            return Step(level, (found.uid,))
