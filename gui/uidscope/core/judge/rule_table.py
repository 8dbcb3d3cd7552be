"""The rules as the tables give them: codes, severities, citations, grouping and repair."""

from __future__ import annotations

import functools
import re
from typing import Final

from uidscope.core.catalog.finding import SEVERITIES, Severity
from uidscope.core.errors import UsageError
from uidscope.core.judge.rule import Rule
from uidscope.core.uid.resource_files import read_table, read_text

# The table of syntax rules says what a rule judges; that decides what one finding is per.
_ONE_FINDING_PER: Final = {
    "value": "value",
    "encoding": "element pattern and series",
    "use": "value",
}
_OWN_GROUPING: Final = {"UID-S13": "occurrence and element", "UID-S14": "occurrence and element"}


@functools.cache
def rules() -> dict[str, Rule]:
    """Return every rule of the two tables by its code, in the tables' order."""
    syntax = [
        Rule(
            code=row["id"],
            severities=_severities(row["severity_read"]),
            condition=row["condition"],
            citation=row["citation"],
            one_finding_per=_OWN_GROUPING.get(row["id"], _ONE_FINDING_PER[row["judges"]]),
            repair=row["repair"],
            severity_on_writing=next(iter(_severities(row["severity_write"])), None),
        )
        for row in read_table("syntax_rules")
    ]
    consistency = [
        Rule(
            code=row["id"],
            severities=_severities(row["severity"]),
            condition=row["condition"],
            citation="" if row["citation"] == "-" else row["citation"],
            one_finding_per=row["one_finding_per"],
            repair=row["repair"],
        )
        for row in read_table("consistency_rules")
    ]
    return {rule.code: rule for rule in (*syntax, *consistency)}


def rule(code: str) -> Rule:
    """Return the rule of a code such as ``UID-S04``; raises ``UsageError`` where there is none."""
    try:
        return rules()[code]
    except KeyError:
        raise UsageError(f"There is no rule called “{code}”.") from None


@functools.cache
def rules_edition() -> str:
    """Return the edition of the standard that the rules follow (``2024e``), as their table says."""
    found = re.search(
        r"^# Source: .*\b(20\d\d[a-e])\b", read_text("tables", "syntax_rules.csv"), re.MULTILINE
    )
    return found.group(1) if found else ""


def _severities(text: str) -> tuple[Severity, ...]:
    """``error / warning`` -> both; ``ok``, which is no finding -> none."""
    words = [word.strip() for word in text.split("/")]
    return tuple(severity for severity in SEVERITIES if severity in words)
