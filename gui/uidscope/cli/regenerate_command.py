"""``uidscope regenerate``: new identifiers with all references following, in a verified copy."""

from __future__ import annotations

import json
from typing import Any

import click

from uidscope.cli.batch_profile import profile_option
from uidscope.cli.export_options import ExportChoices, export_options, interrupted_export
from uidscope.cli.outcome import DONE, ends_in_a_sentence
from uidscope.cli.plan_options import PlanChoices, plan_options
from uidscope.cli.provenance_options import provenance_options
from uidscope.cli.reading_options import jobs_option, quiet_option
from uidscope.cli.scheme_options import chosen_options, scheme_options, scheme_with_warnings
from uidscope.cli.terminal_progress import terminal_progress
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import Cancelled
from uidscope.core.export.manifest import export_object
from uidscope.core.flow import check, load, write
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.rows import with_rows_of_uids
from uidscope.core.plan.told.notes import sentence
from uidscope.core.plan.undone import undo_map
from uidscope.core.progress import CancelToken
from uidscope.core.project_file import Project, save_project, without_patient_ids
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import ScanOptions
from uidscope.core.report.export_text import export_text
from uidscope.core.report.visible import visible
from uidscope.core.resume import fresh_or_resumed
from uidscope.core.uid.schemes import SchemeOptions


@click.command("regenerate")
@ends_in_a_sentence
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--out", "target", required=True, metavar="DIR", help="A folder that does not exist yet.")
@click.option(
    "--key",
    default="",
    metavar="FILE|keyring:NAME",
    help="A key made by the command key: selects the scheme keyed.",
)
@profile_option
@provenance_options
@plan_options
@export_options
@jobs_option
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@quiet_option
@scheme_options
def regenerate_command(
    paths: tuple[str, ...],
    key: str,
    choices: PlanChoices,
    export: ExportChoices,
    jobs: int,
    format_: str,
    quiet: bool,
    **scheme: Any,
) -> int:
    """Write a copy of the selection into DIR in which the objects have new identifiers.

    Every reference among the files written follows. The originals are never changed. The copy is read
    back and compared before DIR gets its name; beside it stand DIR.crosswalk.csv (the old and new UIDs,
    which re-identify: keep it safe), DIR.manifest.json and DIR.old-uids.txt.

    Different objects that bear one UID are told apart by selecting the file that is to get a new one:
    --as instances --select file=PATH writes it alone, --as repair --select rule=ENT-05 --select file=PATH
    writes everything. Which of them a reference means, --decide says.

    --as move puts objects into another loaded study or series: its keys and what it says of patient and
    study are taken over from its own objects, nothing of that is typed.

    For the next delivery, --save-project keeps the plan with every UID issued, and --project carries it out
    again: what was delivered before gets the same UIDs. --profile holds the options of every delivery.

    --undo takes a delivery back by its list of old and new UIDs: its files get the old UIDs again.
    """
    scheme_chosen = _scheme_of(choices, key, scheme)
    made = scheme_with_warnings(scheme_chosen)
    sources = resolve_sources(paths)
    start = fresh_or_resumed(
        choices.plan,
        choices.issued,
        made,
        sources,
        export.destination,
        interrupted_export(export),
        choices.keep,
        choices.typed,
        *((choices.undo,) if choices.undo else ()),
    )
    cancel = CancelToken()
    with Catalog.create(None) as catalog, terminal_progress(quiet=quiet) as progress:
        loaded = load(catalog, sources, ScanOptions(jobs, numbers=True), progress=progress, cancel=cancel)
        if loaded.cancelled:
            raise Cancelled("Cancelled; nothing was written.")
        check(catalog, progress=progress, cancel=cancel)
        plan = with_rows_of_uids(catalog, start.plan, choices.keep, choices.typed, cancel)
        if choices.undo is not None:
            uid_map = undo_map(catalog, choices.undo, now=start.time, token=cancel)
        else:
            uid_map = derive_map(catalog, plan, start.issued, made, now=start.time, token=cancel)
        result = write(
            catalog,
            uid_map,
            export.destination,
            plan=plan,
            scheme=made,
            journal=start.journal(),
            resume=start.resumes,
            processes=jobs,
            progress=progress,
            cancel=cancel,
        )
        if choices.save_project and not export.destination.dry_run:
            paths_read = tuple(source.path for source in sources)
            kept = without_patient_ids(catalog, plan)
            issued = tuple(start.issued.rows())
            save_project(Project(paths_read, kept, issued, scheme_chosen), choices.save_project)
    if format_ == "json":
        click.echo(json.dumps(export_object(result), indent=1))
        for note in () if quiet else uid_map.notes:
            click.echo(f"Note: {visible(sentence(note))}", err=True)
    else:
        click.echo(export_text(result, uid_map.notes), nl=False)
    return DONE


def _scheme_of(choices: PlanChoices, key: str, scheme: dict[str, Any]) -> SchemeOptions:
    """What was chosen here, else what the project says."""
    is_chosen = key or scheme["scheme"] is not None or scheme["root"]
    if choices.project is None or is_chosen:
        return chosen_options(key=key, **scheme)
    return choices.project.scheme
