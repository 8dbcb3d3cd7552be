"""The files of a request, one after the other: prepared, written to the stage, read back and compared."""

from __future__ import annotations

import contextlib
import os
from collections import Counter, deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from uidscope.core.errors import InputError, OutputError, UsageError, VerificationError
from uidscope.core.export.durable import reopen_file, sync_file
from uidscope.core.export.file_head import HeadChange
from uidscope.core.export.reference_check import ReferenceCheck
from uidscope.core.export.request import ExportFile, ExportRequest, WrittenFile
from uidscope.core.export.rewrite import Rewritten, copy_unchanged, rewrite
from uidscope.core.export.segment_view import SegmentView
from uidscope.core.export.segments import write_segments
from uidscope.core.export.stage import Stage
from uidscope.core.export.verify import sha256_of, verify_copy, verify_file
from uidscope.core.plan.edits.edit import Put, Remove, RemoveItem
from uidscope.core.progress import CancelToken, Progress, ProgressCallback
from uidscope.core.read.byte_window import ByteWindow, descriptor_window, open_for_reading, open_window, shown
from uidscope.core.read.preamble import PREAMBLE_LENGTH
from uidscope.core.read.read_file import read_bytes, stamp_of
from uidscope.core.read.record import ENCAPSULATED_PIXELS, NATIVE_PIXELS, FileRecord, NotLoaded
from uidscope.core.read.structure import FileStructure, StructureFault, parse_structure

# While some files wait for the disk or are hashed, the next is taken apart.
_FINISHERS: Final = 3
_MOST_WAITING: Final = 12


class OldObject(NamedTuple):
    """An object as it was before, by its keys, and the file it is in."""

    path: str
    study_uid: str
    series_uid: str
    instance_uid: str
    class_uid: str
    has_pixels: bool


@dataclass(slots=True)
class Written:
    """What was written, or in a dry run would be; it grows file by file.

    ``replaced`` are the old objects that new ones take the place of, one for each SOP Instance UID;
    ``studies`` counts the files by their old and new Study Instance UID; ``resumed`` counts those found
    as an interrupted export had left them.
    """

    files: list[WrittenFile] = field(default_factory=list)
    changes: Counter[HeadChange] = field(default_factory=Counter)
    replaced: dict[str, OldObject] = field(default_factory=dict)
    studies: Counter[tuple[str, str]] = field(default_factory=Counter)
    resumed: int = 0


class _Prepared(NamedTuple):
    """A source that is open, and what becomes of it; no structure where it is copied unchanged."""

    file: ExportFile
    descriptor: int
    window: ByteWindow
    structure: FileStructure | None
    rewritten: Rewritten


class _Finished(NamedTuple):
    """A file that is on the disk and verified, and what the references are compared by."""

    origin: ExportFile
    file: WrittenFile
    before: FileRecord
    after: FileRecord
    removed: tuple[str, ...]


def require_unchanged(file: ExportFile, status: os.stat_result) -> None:
    """Raise ``OutputError`` where a source is not the file any more that was read."""
    if stamp_of(status) != file.stamp:
        raise OutputError(f"{shown(file.path)} changed since it was read; rescan.")


def plan_files(
    request: ExportRequest,
    names: tuple[str, ...],
    references: ReferenceCheck,
    progress: ProgressCallback,
    cancel: CancelToken,
) -> Written:
    """Work out every file and write none: sizes and references are those that writing gives."""
    written = Written()
    for done, (file, name) in enumerate(zip(request.files, names, strict=True)):
        cancel.raise_if_cancelled()
        progress(Progress("writing", done, len(names), name))
        prepared = _prepare(file, request)
        try:
            planned = SegmentView(prepared.rewritten.segments, prepared.window)
            pair = _pair(prepared, read_bytes(name, planned.size, planned.read))
        finally:
            os.close(prepared.descriptor)
        written.changes.update(prepared.rewritten.changes)
        source = _source_name(request, file)
        told = WrittenFile(source, name, prepared.rewritten.size, "", file.changed)
        _take(_Finished(file, told, *pair), request, references, written)
    return written


def write_files(
    request: ExportRequest,
    names: tuple[str, ...],
    stage: Stage,
    references: ReferenceCheck,
    progress: ProgressCallback,
    cancel: CancelToken,
) -> Written:
    """Write every file to the stage; each is on the disk and verified when this returns."""
    written = Written()
    waiting: deque[Future[_Finished]] = deque()

    def collect() -> None:
        _take(waiting.popleft().result(), request, references, written)

    if request.resume:
        stage.remove_all_but(names)
    with ThreadPoolExecutor(_FINISHERS) as finishers:
        for done, (file, name) in enumerate(zip(request.files, names, strict=True)):
            cancel.raise_if_cancelled()
            progress(Progress("writing", done, len(names), name))
            if len(waiting) == _MOST_WAITING:
                collect()
            prepared = _prepare(file, request)
            written.changes.update(prepared.rewritten.changes)
            output, was_there = _write(prepared, stage, name, resume=request.resume)
            written.resumed += was_there
            source = _source_name(request, file)
            waiting.append(finishers.submit(_finish, prepared, output, stage.path_of(name), source, name))
        while waiting:
            cancel.raise_if_cancelled()
            progress(Progress("verifying", len(written.files), len(names)))
            collect()
    return written


def _take(finished: _Finished, request: ExportRequest, references: ReferenceCheck, written: Written) -> None:
    references.add(finished.file.output, finished.before, finished.after, finished.removed)
    written.files.append(finished.file)
    written.studies[_study(finished.before), _study(finished.after)] += 1
    if request.rejection is not None and finished.origin.occurrence in request.replaced:
        old = _old_object(finished.origin.path, finished.before)
        written.replaced.setdefault(old.instance_uid, old)


def _old_object(path: str, record: FileRecord) -> OldObject:
    return OldObject(
        path,
        _study(record),
        record.attribute("SeriesInstanceUID"),
        record.sop_instance_uid,
        record.attribute("SOPClassUID"),
        bool(record.flags & (NATIVE_PIXELS | ENCAPSULATED_PIXELS)),
    )


def _prepare(file: ExportFile, request: ExportRequest) -> _Prepared:
    """Open a source and work out its output. Whoever takes it closes the descriptor."""
    descriptor = open_for_reading(file.path, follow_links=True)
    try:
        require_unchanged(file, os.fstat(descriptor))
        window = descriptor_window(descriptor, file.path)
        # Media hold files with a file meta and no others (PS3.10 7.1).
        bare_on_media = request.layout == "media" and window.at(PREAMBLE_LENGTH, 4) != b"DICM"
        if file.changed == "unchanged" and not bare_on_media:
            return _Prepared(file, descriptor, window, None, copy_unchanged(window))
        structure = parse_structure(window)
        edits = () if file.changed == "unchanged" else file.edits(structure)
        rewritten = rewrite(structure, edits, keep_tiff_preamble=request.keep_tiff_preamble)
        return _Prepared(file, descriptor, window, structure, rewritten)
    except BaseException as error:
        os.close(descriptor)
        if isinstance(error, StructureFault):
            raise InputError(f"{shown(file.path)} cannot be rewritten: {error}") from error
        if isinstance(error, UsageError):
            raise UsageError(f"{shown(file.path)}: {error}") from error
        raise


def _write(prepared: _Prepared, stage: Stage, name: str, *, resume: bool) -> tuple[int, bool]:
    """Write one output; return its descriptor, and whether it was there. On an error, close the source."""
    with contextlib.ExitStack() as on_error:
        on_error.callback(os.close, prepared.descriptor)
        if resume and stage.has(name):
            if _is_as_planned(prepared, stage.path_of(name)):
                output = reopen_file(stage.path_of(name))
                on_error.pop_all()
                return output, True
            stage.remove(name)
        output = stage.create(name)
        on_error.callback(os.close, output)
        write_segments(prepared.rewritten.segments, prepared.descriptor, output)
        on_error.pop_all()
    return output, False


def _is_as_planned(prepared: _Prepared, path: str) -> bool:
    """Say whether the file that an interrupted export left is, byte for byte, what would be written."""
    planned = SegmentView(prepared.rewritten.segments, prepared.window)
    try:
        with open_window(path) as left:
            if left.size != planned.size:
                return False
            return sha256_of(left) == sha256_of(ByteWindow(planned.read, planned.size))
    except InputError:
        return False


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
        require_unchanged(prepared.file, os.fstat(prepared.descriptor))
    finally:
        os.close(prepared.descriptor)
    told = WrittenFile(source, name, size, sha256, prepared.file.changed)
    return _Finished(prepared.file, told, *pair)


def _pair(
    prepared: _Prepared, after: FileRecord | NotLoaded
) -> tuple[FileRecord, FileRecord, tuple[str, ...]]:
    """A file as it was, as it is, and the paths that the plan takes out of it."""
    before = read_bytes(prepared.file.relative, prepared.window.size, prepared.window.at)
    removed = tuple(
        edit.path
        for edit in prepared.rewritten.edits
        if isinstance(edit, Remove | RemoveItem) or (isinstance(edit, Put) and edit.vr == "SQ")
    )
    return _as_dicom(before), _as_dicom(after), removed


def _study(record: FileRecord) -> str:
    return record.attribute("StudyInstanceUID")


def _as_dicom(record: FileRecord | NotLoaded) -> FileRecord:
    if isinstance(record, NotLoaded):
        raise VerificationError(
            f"{shown(record.path)} can no longer be read as DICOM; nothing was published."
        )
    return record


def _source_name(request: ExportRequest, file: ExportFile) -> str:
    return file.relative if len(request.sources) == 1 else os.path.abspath(file.named or file.path)
