"""Findings as a list shows them: grouped by rule, and the places of the tree that one is about."""

from __future__ import annotations

import json
from array import array
from typing import Final, NamedTuple

from uidscope.core.catalog.finding import SEVERITIES, Level, Severity
from uidscope.core.catalog.findings import KeptFinding, finding_occurrences, rule_counts
from uidscope.core.catalog.lookup import node_of_occurrence
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node, NodeLevel

MOST_LISTED: Final = 3_000


class FindingGroup(NamedTuple):
    """The findings of one rule and severity.

    ``ids`` are the first of them, at most ``MOST_LISTED``, of ``findings`` in all. ``files`` counts each
    file once. ``place`` is the deepest place of the tree that holds all these files, or None.
    """

    rule: str
    severity: Severity
    findings: int
    ids: array[int]
    files: int
    place: Node | None


def finding_groups(catalog: Catalog) -> list[FindingGroup]:
    """Return the groups, the gravest first, then by rule."""
    spread = _spread(catalog)
    groups = []
    for rule, severity, findings in rule_counts(catalog):
        files, place = spread.get((rule, severity), (0, None))
        groups.append(
            FindingGroup(rule, severity, findings, _first_ids(catalog, rule, severity), files, place)
        )
    return sorted(groups, key=lambda group: (SEVERITIES.index(group.severity), group.rule))


def subject_nodes(catalog: Catalog, finding: KeptFinding, limit: int = 1000) -> tuple[Node, ...]:
    """Return the places of the tree that a finding is about, ``limit`` at most; none for a DICOMDIR.

    They are those that bear its UID at its level, else those of the first files concerned.
    """
    return _bearers(catalog, finding, limit) or _of_files(catalog, finding, limit)


def objects_singled_out(catalog: Catalog, finding: KeptFinding, limit: int = 1000) -> tuple[Node, ...]:
    """Return the objects of a series that a finding on it is about; none where it is about all of them.

    ``limit`` at most.
    """
    series = [node.id for node in _bearers(catalog, finding, limit)] if finding.level == "series" else []
    if not series:
        return ()
    (held,) = catalog.connection.execute(
        "SELECT COUNT(*) FROM (SELECT 1 FROM json_each(:series)"
        " CROSS JOIN instance ON series_id = json_each.value"
        " CROSS JOIN occurrence ON instance_id = instance.id LIMIT :enough)",
        {"series": json.dumps(series), "enough": finding.file_count + 1},
    ).fetchone()
    if held <= finding.file_count:
        return ()
    rows = catalog.connection.execute(
        "SELECT DISTINCT instance_id FROM finding_occurrence JOIN occurrence ON occurrence.id = occurrence_id"
        " WHERE finding_id = ? AND instance_id IS NOT NULL ORDER BY instance_id LIMIT ?",
        (finding.id, limit),
    )
    return tuple(Node("instance", id_) for (id_,) in rows)


def _first_ids(catalog: Catalog, rule: str, severity: str) -> array[int]:
    rows = catalog.connection.execute(
        "SELECT id FROM finding WHERE rule = ? AND severity = ? ORDER BY id LIMIT ?",
        (rule, severity, MOST_LISTED),
    )
    return array("q", [id_ for (id_,) in rows])


def _spread(catalog: Catalog) -> dict[tuple[str, Severity], tuple[int, Node | None]]:
    """For each rule and severity the number of files, and what they all lie in."""
    rows = catalog.connection.execute(
        """
        SELECT rule, severity, COUNT(DISTINCT occurrence.id), COUNT(instance.id) = COUNT(*),
            MIN(instance.id), MAX(instance.id), MIN(series.id), MAX(series.id),
            MIN(study.id), MAX(study.id), MIN(patient_id), MAX(patient_id)
        FROM finding
        JOIN finding_occurrence ON finding_id = finding.id
        JOIN occurrence ON occurrence.id = occurrence_id
        LEFT JOIN instance ON instance.id = instance_id
        LEFT JOIN series ON series.id = series_id
        LEFT JOIN study ON study.id = series.study_id
        GROUP BY rule, severity
        """
    )
    return {
        (rule, severity): (files, _common_place(ids) if all_in_tree else None)
        for rule, severity, files, all_in_tree, *ids in rows
    }


_PLACES: Final[tuple[NodeLevel, ...]] = ("instance", "series", "study", "patient")


def _common_place(least_and_most: list[int]) -> Node | None:
    pairs = zip(_PLACES, least_and_most[::2], least_and_most[1::2], strict=True)
    return next((Node(level, least) for level, least, most in pairs if least == most), None)


# What lies between an entity and its files, where both are joined to a finding's files.
_FILES_OF: Final[dict[str, str]] = {
    "instance": "WHERE occurrence.instance_id = instance.id",
    "series": "JOIN instance ON instance.id = occurrence.instance_id WHERE instance.series_id = series.id",
    "study": (
        "JOIN instance ON instance.id = occurrence.instance_id JOIN series ON series.id = instance.series_id"
        " WHERE series.study_id = study.id"
    ),
}
_ENTITY_OF_FILE: Final[dict[Level, str]] = {
    "instance": "instance.id",
    "series": "series.id",
    "frame_of_reference": "series.id",
    "study": "study.id",
    "patient": "study.patient_id",
}
_NODE_LEVELS: Final[dict[Level, NodeLevel]] = {
    "instance": "instance",
    "series": "series",
    "frame_of_reference": "series",
    "study": "study",
    "patient": "patient",
}


def _bearers(catalog: Catalog, finding: KeptFinding, limit: int) -> tuple[Node, ...]:
    """Whatever bears the finding's UID at its level and has a file that it concerns."""
    between = _FILES_OF.get(finding.level)
    if between is None or not finding.uid:
        return ()
    table = finding.level
    rows = catalog.connection.execute(
        f"""
        SELECT {table}.id FROM uid JOIN {table} ON {table}.uid_id = uid.id
        WHERE uid.value = :uid AND EXISTS (
            SELECT 1 FROM finding_occurrence JOIN occurrence ON occurrence.id = occurrence_id {between}
            AND finding_id = :finding)
        ORDER BY {table}.id LIMIT :limit
        """,  # noqa: S608 - our own names
        {"uid": finding.uid, "finding": finding.id, "limit": limit},
    )
    return tuple(Node(_NODE_LEVELS[finding.level], id_) for (id_,) in rows)


def _of_files(catalog: Catalog, finding: KeptFinding, limit: int) -> tuple[Node, ...]:
    """The places of the first ``limit`` files concerned, each once."""
    column = _ENTITY_OF_FILE.get(finding.level)
    if column is None:
        files = finding_occurrences(catalog, finding.id, limit=limit)
        places = (node_of_occurrence(catalog, id_) for id_ in files)
        return tuple(dict.fromkeys(place for place in places if place is not None))
    rows = catalog.connection.execute(
        f"""
        SELECT DISTINCT {column}
        FROM json_each(?) JOIN occurrence ON occurrence.id = json_each.value
        JOIN instance ON instance.id = instance_id
        JOIN series ON series.id = series_id
        JOIN study ON study.id = series.study_id
        ORDER BY 1
        """,  # noqa: S608 - our own names
        (json.dumps(finding_occurrences(catalog, finding.id, limit=limit)),),
    )
    return tuple(Node(_NODE_LEVELS[finding.level], id_) for (id_,) in rows)
