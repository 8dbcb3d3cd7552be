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
    """A level of the tree: the column that names its nodes, and which levels of findings count how."""

    level: str
    node: str
    own: tuple[Level, ...]
    below: tuple[Level, ...]


_BADGE_LEVELS: Final = (
    _BadgeLevel(
        "patient",
        "study.patient_id",
        ("patient",),
        ("study", "series", "frame_of_reference", "instance", "file"),
    ),
    _BadgeLevel("study", "series.study_id", ("study",), ("series", "frame_of_reference", "instance", "file")),
    _BadgeLevel("series", "instance.series_id", ("series", "frame_of_reference"), ("instance", "file")),
    _BadgeLevel("instance", "instance.id", ("instance",), ("file",)),
    # A finding about an instance is shown at each of its file copies, since it need not concern all.
    _BadgeLevel("file", "occurrence.id", ("file", "instance"), ()),
)


def count_badges(connection: sqlite3.Connection) -> None:
    """Count all badges anew from the findings that are shown."""
    with connection:
        connection.execute("DELETE FROM badge")
        for badge in _BADGE_LEVELS:
            connection.execute(
                f"""
                INSERT INTO badge (level, node_id, severity, own, below)
                SELECT :level, node, severity, SUM(is_own), SUM(NOT is_own) FROM (
                    SELECT DISTINCT {badge.node} AS node, finding.id, finding.severity AS severity,
                        finding.level IN (SELECT value FROM json_each(:own)) AS is_own
                    FROM finding
                    JOIN finding_occurrence ON finding_occurrence.finding_id = finding.id
                    JOIN occurrence ON occurrence.id = finding_occurrence.occurrence_id
                    JOIN instance ON instance.id = occurrence.instance_id
                    JOIN series ON series.id = instance.series_id
                    JOIN study ON study.id = series.study_id
                    WHERE finding.level IN (SELECT value FROM json_each(:counted)))
                GROUP BY node, severity
                """,  # noqa: S608 - our own names
                {
                    "level": badge.level,
                    "own": json.dumps(badge.own),
                    "counted": json.dumps(badge.own + badge.below),
                },
            )
