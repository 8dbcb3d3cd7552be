"""An export from request to result: checked, staged, read back, published."""

from __future__ import annotations

import contextlib
import os
from collections import Counter, deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, NamedTuple

from uidscope.core.errors import InputError, OutputError, UsageError, VerificationError
from uidscope.core.export.crosswalk import crosswalk_csv
from uidscope.core.export.durable import sync_file
from uidscope.core.export.file_head import HeadChange
from uidscope.core.export.layout import output_names
from uidscope.core.export.manifest import manifest_json
from uidscope.core.export.old_uids import old_uids_text
from uidscope.core.export.reference_check import ReferenceCheck, ReferenceCounts
from uidscope.core.export.request import ExportFile, ExportRequest, ExportResult, WrittenFile
from uidscope.core.export.rewrite import Rewritten, copy_unchanged, rewrite
from uidscope.core.export.segment_view import SegmentView
from uidscope.core.export.segments import write_segments
from uidscope.core.export.stage import Stage, staging
from uidscope.core.export.target import Target, check_space, check_target, target_names
from uidscope.core.export.verify import sha256_of, verify_copy, verify_file
from uidscope.core.plan.edit import Remove, RemoveItem
from uidscope.core.plan.entry import MapEntry
from uidscope.core.progress import CancelToken, Progress, ProgressCallback, ignore_progress
from uidscope.core.read.byte_window import ByteWindow, descriptor_window, open_for_reading, open_window, shown
from uidscope.core.read.read_file import read_bytes, stamp_of
from uidscope.core.read.record import FileRecord, NotLoaded
from uidscope.core.read.structure import FileStructure, StructureFault, parse_structure

# While some files wait for the disk or are hashed, the next is taken apart.
_FINISHERS: Final = 3
_MOST_WAITING: Final = 12


def export(
    request: ExportRequest,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
) -> ExportResult:
    """Write the files of a request below its target, and the crosswalk and the lists beside it.

    When it returns, everything is on the disk, has been read back and compared with the plan, and has its
    final name; a dry run writes nothing and returns the same numbers. When it raises, nothing has a final
    name and no source was touched. Raises ``OutputError``, ``InputError``, ``UsageError``,
    ``VerificationError``, ``Cancelled``, and what the edits of the request raise.
    """
    cancel = cancel or CancelToken()
    target = target_names(request.target)
    names = output_names(request)
    check_target(target, request.sources, request.files)
    _check_stamps(request.files, progress, cancel)
    if request.dry_run:
        with ReferenceCheck(request.decided) as references:
            return _dry_run(request, names, references, progress, cancel)
    check_space(target, request.files)
    try:
        with staging(target) as stage, ReferenceCheck(request.decided) as references:
            written, changes = _write_all(request, names, stage, references, progress, cancel)
            cancel.raise_if_cancelled()
            result = _result(request, written, changes, references.finish())
            _write_sidecars(stage, target, result)
            stage.publish()
    except OSError as error:
        reason = error.strerror or "output error"
        raise OutputError(f"{shown(target.folder)} cannot be written: {reason}.") from error
    return result


class _Prepared(NamedTuple):
    """A source that is open, and what becomes of it; no structure where it is copied unchanged."""

    file: ExportFile
    descriptor: int
    window: ByteWindow
    structure: FileStructure | None
    rewritten: Rewritten


class _Finished(NamedTuple):
    """A file that is on the disk and verified, and what the references are compared by."""

    file: WrittenFile
    before: FileRecord
    after: FileRecord
    removed: tuple[str, ...]


def _check_stamps(files: Iterable[ExportFile], progress: ProgressCallback, cancel: CancelToken) -> None:
    files = tuple(files)
    for done, file in enumerate(files):
        cancel.raise_if_cancelled()
        progress(Progress("checking", done, len(files), file.relative))
        try:
            status = os.stat(file.path)
        except OSError as error:
            raise InputError(f"{shown(file.path)} cannot be read: {error.strerror}.") from error
        _require_unchanged(file, status)


def _require_unchanged(file: ExportFile, status: os.stat_result) -> None:
    if stamp_of(status) != file.stamp:
        raise OutputError(f"{shown(file.path)} changed since it was read; rescan.")


def _prepare(file: ExportFile, *, keep_tiff_preamble: bool) -> _Prepared:
    """Open a source and work out its output. Whoever takes it closes the descriptor."""
    descriptor = open_for_reading(file.path, follow_links=True)
    try:
        _require_unchanged(file, os.fstat(descriptor))
        window = descriptor_window(descriptor, file.path)
        if file.changed == "unchanged":
            return _Prepared(file, descriptor, window, None, copy_unchanged(window))
        structure = parse_structure(window)
        rewritten = rewrite(structure, file.edits(structure), keep_tiff_preamble=keep_tiff_preamble)
        return _Prepared(file, descriptor, window, structure, rewritten)
    except BaseException as error:
        os.close(descriptor)
        if isinstance(error, StructureFault):
            raise InputError(f"{shown(file.path)} cannot be rewritten: {error}") from error
        if isinstance(error, UsageError):
            raise UsageError(f"{shown(file.path)}: {error}") from error
        raise


def _dry_run(
    request: ExportRequest,
    names: tuple[str, ...],
    references: ReferenceCheck,
    progress: ProgressCallback,
    cancel: CancelToken,
) -> ExportResult:
    written: list[WrittenFile] = []
    changes: Counter[HeadChange] = Counter()
    for done, (file, name) in enumerate(zip(request.files, names, strict=True)):
        cancel.raise_if_cancelled()
        progress(Progress("writing", done, len(names), name))
        prepared = _prepare(file, keep_tiff_preamble=request.keep_tiff_preamble)
        try:
            planned = SegmentView(prepared.rewritten.segments, prepared.window)
            references.add(name, *_pair(prepared, read_bytes(name, planned.size, planned.read)))
        finally:
            os.close(prepared.descriptor)
        changes.update(prepared.rewritten.changes)
        source = _source_name(request, file)
        written.append(WrittenFile(source, name, prepared.rewritten.size, "", file.changed))
    return _result(request, written, changes, references.finish())


def _write_all(
    request: ExportRequest,
    names: tuple[str, ...],
    stage: Stage,
    references: ReferenceCheck,
    progress: ProgressCallback,
    cancel: CancelToken,
) -> tuple[list[WrittenFile], Counter[HeadChange]]:
    """Write every file to the stage; each is on the disk and verified when this returns."""
    written: list[WrittenFile] = []
    changes: Counter[HeadChange] = Counter()
    waiting: deque[Future[_Finished]] = deque()

    def collect() -> None:
        finished = waiting.popleft().result()
        references.add(finished.file.output, finished.before, finished.after, finished.removed)
        written.append(finished.file)

    with ThreadPoolExecutor(_FINISHERS) as finishers:
        for done, (file, name) in enumerate(zip(request.files, names, strict=True)):
            cancel.raise_if_cancelled()
            progress(Progress("writing", done, len(names), name))
            if len(waiting) == _MOST_WAITING:
                collect()
            prepared = _prepare(file, keep_tiff_preamble=request.keep_tiff_preamble)
            changes.update(prepared.rewritten.changes)
            output = _write(prepared, stage, name)
            source = _source_name(request, file)
            waiting.append(finishers.submit(_finish, prepared, output, stage.path_of(name), source, name))
        while waiting:
            cancel.raise_if_cancelled()
            progress(Progress("verifying", len(written), len(names)))
            collect()
    return written, changes


def _write(prepared: _Prepared, stage: Stage, name: str) -> int:
    """Write one output and return its descriptor; on an error, close the source too."""
    with contextlib.ExitStack() as on_error:
        on_error.callback(os.close, prepared.descriptor)
        output = stage.create(name)
        on_error.callback(os.close, output)
        write_segments(prepared.rewritten.segments, prepared.descriptor, output)
        on_error.pop_all()
    return output


def _finish(prepared: _Prepared, output: int, path: str, source: str, name: str) -> _Finished:
    """Bring one output to the disk, read it back and compare it; close both files."""
    try:
        try:
            sync_file(output)
        finally:
            os.close(output)
        with open_window(path) as written:
            shown_name = shown(name)
            if prepared.structure is None:
                verify_copy(shown_name, prepared.window, prepared.rewritten, written)
            else:
                verify_file(shown_name, prepared.structure, prepared.rewritten, written)
            pair = _pair(prepared, read_bytes(name, written.size, written.at))
            sha256 = sha256_of(written)
            size = written.size
        _require_unchanged(prepared.file, os.fstat(prepared.descriptor))
    finally:
        os.close(prepared.descriptor)
    return _Finished(WrittenFile(source, name, size, sha256, prepared.file.changed), *pair)


def _pair(
    prepared: _Prepared, after: FileRecord | NotLoaded
) -> tuple[FileRecord, FileRecord, tuple[str, ...]]:
    """A file as it was, as it is, and the paths that the plan takes out of it."""
    before = read_bytes(prepared.file.relative, prepared.window.size, prepared.window.at)
    removed = tuple(edit.path for edit in prepared.rewritten.edits if isinstance(edit, Remove | RemoveItem))
    return _as_dicom(before), _as_dicom(after), removed


def _as_dicom(record: FileRecord | NotLoaded) -> FileRecord:
    if isinstance(record, NotLoaded):
        raise VerificationError(
            f"{shown(record.path)} can no longer be read as DICOM; nothing was published."
        )
    return record


def _source_name(request: ExportRequest, file: ExportFile) -> str:
    return file.relative if len(request.sources) == 1 else os.path.abspath(file.path)


def _result(
    request: ExportRequest,
    written: Iterable[WrittenFile],
    changes: Counter[HeadChange],
    references: ReferenceCounts,
) -> ExportResult:
    told = tuple(
        MapEntry(change.old, change.new, change.path, "all", change.reason, count, "meta")
        for change, count in changes.items()
    )
    return ExportResult(
        target=request.target,
        dry_run=request.dry_run,
        files=tuple(written),
        skipped=request.skipped,
        entries=(*request.map_entries, *told),
        references_before=references.before,
        references_after=references.after,
        verified=not request.dry_run,
    )


def _write_sidecars(stage: Stage, target: Target, result: ExportResult) -> None:
    stage.write_sidecar(target.crosswalk, crosswalk_csv(result.entries))
    stage.write_sidecar(target.manifest, manifest_json(result))
    stage.write_sidecar(target.old_uids, old_uids_text(result.entries))
