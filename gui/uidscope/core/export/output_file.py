"""One file of an export: written, brought to the disk, read back and held against its source.

What it is made from are plain values, and the source is opened and parsed here anew: this runs in a thread
or in a process of its own, and what is verified does not rest on what the plan was made from.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from uidscope.core.errors import InputError, OutputError, VerificationError
from uidscope.core.export.durable import FILE_MODE, create_file, reopen_file, sync_file
from uidscope.core.export.expected import Expected
from uidscope.core.export.segment_view import SegmentView
from uidscope.core.export.segments import Segment, write_segments
from uidscope.core.export.verify import sha256_of, verify_copy, verify_file
from uidscope.core.read.byte_window import ByteWindow, descriptor_window, open_for_reading, open_window, shown
from uidscope.core.read.read_file import MEMO, read_bytes, stamp_of
from uidscope.core.read.record import FileRecord, FileStamp, NotLoaded
from uidscope.core.read.structure import StructureFault, parse_structure


class OutputFile(NamedTuple):
    """One file to be written.

    ``source`` is where the source is, ``stamp`` what it was when it was read, ``relative`` its path below
    the source folder. ``target`` is where the file is written, in a folder that is there, and ``name`` its
    path in the output. A copy has the bytes of the source but for the preamble. ``takes_over``: a file that
    stands at ``target`` is kept where it is what would be written, byte for byte, else replaced.
    """

    source: str
    stamp: FileStamp
    relative: str
    target: str
    name: str
    segments: tuple[Segment, ...]
    expected: Expected
    is_copy: bool
    takes_over: bool


class WrittenOutput(NamedTuple):
    """A file that is on the disk and verified, and its source and itself as they are read.

    ``was_there`` says that it had not to be written.
    """

    size: int
    sha256: str
    before: FileRecord
    after: FileRecord
    was_there: bool


def write_output(output: OutputFile) -> WrittenOutput:
    """Write one file, bring it to the disk, read it back and compare it.

    Raises ``OutputError`` where the source is not what it was, ``InputError``, ``VerificationError``, and
    ``OSError`` where the target cannot be written.
    """
    descriptor = open_for_reading(output.source, follow_links=True)
    try:
        require_unchanged(output.source, output.stamp, os.fstat(descriptor))
        source = descriptor_window(descriptor, output.source)
        was_there = _write(output, source, descriptor)
        with open_window(output.target) as written:
            _verify(output, source, written)
            before = record_of(output.relative, source)
            after = record_of(output.name, written)
            result = WrittenOutput(written.size, sha256_of(written), before, after, was_there)
        require_unchanged(output.source, output.stamp, os.fstat(descriptor))
        return result
    finally:
        os.close(descriptor)


def require_unchanged(path: str, stamp: FileStamp, status: os.stat_result) -> None:
    """Raise ``OutputError`` where a source is not the file any more that was read."""
    if stamp_of(status) != stamp:
        raise OutputError(f"{shown(path)} changed since it was read; rescan.")


def record_of(path: str, window: ByteWindow) -> FileRecord:
    """Return what a scan reads of these bytes; ``VerificationError`` where that is no DICOM."""
    record = read_bytes(path, window.size, window.at, memo=MEMO)
    if isinstance(record, NotLoaded):
        raise VerificationError(
            f"{shown(record.path)} can no longer be read as DICOM; nothing was published."
        )
    return record


def _write(output: OutputFile, source: ByteWindow, descriptor: int) -> bool:
    """Have the file stand on the disk; say whether it was there."""
    is_there = output.takes_over and os.path.lexists(output.target)
    if is_there and not _is_as_planned(output, source):
        os.unlink(output.target)
        is_there = False
    target = reopen_file(output.target) if is_there else create_file(output.target, FILE_MODE)
    try:
        if not is_there:
            write_segments(output.segments, descriptor, target)
        sync_file(target)
    finally:
        os.close(target)
    return is_there


def _is_as_planned(output: OutputFile, source: ByteWindow) -> bool:
    """Say whether the file that stands there is, byte for byte, what would be written."""
    planned = SegmentView(output.segments, source)
    try:
        with open_window(output.target) as left:
            if left.size != planned.size:
                return False
            return sha256_of(left) == sha256_of(ByteWindow(planned.read, planned.size))
    except InputError:
        return False


def _verify(output: OutputFile, source: ByteWindow, written: ByteWindow) -> None:
    name = shown(output.name)
    if output.is_copy:
        verify_copy(name, source, output.expected.preamble, written)
        return
    try:
        structure = parse_structure(source)
    except StructureFault as error:
        raise InputError(f"{shown(output.source)} cannot be rewritten: {error}") from error
    verify_file(name, structure, output.expected, written)
