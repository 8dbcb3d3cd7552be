"""The way through the program: what the window and the command line both call, in order.

paths -> scan -> records -> catalog -> checks -> findings -> plan -> map -> export, each a function of its
own room; here they are only strung together, so that both faces do the same.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from uidscope.core.catalog.findings import keep_findings
from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.lookup import OccurrenceRow, display_paths, occurrences
from uidscope.core.catalog.rule_settings import RuleSettings, set_rule_settings
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import UsageError
from uidscope.core.export.export import export
from uidscope.core.export.journal import Journal
from uidscope.core.export.request import (
    ExportFile,
    ExportRequest,
    ExportResult,
    Layout,
    Place,
    RejectionTitle,
    Skipped,
)
from uidscope.core.judge.judge import judge
from uidscope.core.plan.edits.follow import edits_for
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.keys.new_entity import new_entity_uid
from uidscope.core.plan.replaced import replaced_occurrences
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import CancelToken, ProgressCallback, ignore_progress
from uidscope.core.read.find_files import Source
from uidscope.core.read.scan import ScanOptions, scan
from uidscope.core.report.change_record import ChangeNote, change_record_html
from uidscope.core.uid.schemes import Scheme, SchemeOptions, make_scheme


@dataclass(frozen=True, slots=True)
class Destination:
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


@dataclass(frozen=True, slots=True)
class Loaded:
    """How a load went; ``cancelled`` says that some files found were not read."""

    loaded: int
    not_loaded: int
    cancelled: bool


def load(
    catalog: Catalog,
    sources: Sequence[Source],
    options: ScanOptions | None = None,
    *,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
    shown: Callable[[], None] = lambda: None,
) -> Loaded:
    """Read every file below the sources into an empty catalog; archives are unpacked beside it.

    ``shown`` is called whenever more of the tree can be seen. A cancel keeps what was read.
    """
    cancel = cancel or CancelToken()
    loaded = not_loaded = 0
    writer = CatalogWriter(catalog)
    sources = [_with_room(catalog, source) for source in sources]
    for source in sources:
        if source.is_archive:
            writer.add_archive(source.path, source.unpack_to)
        else:
            writer.add_sources([(source.path, source.is_folder)])
    for batch in scan(sources, options, progress=progress, cancel=cancel):
        writer.add(batch.records)
        writer.add_not_loaded(batch.not_loaded)
        loaded += len(batch.records)
        not_loaded += len(batch.not_loaded)
        writer.commit()
        shown()
    writer.finish()
    shown()
    return Loaded(loaded, not_loaded, cancel.cancelled)


def _with_room(catalog: Catalog, source: Source) -> Source:
    return replace(source, unpack_to=catalog.new_folder()) if source.is_archive else source


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

    ``leftovers``: read every file a second time for UIDs that stand in text, private elements and
    documents (FILE-05).

    Raises Cancelled; the catalog then holds no findings.
    """
    if settings is not None:
        set_rule_settings(catalog, settings)
    found = judge(catalog, progress=progress, cancel=cancel or CancelToken(), leftovers=leftovers)
    keep_findings(catalog, found)


def write(
    catalog: Catalog,
    uid_map: UidMap,
    destination: Destination,
    *,
    plan: Plan | None = None,
    scheme: Scheme | None = None,
    journal: Journal | None = None,
    resume: bool = False,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
) -> ExportResult:
    """Write the output of a plan, verified, or tell in a dry run what would be written.

    ``plan`` is what the change record tells in words, ``scheme`` makes the UIDs of what is added
    (DICOMDIR, rejection notes). ``journal`` lets a later start go on with the work (``resume``).

    Raises ``DecisionNeeded`` where the plan leaves something open, ``UsageError`` where there is
    nothing to write, and what ``export`` raises; nothing then has a final name.
    """
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
    )
    return export(request, progress=progress, cancel=cancel)


def _export_file(row: OccurrenceRow, uid_map: UidMap) -> ExportFile:
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
