"""Selectors to occurrences, and places in the tree to selectors."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from typing import Final

from uidscope.core.catalog.lookup import nodes_with_uid, occurrences_below
from uidscope.core.catalog.plan_questions import (
    absolute_paths,
    occurrences_at_paths,
    occurrences_of_rule,
    patients_with_id,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import (
    ROOT,
    InstanceRow,
    Node,
    PatientRow,
    SeriesRow,
    StudyRow,
    child_ids,
    row,
)
from uidscope.core.errors import UsageError
from uidscope.core.plan.intention import Selector, SelectorKind


def select(catalog: Catalog, selectors: tuple[Selector, ...]) -> set[int]:
    """Return the occurrences that any of the selectors means; without selectors, all that are loaded.

    Raises ``UsageError`` for a selector that means nothing loaded.
    """
    if not selectors:
        return set(occurrences_below(catalog, ROOT))
    files = [value for kind, value in selectors if kind == "file"]
    selected = _at_paths(catalog, files) if files else set()
    for selector in selectors:
        if selector.kind != "file":
            found = _meant(catalog, selector)
            if not found:
                raise UsageError(_NOTHING[selector.kind].format(selector.value))
            selected |= found
    return selected


def selectors_for(catalog: Catalog, nodes: Iterable[Node]) -> tuple[Selector, ...]:
    """Return selectors that mean just the files below these places in the tree.

    A place is named by its Patient ID or UID where that means no other file, else by its files.
    """
    selectors: dict[Selector, None] = {}
    for node in nodes:
        below = set(occurrences_below(catalog, node))
        named = _named(catalog, node)
        if named is not None and named.value and _meant(catalog, named) == below:
            selectors[named] = None
        else:
            paths = absolute_paths(catalog, below)
            selectors |= {Selector("file", paths[id_]): None for id_ in sorted(below)}
    return tuple(selectors)


def series_of_patient(catalog: Catalog, patient_id: str) -> tuple[Selector, ...]:
    """Return selectors, without the Patient ID, that mean the same files; the selector itself for nobody."""
    patients = [Node("patient", id_) for id_ in patients_with_id(catalog, patient_id)]
    below = [Node("series", id_) for study in _below(catalog, patients) for id_ in child_ids(catalog, study)]
    return selectors_for(catalog, below) or (Selector("patient", patient_id),)


def _below(catalog: Catalog, patients: Iterable[Node]) -> list[Node]:
    return [Node("study", id_) for patient in patients for id_ in child_ids(catalog, patient)]


_NOTHING: Final[dict[SelectorKind, str]] = {
    "patient": "No loaded patient has the Patient ID {}.",
    "study": "No loaded study has the UID {}.",
    "series": "No loaded series has the UID {}.",
    "instance": "No loaded object has the UID {}.",
    "rule": "There is no finding of the rule {} in what is loaded.",
}


def _meant(catalog: Catalog, selector: Selector) -> set[int]:
    """The occurrences one selector means, a path apart."""
    if selector.kind == "rule":
        return occurrences_of_rule(catalog, selector.value)
    if selector.kind == "patient":
        nodes = [Node("patient", id_) for id_ in patients_with_id(catalog, selector.value)]
    else:
        nodes = [node for node in nodes_with_uid(catalog, selector.value) if node.level == selector.kind]
    return {id_ for node in nodes for id_ in occurrences_below(catalog, node)}


def _at_paths(catalog: Catalog, paths: Collection[str]) -> set[int]:
    """The occurrences at these paths: absolute, relative to a lone source, or to where we stand."""
    bases = [os.getcwd()]
    sources = catalog.sources()
    if len(sources) == 1:
        bases.insert(0, sources[0].top)
    asked = {path: [os.path.normpath(os.path.join(base, path)) for base in bases] for path in paths}
    found = occurrences_at_paths(catalog, {place for places in asked.values() for place in places})
    selected: set[int] = set()
    for path, places in asked.items():
        ids = [found[place] for place in places if place in found]
        if not ids:
            raise UsageError(f"No loaded file is at {path}.")
        selected.add(ids[0])
    return selected


def _named(catalog: Catalog, node: Node) -> Selector | None:
    """The selector that names a place by what it bears."""
    match row(catalog, node):
        case PatientRow(patient_id=patient_id):
            return Selector("patient", patient_id)
        case StudyRow(uid=uid):
            return Selector("study", uid)
        case SeriesRow(uid=uid):
            return Selector("series", uid)
        case InstanceRow(uid=uid):
            return Selector("instance", uid)
    return None
