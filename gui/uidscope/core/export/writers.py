"""Who writes the files of an export: threads here, or processes where there are many files.

A file takes two parses, two readings and a digest to be verified, which threads of one interpreter do one
after the other. What a process that was ended from outside had under way is done again here.
"""

from __future__ import annotations

import gc
import marshal
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from types import TracebackType
from typing import Final, NamedTuple, Self

from uidscope.core.collector import SELDOM
from uidscope.core.export.output_file import OutputFile, WrittenOutput, write_output
from uidscope.core.processors import processors
from uidscope.core.read.read_chunk import Look, look_of, plain_look, with_equals_shared
from uidscope.core.read.record import FileRecord

# While some files wait for the disk or are hashed, the next is taken apart.
_THREADS: Final = 3
_MOST_WAITING: Final = 6
_MOST_PROCESSES: Final = 4  # the one that plans the files keeps no more of them busy
_WORTH_PROCESSES: Final = 500  # files; to start them takes as long as to write some hundreds
_CHUNK: Final = 16
_CHUNKS_WAITING: Final = 2  # for each process: one at work, one that waits
_MOST_HANDED_OVER: Final = 4 << 20  # bytes; a larger file is written here


def processes_for(files: int, most: int = 0) -> int:
    """Return how many processes are to write so many files; 1: none but this. ``most`` 0: as is best."""
    if files < _WORTH_PROCESSES:
        return 1
    # One more than there are processors: each waits for the disk now and then.
    return most or (min(processors() + 1, _MOST_PROCESSES) if processors() > 1 else 1)


def write_outputs(outputs: Iterable[OutputFile], processes: int) -> Generator[WrittenOutput, None, None]:
    """Write files and yield what became of each, in their order; close the iterator where it is left early.

    ``outputs`` is read ahead by some files. Raises what ``write_output`` and ``outputs`` raise; some files
    behind the one at fault may have been written then, and none is written any more.
    """
    with _Writers(processes) as writers:
        for output in outputs:
            yield from writers.put(output)
        yield from writers.rest()


class _UnderWay(NamedTuple):
    """Files that were handed over together, and what will come of them."""

    outputs: Sequence[OutputFile]
    results: Future[bytes] | Future[list[WrittenOutput]]


class _Writers:
    def __init__(self, processes: int) -> None:
        self._executor: Executor = ThreadPoolExecutor(_THREADS)
        self._processes = 0
        if processes > 1:
            self._start(processes)
        self._waiting: deque[_UnderWay] = deque()
        self._chunk: list[OutputFile] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(cancel_futures=True)

    def put(self, output: OutputFile) -> Iterator[WrittenOutput]:
        """Take a file; yield those that must be ready before the next can be taken."""
        self._chunk.append(output)
        size = sum(len(segment) for segment in output.segments if isinstance(segment, bytes))
        if self._processes and len(self._chunk) < _CHUNK and size < _MOST_HANDED_OVER:
            return
        most = self._processes * _CHUNKS_WAITING or _MOST_WAITING
        while len(self._waiting) >= most:
            yield from self._next()
        self._hand_over(here=size >= _MOST_HANDED_OVER)

    def rest(self) -> Iterator[WrittenOutput]:
        """Yield all that are not ready yet."""
        if self._chunk:
            self._hand_over(here=False)
        while self._waiting:
            yield from self._next()

    def _start(self, processes: int) -> None:
        """Have processes write, where the system lets any start."""
        try:
            # A fork would copy the window's threads in whatever state they are.
            context = multiprocessing.get_context("spawn")
            pool = ProcessPoolExecutor(processes, context, initializer=_begin)
            pool.submit(os.getpid)
        except (OSError, ImportError, NotImplementedError):  # no semaphores, no room for processes
            return
        self._executor.shutdown()
        self._executor, self._processes = pool, processes

    def _hand_over(self, *, here: bool) -> None:
        outputs, self._chunk = self._chunk, []
        self._waiting.append(_UnderWay(outputs, self._begun(outputs, here=here)))

    def _begun(
        self, outputs: Sequence[OutputFile], *, here: bool
    ) -> Future[bytes] | Future[list[WrittenOutput]]:
        if not self._processes:
            return self._executor.submit(_written, outputs)
        if here:
            written: Future[list[WrittenOutput]] = Future()
            written.set_result(_written(outputs))
            return written
        return self._submitted(outputs)

    def _submitted(self, outputs: Sequence[OutputFile]) -> Future[bytes]:
        try:
            return self._executor.submit(_written_packed, outputs)
        except BrokenProcessPool as error:
            broken: Future[bytes] = Future()
            broken.set_exception(error)
            return broken

    def _next(self) -> Iterator[WrittenOutput]:
        under_way = self._waiting.popleft()
        try:
            results = under_way.results.result()
        except BrokenProcessPool:
            self._without_processes()
            # What stands there of these files may have been cut short.
            results = _written([output._replace(takes_over=True) for output in under_way.outputs])
        yield from results if isinstance(results, list) else _unpacked(results)

    def _without_processes(self) -> None:
        """Go on here; what any process was about has ended before."""
        if self._processes:
            self._executor.shutdown()
            self._executor, self._processes = ThreadPoolExecutor(_THREADS), 0


def _written(outputs: Sequence[OutputFile]) -> list[WrittenOutput]:
    return [write_output(output) for output in outputs]


def _written_packed(outputs: Sequence[OutputFile]) -> bytes:
    """In a process: ``marshal`` is the cheapest form for records to cross processes in."""
    results = _written(outputs)
    told = [(result.size, result.sha256, result.was_there) for result in results]
    records = [*(result.before for result in results), *(result.after for result in results)]
    return marshal.dumps((told, with_equals_shared([plain_look(Look(record)) for record in records])))


def _unpacked(results: bytes) -> Iterator[WrittenOutput]:
    told, plain = marshal.loads(results)  # noqa: S302 - our own bytes
    records = [_record(each) for each in plain]
    pairs = zip(told, records[: len(told)], records[len(told) :], strict=True)
    for (size, sha256, was_there), before, after in pairs:
        yield WrittenOutput(size, sha256, before, after, was_there)


def _record(plain: tuple[object, ...]) -> FileRecord:
    result = look_of(plain).result
    if not isinstance(result, FileRecord):
        raise TypeError("a process told of a file that it did not write")
    return result


def _begin() -> None:
    """Make a new process ready to write."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that started us says when to end
    gc.freeze()  # what was imported stays
    gc.set_threshold(*SELDOM)
    threading.Thread(target=_end_with_the_program, name="watching", daemon=True).start()


def _end_with_the_program() -> None:
    """Write nothing more once the program has gone, however it went."""
    program = multiprocessing.parent_process()
    if program is not None:
        wait([program.sentinel])
        os._exit(1)
