"""``uidscope generate``: new UIDs by a scheme."""

from __future__ import annotations

import json
from typing import Any

import click

from uidscope.cli.outcome import DONE, ends_in_a_sentence
from uidscope.cli.scheme_options import chosen_options, chosen_scheme, scheme_options
from uidscope.core.uid.scheme_description import (
    describe_schemes,
    description_as_json,
    description_as_text,
    scheme_description,
)


@click.command("generate")
@click.option("-n", "number", type=click.IntRange(1, 1_000_000), default=1, show_default=True)
@click.option(
    "--kind",
    type=click.Choice(["study", "series", "instance", "frame_of_reference"]),
    default="instance",
    show_default=True,
    help="What the UIDs are for; some schemes write it into them.",
)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--explain",
    "explains",
    is_flag=True,
    help="Only tell how long the scheme's UIDs are and what speaks for and against it; all without --scheme.",
)
@scheme_options
@ends_in_a_sentence
def generate_command(number: int, kind: str, format_: str, explains: bool, **options: Any) -> int:
    """Make new UIDs, by default from random UUIDs under 2.25."""
    if explains:
        return _explain(format_, options)
    scheme = chosen_scheme(**options)
    uids = [scheme.new_uid(kind, "") for _ in range(number)]
    if format_ == "json":
        click.echo(json.dumps({"scheme": scheme.name, "uids": uids}, indent=1))
    else:
        click.echo("\n".join(uids))
    return DONE


def _explain(format_: str, given: dict[str, Any]) -> int:
    """Describe the scheme chosen, or all of them with the same options."""
    options = chosen_options(**given)
    described = (scheme_description(options),) if given["scheme"] else describe_schemes(options)
    if format_ == "json":
        click.echo(json.dumps([description_as_json(each) for each in described], indent=1))
    else:
        click.echo("\n\n".join(description_as_text(each) for each in described))
    return DONE
