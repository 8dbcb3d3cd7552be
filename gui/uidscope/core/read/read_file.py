"""One file to one record, or to the reason why it is not loaded. Files are opened read-only."""

from __future__ import annotations

import os
from typing import Final

from uidscope.core.read.archive_head import looks_like_archive
from uidscope.core.read.encoding import FileStart, InflatedTooLarge
from uidscope.core.read.file_bytes import FileBytes
from uidscope.core.read.make_record import make_record
from uidscope.core.read.platform_io import (
    LINK_REFUSED,
    OFFLINE,
    NotRegular,
    open_regular,
    open_with_status,
    read_at,
)
from uidscope.core.read.record import HARD_LINKED, FileRecord, FileStamp, NotLoaded
from uidscope.core.read.record_memo import RecordMemo
from uidscope.core.read.walk import Walk
from uidscope.core.read.walker import ReadAt, TooDeep, TooLarge

# Of this process.
MEMO: Final = RecordMemo()


def stamp_of(status: os.stat_result) -> FileStamp:
    """What tells later whether this is still the same file."""
    return FileStamp(status.st_size, status.st_mtime_ns, status.st_dev, status.st_ino)


def read_file(
    source: int,
    path: str,
    file: str | bytes,
    *,
    follow_links: bool = False,
    memo: RecordMemo | None = MEMO,
) -> FileRecord | NotLoaded:
    """Read one file; ``path`` is how it is called in the record, ``file`` where it is.

    ``memo`` holds what was learned from the files before; without one each is walked. The record is the
    same. Never raises for what a file holds or for a file that cannot be read.
    """
    try:
        descriptor, status = open_with_status(file, follow_links=follow_links)
    except OSError as error:
        return _unreadable(source, path, error)
    try:
        return _read_open_file(source, path, descriptor, status, memo)
    except OSError as error:
        return _unreadable(source, path, error)
    except TooDeep:
        return NotLoaded(source, path, "too-deep", "sequences are nested more than 64 deep")
    except TooLarge:
        return NotLoaded(source, path, "too-large", "more items than can be read")
    except InflatedTooLarge:
        return NotLoaded(source, path, "too-large", "the inflated data set is larger than allowed")
    finally:
        os.close(descriptor)


def walk_file(file: str | bytes) -> tuple[FileStart, Walk] | None:
    """Start and walk of one loaded file, for element paths with item numbers; ``None`` where it has gone."""
    try:
        descriptor = open_regular(file, follow_links=True)
    except OSError:
        return None
    try:
        opened = _open_bytes(descriptor, os.fstat(descriptor).st_size, MEMO)
        start = opened.start()
        return None if start is None else (start, opened.walk(start)[0])
    except (OSError, TooDeep, TooLarge, InflatedTooLarge):
        return None
    finally:
        os.close(descriptor)


def read_bytes(
    path: str, size: int, read: ReadAt, *, memo: RecordMemo | None = None
) -> FileRecord | NotLoaded:
    """Read what is no file yet: ``size`` bytes that ``read(offset, length)`` brings; the stamp is empty.

    ``memo`` as of ``read_file``. Raises TooDeep, TooLarge and InflatedTooLarge, and what ``read`` raises.
    """
    data = FileBytes(size, read, items=memo.items if memo else None)
    return _read(0, path, FileStamp(size, 0, 0, 0), data, memo)


def _open_bytes(descriptor: int, size: int, memo: RecordMemo | None) -> FileBytes:
    return FileBytes(
        size, lambda offset, length: read_at(descriptor, length, offset), items=memo.items if memo else None
    )


def _read_open_file(
    source: int, path: str, descriptor: int, status: os.stat_result, memo: RecordMemo | None
) -> FileRecord | NotLoaded:
    data = _open_bytes(descriptor, status.st_size, memo)
    result = _read(source, path, stamp_of(status), data, memo)
    if status.st_nlink > 1 and isinstance(result, FileRecord):
        return result._replace(flags=result.flags | HARD_LINKED)
    return result


def _read(
    source: int, path: str, stamp: FileStamp, data: FileBytes, memo: RecordMemo | None
) -> FileRecord | NotLoaded:
    if memo and (known := memo.recall(source, path, stamp, data.head, data.read_at)):
        return known
    return read_anew(source, path, stamp, data, memo)


def read_anew(
    source: int, path: str, stamp: FileStamp, data: FileBytes, memo: RecordMemo | None
) -> FileRecord | NotLoaded:
    """Read a file that is like none before, and learn from it. Raises as ``read_bytes``."""
    head = data.head
    start = data.start()
    if start is None:
        return NotLoaded(source, path, "not-dicom", _what_instead(data))
    walk, encoding = data.walk(start)
    record = make_record(source, path, stamp, start, walk, encoding)
    if memo:
        memo.learn(record, head, data.read_at)
    return record


def _what_instead(data: FileBytes) -> str:
    if data.size == 0:
        return "empty"
    return "an archive; add it by itself to read it" if looks_like_archive(data.head) else ""


def _unreadable(source: int, path: str, error: OSError) -> NotLoaded:
    if isinstance(error, NotRegular):
        return NotLoaded(source, path, "special-file", "not a regular file")
    if error.errno in LINK_REFUSED:
        return NotLoaded(source, path, "special-file", "a link, not followed")
    reason = "offline" if error.errno in OFFLINE else "unreadable"
    return NotLoaded(source, path, reason, error.strerror or "")
