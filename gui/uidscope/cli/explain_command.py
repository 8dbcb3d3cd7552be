"""``uidscope explain``: the anatomy of UIDs, UUIDs and GUIDs."""

from __future__ import annotations

import json

import click

from uidscope.cli.outcome import DONE, ends_in_a_sentence
from uidscope.core.uid.anatomy import explain
from uidscope.core.uid.anatomy_text import anatomy_as_json, anatomy_as_text


@click.command("explain")
@click.argument("uids", nargs=-1, required=True, metavar="UID...")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@ends_in_a_sentence
def explain_command(uids: tuple[str, ...], format_: str) -> int:
    """Explain UIDs part by part: owner of the root, UUID version and time, verdict with its rule.

    UUIDs and GUIDs are turned into UIDs.
    """
    anatomies = [explain(uid) for uid in uids]
    if format_ == "json":
        click.echo(json.dumps([anatomy_as_json(anatomy) for anatomy in anatomies], indent=1))
    else:
        click.echo("\n\n".join(anatomy_as_text(anatomy) for anatomy in anatomies))
    return DONE
