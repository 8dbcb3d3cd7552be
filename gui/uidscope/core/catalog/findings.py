"""The findings of a catalog: kept, counted, and asked for by page, by node and by file.

What the user ignores, or has switched off (``rule_settings``), is in no answer but those of
``ignored_findings`` and ``ignored_by_file``.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final, NamedTuple

from uidscope.core.catalog.badges import count_badges
from uidscope.core.catalog.finding import SEVERITIES, FactValue, Finding, Level, Severity
from uidscope.core.catalog.rule_settings import mark_ignored
from uidscope.core.catalog.store import Catalog

LONGEST_RUN: Final = 256
"""So many occurrences stand in one row at most: whoever asks for those of one looks at no more rows."""

_FINDINGS_AT_A_TIME: Final = 1000

# The gravest first, then rule by rule as they were found.
_ORDER: Final = (
    "ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, rule, finding.id"
)
# As an order that lasts, ids will not do: those of UIDs, and with them the order in which findings are made,
# follow the moments at which a load was committed.
_FIRST_FILE: Final = "(SELECT MIN(first) FROM finding_files WHERE finding_id = finding.id)"
_BY_FILE: Final = _ORDER.replace("finding.id", f"{_FIRST_FILE}, uid, finding.id")
_COLUMNS: Final = "finding.id, rule, severity, level, uid, attribute, path, file_count, facts"
_FROM_IGNORED: Final = (
    "FROM ignored_finding JOIN judged_finding AS finding ON finding.id = finding_id"
    " LEFT JOIN rule_setting ON rule_setting.rule = finding.rule"
)
_IGNORED: Final = (
    "SELECT finding.id, finding.rule, CASE WHEN COALESCE(rule_setting.severity, 'off') = 'off'"
    " THEN finding.severity ELSE rule_setting.severity END,"
    f" level, uid, attribute, path, file_count, facts, reason, since {_FROM_IGNORED}"
)
_IGNORED_BY_FILE: Final = f"ORDER BY finding.rule, reason, {_FIRST_FILE}, uid, finding.id"
_AMONG: Final = "WHERE finding.id IN (SELECT value FROM json_each(?))"

_Row = tuple[int, str, Severity, Level, str, str, str, int, str]


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """A ``Finding`` as the catalog holds it: with an id, and the number of its files for the files."""

    id: int
    rule: str
    severity: Severity
    level: Level
    uid: str
    attribute: str
    path: str
    file_count: int
    facts: Mapping[str, FactValue]


class IgnoredFinding(NamedTuple):
    """A finding that the user ignores, the reason given, and the day it was given; '' where not known."""

    finding: KeptFinding
    reason: str
    since: str


class RuleCount(NamedTuple):
    """How many findings of one severity a rule has."""

    rule: str
    severity: Severity
    findings: int


def keep_findings(catalog: Catalog, findings: Iterable[Finding]) -> int:
    """Replace the findings of a catalog and count its badges anew; return how many there are.

    The catalog's rule settings hold for them. They are visible to readers as they come. Where
    ``findings`` raises (``Cancelled``), what it gave until then is kept, badges included.
    """
    connection = catalog.connection
    with connection:
        for table in ("judged_finding", "finding_files", "ignored_finding", "badge"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    kept = 0
    waiting: list[Finding] = []
    try:
        for found in findings:
            waiting.append(found)
            if len(waiting) == _FINDINGS_AT_A_TIME:
                kept += _write(connection, kept + 1, waiting)
    finally:
        kept += _write(connection, kept + 1, waiting)
        mark_ignored(catalog)
        count_badges(connection)
    return kept


def findings(
    catalog: Catalog,
    *,
    rule: str | None = None,
    severity: Severity | None = None,
    offset: int = 0,
    limit: int = -1,
) -> list[KeptFinding]:
    """Return a page of the findings, or of those of a rule or a severity: the gravest first, by rule."""
    rows = catalog.connection.execute(
        f"SELECT {_COLUMNS} FROM finding"  # noqa: S608 - our own names
        " WHERE (:rule IS NULL OR rule = :rule) AND (:severity IS NULL OR severity = :severity)"
        f" {_ORDER} LIMIT :limit OFFSET :offset",
        {"rule": rule, "severity": severity, "limit": limit, "offset": offset},
    )
    return [_kept(row) for row in rows]


def findings_by_file(catalog: Catalog) -> Iterator[KeptFinding]:
    """Yield all findings: the gravest first, by rule, in the order of their files."""
    ids = f"SELECT finding.id FROM finding {_BY_FILE}"  # noqa: S608 - our own names
    rows = f"SELECT {_COLUMNS} FROM finding {_AMONG}"  # noqa: S608
    yield from map(_kept, _ordered_once(catalog, ids, rows))


def _ordered_once(catalog: Catalog, ids_query: str, rows_query: str) -> Iterator[tuple[Any, ...]]:
    """Yield rows, which begin with an id, in the order of the ids: to ask for each page would sort all."""
    ids = array("q", (id_ for (id_,) in catalog.connection.execute(ids_query)))
    for start in range(0, len(ids), _FINDINGS_AT_A_TIME):
        page = ids[start : start + _FINDINGS_AT_A_TIME].tolist()
        found = {row[0]: row for row in catalog.connection.execute(rows_query, (json.dumps(page),))}
        yield from (found[id_] for id_ in page if id_ in found)


def finding(catalog: Catalog, finding_id: int) -> KeptFinding | None:
    """Return one finding, or None where there is none of this id."""
    row = catalog.connection.execute(
        f"SELECT {_COLUMNS} FROM finding WHERE id = ?",  # noqa: S608 - our own names
        (finding_id,),
    ).fetchone()
    return None if row is None else _kept(row)


def rule_counts(catalog: Catalog) -> list[RuleCount]:
    """Return how many findings each rule has, by severity: the gravest first, then by rule."""
    rows = catalog.connection.execute("SELECT rule, severity, COUNT(*) FROM finding GROUP BY rule, severity")
    counts = [RuleCount(*row) for row in rows]
    return sorted(counts, key=lambda count: (SEVERITIES.index(count.severity), count.rule))


def severity_counts(catalog: Catalog) -> dict[Severity, int]:
    """Return how many findings there are of each severity, 0 included."""
    counted = dict(
        catalog.connection.execute("SELECT severity, COUNT(*) FROM finding GROUP BY severity").fetchall()
    )
    return {severity: counted.get(severity, 0) for severity in SEVERITIES}


def finding_occurrences(catalog: Catalog, finding_id: int, offset: int = 0, limit: int = -1) -> list[int]:
    """Return a page of the occurrences that a finding concerns."""
    runs = catalog.connection.execute(
        "SELECT first, more FROM finding_files WHERE finding_id = ? ORDER BY first", (finding_id,)
    )
    ids = chain.from_iterable(range(first, first + more + 1) for first, more in runs)
    return list(islice(ids, offset, None if limit < 0 else offset + limit))


def findings_of_occurrences(catalog: Catalog, occurrence_ids: Iterable[int]) -> list[KeptFinding]:
    """Return every finding that concerns one of these files, each once, the gravest first."""
    rows = catalog.connection.execute(
        f"SELECT {_COLUMNS} FROM finding WHERE id IN ("  # noqa: S608 - our own names
        " SELECT finding_id FROM json_each(:runs) AS run CROSS JOIN finding_files"
        " ON first BETWEEN json_extract(run.value, '$[0]') - :longest"
        " AND json_extract(run.value, '$[0]') + json_extract(run.value, '$[1]')"
        " AND first + more >= json_extract(run.value, '$[0]'))"
        f" {_ORDER}",
        {"runs": json.dumps(list(_runs(occurrence_ids))), "longest": LONGEST_RUN},
    )
    return [_kept(row) for row in rows]


def ignored_findings(
    catalog: Catalog,
    offset: int = 0,
    limit: int = -1,
    *,
    rule: str | None = None,
    reason: str | None = None,
) -> list[IgnoredFinding]:
    """Return a page of the findings that the user ignores, or of those of one rule or reason, by both.

    Each has the severity that the settings give its rule, or was judged with where the rule is off.
    """
    rows = catalog.connection.execute(
        f"{_IGNORED} WHERE (:rule IS NULL OR finding.rule = :rule) AND (:reason IS NULL OR reason = :reason)"
        f" {_IGNORED_BY_FILE} LIMIT :limit OFFSET :offset",
        {"rule": rule, "reason": reason, "limit": limit, "offset": offset},
    )
    return list(map(_ignored, rows))


def ignored_by_file(catalog: Catalog) -> Iterator[IgnoredFinding]:
    """Yield all findings that the user ignores, in the order of ``ignored_findings``."""
    ids = f"SELECT finding.id {_FROM_IGNORED} {_IGNORED_BY_FILE}"
    yield from map(_ignored, _ordered_once(catalog, ids, f"{_IGNORED} {_AMONG}"))


def _ignored(row: tuple[Any, ...]) -> IgnoredFinding:
    *finding, reason, since = row
    return IgnoredFinding(_kept(tuple(finding)), reason, since)


def _write(connection: sqlite3.Connection, first: int, some: list[Finding]) -> int:
    """Write findings with ids from ``first`` on, and empty the list; return how many they were."""
    with connection:
        connection.executemany(
            "INSERT INTO judged_finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    id_,
                    found.rule,
                    found.severity,
                    found.level,
                    found.uid,
                    found.attribute,
                    found.path,
                    len(found.occurrences),
                    json.dumps(dict(found.facts)),
                )
                for id_, found in enumerate(some, first)
            ),
        )
        connection.executemany("INSERT INTO finding_files VALUES (?, ?, ?)", _concerned(first, some))
    written = len(some)
    some.clear()
    return written


def _concerned(first: int, some: list[Finding]) -> Iterator[tuple[int, int, int]]:
    for id_, found in enumerate(some, first):
        for start, more in _runs(found.occurrences):
            yield id_, start, more


def _runs(ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs that these ids are, each by its first and how many more there are."""
    ordered = sorted(set(ids))
    start = 0
    while start < len(ordered):
        end = min(start + LONGEST_RUN, len(ordered))
        # What differs by their number has nothing between; else the run ends before the first gap.
        if ordered[end - 1] - ordered[start] != end - 1 - start:
            first = ordered[start] - start
            end = next(at for at in range(start + 1, end) if ordered[at] - at != first)
        yield ordered[start], end - start - 1
        start = end


def _kept(row: _Row) -> KeptFinding:
    id_, rule, severity, level, uid, attribute, path, file_count, facts = row
    texts = {
        name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(facts).items()
    }
    return KeptFinding(id_, rule, severity, level, uid, attribute, path, file_count, texts)
