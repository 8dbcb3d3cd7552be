"""What repairs and tellings-apart some places of the tree offer, rule by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from uidscope.core.catalog.findings import KeptFinding, findings, findings_of_occurrences, rule_counts
from uidscope.core.catalog.lookup import nodes_with_uid, occurrences_below
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.plan.repair import kinds_repaired, makes_new_uids, repair_needs, told_apart_by
from uidscope.core.plan.told.offers import is_replaceable

_MOST_APART: Final = 50
"""How many findings of shared UIDs are offered at once: each is a question of its own."""


class RepairOffer(NamedTuple):
    """A rule whose findings a repair can mend without being told more.

    ``new_uids``: it replaces faulty values, else it only writes bytes as they should be. ``studies`` counts
    the Study Instance UIDs among these.
    """

    rule: str
    findings: int
    new_uids: bool
    studies: int


def repair_offers(catalog: Catalog, nodes: Iterable[Node]) -> tuple[RepairOffer, ...]:
    """Return the repairs offered at some places of the tree; without any, for everything loaded.

    Those that need no new UID stand first, then by rule.
    """
    by_rule: dict[str, list[KeptFinding]] = {}
    for finding in _findings(catalog, nodes, _mends):
        by_rule.setdefault(finding.rule, []).append(finding)
    offers = (repair_offer_of_all(catalog, found) for found in by_rule.values())
    return tuple(sorted(filter(None, offers), key=lambda offer: (offer.new_uids, offer.rule)))


def shared_uid_findings(catalog: Catalog, nodes: Iterable[Node]) -> tuple[KeptFinding, ...]:
    """Return the findings of things at some places of the tree that share a UID; some of very many."""
    found = _findings(catalog, nodes, lambda code: told_apart_by(code) is not None)
    return tuple(islice(found, _MOST_APART))


def repair_offer_of_all(catalog: Catalog, some: Sequence[KeptFinding]) -> RepairOffer | None:
    """Return the repair offered for some findings of one rule; None where there is none that needs no more.

    There is at least one finding; those of values that must stay do not count.
    """
    code = some[0].rule
    found = [finding for finding in some if is_replaceable(finding)]
    if not found or not _mends(code):
        return None
    return RepairOffer(code, len(found), makes_new_uids(code), len(set(_study_uids(catalog, found))))


def replaces_study_uid(catalog: Catalog, finding: KeptFinding) -> bool:
    """Say whether a repair of a finding gives a study another UID, which others may have given out."""
    return any(True for _ in _study_uids(catalog, [finding]))


def _findings(
    catalog: Catalog, nodes: Iterable[Node], is_wanted: Callable[[str], bool]
) -> Iterator[KeptFinding]:
    codes = dict.fromkeys(count.rule for count in rule_counts(catalog) if is_wanted(count.rule))
    below = {id_ for node in nodes for id_ in occurrences_below(catalog, node)}
    if below:
        yield from (each for each in findings_of_occurrences(catalog, below) if each.rule in codes)
        return
    for code in codes:
        yield from findings(catalog, rule=code)


def _mends(code: str) -> bool:
    return repair_needs(code) == "nothing"


def _study_uids(catalog: Catalog, some: Iterable[KeptFinding]) -> Iterator[str]:
    """The Study Instance UIDs that a repair of these findings replaces."""
    for finding in some:
        if not makes_new_uids(finding.rule):
            continue
        kinds = kinds_repaired(finding)
        is_of_study = kinds is None or "study" in kinds
        if is_of_study and any(node.level == "study" for node in nodes_with_uid(catalog, finding.uid)):
            yield finding.uid
        elif not finding.uid and finding.path == "StudyInstanceUID":
            yield ""
