"""The options that say how new UIDs are made; ``generate`` and ``regenerate`` share them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from uidscope.core.errors import UsageError
from uidscope.core.uid.key_file import read_key
from uidscope.core.uid.organization.organization_book import OrganizationBook
from uidscope.core.uid.organization.organization_file import default_organization_file
from uidscope.core.uid.schemes import SCHEME_NAMES, Scheme, SchemeOptions, make_scheme, validate_root

Command = Callable[..., Any]

_OPTIONS = (
    click.option("--scheme", type=click.Choice(SCHEME_NAMES), help="How new UIDs are made.  [default: uuid]"),
    click.option("--root", default="", help="The organization's own root, for every scheme but uuid."),
    click.option("--product", default="1", show_default=True, help="For long: the product's number."),
    click.option("--product-version", default="1", show_default=True, help="For long: its version's number."),
    click.option("--site", default="1", show_default=True, help="For long: the site's number."),
    click.option("--study-number", default="", help="For long: the study's number.  [default: counts]"),
    click.option("--series-number", default="", help="For long: the series' number.  [default: counts]"),
    click.option("--image-number", default="", help="For long: the image's number.  [default: counts]"),
    click.option(
        "--serial",
        default="",
        help="For installation: its number under --root, or without --root its serial number as registered"
        " by the command roots.",
    ),
    click.option(
        "--roots-file",
        metavar="FILE",
        default=default_organization_file,
        help="For installation without --root: the organization's file.",
    ),
)


def scheme_options(command: Command) -> Command:
    """Add the options; the command takes them as the keyword arguments of ``chosen_options``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen_options(
    *,
    scheme: str | None,
    root: str,
    product: str,
    product_version: str,
    site: str,
    study_number: str,
    series_number: str,
    image_number: str,
    serial: str,
    roots_file: str,
    key: str = "",
) -> SchemeOptions:
    """Return the scheme's options as plain values. Raises UsageError and InputError."""
    if key and scheme not in (None, "keyed"):
        raise UsageError("A key goes with the scheme “keyed” only.")
    options = SchemeOptions(
        name="keyed" if key else scheme or "uuid",
        root=root,
        product=product,
        version=product_version,
        site=site,
        study=study_number,
        series=series_number,
        image=image_number,
        serial=serial,
        key=read_key(key) if key else None,
    )
    if options.name == "installation" and serial and not root:
        return OrganizationBook(roots_file).installation_options(options)
    return options


def chosen_scheme(**given: Any) -> Scheme:
    """Make the scheme; warnings about its root go to standard error. Raises UsageError and InputError."""
    return scheme_with_warnings(chosen_options(**given))


def scheme_with_warnings(options: SchemeOptions) -> Scheme:
    """Make a scheme; warnings about its root go to standard error. Raises UsageError."""
    made = make_scheme(options)
    for warning in validate_root(options.root) if options.root else ():
        click.echo(warning, err=True)
    return made
