"""A number that is asked for under the organization's root: what it would be, and its handing out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from uidscope.core.errors import UsageError
from uidscope.core.uid.organization.organization import Organization
from uidscope.core.uid.organization.organization_changes import (
    HandedOut,
    give_installation,
    give_product,
    give_version,
)
from uidscope.core.uid.phrases import phrase

NumberKind = Literal["product", "version", "installation"]


@dataclass(frozen=True, slots=True)
class NumberRequest:
    """What is asked for: ``name`` is that of the product or version, or the serial number.

    ``product`` names the version's product; ``number`` is for an installation that is not to be numbered
    by its serial number.
    """

    kind: NumberKind
    name: str
    product: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class NumberPreview:
    """What a request would get: a UID with remarks, or one sentence that refuses it.

    While no name is given the UID is the next one, and empty where there is none yet.
    """

    uid: str
    remarks: tuple[str, ...] = ()
    refusal: str = ""


def hand_out(organization: Organization, request: NumberRequest, on: str) -> tuple[Organization, HandedOut]:
    """Hand out what is asked for; raises ``UsageError`` where it is refused."""
    match request.kind:
        case "product":
            return give_product(organization, request.name, on)
        case "version":
            return give_version(organization, request.product, request.name, on)
        case "installation":
            return give_installation(organization, request.name, on, request.number)


def preview(organization: Organization, request: NumberRequest) -> NumberPreview:
    """Say what a request would get, without handing it out."""
    if not request.name:
        return NumberPreview(_next_uid(organization, request))
    try:
        _, handed_out = hand_out(organization, request, on="")
    except UsageError as error:
        return NumberPreview("", refusal=str(error))
    return NumberPreview(handed_out.uid, tuple(map(phrase, handed_out.remarks)))


def _next_uid(organization: Organization, request: NumberRequest) -> str:
    product = organization.product(request.product)
    if not organization.root:
        return ""
    if request.kind == "product":
        return organization.next_product_uid
    if request.kind == "version" and product is not None and not product.retired:
        return organization.next_version_uid(product)
    return ""
