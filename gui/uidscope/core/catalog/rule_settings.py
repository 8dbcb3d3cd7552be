"""What the user makes of the rules: a severity for each, and single findings to ignore, with a reason.

They lie over the findings as judged: a change of settings asks for no new check.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final, Literal, NamedTuple

from uidscope.core.catalog.badges import count_badges
from uidscope.core.catalog.devices import DEVICE_KEYWORDS, Device
from uidscope.core.catalog.finding import Severity
from uidscope.core.catalog.store import Catalog
from uidscope.core.read.attributes import PROFILE_INDEX

RuleSeverity = Severity | Literal["off"]

ANY_DEVICE: Final = Device()

_KEPT_AS: Final = "rule_settings"


@dataclass(frozen=True, slots=True)
class Ignore:
    """Findings of one rule that are set aside, and why.

    Whatever is given must hold: the finding is about ``uid``; all its files lie in the ``series`` and the
    ``study`` of these UIDs, and come from the ``device`` (its empty parts are not looked at). With a rule
    alone all its findings are set aside. ``since`` is the day it was said, as ``2024-01-31``; empty where
    that is not known.
    """

    rule: str
    reason: str
    uid: str = ""
    series: str = ""
    study: str = ""
    device: Device = ANY_DEVICE
    since: str = ""


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """A severity for every finding of a rule (``off``: none is shown), and what is ignored.

    Rules that are not named keep the severity that the check gives each finding. ``based_on`` is the name
    of the settings that these change.
    """

    name: str
    severities: Mapping[str, RuleSeverity] = field(default_factory=dict)
    ignores: tuple[Ignore, ...] = ()
    based_on: str = ""


STRICT: Final = RuleSettings("strict")


class IgnoredCount(NamedTuple):
    """How many findings of a rule are ignored for one reason."""

    rule: str
    reason: str
    findings: int


def set_rule_settings(catalog: Catalog, settings: RuleSettings) -> None:
    """Have these settings hold for the findings that are there and those to come; badges are counted anew."""
    with catalog.connection as connection:
        connection.execute("DELETE FROM rule_setting")
        connection.executemany("INSERT INTO rule_setting VALUES (?, ?)", settings.severities.items())
    catalog.set_about(_KEPT_AS, json.dumps(asdict(settings)))
    mark_ignored(catalog)
    count_badges(connection)


def rule_settings(catalog: Catalog) -> RuleSettings:
    """Return the settings that hold for the catalog's findings."""
    kept = catalog.about(_KEPT_AS)
    if kept is None:
        return STRICT
    fields = json.loads(kept)
    ignores = tuple(
        Ignore(**{**ignore, "device": Device(*ignore["device"])}) for ignore in fields.pop("ignores")
    )
    return RuleSettings(**fields, ignores=ignores)


def switched_off(catalog: Catalog) -> dict[str, int]:
    """Return the rules that are switched off, each with the number of its findings that are not shown."""
    rows = catalog.connection.execute(
        "SELECT rule_setting.rule, COUNT(judged_finding.id) FROM rule_setting"
        " LEFT JOIN judged_finding ON judged_finding.rule = rule_setting.rule"
        " AND judged_finding.id NOT IN (SELECT finding_id FROM ignored_finding)"
        " WHERE rule_setting.severity = 'off' GROUP BY rule_setting.rule ORDER BY rule_setting.rule"
    )
    return dict(rows.fetchall())


def ignored_counts(catalog: Catalog) -> list[IgnoredCount]:
    """Return how many findings are ignored, by rule and reason; entries that match none are left out."""
    rows = catalog.connection.execute(
        "SELECT rule, reason, COUNT(*) FROM ignored_finding"
        " JOIN judged_finding ON judged_finding.id = finding_id"
        " GROUP BY rule, reason ORDER BY rule, reason"
    )
    return [IgnoredCount(*row) for row in rows]


def ignored_since(catalog: Catalog) -> dict[tuple[str, str], str]:
    """Return the first day on which a rule's findings were ignored for a reason, by rule and reason.

    Those of which no day is known are left out.
    """
    rows = catalog.connection.execute(
        "SELECT rule, reason, MIN(since) FROM ignored_finding"
        " JOIN judged_finding ON judged_finding.id = finding_id"
        " WHERE since <> '' GROUP BY rule, reason"
    )
    return {(rule, reason): since for rule, reason, since in rows}


def mark_ignored(catalog: Catalog) -> None:
    """Look anew which of the findings are ignored; of several reasons the first is kept."""
    with catalog.connection as connection:
        connection.execute("DELETE FROM ignored_finding")
        for ignore in rule_settings(catalog).ignores:
            connection.execute(_mark(ignore), _conditions(ignore))


def _conditions(ignore: Ignore) -> dict[str, str | int]:
    return {
        "rule": ignore.rule,
        "reason": ignore.reason,
        "since": ignore.since,
        "uid": ignore.uid,
        "series": ignore.series,
        "study": ignore.study,
        **{f"device_{at}": part for at, part in enumerate(ignore.device)},
        **{keyword: PROFILE_INDEX[keyword] for keyword in DEVICE_KEYWORDS},
    }


def _mark(ignore: Ignore) -> str:
    """SQL that sets aside what one entry says."""
    mark = (
        "INSERT OR IGNORE INTO ignored_finding SELECT judged_finding.id, :reason, :since FROM judged_finding"
        " WHERE rule = :rule"
    )
    if ignore.uid:
        mark += " AND uid = :uid"
    of_files = [f"{kind}_uid.value IS :{kind}" for kind in ("series", "study") if getattr(ignore, kind)]
    of_files += [
        f"{_DEVICE_PART} :{keyword}) IS :device_{at}"
        for at, keyword in enumerate(DEVICE_KEYWORDS)
        if ignore.device[at]
    ]
    if of_files:
        mark += f"{_NO_FILE_WITHOUT} ({' AND '.join(of_files)}))"
    return mark


_DEVICE_PART: Final = (
    "(SELECT value FROM profile_value WHERE profile_value.profile_id = occurrence.profile_id AND attribute ="
)
_NO_FILE_WITHOUT: Final = """
AND file_count > 0 AND NOT EXISTS (
    SELECT 1 FROM finding_occurrence JOIN occurrence ON occurrence.id = occurrence_id
    LEFT JOIN instance ON instance.id = occurrence.instance_id
    LEFT JOIN series ON series.id = instance.series_id
    LEFT JOIN uid AS series_uid ON series_uid.id = series.uid_id
    LEFT JOIN study ON study.id = series.study_id
    LEFT JOIN uid AS study_uid ON study_uid.id = study.uid_id
    WHERE finding_id = judged_finding.id AND NOT"""
