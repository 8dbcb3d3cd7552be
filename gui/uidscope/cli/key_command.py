"""``uidscope key``: make the key of the scheme ``keyed``, or show its fingerprint."""

from __future__ import annotations

import click

from uidscope.cli.outcome import DONE, ends_in_a_sentence
from uidscope.core.report.visible import visible
from uidscope.core.uid.key_file import create_key, key_fingerprint, read_key


@click.command("key")
@ends_in_a_sentence
@click.argument("place", metavar="FILE|keyring:NAME")
@click.option("--fingerprint", is_flag=True, help="Make nothing: show the fingerprint of the key there.")
def key_command(place: str, fingerprint: bool) -> int:
    """Make a key for the scheme keyed: 32 random bytes, in a FILE (mode 0600) or in the system's keyring.

    With --key the same key gives the same new UIDs for the same old ones, in every delivery and without a
    list. Whoever holds it can find out which old UID a new one stands for: it re-identifies. What is there
    already is never overwritten.

    Two people compare the fingerprints of their keys, never the keys.
    """
    if fingerprint:
        click.echo(key_fingerprint(read_key(place)))
        return DONE
    key = create_key(place)
    click.echo(f"New key: {visible(place)}")
    click.echo(f"Fingerprint: {key_fingerprint(key)}")
    click.echo(
        "With --key it gives the same new UIDs for the same old ones. It re-identifies: keep it like the"
        " patient data. If it is lost, nobody can make it again."
    )
    return DONE
