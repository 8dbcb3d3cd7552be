"""An export from request to result: checked, staged, read back, published."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from typing import Final

from uidscope.core.errors import InputError, OutputError, UsageError
from uidscope.core.export.archive import write_archive
from uidscope.core.export.crosswalk import crosswalk_csv
from uidscope.core.export.layout import output_names
from uidscope.core.export.manifest import manifest_json
from uidscope.core.export.media.dicomdir import plan_directory, write_directory
from uidscope.core.export.old_uids import old_uids_text
from uidscope.core.export.output_file import require_unchanged
from uidscope.core.export.reference_check import ReferenceCheck, ReferenceCounts
from uidscope.core.export.rejection_notes import plan_notes, rejection_notes
from uidscope.core.export.request import (
    Archive,
    Directory,
    ExportFile,
    ExportRequest,
    ExportResult,
    RejectionNote,
    StudyWritten,
)
from uidscope.core.export.stage import Stage, staging
from uidscope.core.export.target import Target, check_space, check_target, target_names
from uidscope.core.export.write_files import Written, plan_files, write_files
from uidscope.core.plan.entry import MapEntry
from uidscope.core.progress import CancelToken, Progress, ProgressCallback, ignore_progress
from uidscope.core.read.byte_window import shown

_FILE_SET_ID: Final = re.compile(r"[A-Z0-9_ ]{0,16}")  # CS (PS3.5 6.2)


def export(
    request: ExportRequest,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
) -> ExportResult:
    """Write the files of a request below its target, and the lists and notes beside it.

    When it returns, everything is on the disk, has been read back and compared with the plan, and has its
    final name; a dry run writes nothing and returns the same numbers. When it raises, nothing has a final
    name and no source was touched. Raises ``OutputError``, ``InputError``, ``UsageError``,
    ``DecisionNeeded``, ``VerificationError``, ``Cancelled``, and what the edits of the request raise.
    """
    cancel = cancel or CancelToken()
    target = target_names(request.target, zipped=request.zipped)
    names = output_names(request)
    _check_options(request)
    check_target(target, request.sources, request.files, resume=request.resume)
    _check_stamps(request.files, progress, cancel)
    directory = plan_directory(request, names, progress, cancel) if request.layout == "media" else None
    if request.dry_run:
        return _dry_run(request, target, names, directory, progress, cancel)
    try:
        check_space(target, request.files)
        with staging(target, request.journal, resume=request.resume) as stage:
            result = _write(request, target, names, stage, progress, cancel)
            cancel.raise_if_cancelled()
            stage.publish()
    except OSError as error:
        reason = error.strerror or "output error"
        raise OutputError(f"{shown(target.published)} cannot be written: {reason}.") from error
    return result


def _dry_run(
    request: ExportRequest,
    target: Target,
    names: tuple[str, ...],
    directory: Directory | None,
    progress: ProgressCallback,
    cancel: CancelToken,
) -> ExportResult:
    with ReferenceCheck(request.decided) as references:
        planned = plan_files(request, names, references, progress, cancel)
        counts = references.finish()
    archive = Archive(os.path.basename(target.archive), 0, "") if target.archive else None
    return _result(request, target, planned, counts, directory, archive, plan_notes(request, planned))


def _write(
    request: ExportRequest,
    target: Target,
    names: tuple[str, ...],
    stage: Stage,
    progress: ProgressCallback,
    cancel: CancelToken,
) -> ExportResult:
    """Bring everything that is to be published to the stage, verified."""
    with ReferenceCheck(request.decided) as references:
        written = write_files(request, names, stage, references, progress, cancel)
        cancel.raise_if_cancelled()
        counts = references.finish()
    directory, archive = None, None
    if request.layout == "media":
        directory = write_directory(request, names, stage, progress, cancel)
    if target.archive:
        archive = write_archive(stage, target, written.files, directory, progress, cancel)
    notes = rejection_notes(request, written)
    told = tuple(note.told for note in notes)
    result = _result(request, target, written, counts, directory, archive, told)
    if notes:
        stage.write_sidecar_folder(target.rejection, {note.told.output: note.content for note in notes})
    _write_sidecars(stage, target, request, result)
    return result


def _check_options(request: ExportRequest) -> None:
    if request.rejection is not None and not request.replaced:
        raise UsageError(
            "There is nothing to reject: the new objects stand beside the old ones and replace none."
        )
    if request.file_set_id and request.layout != "media":
        raise UsageError("A file-set ID goes with the layout “media” only.")
    if not _FILE_SET_ID.fullmatch(request.file_set_id):
        raise UsageError("A file-set ID has at most 16 characters: capitals, digits, spaces and underscores.")


def _check_stamps(files: Iterable[ExportFile], progress: ProgressCallback, cancel: CancelToken) -> None:
    files = tuple(files)
    for done, file in enumerate(files):
        cancel.raise_if_cancelled()
        progress(Progress("checking", done, len(files), file.relative))
        try:
            status = os.stat(file.path)
        except OSError as error:
            raise InputError(f"{shown(file.path)} cannot be read: {error.strerror}.") from error
        require_unchanged(file.path, file.stamp, status)


def _result(
    request: ExportRequest,
    target: Target,
    written: Written,
    references: ReferenceCounts,
    directory: Directory | None,
    archive: Archive | None,
    notes: tuple[RejectionNote, ...],
) -> ExportResult:
    told = tuple(
        MapEntry(change.old, change.new, change.path, "all", change.reason, count, "meta")
        for change, count in written.changes.items()
    )
    return ExportResult(
        target=target.published if target.archive else request.target,
        dry_run=request.dry_run,
        files=tuple(written.files),
        skipped=request.skipped,
        entries=(*request.map_entries, *told),
        references_before=references.before,
        references_after=references.after,
        verified=not request.dry_run,
        directory=directory,
        archive=archive,
        rejection_notes=notes,
        studies=tuple(StudyWritten(old, new, files) for (old, new), files in written.studies.items()),
        resumed=written.resumed,
        references_rewritten=references.rewritten,
        unresolved=references.unresolved,
    )


def _write_sidecars(stage: Stage, target: Target, request: ExportRequest, result: ExportResult) -> None:
    lists = {
        target.crosswalk: crosswalk_csv(result.entries),
        target.manifest: manifest_json(result),
        target.old_uids: old_uids_text(result.entries),
    }
    for path, content in lists.items():
        stage.write_sidecar(path, content)
    if request.change_record is not None:
        digests = {
            os.path.basename(path): hashlib.sha256(content).hexdigest() for path, content in lists.items()
        }
        stage.write_sidecar(target.change_record, request.change_record(result, digests))
