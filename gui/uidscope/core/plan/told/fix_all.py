"""What mends everything that was found, as far as nothing is to be asked before it is planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from uidscope.core.catalog.findings import (
    KeptFinding,
    finding_occurrences,
    findings,
    findings_of_occurrences,
    rule_counts,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.intention import Selector
from uidscope.core.plan.repair import repair_needs
from uidscope.core.plan.told.offers import is_offered, is_rule_offered, places_of
from uidscope.core.plan.told.repair_offers import replaces_study_uid
from uidscope.core.progress import CancelToken

_PAGE: Final = 200  # findings


class AllFixes(NamedTuple):
    """The repairs, each by its selectors, that mend as many findings as can be without a question.

    ``planned`` is how many they mend, and ``asking`` how many more could be mended once the user has
    decided something: which of several files, where to, or whether a study gets another UID.
    """

    repairs: tuple[tuple[Selector, ...], ...]
    planned: int
    asking: int


def fixes_of_all(catalog: Catalog, token: CancelToken | None = None) -> AllFixes:
    """Return what mends all findings that a repair mends without a question. Raises ``Cancelled``."""
    everywhere: list[Selector] = []
    in_places: list[tuple[Selector, ...]] = []
    planned = asking = 0
    for code, some in _offered(catalog, token):
        free = _free(catalog, some) if repair_needs(code) == "nothing" else []
        planned += len(free)
        asking += len(some) - len(free)
        if free and len(free) == len(some):
            everywhere.append(Selector("rule", code))
        elif free:
            in_places.append((Selector("rule", code), *places_of(catalog, free)))
    whole = [tuple(everywhere)] if everywhere else []
    return AllFixes((*whole, *in_places), planned, asking)


def is_any_fix_free(catalog: Catalog, token: CancelToken | None = None) -> bool:
    """Say whether there is any finding that a repair mends without a question. Raises ``Cancelled``."""
    return any(
        is_offered(finding) and _is_free(catalog, finding)
        for code in _rules(catalog)
        if repair_needs(code) == "nothing"
        for finding in _one_by_one(catalog, code, token)
    )


def _offered(catalog: Catalog, token: CancelToken | None) -> Iterator[tuple[str, list[KeptFinding]]]:
    """The findings of each rule that something in a plan mends."""
    for code in _rules(catalog):
        if token is not None:
            token.raise_if_cancelled()
        some = [finding for finding in findings(catalog, rule=code) if is_offered(finding)]
        if some:
            yield code, some


def _rules(catalog: Catalog) -> list[str]:
    """The rules whose findings may be mended; those of others can be a million."""
    return list(filter(is_rule_offered, dict.fromkeys(count.rule for count in rule_counts(catalog))))


def _one_by_one(catalog: Catalog, code: str, token: CancelToken | None) -> Iterator[KeptFinding]:
    """The findings of a rule, of which the first few mostly tell what is asked."""
    offset = 0
    while page := findings(catalog, rule=code, offset=offset, limit=_PAGE):
        if token is not None:
            token.raise_if_cancelled()
        yield from page
        offset += len(page)


def _is_free(catalog: Catalog, finding: KeptFinding) -> bool:
    """Whether one finding alone is of those that ``_free`` returns."""
    beside = findings_of_occurrences(catalog, finding_occurrences(catalog, finding.id))
    return not any(each.rule == finding.rule and replaces_study_uid(catalog, each) for each in beside)


def _free(catalog: Catalog, some: Sequence[KeptFinding]) -> list[KeptFinding]:
    """Those of some findings of one rule that can be mended without giving a study another UID.

    A repair mends all that its rule finds in a file, so that one in a file of such a study cannot.
    """
    asking = {finding.id for finding in some if replaces_study_uid(catalog, finding)}
    if not asking:
        return list(some)
    held = {id_ for finding in asking for id_ in finding_occurrences(catalog, finding)}
    return [each for each in some if held.isdisjoint(finding_occurrences(catalog, each.id))]
