"""Paths to records: reads every file, in processes where there are many, and accounts for each."""

from __future__ import annotations

import marshal
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from uidscope.core.progress import CancelToken, Progress, ProgressCallback, ignore_progress
from uidscope.core.read.find_files import FoundFile, Source, find_files
from uidscope.core.read.read_file import read_file
from uidscope.core.read.record import HARD_LINKED, FileRecord, FileStamp, NotLoaded, RawReference

CHUNK = 200
# Two processes need half a second to start; below this many files one is quicker.
WORTH_PROCESSES = 4000
_FOUND_BETWEEN_REPORTS = 100
_AHEAD = 3  # chunks a worker finds waiting


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """``jobs`` is the number of processes, 0 as many as there are processors."""

    jobs: int = 0
    follow_links: bool = False

    @property
    def workers(self) -> int:
        """The number of processes to use."""
        return self.jobs or os.cpu_count() or 1


@dataclass(slots=True)
class ScanBatch:
    """Files accounted for since the last batch."""

    records: list[FileRecord] = field(default_factory=list)
    not_loaded: list[NotLoaded] = field(default_factory=list)


def scan(
    sources: Sequence[Source],
    options: ScanOptions | None = None,
    *,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
    executor: Executor | None = None,
) -> Iterator[ScanBatch]:
    """Read every file below the sources and yield records and refusals in batches.

    Every file found stands in exactly one batch, once. After ``cancel`` the files that were found and
    not yet read come as not loaded (``cancelled``); nothing is raised. ``executor`` may bring workers
    of its own (any ``concurrent.futures.Executor``).
    """
    options = options or ScanOptions()
    cancel = cancel or CancelToken()
    scanner = _Scanner(options, progress, cancel)
    found = find_files(sources, follow_links=options.follow_links, cancel=cancel)
    yield from scanner.run(found, executor)


class _Scanner:
    def __init__(self, options: ScanOptions, progress: ProgressCallback, cancel: CancelToken) -> None:
        self._options = options
        self._progress = progress
        self._cancel = cancel
        self._found = 0
        self._done = 0
        self._hard_linked: set[tuple[int, int]] = set()

    def run(self, found: Iterator[FoundFile | NotLoaded], executor: Executor | None) -> Iterator[ScanBatch]:
        refused = ScanBatch()
        files = self._files(found, refused)
        head = list(islice(files, WORTH_PROCESSES))
        few = len(head) < WORTH_PROCESSES
        chunks = _chunked(chain(head, files), CHUNK)
        if executor is not None:
            yield from self._in_processes(chunks, executor, refused)
        elif few or self._options.workers == 1:
            yield from self._here(chunks, refused)
        else:
            with _new_pool(self._options.workers) as pool:
                yield from self._in_processes(chunks, pool, refused)
        if refused.not_loaded:
            yield refused

    def _files(self, found: Iterator[FoundFile | NotLoaded], refused: ScanBatch) -> Iterator[FoundFile]:
        """The files to read; what is not to be read goes to ``refused``."""
        for item in found:
            self._found += 1
            if isinstance(item, NotLoaded):
                self._done += 1
                refused.not_loaded.append(item)
            else:
                if self._found % _FOUND_BETWEEN_REPORTS == 0:
                    self._report("finding", item.path)
                yield item

    def _here(self, chunks: Iterator[list[FoundFile]], refused: ScanBatch) -> Iterator[ScanBatch]:
        for chunk in chunks:
            batch = ScanBatch()
            for item in chunk:
                if self._cancel.cancelled:
                    batch.not_loaded.append(_cancelled(item))
                else:
                    self._sort(read_file(*item, follow_links=self._options.follow_links), batch)
            yield self._account(batch, len(chunk), chunk[-1].path, refused)

    def _in_processes(
        self, chunks: Iterator[list[FoundFile]], pool: Executor, refused: ScanBatch
    ) -> Iterator[ScanBatch]:
        running: dict[Future[bytes], list[FoundFile]] = {}
        for chunk in chunks:
            if self._cancel.cancelled:
                batch = ScanBatch(not_loaded=[_cancelled(item) for item in chunk])
                yield self._account(batch, len(chunk), "", refused)
                continue
            running[self._submit(pool, chunk)] = chunk
            while len(running) >= self._options.workers * _AHEAD:
                yield from self._collect(running, refused)
        while running:
            yield from self._collect(running, refused)

    def _submit(self, pool: Executor, chunk: list[FoundFile]) -> Future[bytes]:
        packed = marshal.dumps([tuple(item) for item in chunk])
        try:
            return pool.submit(read_chunk, packed, self._options.follow_links)
        except BrokenProcessPool as broken:
            failed: Future[bytes] = Future()
            failed.set_exception(broken)
            return failed

    def _collect(
        self, running: dict[Future[bytes], list[FoundFile]], refused: ScanBatch
    ) -> Iterator[ScanBatch]:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=lambda each: running[each][0]):
            chunk = running.pop(future)
            try:
                results = _unpack(future.result())
            except BrokenProcessPool:
                results = [self._read_alone(item) for item in chunk]
            batch = ScanBatch()
            for result in results:
                self._sort(result, batch)
            yield self._account(batch, len(chunk), chunk[-1].path, refused)

    def _read_alone(self, item: FoundFile) -> FileRecord | NotLoaded:
        """Read one file of a chunk that a worker died over, in a process of its own."""
        with _new_pool(1) as pool:
            try:
                packed = marshal.dumps([tuple(item)])
                return _unpack(pool.submit(read_chunk, packed, self._options.follow_links).result())[0]
            except BrokenProcessPool:
                return NotLoaded(item.source, item.path, "unreadable", "the reader died over this file")

    def _sort(self, result: FileRecord | NotLoaded, batch: ScanBatch) -> None:
        if isinstance(result, NotLoaded):
            batch.not_loaded.append(result)
            return
        if result.flags & HARD_LINKED:
            identity = (result.stamp.device, result.stamp.inode)
            if identity in self._hard_linked:
                batch.not_loaded.append(
                    NotLoaded(result.source, result.path, "same-file", "another name of a loaded file")
                )
                return
            self._hard_linked.add(identity)
        batch.records.append(result)

    def _account(self, batch: ScanBatch, files: int, where: str, refused: ScanBatch) -> ScanBatch:
        self._done += files
        batch.not_loaded.extend(refused.not_loaded)
        refused.not_loaded.clear()
        self._report("reading", where)
        return batch

    def _report(self, stage: str, where: str) -> None:
        self._progress(Progress(stage, self._done, self._found, os.path.dirname(where)))


def read_chunk(packed: bytes, follow_links: bool) -> bytes:
    """Read the files of one chunk; what comes and goes is ``marshal`` of plain tuples.

    Equal values are passed as one object, which marshal writes once: a chunk is mostly one series.
    """
    kept: dict[Any, Any] = {}
    results: list[tuple[Any, ...]] = []
    for source, path, file in marshal.loads(packed):  # noqa: S302 - our own bytes
        result = read_file(source, path, file, follow_links=follow_links)
        if isinstance(result, FileRecord):
            profile = kept.setdefault(result.profile, result.profile)
            values = tuple([kept.setdefault(value, value) for value in result.values])
            references = tuple([kept.setdefault(each, tuple(each)) for each in result.references])
            plain = result._replace(
                stamp=tuple(result.stamp),  # type: ignore[arg-type]
                profile=profile,
                values=kept.setdefault(values, values),
                references=kept.setdefault(references, references),
            )
            results.append(tuple(plain))
        else:
            results.append(tuple(result))
    return marshal.dumps(results)


def _unpack(packed: bytes) -> list[FileRecord | NotLoaded]:
    results: list[FileRecord | NotLoaded] = []
    known: dict[int, tuple[RawReference, ...]] = {}
    for plain in marshal.loads(packed):  # noqa: S302
        if len(plain) == len(NotLoaded._fields):
            results.append(NotLoaded(*plain))
            continue
        record = FileRecord(*plain)
        references = known.get(id(record.references))
        if references is None:
            references = tuple([RawReference(*each) for each in record.references])
            known[id(record.references)] = references
        results.append(record._replace(stamp=FileStamp(*record.stamp), references=references))
    return results


def _new_pool(workers: int) -> ProcessPoolExecutor:
    # A fork would copy the window's threads in whatever state they are.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _chunked(files: Iterator[FoundFile], size: int) -> Iterator[list[FoundFile]]:
    while chunk := list(islice(files, size)):
        yield chunk


def _cancelled(item: FoundFile) -> NotLoaded:
    return NotLoaded(item.source, item.path, "cancelled", "")
