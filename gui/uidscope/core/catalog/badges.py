"""How many findings each node of the tree has, counted once for all.

A badge says how many findings of a severity are about a node itself (``own``) and how many about what is
below it; a finding counts once for each node, whatever the number of its files.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Final, NamedTuple

from uidscope.core.catalog.finding import Level


class _BadgeLevel(NamedTuple):
    """A level of the tree: which levels of findings are about its nodes, and which about what is below."""

    level: str
    own: tuple[Level, ...]
    below: tuple[Level, ...]


class _FromFiles(NamedTuple):
    """The nodes that hold a file, by a column of these tables."""

    badge: _BadgeLevel
    node: str


class _FromBelow(NamedTuple):
    """The parents of the nodes counted before, by a column of their table."""

    badge: _BadgeLevel
    parent: str
    table: str


_OF_FILES: Final = (
    # A finding about an instance is shown at each of its file copies, since it need not concern all.
    _FromFiles(_BadgeLevel("file", ("file", "instance"), ()), "occurrence.id"),
    _FromFiles(_BadgeLevel("instance", ("instance",), ("file",)), "instance.id"),
)
_SERIES: Final = _BadgeLevel("series", ("series", "frame_of_reference"), ("instance", "file"))
_ABOVE: Final = (
    _FromBelow(
        _BadgeLevel("study", ("study",), ("series", "frame_of_reference", "instance", "file")),
        "study_id",
        "series",
    ),
    _FromBelow(
        _BadgeLevel("patient", ("patient",), ("study", "series", "frame_of_reference", "instance", "file")),
        "patient_id",
        "study",
    ),
)
_FILES: Final = """
    FROM finding
    JOIN finding_occurrence ON finding_occurrence.finding_id = finding.id
    JOIN occurrence ON occurrence.id = finding_occurrence.occurrence_id
    JOIN instance ON instance.id = occurrence.instance_id
"""
_COUNTED: Final = "WHERE level IN (SELECT value FROM json_each(:counted))"
_NODES: Final = "node, id, severity, level FROM found_in"


def count_badges(connection: sqlite3.Connection) -> None:
    """Count all badges anew from the findings that are shown."""
    with connection:
        connection.execute("DELETE FROM badge")
        for badge, node in _OF_FILES:
            _count(
                connection,
                badge,
                f"SELECT DISTINCT {node} AS node, finding.id, severity, level {_FILES} {_COUNTED}",
            )
        connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS found_in (node INTEGER, id INTEGER, severity TEXT, level TEXT)"
        )
        connection.execute("DELETE FROM found_in")
        connection.execute(
            f"INSERT INTO found_in SELECT DISTINCT instance.series_id, finding.id, severity, level {_FILES}"
        )
        _count(connection, _SERIES, f"SELECT {_NODES} {_COUNTED}")
        for badge, parent, table in _ABOVE:
            connection.execute(
                f"UPDATE found_in SET node = (SELECT {parent} FROM {table} WHERE id = node)"  # noqa: S608 - ours
            )
            _count(connection, badge, f"SELECT DISTINCT {_NODES} {_COUNTED}")
        connection.execute("DELETE FROM found_in")


def _count(connection: sqlite3.Connection, badge: _BadgeLevel, found: str) -> None:
    connection.execute(
        f"""
        INSERT INTO badge (level, node_id, severity, own, below)
        SELECT :level, node, severity, SUM(is_own), SUM(NOT is_own) FROM (
            SELECT node, severity, level IN (SELECT value FROM json_each(:own)) AS is_own FROM ({found}))
        GROUP BY node, severity
        """,  # noqa: S608 - our own names
        {
            "level": badge.level,
            "own": json.dumps(badge.own),
            "counted": json.dumps(badge.own + badge.below),
        },
    )
