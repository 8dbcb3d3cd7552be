"""The options that say how new UIDs are made; ``generate`` and ``regenerate`` share them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from uidscope.core.uid.schemes import SCHEME_NAMES, Scheme, SchemeOptions, make_scheme, validate_root

Command = Callable[..., Any]

_OPTIONS = (
    click.option("--scheme", type=click.Choice(SCHEME_NAMES), default="uuid", show_default=True),
    click.option("--root", default="", help="The organization's own root, for every scheme but uuid."),
    click.option("--product", default="1", show_default=True, help="For long: the product's number."),
    click.option("--product-version", default="1", show_default=True, help="For long: its version's number."),
    click.option("--site", default="1", show_default=True, help="For long: the site's number."),
    click.option("--serial", default="", help="For installation: the installation's serial number."),
)


def scheme_options(command: Command) -> Command:
    """Add the options; the command takes them as the keyword arguments of ``chosen_scheme``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen_scheme(
    *, scheme: str, root: str, product: str, product_version: str, site: str, serial: str
) -> Scheme:
    """Make the scheme; warnings about its root go to standard error. Raises UsageError."""
    made = make_scheme(
        SchemeOptions(
            name=scheme, root=root, product=product, version=product_version, site=site, serial=serial
        )
    )
    for warning in validate_root(root) if root else ():
        click.echo(warning, err=True)
    return made
