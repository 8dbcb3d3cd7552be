"""The organization's hierarchy as the window and the command line use it: each request is kept at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from uidscope.core.errors import UsageError
from uidscope.core.uid.organization.number_request import NumberRequest, hand_out
from uidscope.core.uid.organization.organization import Organization
from uidscope.core.uid.organization.organization_changes import (
    HandedOut,
    installation_in_use,
    retire_installation,
    retire_product,
    retire_version,
    set_root,
)
from uidscope.core.uid.organization.organization_file import (
    SECONDS_TO_WAIT,
    change_organization,
    read_organization,
)
from uidscope.core.uid.scheme_parts import SchemeOptions


@dataclass(frozen=True, slots=True)
class OrganizationBook:
    """The file at ``path``; several programs may use it at once.

    Every method raises ``InputError`` where the file cannot be read or is damaged. Those that change it
    raise ``UsageError`` where the request is refused and ``OutputError`` where it cannot be kept;
    nothing has been handed out then. A file that another program is changing is waited for, ``wait``
    seconds at most.
    """

    path: str
    wait: float = SECONDS_TO_WAIT

    def read(self) -> Organization:
        """Return the hierarchy as it is now; an empty one where there is no file yet."""
        return read_organization(self.path)

    def set_root(self, root: str) -> Organization:
        """Set the organization's root; refused once a number was handed out under another."""
        return self._changed(lambda organization: set_root(organization, root))

    def hand_out(self, request: NumberRequest) -> HandedOut:
        """Hand out the number that is asked for, or look it up where it was handed out before."""
        return change_organization(
            self.path, lambda organization: hand_out(organization, request, _today()), wait=self.wait
        )

    def product(self, name: str) -> HandedOut:
        """Hand out the next product number, or look up the one that the product has."""
        return self.hand_out(NumberRequest("product", name))

    def version(self, product: str, name: str) -> HandedOut:
        """Hand out the next version number of a product, or look up the one that the version has."""
        return self.hand_out(NumberRequest("version", name, product))

    def installation(self, serial: str, number: str = "") -> HandedOut:
        """Hand out the root of an installation, or look it up; see ``give_installation``."""
        return self.hand_out(NumberRequest("installation", serial, number=number))

    def retire_product(self, name: str) -> Organization:
        """Retire a product; its number is never handed out again."""
        return self._changed(lambda organization: retire_product(organization, name))

    def retire_version(self, product: str, name: str) -> Organization:
        """Retire a version of a product; its number is never handed out again."""
        return self._changed(lambda organization: retire_version(organization, product, name))

    def retire_installation(self, serial: str) -> Organization:
        """Retire an installation; neither its number nor its serial number is handed out again."""
        return self._changed(lambda organization: retire_installation(organization, serial))

    def installation_options(self, options: SchemeOptions) -> SchemeOptions:
        """Return options for the scheme ``installation`` with root and number taken from the file.

        ``options.serial`` is the serial number as it was registered. Raises ``UsageError`` where the
        organization has no root, or no such installation in use.
        """
        organization = self.read()
        if not organization.root:
            raise UsageError("The organization has no root yet; set it first, or give the root itself.")
        installation = installation_in_use(organization, options.serial)
        return replace(options, root=organization.root, serial=installation.number)

    def installation_choices(self) -> tuple[tuple[str, SchemeOptions], ...]:
        """Return the serial numbers in use, each with options for the scheme ``installation``."""
        organization = self.read()
        return tuple(
            (each.serial, SchemeOptions("installation", organization.root, serial=each.number))
            for each in organization.installations
            if not each.retired
        )

    def _changed(self, change: Callable[[Organization], Organization]) -> Organization:
        def both(organization: Organization) -> tuple[Organization, Organization]:
            changed = change(organization)
            return changed, changed

        return change_organization(self.path, both, wait=self.wait)


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()
