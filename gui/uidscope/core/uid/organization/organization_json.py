"""An organization's hierarchy as JSON, and back; what is damaged is never half understood."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Final

from uidscope.core.uid.organization.organization import (
    Installation,
    Organization,
    Product,
    Version,
    same_name,
)
from uidscope.core.uid.root_check import root_refusal

SCHEMA: Final = "uidscope/organization/1"
LARGEST_JSON: Final = 64 * 1024 * 1024  # bytes; some 500,000 entries
_SCHEMA_NAME: Final = "uidscope/organization/"


class DamagedOrganization(ValueError):
    """The text is not the JSON of an organization; ``str()`` is a clause that says what is wrong."""


def organization_to_json(organization: Organization) -> bytes:
    """Return the text (UTF-8) that ``organization_from_json`` reads, a line for each entry."""
    text = json.dumps(
        {
            "schema": SCHEMA,
            "root": organization.root,
            "products": [
                {**_named(product), "versions": [_named(version) for version in product.versions]}
                for product in organization.products
            ],
            "installations": [
                {
                    "serial": installation.serial,
                    "number": installation.number,
                    "given": installation.given,
                    "retired": installation.retired,
                }
                for installation in organization.installations
            ],
        },
        indent=1,
        ensure_ascii=False,
    )
    return f"{text}\n".encode()


def organization_from_json(text: bytes) -> Organization:
    """Read an organization; raises ``DamagedOrganization`` for anything but one as it was written."""
    if len(text) > LARGEST_JSON:
        raise DamagedOrganization("it is far too large")
    try:
        content = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError):  # of UTF-8, too
        raise DamagedOrganization("it is not complete JSON") from None
    if not isinstance(content, dict):
        raise DamagedOrganization("it holds something else")
    schema = content.get("schema")
    if isinstance(schema, str) and schema.startswith(_SCHEMA_NAME) and schema != SCHEMA:
        raise DamagedOrganization("another version of the program wrote it")
    fields = _fields(content, {"schema": str, "root": str, "products": list, "installations": list})
    if schema != SCHEMA:
        raise DamagedOrganization("it holds something else")
    organization = Organization(
        fields["root"],
        tuple(_product(entry) for entry in fields["products"]),
        tuple(_installation(entry) for entry in fields["installations"]),
    )
    _check(organization)
    return organization


def _named(entry: Product | Version) -> dict[str, Any]:
    return {"number": entry.number, "name": entry.name, "given": entry.given, "retired": entry.retired}


def _product(content: object) -> Product:
    fields = _fields(content, {"number": int, "name": str, "given": str, "retired": bool, "versions": list})
    versions = tuple(_version(entry) for entry in fields["versions"])
    return Product(fields["number"], fields["name"], fields["given"], versions, fields["retired"])


def _version(content: object) -> Version:
    return Version(**_fields(content, {"number": int, "name": str, "given": str, "retired": bool}))


def _installation(content: object) -> Installation:
    return Installation(**_fields(content, {"serial": str, "number": str, "given": str, "retired": bool}))


def _fields(content: object, types: dict[str, type]) -> dict[str, Any]:
    """The object's fields, which are these and no others, each of its type."""
    if not isinstance(content, dict) or content.keys() != types.keys():
        raise DamagedOrganization("an entry has fields that are missing or not known")
    for name, wanted in types.items():
        if type(content[name]) is not wanted:
            raise DamagedOrganization(f"the field “{name}” of an entry holds something else")
    return content


def _check(organization: Organization) -> None:
    """Refuse what this program would not have written: a number given twice, a gap, an odd root."""
    if organization.root and root_refusal(organization.root) is not None:
        raise DamagedOrganization("its root cannot be used")
    if not organization.root and organization.has_numbers:
        raise DamagedOrganization("it has numbers and no root")
    _check_numbers(organization.products)
    for product in organization.products:
        _check_numbers(product.versions)
    for installation in organization.installations:
        if not _is_number(installation.number):
            raise DamagedOrganization("the number of an installation is none")
        _check_day(installation.given)
    for key in ("serial", "number"):
        values = [getattr(installation, key) for installation in organization.installations]
        if len(set(values)) != len(values):
            raise DamagedOrganization(f"a {key} of an installation stands there twice")


def _check_numbers(entries: tuple[Product, ...] | tuple[Version, ...]) -> None:
    if [entry.number for entry in entries] != list(range(1, len(entries) + 1)):
        raise DamagedOrganization("a number is missing or stands there twice")
    used = [entry for entry in entries if not entry.retired]
    for at, entry in enumerate(used):
        if any(same_name(entry.name, other.name) for other in used[:at]):
            raise DamagedOrganization("a name stands there twice")
    for entry in entries:
        _check_day(entry.given)


def _check_day(given: str) -> None:
    try:
        dt.date.fromisoformat(given)
    except ValueError:
        raise DamagedOrganization("a day is none") from None


def _is_number(text: str) -> bool:
    parts = text.removeprefix("0.").split(".")
    return len(parts) == 1 and parts[0].isascii() and parts[0].isdigit() and not parts[0].startswith("0")
