"""The UIDs of an organization under its root: products, their versions, and installations.

``root.1.product.version`` names a version of a product, for good: an Implementation Class UID
(PS3.7 D.3.3.2) or another UID that never changes. ``root.2.serial`` is the root of one installation,
under which it makes UIDs of its own. A number that was handed out stays handed out: what is retired
is kept, so that nobody gets its number again.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, TypeVar

PRODUCTS_BRANCH: Final = "1"
INSTALLATIONS_BRANCH: Final = "2"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a product; ``given`` is the day its number was handed out (ISO 8601, UTC)."""

    number: int
    name: str
    given: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """A product; its versions stand in the order of their numbers, from 1 without a gap."""

    number: int
    name: str
    given: str
    versions: tuple[Version, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Installation:
    """An installation; ``number`` is what stands for its serial number in a UID, of one part or two."""

    serial: str
    number: str
    given: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Organization:
    """The whole hierarchy; products stand in the order of their numbers, from 1 without a gap.

    ``root`` is empty until one is set.
    """

    root: str = ""
    products: tuple[Product, ...] = ()
    installations: tuple[Installation, ...] = ()

    @property
    def next_product_number(self) -> int:
        """The number that the next product gets."""
        return len(self.products) + 1

    @property
    def next_product_uid(self) -> str:
        """The arc that the next product gets."""
        return f"{self.root}.{PRODUCTS_BRANCH}.{self.next_product_number}"

    def next_version_uid(self, product: Product) -> str:
        """Return the UID that the next version of a product gets."""
        return f"{self.product_uid(product)}.{next_version_number(product)}"

    @property
    def has_numbers(self) -> bool:
        """Whether anything was ever handed out under the root."""
        return bool(self.products or self.installations)

    def product_uid(self, product: Product) -> str:
        """Return the arc under which the versions of a product stand."""
        return f"{self.root}.{PRODUCTS_BRANCH}.{product.number}"

    def version_uid(self, product: Product, version: Version) -> str:
        """Return the UID of a version of a product; it is final."""
        return f"{self.product_uid(product)}.{version.number}"

    def installation_root(self, installation: Installation) -> str:
        """Return the root under which an installation makes its UIDs."""
        return f"{self.root}.{INSTALLATIONS_BRANCH}.{installation.number}"

    def product(self, name: str) -> Product | None:
        """Return the product in use of this name, else the last one retired, else None."""
        return _by_name(self.products, name)

    def installation(self, serial: str) -> Installation | None:
        """Return the installation of this serial number, retired or not, or None."""
        return next((found for found in self.installations if found.serial == serial), None)


def version_of(product: Product, name: str) -> Version | None:
    """Return the version in use of this name, else the last one retired, else None."""
    return _by_name(product.versions, name)


def next_version_number(product: Product) -> int:
    """Return the number that the next version of a product gets."""
    return len(product.versions) + 1


def same_name(one: str, other: str) -> bool:
    """Say whether two names are the same but for capitals and the way their letters are encoded."""
    return _folded(one) == _folded(other)


Named = TypeVar("Named", Product, Version)


def _by_name(entries: tuple[Named, ...], name: str) -> Named | None:
    found = [entry for entry in entries if same_name(entry.name, name)]
    return next((entry for entry in found if not entry.retired), found[-1] if found else None)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
