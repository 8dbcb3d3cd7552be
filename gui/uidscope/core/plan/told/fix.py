"""What mends a finding, or all of a rule, and whether anything is to be asked before it is planned."""

from __future__ import annotations

from typing import NamedTuple

from uidscope.core.catalog.findings import (
    KeptFinding,
    finding_occurrences,
    findings,
    findings_of_occurrences,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.intention import Selector
from uidscope.core.plan.told.offers import Offer, intentions_for_rule, offered_intentions
from uidscope.core.plan.told.repair_offers import RepairOffer, repair_offer_of_all
from uidscope.core.plan.told.same_uid import TellingApart, telling_apart
from uidscope.core.progress import CancelToken


class Fix(NamedTuple):
    """The intentions that mend a finding of a rule, or all of them, the nearest first.

    ``apart`` is what the user chooses from, where some of the files are to be named: what keeps its UID or,
    where there is a place to move into, what moves. ``repair`` says what a repair by its rule comes to, for
    these findings alone. ``asks``: something is to be asked; else the first offer can be planned as it is.
    """

    rule: str
    offers: tuple[Offer, ...]
    apart: TellingApart | None
    repair: RepairOffer | None
    asks: bool

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """What it is about: the places, or the files to choose from."""
        offer = self.offers[0]
        return offer.candidates or tuple(each for each in offer.selectors if each.kind != "rule")


def fix_of(catalog: Catalog, finding: KeptFinding, token: CancelToken | None = None) -> Fix | None:
    """Return what mends a finding; None where nothing in a plan does. Raises ``Cancelled``.

    A repair by rule asks nothing, unless it replaces a Study Instance UID, which others may have given out.
    It mends all findings of its rule in the files of this one.
    """
    offers = offered_intentions(catalog, finding)
    if not offers:
        return None
    apart = telling_apart(catalog, finding, token) if offers[0].candidates else None
    repair = _repair_beside(catalog, finding) if offers[0].kind == "repair" and apart is None else None
    asks = repair is None or repair.studies > 0
    return Fix(finding.rule, offers, apart, repair, asks)


def fix_of_rule(catalog: Catalog, code: str, token: CancelToken | None = None) -> Fix | None:
    """Return one intention that mends all findings of a rule; None where there is none.

    There is none where each of several findings is a question of its own. Raises ``Cancelled``.
    """
    found = findings(catalog, rule=code)
    if len(found) == 1:
        return fix_of(catalog, found[0], token)
    offers = intentions_for_rule(catalog, found)
    if not found or not offers:
        return None
    repair = repair_offer_of_all(catalog, found) if offers[0].kind == "repair" else None
    return Fix(code, offers, None, repair, asks=repair is None or repair.studies > 0)


def _repair_beside(catalog: Catalog, finding: KeptFinding) -> RepairOffer | None:
    """What a repair by the rule of a finding comes to in its files."""
    beside = findings_of_occurrences(catalog, finding_occurrences(catalog, finding.id))
    return repair_offer_of_all(catalog, [each for each in beside if each.rule == finding.rule])
