"""Patient > Study > Series > Instance > file: what the tree shows, a page at a time.

An instance with one file has no children: the file's facts stand in its own row. A DICOMDIR is not in
the tree.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Final, Literal, NamedTuple

from uidscope.core.catalog.finding import SEVERITIES, Severity
from uidscope.core.catalog.finding_kinds import FindingKind
from uidscope.core.catalog.paths import file_paths
from uidscope.core.catalog.references import ReferenceState, state_counts
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree_order import Order, order_query

NodeLevel = Literal["root", "patient", "study", "series", "instance", "file"]

LEVELS: Final[tuple[NodeLevel, ...]] = ("patient", "study", "series", "instance", "file")


class Node(NamedTuple):
    """One place in the tree; the id is that of its row at its level (of an occurrence for ``file``)."""

    level: NodeLevel
    id: int


ROOT: Final = Node("root", 0)


class Badge(NamedTuple):
    """How many findings are about a node itself, and how many about what is below it.

    All are of one severity and one kind; ``told_badges`` says how a node's badges are read together.
    """

    severity: Severity
    kind: FindingKind
    own: int
    below: int


Badges = tuple[Badge, ...]


class PatientRow(NamedTuple):
    """One patient; ``child_count`` counts studies."""

    node: Node
    child_count: int
    badges: Badges
    name: str
    patient_id: str
    issuer: str
    birth_date: str


class StudyRow(NamedTuple):
    """One study; ``child_count`` counts series."""

    node: Node
    child_count: int
    badges: Badges
    uid: str
    date: str
    description: str
    study_id: str
    accession: str


class SeriesRow(NamedTuple):
    """One series; ``child_count`` counts instances."""

    node: Node
    child_count: int
    badges: Badges
    uid: str
    modality: str
    number: str
    description: str
    date: str


class InstanceRow(NamedTuple):
    """One instance; ``child_count`` is 0 where it has one file.

    ``path``, ``size`` and ``flags`` are those of its first file.
    """

    node: Node
    child_count: int
    badges: Badges
    uid: str
    class_uid: str
    number: str
    occurrences: int
    path: str
    size: int
    flags: int


class FileRow(NamedTuple):
    """One of several files of an instance."""

    node: Node
    child_count: int
    badges: Badges
    path: str
    size: int
    flags: int


NodeRow = PatientRow | StudyRow | SeriesRow | InstanceRow | FileRow


class Counts(NamedTuple):
    """What there is: files = loaded + not_loaded, loaded = occurrences + dicomdirs.

    Studies, series and instances are counted by their UIDs, and an instance without one for itself.
    """

    files: int
    loaded: int
    not_loaded: int
    dicomdirs: int
    occurrences: int
    patients: int
    studies: int
    series: int
    instances: int
    references: dict[ReferenceState, int]
    findings: dict[Severity, int]


def children(catalog: Catalog, node: Node, offset: int = 0, limit: int | None = None) -> list[NodeRow]:
    """Return the rows below a node, in their order, ``limit`` of them from ``offset`` on.

    Patients stand by name, then ID; studies by date; series and instances by number (as a number),
    those without one last, then by UID; files by path.
    """
    ids = child_ids(catalog, node)
    page = ids[offset:] if limit is None else ids[offset : offset + limit]
    below = level_below(node)
    return rows(catalog, below, page) if below else []


def child_ids(catalog: Catalog, node: Node, order: Order | None = None) -> Sequence[int]:
    """Return the ids of all children of a node, as ``children`` orders them or as is asked, 8 bytes each.

    The catalog remembers them until it changes, so that paging does not sort anew for each page.
    """
    if node.level == "file":
        return array("q")
    query = order_query(node.level, order)

    def find() -> array[int]:
        parameters = () if node.level == "root" else (node.id,)
        ids = array("q", chain.from_iterable(catalog.connection.execute(query, parameters)))
        return array("q") if node.level == "instance" and len(ids) == 1 else ids

    return catalog.remembered(("children", node, order), find)


def level_below(node: Node) -> NodeLevel | None:
    """Return the level of a node's children; None for a file."""
    if node.level == "root":
        return "patient"
    at = LEVELS.index(node.level) + 1
    return LEVELS[at] if at < len(LEVELS) else None


def rows(catalog: Catalog, level: NodeLevel, ids: Sequence[int]) -> list[NodeRow]:
    """Return the rows of these ids of one level, in their order; what is not there (any more) is left out."""
    if level == "root" or not ids:
        return []
    badges = _badges(catalog, level, ids)
    by_id = _READ[level](catalog, json.dumps(list(ids)), badges)
    return [by_id[id_] for id_ in ids if id_ in by_id]


def child_count(catalog: Catalog, node: Node) -> int:
    """Return how many children a node has."""
    return len(child_ids(catalog, node))


def patient_count(catalog: Catalog) -> int:
    """Return how many patients there are, sooner than they can be put in order."""
    return int(catalog.connection.execute("SELECT count(*) FROM patient").fetchone()[0])


def with_several_files(catalog: Catalog, instances: Sequence[int]) -> frozenset[int]:
    """Return those of some instances that have more than one file, which are their children."""
    found = catalog.connection.execute(
        "SELECT instance_id FROM occurrence WHERE instance_id IN (SELECT value FROM json_each(?))"
        " GROUP BY instance_id HAVING count(*) > 1",
        (json.dumps(list(instances)),),
    )
    return frozenset(id_ for (id_,) in found)


def row(catalog: Catalog, node: Node) -> NodeRow:
    """Return one node's row; ``LookupError`` where the node is not there (any more)."""
    found = rows(catalog, node.level, [node.id])
    if not found:
        raise LookupError(f"no {node.level} {node.id}")
    return found[0]


def parent(catalog: Catalog, node: Node) -> Node | None:
    """Return the node above; ``ROOT`` for a patient, None for ``ROOT`` and what is not in the tree."""
    if node.level == "root":
        return None
    above: NodeLevel = LEVELS[LEVELS.index(node.level) - 1] if node.level != "patient" else "root"
    query = _PARENT[node.level]
    found = catalog.connection.execute(query, (node.id,)).fetchone()
    return None if found is None or found[0] is None else Node(above, found[0])


def position(catalog: Catalog, node: Node) -> int:
    """Return a node's index among its siblings, as ``children`` orders them; ``LookupError`` if none."""
    above = parent(catalog, node)
    if above is None:
        raise LookupError(f"no {node.level} {node.id}")
    return child_ids(catalog, above).index(node.id)


def path_to(catalog: Catalog, node: Node) -> tuple[Node, ...]:
    """Return the nodes from the patient down to the node itself; empty for ``ROOT``."""
    path: list[Node] = []
    step: Node | None = node
    while step is not None and step.level != "root":
        path.append(step)
        step = parent(catalog, step)
    return tuple(reversed(path))


def counts(catalog: Catalog, *, references: bool = True) -> Counts:
    """Return what there is; without ``references`` their states are not counted, which is the slow part."""

    def one(query: str) -> int:
        return int(catalog.connection.execute(query).fetchone()[0])

    dicomdirs = one("SELECT count(*) FROM occurrence WHERE instance_id IS NULL")
    occurrences = one("SELECT count(*) FROM occurrence WHERE instance_id IS NOT NULL")
    not_loaded = one("SELECT count(*) FROM not_loaded")
    loaded = occurrences + dicomdirs
    found = Counter(
        dict(catalog.connection.execute("SELECT severity, count(*) FROM finding GROUP BY severity"))
    )
    return Counts(
        files=loaded + not_loaded,
        loaded=loaded,
        not_loaded=not_loaded,
        dicomdirs=dicomdirs,
        occurrences=occurrences,
        patients=one("SELECT count(*) FROM patient"),
        studies=one("SELECT count(DISTINCT uid_id) FROM study WHERE uid_id <> 0"),
        series=one("SELECT count(DISTINCT uid_id) FROM series WHERE uid_id <> 0"),
        instances=one(
            "SELECT (SELECT count(DISTINCT uid_id) FROM instance WHERE uid_id <> 0)"
            " + (SELECT count(*) FROM instance WHERE uid_id = 0)"
        ),
        references=state_counts(catalog) if references else {},
        findings={severity: found[severity] for severity in SEVERITIES},
    )


_PARENT: Final[dict[NodeLevel, str]] = {
    "patient": "SELECT 0 FROM patient WHERE id = ?",
    "study": "SELECT patient_id FROM study WHERE id = ?",
    "series": "SELECT study_id FROM series WHERE id = ?",
    "instance": "SELECT series_id FROM instance WHERE id = ?",
    "file": "SELECT instance_id FROM occurrence WHERE id = ?",
}


def _badges(catalog: Catalog, level: NodeLevel, ids: Sequence[int]) -> dict[int, Badges]:
    """The badges of those of the nodes that have any."""
    found: dict[int, list[Badge]] = {}
    for id_, *badge in catalog.connection.execute(
        "SELECT node_id, severity, kind, own, below FROM badge"
        " WHERE level = ? AND node_id IN (SELECT value FROM json_each(?))",
        (level, json.dumps(list(ids))),
    ):
        found.setdefault(id_, []).append(Badge(*badge))
    return {
        id_: tuple(sorted(badges, key=lambda badge: (SEVERITIES.index(badge.severity), badge.kind)))
        for id_, badges in found.items()
    }


def _patients(catalog: Catalog, ids: str, badges: dict[int, Badges]) -> Mapping[int, NodeRow]:
    rows = catalog.connection.execute(
        "SELECT id, (SELECT count(*) FROM study WHERE study.patient_id = patient.id),"
        " name, patient_id, issuer, birth_date"
        " FROM patient WHERE id IN (SELECT value FROM json_each(?))",
        (ids,),
    )
    return {
        id_: PatientRow(Node("patient", id_), studies, badges.get(id_, ()), *facts)
        for id_, studies, *facts in rows
    }


def _studies(catalog: Catalog, ids: str, badges: dict[int, Badges]) -> Mapping[int, NodeRow]:
    rows = catalog.connection.execute(
        "SELECT study.id, (SELECT count(*) FROM series WHERE study_id = study.id),"
        " uid.value, date, description, study.study_id, accession"
        " FROM study JOIN uid ON uid.id = uid_id WHERE study.id IN (SELECT value FROM json_each(?))",
        (ids,),
    )
    return {
        id_: StudyRow(Node("study", id_), series, badges.get(id_, ()), *facts) for id_, series, *facts in rows
    }


def _series(catalog: Catalog, ids: str, badges: dict[int, Badges]) -> Mapping[int, NodeRow]:
    rows = catalog.connection.execute(
        "SELECT series.id, uid.value, modality, number, description, date"
        " FROM series JOIN uid ON uid.id = uid_id WHERE series.id IN (SELECT value FROM json_each(?))",
        (ids,),
    )
    # Half a million instances take 10 ms to count, and the window asks for such a row again and again.
    counted: dict[int, int] = catalog.remembered("instances of series", dict)
    count = "SELECT count(*) FROM instance WHERE series_id = ?"
    found: dict[int, NodeRow] = {}
    for id_, *facts in rows.fetchall():
        if id_ not in counted:
            counted[id_] = catalog.connection.execute(count, (id_,)).fetchone()[0]
        found[id_] = SeriesRow(Node("series", id_), counted[id_], badges.get(id_, ()), *facts)
    return found


def _instances(catalog: Catalog, ids: str, badges: dict[int, Badges]) -> Mapping[int, NodeRow]:
    rows = catalog.connection.execute(
        "SELECT instance.id, uid.value, class.value, number, folder_id, name, size, flags"
        " FROM instance JOIN uid ON uid.id = instance.uid_id"
        " JOIN occurrence ON instance_id = instance.id"
        " JOIN profile ON profile.id = profile_id JOIN uid AS class ON class.id = class_uid_id"
        " WHERE instance.id IN (SELECT value FROM json_each(?))",
        (ids,),
    )
    shown = file_paths(catalog).shown
    found: dict[int, InstanceRow] = {}
    for id_, uid, class_uid, number, folder_id, name, size, flags in rows:
        path = shown(folder_id, name)
        if id_ not in found:
            node, own_badges = Node("instance", id_), badges.get(id_, ())
            found[id_] = InstanceRow(node, 0, own_badges, uid, class_uid, number, 1, path, size, flags)
        else:
            other = found[id_]
            files = other.occurrences + 1
            found[id_] = other._replace(child_count=files, occurrences=files)
            if path < other.path:
                found[id_] = found[id_]._replace(path=path, size=size, flags=flags)
    for id_, only in found.items():
        if not only.child_count and only.badges:
            found[id_] = only._replace(badges=tuple(map(_all_own, only.badges)))
    return found


def _all_own(badge: Badge) -> Badge:
    """What is about the one file of an instance is about the instance, which has nothing below it."""
    return badge._replace(own=badge.own + badge.below, below=0)


def _files(catalog: Catalog, ids: str, badges: dict[int, Badges]) -> Mapping[int, NodeRow]:
    rows = catalog.connection.execute(
        "SELECT id, folder_id, name, size, flags FROM occurrence"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (ids,),
    )
    shown = file_paths(catalog).shown
    return {
        id_: FileRow(Node("file", id_), 0, badges.get(id_, ()), shown(folder_id, name), size, flags)
        for id_, folder_id, name, size, flags in rows
    }


_READ: Final[dict[NodeLevel, Callable[[Catalog, str, dict[int, Badges]], Mapping[int, NodeRow]]]] = {
    "patient": _patients,
    "study": _studies,
    "series": _series,
    "instance": _instances,
    "file": _files,
}
