"""An organization's hierarchy as a table, as text for a conformance statement, and as plain values."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal, NamedTuple

from uidscope.core.errors import UsageError
from uidscope.core.report.csv_table import spreadsheet_safe
from uidscope.core.report.replaced_file import replaced_file
from uidscope.core.report.visible import visible
from uidscope.core.uid.organization.organization import (
    Installation,
    Organization,
    Product,
    next_version_number,
)
from uidscope.core.uid.organization.organization_changes import installation_in_use

ExportFormat = Literal["csv", "text", "json"]

SCHEMA: Final = "uidscope/roots/1"
_FORMATS: Final[dict[str, ExportFormat]] = {".csv": "csv", ".txt": "text", ".json": "json"}
EXPORT_ENDINGS: Final = tuple(_FORMATS)
_RETIRED: Final = "retired"
_IN_USE: Final = "in use"
_NO_ROOT: Final = "No root has been set.\n"


class Entry(NamedTuple):
    """A row of the table; ``given`` is the day (ISO 8601), empty for the organization itself."""

    kind: str
    uid: str
    name: str
    version: str
    serial: str
    number: str
    state: str
    given: str


def entries(organization: Organization) -> Iterator[Entry]:
    """Yield everything handed out under the root, as it stands in the tree; nothing without a root."""
    if not organization.root:
        return
    yield Entry("root", organization.root, "", "", "", "", _IN_USE, "")
    for product in organization.products:
        state = _state(retired=product.retired)
        uid = organization.product_uid(product)
        yield Entry("product", uid, product.name, "", "", str(product.number), state, product.given)
        for version in product.versions:
            yield Entry(
                "version",
                organization.version_uid(product, version),
                product.name,
                version.name,
                "",
                str(version.number),
                _state(retired=product.retired or version.retired),
                version.given,
            )
    for installation in organization.installations:
        yield _installation_entry(organization, installation)


def organization_csv(organization: Organization) -> Iterator[str]:
    """Yield the table line by line; a spreadsheet shows it and never computes it."""
    yield _row(Entry._fields)
    yield from map(_row, entries(organization))


def organization_text(organization: Organization) -> Iterator[str]:
    """Yield lines that may be put into a conformance statement (PS3.2): what is in use, by name."""
    if not organization.root:
        yield _NO_ROOT
        return
    yield f"UID root of the organization: {organization.root}\n"
    for product in organization.products:
        if not product.retired:
            yield f"\n{visible(product.name)}: {organization.product_uid(product)}\n"
            for version in product.versions:
                if not version.retired:
                    uid = organization.version_uid(product, version)
                    yield f"  Implementation Class UID of version {visible(version.name)}: {uid}\n"
    used = [installation for installation in organization.installations if not installation.retired]
    if used:
        yield "\nEach installation makes its UIDs under a root of its own:\n"
    for installation in used:
        root = organization.installation_root(installation)
        yield f"  Serial number {visible(installation.serial)}: {root}\n"


def organization_overview(organization: Organization) -> Iterator[str]:
    """Yield lines for a terminal: the whole tree, what is retired too, and the next numbers."""
    if not organization.root:
        yield _NO_ROOT
        return
    yield f"Root: {organization.root}\n"
    yield f"Products (the next number is {organization.next_product_number}):\n"
    for product in organization.products:
        uid = organization.product_uid(product)
        yield f"  {visible(product.name)}: {uid}{_remark(retired=product.retired)}\n"
        for version in product.versions:
            uid = organization.version_uid(product, version)
            yield f"    {visible(version.name)}: {uid}{_remark(retired=version.retired)}\n"
    yield f"Installations ({len(organization.installations)}):\n"
    for installation in organization.installations:
        uid = organization.installation_root(installation)
        yield f"  {visible(installation.serial)}: {uid}{_remark(retired=installation.retired)}\n"


def organization_json(organization: Organization) -> dict[str, Any]:
    """Return everything as plain values for ``json.dumps``, with the next number of each kind."""
    return {
        "schema": SCHEMA,
        "root": organization.root,
        "next_product": organization.next_product_number,
        "products": [_product(organization, product) for product in organization.products],
        "installations": [
            _installation(organization, installation) for installation in organization.installations
        ],
    }


def exported(organization: Organization, format_: ExportFormat, serial: str = "") -> Iterator[str]:
    """Yield everything in a format, or with ``serial`` that one installation's root alone.

    Raises ``UsageError`` where no installation of this serial number is in use.
    """
    if serial:
        yield from _alone(organization, installation_in_use(organization, serial), format_)
    elif format_ == "csv":
        yield from organization_csv(organization)
    elif format_ == "text":
        yield from organization_text(organization)
    else:
        yield _json_text(organization_json(organization))


def save_organization(organization: Organization, path: str, serial: str = "") -> None:
    """Write what ``exported`` yields, in the format that the name's ending says (``EXPORT_ENDINGS``).

    Raises ``UsageError`` for another ending, and ``OutputError`` where the file cannot be written; a file
    of that name is then as it was before.
    """
    format_ = _FORMATS.get(os.path.splitext(path)[1].lower())
    if format_ is None:
        raise UsageError(f"The name of an export ends in {', '.join(EXPORT_ENDINGS)}.")
    with replaced_file(path) as file:
        for piece in exported(organization, format_, serial):
            file.write(piece)


def _alone(organization: Organization, installation: Installation, format_: ExportFormat) -> Iterator[str]:
    """One installation, as the program that is installed there needs it."""
    if format_ == "csv":
        yield _row(Entry._fields)
        yield _row(_installation_entry(organization, installation))
    elif format_ == "text":
        yield organization.installation_root(installation) + "\n"
    else:
        yield _json_text(_installation(organization, installation))


def _installation_entry(organization: Organization, installation: Installation) -> Entry:
    return Entry(
        "installation",
        organization.installation_root(installation),
        "",
        "",
        installation.serial,
        installation.number,
        _state(retired=installation.retired),
        installation.given,
    )


def _installation(organization: Organization, installation: Installation) -> dict[str, Any]:
    return {
        "root": organization.installation_root(installation),
        "serial": installation.serial,
        "number": installation.number,
        "given": installation.given,
        "retired": installation.retired,
    }


def _product(organization: Organization, product: Product) -> dict[str, Any]:
    return {
        "uid": organization.product_uid(product),
        "name": product.name,
        "number": product.number,
        "given": product.given,
        "retired": product.retired,
        "next_version": next_version_number(product),
        "versions": [
            {
                "uid": organization.version_uid(product, version),
                "name": version.name,
                "number": version.number,
                "given": version.given,
                "retired": version.retired,
            }
            for version in product.versions
        ],
    }


def _state(*, retired: bool) -> str:
    return _RETIRED if retired else _IN_USE


def _remark(*, retired: bool) -> str:
    return f" ({_RETIRED})" if retired else ""


def _json_text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1) + "\n"


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([spreadsheet_safe(cell) for cell in cells])
    return line.getvalue()
