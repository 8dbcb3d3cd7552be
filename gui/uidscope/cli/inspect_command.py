"""``uidscope inspect``: read folders, judge every UID, say what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

import click

from uidscope.cli.outcome import DONE, FOUND, ends_in_a_sentence
from uidscope.cli.reading_options import follow_links_option, jobs_option, language_option, quiet_option
from uidscope.cli.result_file import write_result
from uidscope.cli.terminal_progress import terminal_progress
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import counts
from uidscope.core.errors import Cancelled, UsageError
from uidscope.core.flow import load
from uidscope.core.judge.rule_settings import PROFILES, STRICT, load_rule_settings
from uidscope.core.language import ENGLISH, spoken_in
from uidscope.core.progress import CancelToken
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import ScanOptions
from uidscope.core.report.inspection import InspectionParts, inspection, inspection_lines, not_loaded
from uidscope.core.report.shown_names import ShownNames, shown_names
from uidscope.core.report.text import inspection_text
from uidscope.core.rescan import check_if_needed, kept_catalog

Writer = Callable[[Catalog, InspectionParts], Iterable[str]]


def _json(catalog: Catalog, parts: InspectionParts) -> Iterator[str]:
    yield json.dumps(inspection(catalog, parts), indent=1, ensure_ascii=True) + "\n"


def _lines(catalog: Catalog, parts: InspectionParts) -> Iterator[str]:
    for line in inspection_lines(catalog, parts):
        yield line + "\n"


# What makes pages and tables is loaded when one is asked for.
def _page(catalog: Catalog, parts: InspectionParts) -> Iterable[str]:
    from uidscope.core.report.html import inspection_html  # noqa: PLC0415

    return inspection_html(catalog, parts.names)


def _table(catalog: Catalog, parts: InspectionParts) -> Iterable[str]:
    from uidscope.core.report.csv_table import findings_csv  # noqa: PLC0415

    return findings_csv(catalog, parts.names)


def _device_table(catalog: Catalog, _: InspectionParts) -> Iterable[str]:
    from uidscope.core.report.csv_table import devices_csv  # noqa: PLC0415

    return devices_csv(catalog)


_FORMATS: dict[str, Writer] = {
    "text": lambda catalog, parts: inspection_text(catalog, parts.names),
    "json": _json,
    "jsonl": _lines,
    "html": _page,
    "csv": _table,
}
_FORMATS_BY_DEVICE: dict[str, Writer] = {
    "text": lambda catalog, parts: inspection_text(catalog, parts.names, by_device=True),
    "csv": _device_table,
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
@click.option(
    "--profile",
    "profile_name",
    metavar="NAME|FILE",
    default=STRICT.name,
    show_default=True,
    help=f"Severities and what is ignored: {', '.join(PROFILES)}, or a file of your own (TOML).",
)
@click.option(
    "--by-device", is_flag=True, help="Count the findings by the device that wrote the files (text, csv)."
)
@click.option(
    "--mask-names",
    is_flag=True,
    help="Write patient-001 and file-000001 for patient names, IDs and names of files. No de-identification.",
)
@click.option("--with-uids", is_flag=True, help="List every UI value of every file (json, jsonl).")
@click.option("--with-references", is_flag=True, help="List every reference and its state (json, jsonl).")
@click.option(
    "--fetch-list",
    metavar="FILE",
    help="Also write there which missing instances are referred to, and the keys to fetch them with (CSV).",
)
@click.option(
    "--leftovers/--no-leftovers",
    default=True,
    show_default=True,
    help="Look for UIDs in text, private elements and documents.",
)
@language_option
@jobs_option
@click.option(
    "--catalog",
    "catalog_path",
    metavar="FILE",
    help="Keep the catalog in this file; where it is there, only files that have changed are read.",
)
@click.option(
    "--reread",
    is_flag=True,
    help="Read every file, also those unchanged by size, time and inode (--catalog).",
)
@follow_links_option
@quiet_option
@click.option("--verbose", is_flag=True, help="Also name every file that was not loaded, on standard error.")
@ends_in_a_sentence
def inspect_command(
    paths: tuple[str, ...],
    format_: str,
    output: str | None,
    fail_on: str,
    profile_name: str,
    by_device: bool,
    mask_names: bool,
    with_uids: bool,
    with_references: bool,
    fetch_list: str | None,
    leftovers: bool,
    language: str,
    jobs: int,
    catalog_path: str | None,
    reread: bool,
    follow_links: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Read folders or files of DICOM and report every fault of identifiers and references.

    The files are never changed.
    """
    writer = _writer(format_, by_device=by_device)
    if language != ENGLISH and format_ != "html":
        raise UsageError("--language goes with --format html.")
    settings = load_rule_settings(profile_name)
    sources = resolve_sources(paths)
    cancel = CancelToken()
    with ExitStack() as at_the_end:
        with terminal_progress(quiet=quiet) as progress:
            if catalog_path is None:
                options = ScanOptions(jobs, follow_links, numbers=leftovers)
                catalog = at_the_end.enter_context(Catalog.create())
                load(catalog, sources, options, progress=progress, cancel=cancel)
            else:
                options = ScanOptions(jobs, follow_links, numbers=True, keep=True)
                kept = kept_catalog(
                    catalog_path,
                    sources,
                    options,
                    reread=reread,
                    progress=progress,
                    cancel=cancel,
                    told=lambda sentence: click.echo(sentence, err=True),
                )
                catalog = at_the_end.enter_context(kept)
            check_if_needed(catalog, settings, leftovers=leftovers, progress=progress, cancel=cancel)
        parts = InspectionParts(with_uids, with_references, shown_names(catalog, masked=mask_names))
        if verbose:
            _name_the_refused(catalog, parts.names)
        folders = [source.path for source in sources]
        if fetch_list is not None:
            from uidscope.core.report.fetch_list import fetch_list_csv  # noqa: PLC0415 - rarely asked for

            write_result(fetch_list_csv(catalog, cancel), fetch_list, folders)
        with spoken_in(language):
            write_result(writer(catalog, parts), output, folders)
        if cancel.cancelled:
            raise Cancelled("Cancelled.")
        return _status(catalog, fail_on)


def _writer(format_: str, *, by_device: bool) -> Writer:
    if not by_device:
        return _FORMATS[format_]
    if format_ not in _FORMATS_BY_DEVICE:
        raise UsageError(f"--by-device goes with --format {' or '.join(_FORMATS_BY_DEVICE)}.")
    return _FORMATS_BY_DEVICE[format_]


def _status(catalog: Catalog, fail_on: str) -> int:
    if fail_on == "never":
        return DONE
    found = counts(catalog).findings
    grave = found["error"] + (found["warning"] if fail_on == "warning" else 0)
    return FOUND if grave else DONE


def _name_the_refused(catalog: Catalog, names: ShownNames) -> None:
    for entry in not_loaded(catalog, names):
        detail = f" ({entry['detail']})" if entry["detail"] else ""
        click.echo(f"not loaded: {entry['file']}: {entry['reason']}{detail}", err=True)
