"""``uidscope explain``: the anatomy of UIDs, UUIDs and GUIDs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import click

from uidscope.cli.outcome import DONE, ends_in_a_sentence
from uidscope.core.uid.anatomy import Anatomy, explain
from uidscope.core.uid.anatomy_text import anatomy_as_json, anatomy_as_text

_STANDARD_INPUT = "-"


@click.command("explain")
@click.argument("uids", nargs=-1, required=True, metavar="UID...")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@ends_in_a_sentence
def explain_command(uids: tuple[str, ...], format_: str) -> int:
    """Explain UIDs part by part: owner of the root, UUID version and time, verdict with its rule.

    UUIDs and GUIDs are turned into UIDs. A single - stands for every UID in a text, such as an error log,
    that comes by standard input; spaces, quotes and pads around and inside of them are understood.
    """
    anatomies = [anatomy for uid in uids for anatomy in _anatomies(uid)]
    if format_ == "json":
        click.echo(json.dumps([anatomy_as_json(anatomy) for anatomy in anatomies], indent=1))
    else:
        click.echo("\n\n".join(anatomy_as_text(anatomy) for anatomy in anatomies), nl=bool(anatomies))
    if not anatomies:
        click.echo("There is no UID in this text.", err=True)
    return DONE


def _anatomies(uid: str) -> Iterator[Anatomy]:
    if uid != _STANDARD_INPUT:
        yield explain(uid)
        return
    from uidscope.core.uid.uid_extraction import (  # noqa: PLC0415 - a UID that is given needs no search
        decode_log,
        explain_found,
        extract_uids,
    )

    yield from map(explain_found, extract_uids(decode_log(sys.stdin.buffer.read())))
