"""Paths to records: reads every file, in processes where there are many, and accounts for each.

The order is that in which the files are found, whoever reads them: the same folder gives the same records.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from uidscope.core.processors import processors
from uidscope.core.progress import CancelToken, Progress, ProgressCallback, ignore_progress
from uidscope.core.read.find_files import FoundFile, Source, find_files
from uidscope.core.read.read_chunk import (
    Look,
    Packed,
    ReadOne,
    ReadOptions,
    look_at,
    look_of,
    packed,
    plain_look,
    unpacked,
    with_equals_shared,
)
from uidscope.core.read.record import HARD_LINKED, FileRecord, NotLoaded
from uidscope.core.read.worker import Answer, Chunk, Slot
from uidscope.core.read.workers import SECONDS_A_FILE, Crew, Workers

if TYPE_CHECKING:
    from concurrent.futures import Executor

CHUNK = 200
# Two processes need half a second to start; below this many files one is quicker.
WORTH_PROCESSES = 4000
# More read faster than one writes the catalog; a slow disk is waited for by many threads of each.
_MOST_PROCESSES: Final = 8
_SMALLEST_CHUNK: Final = 10
_FOUND_BETWEEN_REPORTS: Final = 100
_LOOK_AHEAD_SECONDS: Final = 0.05
# A chunk that takes longer is followed by a smaller one: what has been read is soon to be seen.
_LONG_CHUNK, _SHORT_CHUNK = 0.5, 0.1
_ANSWER_SECONDS: Final = 0.1  # after so long it is looked whether to stop
_UNFINISHED_OF_A_WORKER: Final = 4

_FAILURES: Final = {
    "died": ("unreadable", "the reader died over this file"),
    "timeout": ("timeout", "the reader did not come back from this file"),
}
ANOTHER_NAME: Final = ("same-file", "another name of a loaded file")


class ScanOptions(NamedTuple):
    """``jobs`` is the number of processes, 0 as many as there are processors and use for them.

    ``numbers``: look in the same reading for numbers outside UI elements (``ScanBatch.numbers``), which the
    search for leftovers asks for. ``keep``: hand over ``ScanBatch.kept`` too. A file that is not read within
    ``seconds_a_file`` is given up. ``remember``: files like those before are recalled instead of walked.
    """

    jobs: int = 0
    follow_links: bool = False
    numbers: bool = False
    keep: bool = False
    seconds_a_file: float = SECONDS_A_FILE
    remember: bool = True

    @property
    def workers(self) -> int:
        """The number of processes to use."""
        return self.jobs or min(processors(), _MOST_PROCESSES)


@dataclass(slots=True)
class ScanBatch:
    """Files accounted for since the last batch, in the order found.

    ``numbers`` are, by the index of a record, those that could be UIDs and stand outside its UI elements.
    ``kept`` is all that was read of the files, packed, for a later scan to look at; they are of ``source``,
    and none was read before ``read_ns``.
    """

    records: list[FileRecord] = field(default_factory=list)
    not_loaded: list[NotLoaded] = field(default_factory=list)
    numbers: dict[int, tuple[str, ...]] = field(default_factory=dict)
    source: int = 0
    read_ns: int = 0
    kept: bytes = b""


class KnownFiles(Protocol):
    """What an earlier scan of the same sources read."""

    def look(self, item: FoundFile) -> Packed | None:
        """Return what was read of a file that has not changed since; asked in the order found."""


def scan(
    sources: Sequence[Source],
    options: ScanOptions | None = None,
    *,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
    executor: Executor | None = None,
    known: KnownFiles | None = None,
    read: ReadOne = look_at,
) -> Iterator[ScanBatch]:
    """Read every file below the sources and yield records and refusals in batches.

    Every file found stands in exactly one batch, once. After ``cancel`` the files that were found and
    not yet read come as not loaded (``cancelled``); nothing is raised. ``executor`` may bring workers
    of its own (any ``concurrent.futures.Executor``). What is ``known`` of a file is taken for it without
    opening it. ``read`` is what reads one file: a function of a module, which processes can import.
    """
    options = options or ScanOptions()
    cancel = cancel or CancelToken()
    found = find_files(sources, follow_links=options.follow_links, cancel=cancel)
    yield from _Scanner(options, progress, cancel, known, read).run(found, executor)


class _Scanner:
    def __init__(
        self,
        options: ScanOptions,
        progress: ProgressCallback,
        cancel: CancelToken,
        known: KnownFiles | None,
        read: ReadOne,
    ) -> None:
        self._options = options
        self._progress = progress
        self._cancel = cancel
        self._known = known
        self._read = read
        self._reading = ReadOptions(options.follow_links, options.numbers, options.keep, options.remember)
        self._found = 0
        self._done = 0
        self._asked = 0
        self._chunk = min(CHUNK, max(_SMALLEST_CHUNK, CHUNK // 4))
        self._refused: list[NotLoaded] = []
        self._hard_linked: set[tuple[int, int]] = set()
        self._slots: deque[Slot] = deque()
        self._again: deque[Chunk] = deque()
        self._alone: deque[Chunk] = deque()

    def run(self, found: Iterator[FoundFile | NotLoaded], executor: Executor | None) -> Iterator[ScanBatch]:
        ahead = _Ahead(self._files(found))
        with contextlib.ExitStack() as at_the_end:
            workers = Workers(self._read, self._reading, self._options.seconds_a_file)
            lone = Workers(self._read, self._reading, self._options.seconds_a_file, threads=False)
            at_the_end.callback(workers.close)
            at_the_end.callback(lone.close)
            crew: Crew = workers
            if executor is not None:
                from uidscope.core.read.executor_crew import ExecutorCrew  # noqa: PLC0415 - rarely asked for

                crew = ExecutorCrew(executor, self._options.workers, self._read, self._reading)
                at_the_end.callback(crew.close)
            while not self._cancel.cancelled:
                ahead.look(WORTH_PROCESSES)
                if crew is workers and self._is_worth_processes(ahead) and not workers.has_processes:
                    workers.start_processes(self._options.workers)
                self._hand_out(ahead, crew, lone)
                if not self._slots:
                    break
                if self._slots[0].missing:
                    self._take_answers(crew, lone)
                while self._slots and not self._slots[0].missing:
                    yield self._batch(self._slots.popleft())
        yield from self._cancelled(ahead)
        if self._refused:
            yield self._account(ScanBatch(), 0, "")

    def _is_worth_processes(self, ahead: _Ahead) -> bool:
        """Whether so much is to be read; of what is known little may be."""
        to_read = len(ahead) if self._known is None else self._asked * 2
        return self._options.workers > 1 and to_read >= WORTH_PROCESSES

    def _files(self, found: Iterator[FoundFile | NotLoaded]) -> Iterator[FoundFile]:
        """The files to read; what is not to be read is put aside."""
        for item in found:
            self._found += 1
            if isinstance(item, NotLoaded):
                self._done += 1
                self._refused.append(item)
            else:
                if self._found % _FOUND_BETWEEN_REPORTS == 0:
                    self._report("finding", item.path)
                yield item

    def _hand_out(self, ahead: _Ahead, crew: Crew, lone: Workers) -> None:
        while self._alone and lone.has_room():
            lone.put(self._alone.popleft())
        while self._again and crew.has_room():
            crew.put(self._again.popleft())
        most = self._options.workers * _UNFINISHED_OF_A_WORKER
        while len(self._slots) < most and crew.has_room() and (files := ahead.take(self._chunk)):
            slot = Slot(files)
            self._slots.append(slot)
            asked = self._unknown(slot)
            if asked:
                self._asked += len(asked)
                crew.put(Chunk([files[index] for index in asked], slot, asked))

    def _unknown(self, slot: Slot) -> list[int]:
        """Fill in what is known, and return the indexes of what is to be read."""
        if self._known is not None:
            for index, item in enumerate(slot.files):
                result = self._known.look(item)
                if result is not None:
                    slot.fill(index, result)
        return [index for index, result in enumerate(slot.results) if result is None]

    def _take_answers(self, crew: Crew, lone: Workers) -> None:
        answers = crew.answers(_ANSWER_SECONDS / (5 if lone.has_processes else 1))
        if lone.has_processes:
            answers += lone.answers(_ANSWER_SECONDS)
        for answer in answers:
            self._take(answer, lone)
        if lone.processes_fail:
            while self._alone:
                self._give_up(self._alone.popleft())

    def _take(self, answer: Answer, lone: Workers) -> None:
        chunk, slot = answer.chunk, answer.chunk.slot
        if answer.results:
            for index, result in zip(chunk.indexes, self._unpacked(answer.results), strict=True):
                slot.fill(index, result)
            if len(chunk.indexes) == len(slot.files):
                slot.answer = answer.results
            self._learn(time.monotonic() - slot.began)
        elif not answer.failure:
            (self._alone if chunk.failure else self._again).append(chunk)
        elif chunk.failure:
            self._give_up(chunk._replace(failure=answer.failure))
        else:
            if not lone.has_processes:
                lone.start_processes(1)
            for index, item in zip(chunk.indexes, chunk.files, strict=True):
                self._alone.append(Chunk([item], slot, [index], answer.failure))

    def _give_up(self, chunk: Chunk) -> None:
        """Name the one file that a reader does not live through."""
        (item,), (index,) = chunk.files, chunk.indexes
        reason, detail = _FAILURES[chunk.failure]
        chunk.slot.fill(index, plain_look(Look(NotLoaded(item.source, item.path, reason, detail))))

    def _unpacked(self, answer: bytes) -> list[Packed]:
        return unpacked(answer, small=self._options.keep)

    def _learn(self, seconds: float) -> None:
        if seconds > _LONG_CHUNK:
            self._chunk = max(_SMALLEST_CHUNK, self._chunk // 2)
        elif seconds < _SHORT_CHUNK:
            self._chunk = min(CHUNK, self._chunk * 2)

    def _batch(self, slot: Slot) -> ScanBatch:
        batch = ScanBatch(source=slot.files[0].source, read_ns=slot.began_ns)
        read = [result for result in slot.results if result is not None]
        for result in read:
            self._sort(look_of(result), batch)
        if len(read) < len(slot.files):
            left = [item for item, result in zip(slot.files, slot.results, strict=True) if result is None]
            batch.not_loaded += [_cancelled(item) for item in left]
        elif self._options.keep:
            batch.kept = slot.answer or packed(with_equals_shared(read), small=True)
        return self._account(batch, len(slot.files), slot.files[-1].path)

    def _cancelled(self, ahead: _Ahead) -> Iterator[ScanBatch]:
        """What is left after a cancel: chunks that are under way are given up."""
        while self._slots:
            yield self._batch(self._slots.popleft())
        while files := ahead.take(CHUNK):
            batch = ScanBatch(not_loaded=[_cancelled(item) for item in files])
            yield self._account(batch, len(files), "")

    def _sort(self, look: Look, batch: ScanBatch) -> None:
        result, numbers, _ = look
        if isinstance(result, NotLoaded):
            batch.not_loaded.append(result)
            return
        if result.flags & HARD_LINKED:
            identity = (result.stamp.device, result.stamp.inode)
            if identity in self._hard_linked:
                batch.not_loaded.append(NotLoaded(result.source, result.path, *ANOTHER_NAME))
                return
            self._hard_linked.add(identity)
        if numbers:
            batch.numbers[len(batch.records)] = numbers
        batch.records.append(result)

    def _account(self, batch: ScanBatch, files: int, where: str) -> ScanBatch:
        self._done += files
        batch.not_loaded.extend(self._refused)
        self._refused.clear()
        self._report("reading", where)
        return batch

    def _report(self, stage: str, where: str) -> None:
        self._progress(Progress(stage, self._done, self._found, os.path.dirname(where)))


class _Ahead:
    """Files that were found and wait to be read."""

    def __init__(self, files: Iterator[FoundFile]) -> None:
        self._files = files
        self._waiting: deque[FoundFile] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def look(self, number: int) -> None:
        """Find so many, or as many as can be found at once."""
        end = time.monotonic() + _LOOK_AHEAD_SECONDS
        while len(self._waiting) < number and (some := list(islice(self._files, CHUNK))):
            self._waiting.extend(some)
            if time.monotonic() > end:
                return

    def take(self, number: int) -> list[FoundFile]:
        """Return the next files of one source, so many at most; none where all have been taken."""
        if not self._waiting:
            self._waiting.extend(islice(self._files, number))
        taken: list[FoundFile] = []
        while self._waiting and len(taken) < number:
            if taken and self._waiting[0].source != taken[0].source:
                break
            taken.append(self._waiting.popleft())
        return taken


def _cancelled(item: FoundFile) -> NotLoaded:
    return NotLoaded(item.source, item.path, "cancelled", "")
