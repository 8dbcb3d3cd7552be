"""Options of every command that reads folders, in the same words wherever they stand."""

from __future__ import annotations

from typing import Final

import click

from uidscope.core.language import ENGLISH, LANGUAGES

language_option: Final = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=ENGLISH,
    show_default=True,
    help="The language of the page (html); all else is English.",
)
jobs_option: Final = click.option(
    "--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0: one a processor."
)
follow_links_option: Final = click.option(
    "--follow-links", is_flag=True, help="Follow symbolic links to files and folders."
)
quiet_option: Final = click.option("--quiet", is_flag=True, help="No progress bar.")
