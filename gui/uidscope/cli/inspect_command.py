"""``uidscope inspect``: read folders, judge every UID, say what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

import click

from uidscope.cli.outcome import DONE, FOUND, ends_in_a_sentence
from uidscope.cli.result_file import write_result
from uidscope.cli.terminal_progress import terminal_progress
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import counts
from uidscope.core.errors import Cancelled
from uidscope.core.flow import check, load
from uidscope.core.progress import CancelToken
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import ScanOptions
from uidscope.core.report.csv_table import findings_csv
from uidscope.core.report.html import inspection_html
from uidscope.core.report.inspection import InspectionParts, inspection, inspection_lines
from uidscope.core.report.text import inspection_text

Writer = Callable[[Catalog, InspectionParts], Iterable[str]]


def _json(catalog: Catalog, parts: InspectionParts) -> Iterator[str]:
    yield json.dumps(inspection(catalog, parts), indent=1, ensure_ascii=True) + "\n"


def _lines(catalog: Catalog, parts: InspectionParts) -> Iterator[str]:
    for line in inspection_lines(catalog, parts):
        yield line + "\n"


_FORMATS: dict[str, Writer] = {
    "text": lambda catalog, _: inspection_text(catalog),
    "json": _json,
    "jsonl": _lines,
    "html": lambda catalog, _: inspection_html(catalog),
    "csv": lambda catalog, _: findings_csv(catalog),
}


@click.command("inspect")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "format_", type=click.Choice(list(_FORMATS)), default="text", show_default=True)
@click.option("-o", "output", metavar="FILE", help="Write the result there instead of standard output.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="Exit with status 1 when a finding is at least as grave.",
)
@click.option("--with-uids", is_flag=True, help="List every UI value of every file (json, jsonl).")
@click.option("--with-references", is_flag=True, help="List every reference and its state (json, jsonl).")
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0: one a processor.")
@click.option("--catalog", "catalog_path", metavar="FILE", help="Keep the catalog in this file.")
@click.option("--follow-links", is_flag=True, help="Follow symbolic links to files and folders.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
@click.option("--verbose", is_flag=True, help="Also name every file that was not loaded, on standard error.")
@ends_in_a_sentence
def inspect_command(
    paths: tuple[str, ...],
    format_: str,
    output: str | None,
    fail_on: str,
    with_uids: bool,
    with_references: bool,
    jobs: int,
    catalog_path: str | None,
    follow_links: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Read folders or files of DICOM and report every fault of identifiers and references.

    The files are never changed.
    """
    sources = resolve_sources(paths)
    cancel = CancelToken()
    with Catalog.create(catalog_path) as catalog:
        with terminal_progress(quiet=quiet) as progress:
            load(catalog, sources, ScanOptions(jobs, follow_links), progress=progress, cancel=cancel)
            check(catalog, progress=progress, cancel=cancel)
        if verbose:
            _name_the_refused(catalog)
        parts = InspectionParts(with_uids, with_references)
        write_result(_FORMATS[format_](catalog, parts), output, [source.path for source in sources])
        if cancel.cancelled:
            raise Cancelled("Cancelled.")
        return _status(catalog, fail_on)


def _status(catalog: Catalog, fail_on: str) -> int:
    if fail_on == "never":
        return DONE
    found = counts(catalog).findings
    grave = found["error"] + (found["warning"] if fail_on == "warning" else 0)
    return FOUND if grave else DONE


def _name_the_refused(catalog: Catalog) -> None:
    from uidscope.core.report.inspection import not_loaded  # noqa: PLC0415

    for entry in not_loaded(catalog):
        detail = f" ({entry['detail']})" if entry["detail"] else ""
        click.echo(f"not loaded: {entry['file']}: {entry['reason']}{detail}", err=True)
