"""What a rule and a check are: plain declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from uidscope.core.catalog.finding import FactValue, Finding, Level, Severity
from uidscope.core.catalog.store import Catalog
from uidscope.core.progress import CancelToken, ProgressCallback, ignore_progress


class Rule(NamedTuple):
    """One row of the tables of rules.

    ``severities`` are those a finding may have on reading, the gravest first; none where a rule is
    never a finding. ``severity_on_writing`` is how grave it would be if the program wrote such a value;
    None where the rule is not about a value that is written. ``one_finding_per`` and ``repair`` are the
    tables' own words.
    """

    code: str
    severities: tuple[Severity, ...]
    condition: str
    citation: str
    one_finding_per: str
    repair: str
    severity_on_writing: Severity | None = None

    def finding(
        self,
        level: Level,
        uid: str,
        occurrences: tuple[int, ...],
        *,
        path: str = "",
        attribute: str = "",
        severity: Severity | None = None,
        facts: Mapping[str, FactValue] | None = None,
    ) -> Finding:
        """Return a finding of this rule, of its gravest severity where none is given."""
        return Finding(
            rule=self.code,
            severity=severity or self.severities[0],
            level=level,
            uid=uid,
            attribute=attribute,
            path=path,
            occurrences=occurrences,
            facts=facts or {},
        )


class Inquiry(NamedTuple):
    """What a check is given: the catalog to ask, and the token that says when to stop.

    A check that reads files again tells ``progress`` of them, as a stage of its own.
    """

    catalog: Catalog
    cancel: CancelToken
    progress: ProgressCallback = ignore_progress


class Check(NamedTuple):
    """One look at the catalog and the rules it decides.

    ``find`` asks the catalog and yields the findings; rules that one look answers together share a
    check, so that a million values are gone through once.
    """

    codes: tuple[str, ...]
    find: Callable[[Inquiry], Iterator[Finding]]
