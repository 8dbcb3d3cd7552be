"""``uidscope sample``: made-up files, faulty on purpose, to try the other commands on."""

from __future__ import annotations

import os

import click

from uidscope.cli.outcome import DONE, ends_in_a_sentence
from uidscope.core.report.visible import visible
from uidscope.core.sample.write_sample import GUIDE, write_sample


@click.command("sample")
@click.argument("folder", metavar="DIR")
@ends_in_a_sentence
def sample_command(folder: str) -> int:
    """Write a folder a fault, and one without, into DIR, which must not exist.

    A text in it says what is wrong where. No patient, no scanner: all of it is invented.
    """
    write_sample(folder)
    click.echo(visible(os.path.join(folder, GUIDE)))
    return DONE
