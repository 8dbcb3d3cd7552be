"""What may be done to an organization's hierarchy: every function returns a new one.

Each raises ``UsageError``, one sentence, where it is refused. ``on`` is the day (ISO 8601, UTC).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from uidscope.core.errors import UsageError
from uidscope.core.uid.organization.installation_serial import look_alike, serial_to_number
from uidscope.core.uid.organization.organization import (
    Installation,
    Organization,
    Product,
    Version,
    next_version_number,
    version_of,
)
from uidscope.core.uid.root_check import root_refusal
from uidscope.core.uid.scheme_parts import require_number
from uidscope.core.uid.syntax import LONGEST_UID
from uidscope.core.uid.timed_schemes import INSTALLATION_SUFFIX

_LONGEST_NAME: Final = 64


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A number that was asked for.

    ``uid`` is the whole UID or root and ``number`` its last part or parts. ``is_new`` is False where
    the same had been handed out before, and is only looked up. ``remarks`` are sentences to show.
    """

    kind: Literal["product", "version", "installation"]
    name: str
    number: str
    uid: str
    is_new: bool = True
    remarks: tuple[str, ...] = ()


def set_root(organization: Organization, root: str) -> Organization:
    """Set the root; it cannot be changed once a number was handed out under it."""
    refusal = root_refusal(root)
    if refusal is not None:
        raise UsageError(refusal)
    if organization.root not in ("", root) and organization.has_numbers:
        raise UsageError(
            f"Numbers were handed out under the root {organization.root} already, so it stays; "
            "keep another root in another file."
        )
    return replace(organization, root=root)


def give_product(organization: Organization, name: str, on: str) -> tuple[Organization, HandedOut]:
    """Hand out the next product number; a product in use keeps the one it has."""
    _require_root(organization)
    _check_name("product", name)
    found = organization.product(name)
    if found is not None and not found.retired:
        remark = f"The product “{found.name}” has the number {found.number} already."
        return organization, _product_handed_out(organization, found, (remark,), is_new=False)
    product = Product(organization.next_product_number, name, on)
    _require_length(organization.product_uid(product) + ".1")
    changed = replace(organization, products=(*organization.products, product))
    remarks = () if found is None else (_another_number("product", found.name, found.number),)
    return changed, _product_handed_out(organization, product, remarks, is_new=True)


def give_version(
    organization: Organization, product_name: str, name: str, on: str
) -> tuple[Organization, HandedOut]:
    """Hand out the next version number of a product; a version in use keeps the one it has."""
    _check_name("version", name)
    product = _product_in_use(organization, product_name)
    found = version_of(product, name)
    label = f"{product.name} {name}"
    if found is not None and not found.retired:
        uid = organization.version_uid(product, found)
        remark = f"The version “{found.name}” of “{product.name}” has the number {found.number} already."
        return organization, HandedOut("version", label, str(found.number), uid, False, (remark,))
    version = Version(next_version_number(product), name, on)
    uid = organization.version_uid(product, version)
    _require_length(uid)
    changed = _with_product(organization, replace(product, versions=(*product.versions, version)))
    remarks = () if found is None else (_another_number("version", found.name, found.number),)
    return changed, HandedOut("version", label, str(version.number), uid, True, remarks)


def give_installation(
    organization: Organization, serial: str, on: str, number: str = ""
) -> tuple[Organization, HandedOut]:
    """Hand out the root of the installation with this serial number.

    ``number`` stands for it where given, else what ``serial_to_number`` makes of it. Where the serial
    number was there before, a remark says what that means for a clone of the machine.
    """
    _require_root(organization)
    mapped = serial_to_number(serial)
    found = organization.installation(serial)
    if found is not None:
        return organization, _known_installation(organization, found, number)
    wanted = require_number("number", number) if number else mapped
    holder = next((other for other in organization.installations if other.number == wanted), None)
    if holder is not None:
        raise UsageError(
            f"The number {wanted} was handed out to the serial number “{holder.serial}” and is never handed "
            "out again; choose another number."
        )
    if wanted == "0":
        raise UsageError("The number 0 is kept for serial numbers with letters or a leading zero.")
    installation = Installation(serial, wanted, on)
    uid = organization.installation_root(installation)
    _require_length(uid + ".1")
    remarks = (*_look_alikes(organization, serial), *_small_room(uid))
    changed = replace(organization, installations=(*organization.installations, installation))
    return changed, HandedOut("installation", serial, wanted, uid, True, remarks)


def retire_product(organization: Organization, name: str) -> Organization:
    """Retire a product: it gets no more versions, and its number is never handed out again."""
    return _with_product(organization, replace(_product_in_use(organization, name), retired=True))


def retire_version(organization: Organization, product_name: str, name: str) -> Organization:
    """Retire a version; its number is never handed out again."""
    product = organization.product(product_name)
    if product is None:
        raise UsageError(_no_product(product_name))
    found = version_of(product, name)
    if found is None or found.retired:
        raise UsageError(f"The product “{product.name}” has no version “{name}” in use.")
    versions = tuple(
        replace(version, retired=True) if version is found else version for version in product.versions
    )
    return _with_product(organization, replace(product, versions=versions))


def retire_installation(organization: Organization, serial: str) -> Organization:
    """Retire an installation; neither its number nor its serial number is ever handed out again."""
    found = organization.installation(serial)
    if found is None or found.retired:
        raise UsageError(f"There is no installation with the serial number “{serial}” in use.")
    installations = tuple(
        replace(other, retired=True) if other is found else other for other in organization.installations
    )
    return replace(organization, installations=installations)


def installation_in_use(organization: Organization, serial: str) -> Installation:
    """Return the installation of this serial number; raises ``UsageError`` where there is none in use."""
    found = organization.installation(serial)
    if found is None:
        raise UsageError(f"The serial number “{serial}” is not among the organization's installations.")
    if found.retired:
        raise UsageError(f"The installation with the serial number “{serial}” was retired.")
    return found


def _product_in_use(organization: Organization, name: str) -> Product:
    found = organization.product(name)
    if found is None:
        raise UsageError(_no_product(name))
    if found.retired:
        raise UsageError(f"The product “{found.name}” was retired.")
    return found


def _no_product(name: str) -> str:
    return f"There is no product “{name}”; give it a number first."


def _with_product(organization: Organization, product: Product) -> Organization:
    """The organization with this product in the place of the one that has its number."""
    products = tuple(product if other.number == product.number else other for other in organization.products)
    return replace(organization, products=products)


def _product_handed_out(
    organization: Organization, product: Product, remarks: tuple[str, ...], *, is_new: bool
) -> HandedOut:
    uid = organization.product_uid(product)
    return HandedOut("product", product.name, str(product.number), uid, is_new, remarks)


def _known_installation(organization: Organization, found: Installation, number: str) -> HandedOut:
    uid = organization.installation_root(found)
    if found.retired:
        raise UsageError(
            f"The serial number “{found.serial}” was retired, and its root {uid} is never handed out again; "
            "give the installation another serial number."
        )
    if number not in ("", found.number):
        raise UsageError(f"The serial number “{found.serial}” has the number {found.number} already.")
    remark = (
        f"The serial number “{found.serial}” is registered already: a clone of that machine must not "
        f"make UIDs under {uid}, and needs a serial number of its own."
    )
    return HandedOut("installation", found.serial, found.number, uid, False, (remark,))


def _look_alikes(organization: Organization, serial: str) -> tuple[str, ...]:
    return tuple(
        f"The serial number “{other.serial}” looks like “{serial}”; they count as two installations."
        for other in organization.installations
        if look_alike(other.serial) == look_alike(serial)
    )


def _small_room(root: str) -> tuple[str, ...]:
    if len(root) + INSTALLATION_SUFFIX <= LONGEST_UID:
        return ()
    digits = LONGEST_UID - len(root) - 1
    return (
        f"The root {root} has {len(root)} characters and leaves {digits} digits: too few "
        f"for the scheme “installation”, which needs {INSTALLATION_SUFFIX - 1}; a shorter number makes room.",
    )


def _another_number(kind: str, name: str, number: int) -> str:
    return f"A {kind} “{name}” was retired with the number {number}; this one gets another."


def _require_root(organization: Organization) -> None:
    if not organization.root:
        raise UsageError("The organization has no root yet; set it first.")


def _require_length(uid: str) -> None:
    if len(uid) > LONGEST_UID:
        raise UsageError(
            f"{uid} would have {len(uid)} characters, and a UID has at most {LONGEST_UID} (PS3.5 9.1); "
            "nothing was handed out."
        )


def _check_name(kind: str, name: str) -> None:
    if not name.strip() or name != name.strip() or not name.isprintable():
        raise UsageError(f"The name of a {kind} has printable characters, and no space before or after them.")
    if len(name) > _LONGEST_NAME:
        raise UsageError(f"The name of a {kind} has at most {_LONGEST_NAME} characters.")
