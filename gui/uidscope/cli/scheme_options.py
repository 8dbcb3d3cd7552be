"""The options that say how new UIDs are made; ``generate`` and ``regenerate`` share them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from uidscope.core.errors import UsageError
from uidscope.core.uid.key_file import read_key
from uidscope.core.uid.schemes import SCHEME_NAMES, Scheme, SchemeOptions, make_scheme, validate_root

Command = Callable[..., Any]

_OPTIONS = (
    click.option("--scheme", type=click.Choice(SCHEME_NAMES), help="How new UIDs are made.  [default: uuid]"),
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
    *,
    scheme: str | None,
    root: str,
    product: str,
    product_version: str,
    site: str,
    serial: str,
    key: str = "",
) -> Scheme:
    """Make the scheme; warnings about its root go to standard error. Raises UsageError and InputError."""
    if key and scheme not in (None, "keyed"):
        raise UsageError("A key goes with the scheme “keyed” only.")
    made = make_scheme(
        SchemeOptions(
            name="keyed" if key else scheme or "uuid",
            root=root,
            product=product,
            version=product_version,
            site=site,
            serial=serial,
            key=read_key(key) if key else None,
        )
    )
    for warning in validate_root(root) if root else ():
        click.echo(warning, err=True)
    return made
