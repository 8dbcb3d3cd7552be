"""``uidscope compare``: is one folder a complete copy of another?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

import click

from uidscope.cli.outcome import DONE, FOUND, ends_in_a_sentence
from uidscope.cli.reading_options import follow_links_option, jobs_option, language_option, quiet_option
from uidscope.cli.result_file import write_result
from uidscope.cli.terminal_progress import terminal_progress
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import Cancelled, UsageError
from uidscope.core.flow import load
from uidscope.core.judge.folder_comparison import FolderComparison, compare_folders
from uidscope.core.language import ENGLISH, spoken_in
from uidscope.core.progress import CancelToken
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import ScanOptions
from uidscope.core.report.comparing.comparison import ComparedFolders, comparison, with_masked_names
from uidscope.core.report.comparing.comparison_html import comparison_html
from uidscope.core.report.comparing.comparison_table import comparison_csv
from uidscope.core.report.comparing.comparison_text import comparison_text
from uidscope.core.report.comparing.side_by_side import SideBySide, files_side_by_side, without_names
from uidscope.core.report.comparing.side_by_side_report import side_by_side_json, side_by_side_text


def _json(compared: ComparedFolders) -> Iterator[str]:
    yield json.dumps(comparison(compared), indent=1, ensure_ascii=True) + "\n"


_FORMATS: dict[str, Callable[[ComparedFolders], Iterable[str]]] = {
    "text": comparison_text,
    "json": _json,
    "csv": comparison_csv,
    "html": comparison_html,
}
_FAILURES: dict[str, Callable[[FolderComparison], bool]] = {
    "any": lambda result: bool(result.differences) or not result.same_content,
    "content": lambda result: not result.same_content,
    "missing": lambda result: bool(result.counts["missing"]),
    "never": lambda _: False,
}


_FORMATS_OF_FILES: dict[str, Callable[[SideBySide], Iterable[str]]] = {
    "text": side_by_side_text,
    "json": side_by_side_json,
}
_FAILURES_OF_FILES: dict[str, Callable[[SideBySide], bool]] = {
    "any": lambda compared: not compared.same_bytes,
    "content": lambda compared: not compared.same_content,
    "missing": lambda _: False,
    "never": lambda _: False,
}


@click.command("compare")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--format", "format_", type=click.Choice(list(_FORMATS)), default="text", show_default=True)
@click.option("-o", "output", metavar="FILE", help="Write the result there instead of standard output.")
@click.option(
    "--fail-on",
    type=click.Choice(list(_FAILURES)),
    default="content",
    show_default=True,
    help="Exit with status 1: any: when an instance is not the same, byte for byte; content: when its content"
    " is not, or was not seen to be; missing: when B lacks one.",
)
@click.option(
    "--mask-names",
    is_flag=True,
    help="Write file-000001 for the names of files and folders, and no descriptions. No de-identification.",
)
@language_option
@jobs_option
@follow_links_option
@quiet_option
@ends_in_a_sentence
def compare_command(
    first: str,
    second: str,
    format_: str,
    output: str | None,
    fail_on: str,
    mask_names: bool,
    language: str,
    jobs: int,
    follow_links: bool,
    quiet: bool,
) -> int:
    """Compare folder B, instance by instance, with folder A, of which it should be a copy.

    Instances are paired by SOP Instance UID and told apart by their content: missing, extra, header
    changed, pixel data changed, or the same in another encoding. The files are never changed.

    Two files are shown side by side, element by element (text, json).
    """
    if language != ENGLISH and format_ != "html":
        raise UsageError("--language goes with --format html.")
    sources = [resolve_sources([path]) for path in (first, second)]
    cancel = CancelToken()
    if format_ in _FORMATS_OF_FILES and not any(source.is_folder for (source,) in sources):
        files = files_side_by_side(sources[0][0].path, sources[1][0].path, cancel)
        told = without_names(files) if mask_names else files
        write_result(_FORMATS_OF_FILES[format_](told), output, [source.path for (source,) in sources])
        return FOUND if _FAILURES_OF_FILES[fail_on](files) else DONE
    with (
        Catalog.create(None) as first_catalog,
        Catalog.create(None) as second_catalog,
        terminal_progress(quiet=quiet) as progress,
    ):
        catalogs = (first_catalog, second_catalog)
        for catalog, source in zip(catalogs, sources, strict=True):
            options = ScanOptions(jobs, follow_links)
            if load(catalog, source, options, progress=progress, cancel=cancel).cancelled:
                raise Cancelled("Cancelled; nothing was compared.")
        result = compare_folders(*catalogs, progress=progress, cancel=cancel)
        compared = ComparedFolders(*catalogs, result)
        if mask_names:
            compared = with_masked_names(compared)
        with spoken_in(language):
            write_result(
                _FORMATS[format_](compared), output, [each.path for source in sources for each in source]
            )
    return FOUND if _FAILURES[fail_on](result) else DONE
