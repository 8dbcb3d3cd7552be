"""``uidscope regenerate``: new identifiers with all references following, in a verified copy."""

from __future__ import annotations

import json
from typing import Any

import click

from uidscope.cli.outcome import DONE, ends_in_a_sentence
from uidscope.cli.scheme_options import chosen_scheme, scheme_options
from uidscope.cli.terminal_progress import terminal_progress
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import Cancelled
from uidscope.core.export.crosswalk import read_crosswalk
from uidscope.core.export.manifest import export_object
from uidscope.core.export.request import Layout
from uidscope.core.flow import Destination, check, load, write
from uidscope.core.plan.earlier import earlier_uids
from uidscope.core.plan.intention import (
    INTENTION_KINDS,
    SELECTOR_KINDS,
    Plan,
    new_intention,
    parse_decision,
    parse_selector,
)
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.notes import sentence
from uidscope.core.progress import CancelToken
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import ScanOptions
from uidscope.core.report.export_text import export_text
from uidscope.core.report.visible import visible


@click.command("regenerate")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--out", "target", required=True, metavar="DIR", help="A folder that does not exist yet.")
@click.option("--as", "intention", required=True, type=click.Choice(INTENTION_KINDS), help="What is meant.")
@click.option(
    "--select",
    "selectors",
    multiple=True,
    metavar="KIND=VALUE",
    help=f"What it is about; KIND is {', '.join(SELECTOR_KINDS)}. Without one, everything loaded.",
)
@click.option(
    "--decide",
    "decided",
    multiple=True,
    metavar="UID=PATH",
    help="Where different objects bear one UID: references to it mean the object in this file.",
)
@click.option(
    "--acknowledge",
    is_flag=True,
    help="Change rejection notes, approved radiotherapy objects and verified reports too.",
)
@click.option(
    "--with-referrers", is_flag=True, help="Also write loaded objects that refer into the selection."
)
@click.option(
    "--renew", is_flag=True, help="Give those new SOP Instance UIDs, and so on along the references."
)
@click.option("--series-description", metavar="TEXT", help="For derived-series: the new Series Description.")
@click.option("--key", default="", metavar="FILE", help="32 bytes, mode 0600: selects the scheme keyed.")
@click.option(
    "--derivation",
    type=click.IntRange(min=1),
    default=1,
    help="For derived-series with a key: which derivation of the same source this is.  [default: 1]",
)
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="FILE",
    help="A crosswalk.csv or manifest.json of an earlier export of the same kind: its old UIDs become the"
    " same new ones again.",
)
@click.option("--layout", type=click.Choice(["keep", "hierarchy"]), default="keep", show_default=True)
@click.option("--dry-run", is_flag=True, help="Write nothing; tell what would be written.")
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0: one a processor.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--quiet", is_flag=True, help="No progress bar.")
@scheme_options
@ends_in_a_sentence
def regenerate_command(
    paths: tuple[str, ...],
    target: str,
    intention: str,
    selectors: tuple[str, ...],
    decided: tuple[str, ...],
    acknowledge: bool,
    with_referrers: bool,
    renew: bool,
    series_description: str | None,
    key: str,
    derivation: int,
    maps: tuple[str, ...],
    layout: Layout,
    dry_run: bool,
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
    """
    made = chosen_scheme(key=key, **scheme)
    meant = new_intention(
        intention,
        tuple(parse_selector(text) for text in selectors),
        with_referrers=with_referrers,
        renew=renew,
        series_description=series_description,
        derivation=derivation,
    )
    earlier = earlier_uids(entry for path in maps for entry in read_crosswalk(path))
    plan = Plan((meant,), tuple(parse_decision(text) for text in decided), acknowledge)
    sources = resolve_sources(paths)
    cancel = CancelToken()
    with Catalog.create(None) as catalog, terminal_progress(quiet=quiet) as progress:
        loaded = load(catalog, sources, ScanOptions(jobs), progress=progress, cancel=cancel)
        if loaded.cancelled:
            raise Cancelled("Cancelled; nothing was written.")
        check(catalog, progress=progress, cancel=cancel)
        uid_map = derive_map(catalog, plan, IssuedUids(earlier), made, token=cancel)
        destination = Destination(target, layout, dry_run=dry_run)
        result = write(catalog, uid_map, destination, progress=progress, cancel=cancel)
    if format_ == "json":
        click.echo(json.dumps(export_object(result), indent=1))
        for note in () if quiet else uid_map.notes:
            click.echo(f"Note: {visible(sentence(note))}", err=True)
    else:
        click.echo(export_text(result, uid_map.notes), nl=False)
    return DONE
