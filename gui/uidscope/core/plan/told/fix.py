"""What mends a finding, and whether anything is to be asked before it goes into the plan."""

from __future__ import annotations

from typing import NamedTuple

from uidscope.core.catalog.findings import KeptFinding
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.intention import Selector
from uidscope.core.plan.told.offers import Offer, offered_intentions
from uidscope.core.plan.told.repair_offers import RepairOffer, repair_offer_of
from uidscope.core.plan.told.same_uid import TellingApart, telling_apart
from uidscope.core.progress import CancelToken


class Fix(NamedTuple):
    """The intentions that mend a finding, the nearest first.

    ``apart`` is what the user chooses from, where some of the files are to be named: what keeps its UID or,
    where there is a place to move into, what moves. ``repair`` says what a repair by its rule comes to, for
    this finding alone. ``asks``: something is to be asked; else the first offer can be planned as it is.
    """

    finding: KeptFinding
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
    """
    offers = offered_intentions(catalog, finding)
    if not offers:
        return None
    apart = telling_apart(catalog, finding, token) if offers[0].candidates else None
    repair = repair_offer_of(catalog, finding) if offers[0].kind == "repair" and apart is None else None
    asks = repair is None or repair.studies > 0
    return Fix(finding, offers, apart, repair, asks)
