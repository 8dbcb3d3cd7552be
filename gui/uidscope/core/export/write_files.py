"""The files of a request, one after the other: planned here, written and verified by the writers."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple

from uidscope.core.errors import InputError, UsageError
from uidscope.core.export.expected import expected_of
from uidscope.core.export.file_head import HeadChange
from uidscope.core.export.output_file import OutputFile, record_of, require_unchanged
from uidscope.core.export.reference_check import ReferenceCheck
from uidscope.core.export.request import ExportFile, ExportRequest, WrittenFile
from uidscope.core.export.rewrite import Rewritten, copy_unchanged, rewrite
from uidscope.core.export.segment_view import SegmentView
from uidscope.core.export.stage import Stage
from uidscope.core.export.writers import processes_for, write_outputs
from uidscope.core.plan.edits.edit import Put, Remove, RemoveItem
from uidscope.core.progress import CancelToken, Progress, ProgressCallback
from uidscope.core.read.byte_window import ByteWindow, descriptor_window, open_for_reading, shown
from uidscope.core.read.preamble import PREAMBLE_LENGTH
from uidscope.core.read.record import ENCAPSULATED_PIXELS, NATIVE_PIXELS, FileRecord
from uidscope.core.read.structure import StructureFault, parse_structure


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


class _Finished(NamedTuple):
    """A file that is on the disk and verified, and what the references are compared by."""

    origin: ExportFile
    file: WrittenFile
    before: FileRecord
    after: FileRecord
    removed: tuple[str, ...]


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
        descriptor = open_for_reading(file.path, follow_links=True)
        try:
            window, rewritten = _rewritten(file, request, descriptor)
            planned = SegmentView(rewritten.segments, window)
            before = record_of(file.relative, window)
            after = record_of(name, ByteWindow(planned.read, planned.size))
        finally:
            os.close(descriptor)
        written.changes.update(rewritten.changes)
        told = WrittenFile(_source_name(request, file), name, rewritten.size, "", file.changed)
        _take(_Finished(file, told, before, after, _removed(rewritten)), request, references, written)
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
    removed: list[tuple[str, ...]] = []

    def planned() -> Iterator[OutputFile]:
        for done, (file, name) in enumerate(zip(request.files, names, strict=True)):
            cancel.raise_if_cancelled()
            progress(Progress("writing", done, len(names), name))
            descriptor = open_for_reading(file.path, follow_links=True)
            try:
                _, rewritten = _rewritten(file, request, descriptor)
            finally:
                os.close(descriptor)
            written.changes.update(rewritten.changes)
            removed.append(_removed(rewritten))
            yield _output(file, rewritten, name, stage.make_way(name), takes_over=request.resume)

    if request.resume:
        stage.remove_all_but(names)
    outputs = write_outputs(planned(), processes_for(len(names), request.processes))
    with closing(outputs):
        for file, name, output in zip(request.files, names, outputs, strict=True):
            if len(removed) == len(names):
                cancel.raise_if_cancelled()
                progress(Progress("verifying", len(written.files), len(names)))
            told = WrittenFile(_source_name(request, file), name, output.size, output.sha256, file.changed)
            finished = _Finished(file, told, output.before, output.after, removed[len(written.files)])
            _take(finished, request, references, written)
            written.resumed += output.was_there
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


def _rewritten(file: ExportFile, request: ExportRequest, descriptor: int) -> tuple[ByteWindow, Rewritten]:
    """Return the bytes of a source that is open, and what becomes of it."""
    require_unchanged(file.path, file.stamp, os.fstat(descriptor))
    window = descriptor_window(descriptor, file.path)
    # Media hold files with a file meta and no others (PS3.10 7.1).
    bare_on_media = request.layout == "media" and window.at(PREAMBLE_LENGTH, 4) != b"DICM"
    if file.changed == "unchanged" and not bare_on_media:
        return window, copy_unchanged(window)
    try:
        structure = parse_structure(window)
        edits = () if file.changed == "unchanged" else file.edits(structure)
        return window, rewrite(structure, edits, keep_tiff_preamble=request.keep_tiff_preamble)
    except StructureFault as error:
        raise InputError(f"{shown(file.path)} cannot be rewritten: {error}") from error
    except UsageError as error:
        raise UsageError(f"{shown(file.path)}: {error}") from error


def _output(
    file: ExportFile, rewritten: Rewritten, name: str, target: str, *, takes_over: bool
) -> OutputFile:
    expected = expected_of(rewritten.preamble, rewritten.edits)
    return OutputFile(
        file.path,
        file.stamp,
        file.relative,
        target,
        name,
        rewritten.segments,
        expected,
        rewritten.is_copy,
        takes_over,
    )


def _removed(rewritten: Rewritten) -> tuple[str, ...]:
    """The paths that the plan takes out of a file, or puts anew with all that they hold."""
    return tuple(
        edit.path
        for edit in rewritten.edits
        if isinstance(edit, Remove | RemoveItem) or (isinstance(edit, Put) and edit.vr == "SQ")
    )


def _study(record: FileRecord) -> str:
    return record.attribute("StudyInstanceUID")


def _source_name(request: ExportRequest, file: ExportFile) -> str:
    return file.relative if len(request.sources) == 1 else os.path.abspath(file.named or file.path)
