"""The way through the program: what the window and the command line both call, in order.

paths -> scan -> records -> catalog -> checks -> findings -> plan -> map -> export, each a function of its
own room; here they are only strung together, so that both faces do the same.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from uidscope import __version__
from uidscope.core.audit.event import Action
from uidscope.core.audit.recording import recorded
from uidscope.core.catalog.findings import keep_findings, severity_counts
from uidscope.core.catalog.kept_files import KeptFiles, begin_keeping, end_keeping
from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.loaded_uids import loaded_among
from uidscope.core.catalog.lookup import OccurrenceRow, display_paths, occurrences
from uidscope.core.catalog.rule_settings import RuleSettings, set_rule_settings
from uidscope.core.catalog.store import Catalog, tells_failures
from uidscope.core.catalog.study_uids import study_uids
from uidscope.core.catalog.tree import counts
from uidscope.core.collector import seldom_collected
from uidscope.core.errors import UsageError
from uidscope.core.progress import CancelToken, ProgressCallback, ignore_progress
from uidscope.core.read.find_files import Source
from uidscope.core.read.scan import ScanOptions, scan

# What writes is loaded when something is written: those that only look start in half the time.
if TYPE_CHECKING:
    from uidscope.core.export.journal import Journal
    from uidscope.core.export.request import (
        ExportFile,
        ExportRequest,
        ExportResult,
        Layout,
        RejectionTitle,
    )
    from uidscope.core.plan.intention import Plan
    from uidscope.core.plan.uid_map import UidMap
    from uidscope.core.report.change_record import ChangeNote
    from uidscope.core.uid.schemes import Scheme

_CHECKED: Final = "checked"
# Each time the pages changed since are written anew, and of an index of UIDs that is most of them.
_SECONDS_BETWEEN_COMMITS: Final = 0.25


class Destination(NamedTuple):
    """Where an export goes, and what comes with it; a dry run goes nowhere and tells the same numbers.

    ``zipped``: one archive instead of a folder. ``file_set_id`` is for the layout ``media``. ``rejection``
    is the title of the notes that reject the objects replaced, ``change`` what the change record says.
    """

    target: str
    layout: Layout = "keep"
    dry_run: bool = False
    zipped: bool = False
    file_set_id: str = ""
    rejection: RejectionTitle | None = None
    change: ChangeNote | None = None


class Loaded(NamedTuple):
    """How a load went; ``cancelled`` says that some files found were not read.

    ``unchanged``: nothing had to be, as a scan would have found what was there.
    """

    loaded: int
    not_loaded: int
    cancelled: bool
    unchanged: bool = False


@tells_failures
def load(
    catalog: Catalog,
    sources: Sequence[Source],
    options: ScanOptions | None = None,
    *,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
    shown: Callable[[], None] = lambda: None,
    before: Catalog | None = None,
) -> Loaded:
    """Read every file below the sources into an empty catalog; archives are unpacked beside it.

    ``shown`` is called whenever more of the tree can be seen. A cancel keeps what was read. ``before`` is the
    catalog of an earlier scan: a file that it knows and that has not changed is not opened. The result is
    that of a scan without it.
    """
    cancel = cancel or CancelToken()
    options = options or ScanOptions()
    loaded = not_loaded = 0
    with recorded("load", lambda: study_uids(catalog)) as record, seldom_collected():
        writer = CatalogWriter(catalog)
        sources = [_with_room(catalog, source) for source in sources]
        for source in sources:
            if source.is_archive:
                writer.add_archive(source.path, source.unpack_to)
            else:
                writer.add_sources([(source.path, source.is_folder)])
        if options.keep:
            begin_keeping(catalog, sources, options)
        known = None if before is None else KeptFiles(before, sources, options)
        committed = 0.0
        for batch in scan(sources, options, progress=progress, cancel=cancel, known=known):
            writer.add(batch.records, batch.numbers)
            writer.add_not_loaded(batch.not_loaded)
            if batch.kept:
                writer.keep(batch.source, batch.kept, batch.read_ns)
            loaded += len(batch.records)
            not_loaded += len(batch.not_loaded)
            if time.monotonic() - committed > _SECONDS_BETWEEN_COMMITS:
                writer.commit()
                committed = time.monotonic()
                shown()
        writer.finish()
        if options.numbers:
            from uidscope.core.judge.leftover_rules import LOOKED_FOR  # noqa: PLC0415 - as of ``check``

            catalog.set_about(*LOOKED_FOR)
        if options.keep and not cancel.cancelled:
            end_keeping(catalog)
        shown()
        record.count({"sources": len(sources), "loaded": loaded, "not-loaded": not_loaded})
        record.outcome = "cancelled" if cancel.cancelled else "success"
    return Loaded(loaded, not_loaded, cancel.cancelled)


def loaded_before(catalog: Catalog) -> Loaded:
    """Return how the load of a catalog went that is still what a scan would find."""
    found = counts(catalog, references=False)
    return Loaded(found.loaded, found.not_loaded, cancelled=False, unchanged=True)


def _with_room(catalog: Catalog, source: Source) -> Source:
    return source._replace(unpack_to=catalog.new_folder()) if source.is_archive else source


@tells_failures
def check(
    catalog: Catalog,
    settings: RuleSettings | None = None,
    *,
    leftovers: bool = True,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Judge all that is loaded and keep the findings in the catalog.

    ``settings`` give the rules their severities and say what is ignored; None: those that the catalog has,
    ``strict`` where it was given none. ``set_rule_settings`` changes them later without a new check.

    ``leftovers``: look for UIDs that stand in text, private elements and documents (FILE-05). Every file is
    read a second time where the scan has not looked for them (``ScanOptions.numbers``).

    Raises Cancelled; the catalog then holds no findings.
    """
    from uidscope.core.judge.judge import judge  # noqa: PLC0415 - the window is up before anything is checked

    if settings is not None:
        set_rule_settings(catalog, settings)
    catalog.set_about(_CHECKED, "")
    with recorded("check", lambda: study_uids(catalog)) as record, seldom_collected():
        found = judge(catalog, progress=progress, cancel=cancel or CancelToken(), leftovers=leftovers)
        keep_findings(catalog, found)
        catalog.set_about(_CHECKED, _by_what(leftovers=leftovers))
        record.count({f"findings-{severity}": n for severity, n in severity_counts(catalog).items()})


def is_checked(catalog: Catalog, *, leftovers: bool = True) -> bool:
    """Say whether a catalog holds what ``check`` would find, severities aside."""
    return catalog.about(_CHECKED) == _by_what(leftovers=leftovers)


def _by_what(*, leftovers: bool) -> str:
    return f"{__version__} {'with' if leftovers else 'without'} leftovers"


@tells_failures
def write(
    catalog: Catalog,
    uid_map: UidMap,
    destination: Destination,
    *,
    plan: Plan | None = None,
    scheme: Scheme | None = None,
    journal: Journal | None = None,
    resume: bool = False,
    processes: int = 0,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
) -> ExportResult:
    """Write the output of a plan, verified, or tell in a dry run what would be written.

    ``plan`` is what the change record tells in words, ``scheme`` makes the UIDs of what is added
    (DICOMDIR, rejection notes). ``journal`` lets a later start go on with the work (``resume``).
    ``processes`` is how many may write, 0 as many as is best.

    Raises ``DecisionNeeded`` where the plan leaves something open, ``UsageError`` where there is
    nothing to write, and what ``export`` raises; nothing then has a final name.
    """
    from uidscope.core.export.export import export  # noqa: PLC0415 - as said above; so the others
    from uidscope.core.export.request import ExportRequest, Skipped  # noqa: PLC0415
    from uidscope.core.plan.keys.new_entity import new_entity_uid  # noqa: PLC0415
    from uidscope.core.plan.replaced import replaced_occurrences  # noqa: PLC0415
    from uidscope.core.report.change_record import change_record_html  # noqa: PLC0415
    from uidscope.core.uid.schemes import SchemeOptions, make_scheme  # noqa: PLC0415

    uid_map.require_decided()
    if not uid_map.outcomes:
        raise UsageError("Nothing of what is selected can be written.")
    change = destination.change
    skipped = {each.occurrence: each.reason for each in uid_map.skipped}
    paths = display_paths(catalog, skipped)
    request = ExportRequest(
        sources=tuple(source.path for source in catalog.sources()),
        target=destination.target,
        layout=destination.layout,
        dry_run=destination.dry_run,
        files=tuple(_export_file(row, uid_map) for row in occurrences(catalog, uid_map.outcomes)),
        skipped=tuple(Skipped(paths[occurrence], reason) for occurrence, reason in skipped.items()),
        map_entries=tuple(uid_map.entries()),
        decided=frozenset(uid_map.meant),
        zipped=destination.zipped,
        file_set_id=destination.file_set_id,
        new_uid=new_entity_uid(catalog, uid_map, scheme or make_scheme(SchemeOptions())),
        rejection=destination.rejection,
        replaced=replaced_occurrences(uid_map) if destination.rejection else frozenset(),
        change_record=functools.partial(change_record_html, change, plan) if change else None,
        journal=journal,
        resume=resume,
        processes=processes,
    )
    if destination.dry_run:
        return _with_loaded(catalog, export(request, progress=progress, cancel=cancel))
    with recorded(_action(uid_map, resume=resume), lambda: _studies(catalog, request)) as record:
        result = export(request, progress=progress, cancel=cancel)
        record.count(_counts(request, result))
    return _with_loaded(catalog, result)


def _with_loaded(catalog: Catalog, result: ExportResult) -> ExportResult:
    """The result, which says of what is missing in it whether it is loaded."""
    missing = {each.uid for each in result.unresolved if each.state == "missing"}
    loaded = loaded_among(catalog, missing) if missing else frozenset()
    told = (each._replace(is_loaded=each.uid in loaded) for each in result.unresolved)
    return replace(result, unresolved=tuple(told))


def _action(uid_map: UidMap, *, resume: bool) -> Action:
    if uid_map.undoes:
        return "undo"
    return "resumed" if resume else "export"


def _studies(catalog: Catalog, request: ExportRequest) -> tuple[str, ...]:
    """The studies of an export by their old UIDs: with the new ones too the log would re-identify."""
    return study_uids(catalog, {int(file.place.study) for file in request.files})


def _counts(request: ExportRequest, result: ExportResult) -> dict[str, int]:
    new_uids = sum(entry.is_new_uid for entry in request.map_entries)
    return {"files": len(result.files), "skipped": len(result.skipped), "new-uids": new_uids}


def _export_file(row: OccurrenceRow, uid_map: UidMap) -> ExportFile:
    from uidscope.core.export.request import ExportFile, Place  # noqa: PLC0415
    from uidscope.core.plan.edits.follow import edits_for  # noqa: PLC0415

    return ExportFile(
        path=row.absolute_path,
        root=row.source_path,
        named=row.named_path,
        relative=row.relative_path,
        stamp=row.stamp,
        occurrence=row.id,
        changed=uid_map.changed(row.id),
        edits=lambda structure: edits_for(structure, row.id, uid_map),
        place=Place(
            str(row.patient_id), str(row.study_id), str(row.series_id), row.profile.get("Modality", "")
        ),
    )
