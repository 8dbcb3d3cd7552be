"""Reads the files of a chunk, several at once where the disk lets each wait; what a worker does.

What comes and goes is ``marshal`` of plain tuples, the cheapest form to cross processes in and to keep.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from uidscope.core.read.encoding import InflatedTooLarge
from uidscope.core.read.file_bytes import FileBytes
from uidscope.core.read.find_files import FoundFile
from uidscope.core.read.loose_numbers import loose_numbers, may_hold_numbers
from uidscope.core.read.platform_io import open_with_status, read_at
from uidscope.core.read.read_file import MEMO, read_anew, read_file, stamp_of
from uidscope.core.read.record import HARD_LINKED, FileRecord, FileStamp, NotLoaded, RawReference
from uidscope.core.read.record_memo import RecordMemo
from uidscope.core.read.walker import FIRST_READ, TooDeep, TooLarge

_MOST_AT_ONCE: Final = 16
# A file that lets its reader wait so long, and most of the time, lies on a slow disk or share.
_SLOW_SECONDS: Final = 0.001
_MOSTLY: Final = 0.75

_RECORD_FIELDS: Final = len(FileRecord._fields)

# A FileRecord's fields and the loose numbers; or a NotLoaded's and the file's stamp or None.
Packed = tuple[Any, ...]


class ReadOptions(NamedTuple):
    """How files are read: ``numbers`` looks for numbers outside UI elements, ``small`` packs tightly.

    ``remember``: files like those before are recalled instead of walked; the records are the same.
    """

    follow_links: bool = False
    numbers: bool = False
    small: bool = False
    remember: bool = True


class Look(NamedTuple):
    """What one look at a file gave; ``stamp`` is that of a file that is not loaded, where it has one."""

    result: FileRecord | NotLoaded
    numbers: tuple[str, ...] = ()
    stamp: FileStamp | None = None


ReadOne = Callable[[FoundFile, ReadOptions], Look]


def look_at(item: FoundFile, options: ReadOptions, memo: RecordMemo | None = MEMO) -> Look:
    """Read one file. Never raises for what it holds or for one that cannot be read.

    ``memo`` as of ``read_file``.
    """
    source, path, file = item
    memo = memo if options.remember else None
    if options.numbers:
        with contextlib.suppress(OSError, TooDeep, TooLarge, InflatedTooLarge):  # told by what comes then
            return _look_once(item, options, memo)
    result = read_file(source, path, file, follow_links=options.follow_links, memo=memo)
    if isinstance(result, FileRecord):
        return Look(result)
    return Look(result, (), found_stamp(file, follow_links=options.follow_links))


def _look_once(item: FoundFile, options: ReadOptions, memo: RecordMemo | None) -> Look:
    """Read one file, and in the same bytes look for numbers outside its UI elements."""
    descriptor, status = open_with_status(item.file, follow_links=options.follow_links)
    try:
        head = read_at(descriptor, FIRST_READ, 0)

        def read(offset: int, length: int) -> bytes:
            if offset + length <= len(head):
                return head[offset : offset + length]
            return read_at(descriptor, length, offset)

        stamp = stamp_of(status)
        data = FileBytes(status.st_size, read, head, memo.items if memo else None)
        recalled = memo and memo.recall_whole(item.source, item.path, stamp, head, data.read_at)
        if recalled:
            record, searchable = recalled
        else:
            result = read_anew(item.source, item.path, stamp, data, memo)
            if isinstance(result, NotLoaded):
                return Look(result, (), stamp)
            record, searchable = result, None
        if status.st_nlink > 1:
            record = record._replace(flags=record.flags | HARD_LINKED)
        if searchable is not None and not may_hold_numbers(searchable):
            return Look(record)
        return Look(record, loose_numbers(record, status.st_size, read))
    finally:
        os.close(descriptor)


def found_stamp(file: str, *, follow_links: bool) -> FileStamp | None:
    """Return what tells whether a file is still the same, without opening it; None where it has gone."""
    try:
        return stamp_of(os.stat(file, follow_symlinks=follow_links))
    except OSError:
        return None


class ChunkReader:
    """Reads chunk after chunk, and learns from each how many files are best read at once.

    ``alive`` is called after every file, from whichever thread read it.
    """

    def __init__(self, read: ReadOne, options: ReadOptions, alive: Callable[[], None]) -> None:
        self._read = read
        self._options = options
        self._alive = alive
        self.at_once = 1

    def answer(self, question: bytes) -> bytes:
        """Read the files of a packed question and pack what they say."""
        return packed(self.read(unpacked_question(question)), small=self._options.small)

    def read(self, files: Sequence[FoundFile]) -> list[Packed]:
        """Read some files; the results come in their order."""
        started, computed = time.perf_counter(), time.process_time()
        results = self._together(files) if self.at_once > 1 else [self._one(item) for item in files]
        took = time.perf_counter() - started
        waited = max(0.0, took - (time.process_time() - computed))
        if waited * self.at_once < _SLOW_SECONDS * len(files):
            self.at_once = max(1, self.at_once // 2)
        elif waited > _MOSTLY * took:
            self.at_once = min(_MOST_AT_ONCE, self.at_once * 2)
        return with_equals_shared(results)

    def _together(self, files: Sequence[FoundFile]) -> list[Packed]:
        results: list[Packed] = [()] * len(files)
        left = iter(enumerate(files))
        taking = threading.Lock()

        def read_on() -> None:
            while True:
                with taking:
                    taken = next(left, None)
                if taken is None:
                    return
                results[taken[0]] = self._one(taken[1])

        # No pool: its threads are waited for at the end of the program, and a dead share has none.
        threads = [threading.Thread(target=read_on, daemon=True) for _ in range(self.at_once)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    def _one(self, item: FoundFile) -> Packed:
        try:
            look = self._read(item, self._options)
        except MemoryError:
            look = Look(NotLoaded(item.source, item.path, "too-large", "more memory than may be used"))
        except Exception as error:  # noqa: BLE001 - one bad file is one line, whatever is wrong with it
            detail = f"the reader failed ({type(error).__name__})"
            look = Look(NotLoaded(item.source, item.path, "unreadable", detail))
        self._alive()
        return plain_look(look)


def plain_look(look: Look) -> Packed:
    """Return a look as a plain tuple."""
    if isinstance(look.result, FileRecord):
        return (*look.result, look.numbers)
    return (*look.result, look.stamp)


def look_of(plain: Packed) -> Look:
    """Return the look that a plain tuple stands for."""
    if len(plain) > _RECORD_FIELDS:
        (
            source,
            path,
            stamp,
            encoding,
            flags,
            profile,
            uid,
            meta_uid,
            number,
            values,
            references,
            faults,
            numbers,
        ) = plain
        record = tuple.__new__(  # a fifth of the time of FileRecord._make and item by item
            FileRecord,
            (
                source,
                path,
                tuple.__new__(FileStamp, stamp),
                encoding,
                flags,
                profile,
                uid,
                meta_uid,
                number,
                values,
                tuple([tuple.__new__(RawReference, each) for each in references]) if references else (),
                faults,
            ),
        )
        return Look(record, numbers)
    *fields, stamp = plain
    return Look(NotLoaded._make(fields), (), None if stamp is None else FileStamp._make(stamp))


def packed_question(files: Iterable[FoundFile]) -> bytes:
    """Pack the files that are to be read."""
    return marshal.dumps([tuple(item) for item in files])


def unpacked_question(question: bytes) -> list[FoundFile]:
    """Return the files of a packed question."""
    return [FoundFile._make(item) for item in marshal.loads(question)]  # noqa: S302 - our own bytes


def packed(results: list[Packed], *, small: bool) -> bytes:
    """Pack what some files say; ``small`` takes a little longer and a fraction of the room."""
    return zlib.compress(marshal.dumps(results), 1) if small else marshal.dumps(results)


def unpacked(answer: bytes, *, small: bool) -> list[Packed]:
    """Return what some files say. Raises ValueError, EOFError or TypeError where the bytes are damaged."""
    try:
        return list(marshal.loads(zlib.decompress(answer) if small else answer))  # noqa: S302
    except zlib.error as error:
        raise ValueError("what was kept of the files is damaged") from error


_STAMP: Final = FileRecord._fields.index("stamp")
_PROFILE: Final = FileRecord._fields.index("profile")
_VALUES: Final = FileRecord._fields.index("values")
_REFERENCES: Final = FileRecord._fields.index("references")


def with_equals_shared(results: list[Packed]) -> list[Packed]:
    """Plain tuples in which equal values are one object, which marshal writes once.

    A chunk is mostly one series, and its files differ in little: each is compared with the one before.
    """
    shared: list[Packed] = []
    profile: tuple[Any, ...] = ()
    values: tuple[Any, ...] = ()
    references: tuple[Any, ...] = ()
    known: dict[Any, Any] = {}
    for result in results:
        if len(result) <= _RECORD_FIELDS:
            shared.append((*result[:-1], None if result[-1] is None else tuple(result[-1])))
            continue
        fields = list(result)
        fields[_STAMP] = tuple(fields[_STAMP])
        if fields[_PROFILE] is not profile:
            profile = known.setdefault(fields[_PROFILE], fields[_PROFILE])
        fields[_PROFILE] = profile
        values = fields[_VALUES] = _like(values, fields[_VALUES], known)
        references = fields[_REFERENCES] = _like(references, fields[_REFERENCES], known)
        shared.append(tuple(fields))
    return shared


def _like(before: tuple[Any, ...], each: tuple[Any, ...], known: dict[Any, Any]) -> tuple[Any, ...]:
    """``each``, made of the objects of the one before as far as they are equal."""
    if each == before:
        return before
    if len(each) != len(before):
        return tuple([known.setdefault(value, tuple(value)) for value in each])
    return tuple(
        [
            old if new == old else known.setdefault(new, tuple(new))
            for new, old in zip(each, before, strict=True)
        ]
    )
