"""How many findings each node of the tree has, counted once for all.

A badge says how many findings of a severity and of a kind (``finding_kinds``) are about a node itself
(``own``) and how many about what is below it; a finding counts once for each node, whatever the number of
its files.
"""

from __future__ import annotations

import sqlite3
from typing import Final, NamedTuple

from uidscope.core.catalog.finding import Level
from uidscope.core.catalog.finding_kinds import kind_in_sql


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
_KIND: Final = kind_in_sql("rule", "severity")
_WITH_KIND: Final = f"(SELECT id, severity, {_KIND} AS kind, level FROM finding)"  # noqa: S608 - our own names
# Each finding once, with a number for what it is called: counting is then a matter of numbers alone.
_PREPARED: Final = (
    "CREATE TEMP TABLE IF NOT EXISTS called (number INTEGER PRIMARY KEY, severity TEXT, kind TEXT)",
    "CREATE TEMP TABLE IF NOT EXISTS shown (id INTEGER PRIMARY KEY, number INTEGER, level TEXT)",
    "CREATE TEMP TABLE IF NOT EXISTS found_in (node INTEGER, id INTEGER)",
    f"INSERT INTO called (severity, kind) SELECT DISTINCT severity, {_KIND} FROM finding",  # noqa: S608 - ours
    f"INSERT INTO shown SELECT id, number, level FROM {_WITH_KIND} JOIN called USING (severity, kind)",  # noqa: S608
)
# Not dropped: that waits for every open question of the connection.
_EMPTIED: Final = ("DELETE FROM called", "DELETE FROM shown", "DELETE FROM found_in")
_FILES: Final = """
    FROM shown
    JOIN finding_occurrence ON finding_occurrence.finding_id = shown.id
    JOIN occurrence ON occurrence.id = finding_occurrence.occurrence_id
    JOIN instance ON instance.id = occurrence.instance_id
"""


def count_badges(connection: sqlite3.Connection) -> None:
    """Count all badges anew from the findings that are shown."""
    with connection:
        connection.execute("DELETE FROM badge")
        for statement in _PREPARED:
            connection.execute(statement)
        for badge, node in _OF_FILES:
            levels = _listed(badge.own + badge.below)
            found = f"SELECT DISTINCT {node} AS node, shown.id AS id {_FILES} WHERE level IN {levels}"
            _count(connection, badge, found)
        connection.execute(f"INSERT INTO found_in SELECT DISTINCT instance.series_id, shown.id {_FILES}")
        _count(connection, _SERIES, "SELECT node, id FROM found_in")
        for badge, parent, table in _ABOVE:
            connection.execute(
                f"UPDATE found_in SET node = (SELECT {parent} FROM {table} WHERE id = node)"  # noqa: S608 - ours
            )
            _count(connection, badge, "SELECT DISTINCT node, id FROM found_in")
        for statement in _EMPTIED:
            connection.execute(statement)


def _count(connection: sqlite3.Connection, badge: _BadgeLevel, found: str) -> None:
    connection.execute(
        f"""
        INSERT INTO badge (level, node_id, severity, kind, own, below)
        SELECT '{badge.level}', node, severity, kind, own, below FROM (
            SELECT node, number, SUM(is_own) AS own, SUM(NOT is_own) AS below FROM (
                SELECT node, number, level IN {_listed(badge.own)} AS is_own
                FROM ({found}) JOIN shown USING (id) WHERE level IN {_listed(badge.own + badge.below)})
            GROUP BY node, number)
        JOIN called USING (number)
        """  # noqa: S608 - our own names
    )


def _listed(levels: tuple[Level, ...]) -> str:
    return f"({', '.join(map(repr, levels))})"
