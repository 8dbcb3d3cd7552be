"""``--profile FILE``: options of a command that are the same for every delivery, kept in a TOML file.

The file names options as the command line does, without the hyphens before them:

    as = "copy"
    empty = ["accession", "request"]
    scheme = "root-random"
    root = "1.3.6.1.4.1.32473"

What stands on the command line counts more.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any

import click

from uidscope.core.errors import InputError, UsageError

Command = Callable[..., Any]


def profile_option(command: Command) -> Command:
    """Add the option; what the profile says becomes the default of the other options."""
    return click.option(
        "--profile",
        is_eager=True,
        expose_value=False,
        metavar="FILE",
        callback=_take_profile,
        help="A TOML file with options that are the same each time; what stands here counts more.",
    )(command)


def _take_profile(context: click.Context, _parameter: click.Parameter, path: str | None) -> None:
    if path is None:
        return
    try:
        entries = _read(path)
        context.default_map = {**(context.default_map or {}), **_defaults(context.command, path, entries)}
    except InputError as error:
        raise click.BadParameter(str(error)) from None
    except UsageError as error:
        raise click.BadParameter(str(error)) from None


def _read(path: str) -> dict[str, Any]:
    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise InputError(f"{path} is no TOML: {error}.") from None


def _defaults(command: click.Command, path: str, entries: dict[str, Any]) -> dict[str, Any]:
    """The entries by the names that the command knows its options by."""
    known = {
        flag.lstrip("-"): (option, flag in option.secondary_opts)
        for option in command.params
        if isinstance(option, click.Option)
        for flag in (*option.opts, *option.secondary_opts)
        if flag.startswith("--") and option.name != "profile"
    }
    defaults: dict[str, Any] = {}
    for name, value in entries.items():
        if name not in known:
            raise UsageError(f"{path} names “{name}”, which is no option of {command.name}.")
        option, is_negation = known[name]
        if option.is_flag and not isinstance(value, bool):
            raise UsageError(f"“{name}” in {path} is true or false.")
        values = [value] if option.multiple and not isinstance(value, list) else value
        defaults[str(option.name)] = not value if is_negation else values
    return defaults
