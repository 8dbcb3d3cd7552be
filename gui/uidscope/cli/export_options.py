"""The options of ``regenerate`` that say where the export goes and what comes with it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from uidscope.core.errors import OutputError, UsageError
from uidscope.core.export.request import LAYOUTS, REJECTION_TITLES
from uidscope.core.export.stage import Interrupted
from uidscope.core.flow import Destination
from uidscope.core.read.byte_window import shown
from uidscope.core.report.change_record import ChangeNote
from uidscope.core.resume import clear_unfinished, unfinished

Command = Callable[..., Any]

_TITLES = ", ".join(f"{code} {meaning}" for code, meaning in REJECTION_TITLES.items())

_OPTIONS = (
    click.option("--layout", type=click.Choice(LAYOUTS), default="keep", show_default=True),
    click.option("--zip", "zipped", is_flag=True, help="Write DIR.zip instead of a folder."),
    click.option("--file-set-id", default="", metavar="TEXT", help="For the layout media: its File-set ID."),
    click.option("--dry-run", is_flag=True, help="Write nothing; tell what would be written."),
    click.option("--resume", is_flag=True, help="Go on with an export to DIR that was interrupted."),
    click.option(
        "--clear-interrupted",
        is_flag=True,
        help="Remove what an interrupted export to DIR left, and begin anew.",
    ),
    click.option(
        "--rejection-note",
        type=click.Choice(list(REJECTION_TITLES)),
        help=f"Write notes that reject the objects replaced, into DIR.rejection: {_TITLES}.",
    ),
    click.option(
        "--ticket", default="", metavar="TEXT", help="For the change record beside DIR: its ticket."
    ),
    click.option("--reason", default="", metavar="TEXT", help="For the change record: why."),
    click.option("--operator", default="", metavar="TEXT", help="For the change record: who."),
)


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """Where the export goes, and what is to become of an interrupted one to the same place."""

    destination: Destination
    resume: bool
    clear: bool


def export_options(command: Command) -> Command:
    """Add the options; the command takes what was chosen as its keyword argument ``export``.

    It has ``target`` too, the folder to be made.
    """

    @functools.wraps(command)
    def with_export(
        *,
        target: str,
        layout: Any,
        zipped: bool,
        file_set_id: str,
        dry_run: bool,
        resume: bool,
        clear_interrupted: bool,
        rejection_note: Any,
        ticket: str,
        reason: str,
        operator: str,
        **others: Any,
    ) -> Any:
        change = ChangeNote(ticket, reason, operator) if ticket or reason or operator else None
        destination = Destination(
            target,
            layout,
            dry_run=dry_run,
            zipped=zipped,
            file_set_id=file_set_id,
            rejection=rejection_note,
            change=change,
        )
        return command(export=ExportChoices(destination, resume, clear_interrupted), **others)

    for option in reversed(_OPTIONS):
        with_export = option(with_export)
    return with_export


def interrupted_export(export: ExportChoices) -> Interrupted | None:
    """Return what is to be gone on with, if anything, and clear what is to be cleared.

    Raises ``OutputError`` where something lies there and neither was asked for, and ``UsageError``.
    """
    if export.resume and (export.clear or export.destination.dry_run):
        raise UsageError("--resume goes with neither --clear-interrupted nor --dry-run.")
    found = unfinished(export.destination)
    if found is None or export.resume:
        return found
    if not export.clear or export.destination.dry_run:
        raise OutputError(
            f"{shown(found.staging)} is there, from an export that was interrupted: go on with it by"
            " --resume, or remove it by --clear-interrupted."
        )
    clear_unfinished(export.destination)
    return None
