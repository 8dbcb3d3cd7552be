"""Different things that bear one UID: which there are, and where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from uidscope.core.catalog.findings import KeptFinding, finding_occurrences
from uidscope.core.catalog.lookup import (
    display_paths,
    node_of_occurrence,
    nodes_with_uid,
    occurrences_below,
)
from uidscope.core.catalog.plan_questions import absolute_paths, loaded_objects, profile_values
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node, NodeRow, path_to, row
from uidscope.core.errors import UsageError
from uidscope.core.plan.intention import Selector
from uidscope.core.plan.keys.copies import copies_of
from uidscope.core.plan.repair import told_apart_by
from uidscope.core.progress import CancelToken

# What stands in one study and belongs to different patients is moved, by whom it belongs to.
_MOVED: Final = {"ENT-11": ("study", "PatientID")}
_BELOW_THE_SERIES: Final = frozenset({"instance", "file"})


class Alternative(NamedTuple):
    """One of several different things that bear one UID.

    ``occurrences`` are the files that hold it, the first by its path at the front; ``path`` and ``node`` are
    those of that one, as they are shown. ``place`` is the way to it in the tree: patient, study, series.
    ``value`` is the attribute's value by which it is told from the others, where one does that.
    """

    occurrences: tuple[int, ...]
    node: Node
    path: str
    place: tuple[NodeRow, ...]
    value: str = ""


class TellingApart(NamedTuple):
    """A finding about things that share a UID and should not: the user says which of them keeps it.

    ``attribute`` is the keyword by whose value they are told apart; empty for single objects.
    """

    finding: KeptFinding
    attribute: str
    alternatives: tuple[Alternative, ...]

    def selectors_of(self, catalog: Catalog, place: int) -> tuple[Selector, ...]:
        """Return selectors of the files of one of the alternatives."""
        return _selectors(catalog, self.alternatives[place : place + 1])


def objects_with_uid(catalog: Catalog, uid: str, token: CancelToken | None = None) -> tuple[Alternative, ...]:
    """Return the different objects that bear a SOP Instance UID, by path. Raises ``Cancelled``."""
    nodes = [node for node in nodes_with_uid(catalog, uid) if node.level == "instance"]
    bearing = [id_ for node in nodes for id_ in occurrences_below(catalog, node)]
    return _alternatives(catalog, _objects(catalog, uid, bearing, token))


def telling_apart(
    catalog: Catalog, finding: KeptFinding, token: CancelToken | None = None
) -> TellingApart | None:
    """Return what a finding says shares a UID; None for one of another sort. Raises ``Cancelled``."""
    told = told_apart_by(finding.rule) or _MOVED.get(finding.rule)
    if told is None:
        return None
    level, attribute = told
    files = finding_occurrences(catalog, finding.id)
    if level == "instance":
        objects = _objects(catalog, finding.uid, files, token)
        return TellingApart(finding, "", _alternatives(catalog, objects))
    objects_here = list(loaded_objects(catalog, files))
    values = profile_values(catalog, {known.profile for known in objects_here}, (attribute,))
    by_value: dict[str, list[int]] = {}
    said = {known.occurrence: values[known.profile][0] for known in objects_here}
    for occurrence, value in said.items():
        by_value.setdefault(value, []).append(occurrence)
    return TellingApart(finding, attribute, _alternatives(catalog, by_value.values(), said))


def selectors_of_others(catalog: Catalog, apart: TellingApart, keeps: int) -> tuple[Selector, ...]:
    """Return selectors of the files of all alternatives but one, which is to keep the UID.

    Raises ``UsageError`` where there is no such one.
    """
    if not 0 <= keeps < len(apart.alternatives):
        raise UsageError("One of the alternatives is to keep the UID.")
    return _selectors(catalog, [each for at, each in enumerate(apart.alternatives) if at != keeps])


def _selectors(catalog: Catalog, some: Iterable[Alternative]) -> tuple[Selector, ...]:
    paths = absolute_paths(catalog, [id_ for each in some for id_ in each.occurrences])
    return tuple(Selector("file", path) for path in sorted(paths.values()))


def _objects(
    catalog: Catalog, uid: str, files: Collection[int], token: CancelToken | None
) -> list[list[int]]:
    """These files, put together by the object they hold."""
    wanted = set(files)
    found = [
        [id_ for id_ in same if id_ in wanted] for same in copies_of(catalog, wanted, token).objects(uid)
    ]
    return [same for same in found if same] or [[id_] for id_ in sorted(wanted)]


def _alternatives(
    catalog: Catalog, groups: Iterable[Collection[int]], values: dict[int, str] | None = None
) -> tuple[Alternative, ...]:
    known = [list(group) for group in groups]
    paths = display_paths(catalog, [id_ for group in known for id_ in group])
    found = []
    for group in known:
        files = tuple(sorted(group, key=lambda id_: paths[id_]))
        node = node_of_occurrence(catalog, files[0])
        if node is None:
            continue
        way = tuple(
            row(catalog, step) for step in path_to(catalog, node) if step.level not in _BELOW_THE_SERIES
        )
        found.append(Alternative(files, node, paths[files[0]], way, (values or {}).get(files[0], "")))
    return tuple(sorted(found, key=lambda each: each.path))
