"""Readers at work: a thread here, or processes that are watched and bounded.

One that dies, or lets nothing be heard for too long, is ended and replaced, and what it held is handed back.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

from uidscope.core.read.read_chunk import ChunkReader, ReadOne, ReadOptions
from uidscope.core.read.worker import Answer, Chunk, Worker

# Python's own processes take long to load, and few files need none.
if TYPE_CHECKING:
    from uidscope.core.read.process_worker import ProcessWorker

SECONDS_A_FILE: Final = 60.0

_HELD: Final = 2  # chunks: one at work, one that waits
# What a thread says wakes nobody who waits for processes, so while it works they are looked at so often.
_SECONDS_BETWEEN_LOOKS: Final = 0.01


class Crew(Protocol):
    """Who reads: takes chunks while there is room, and gives answers in whatever order they come."""

    def has_room(self) -> bool:
        """Whether another chunk may be put."""

    def put(self, chunk: Chunk) -> None:
        """Hand over a chunk."""

    def answers(self, seconds: float) -> list[Answer]:
        """Wait so long at most for answers."""

    def close(self) -> None:
        """Give up what is under way."""


class Workers:
    """A thread of this program, until processes are asked for and have started; a ``Crew``.

    Without ``threads`` there is no room before then.
    """

    def __init__(
        self, read: ReadOne, options: ReadOptions, seconds_a_file: float, *, threads: bool = True
    ) -> None:
        self._read = read
        self._options = options
        self._seconds = seconds_a_file
        self._takes_threads = threads
        self._thread: _ThreadWorker | None = None
        self._processes: list[ProcessWorker] = []
        self.processes_fail = False

    @property
    def has_processes(self) -> bool:
        """Whether processes were asked for."""
        return bool(self._processes) or self.processes_fail

    def start_processes(self, number: int) -> None:
        """Start processes; they take over when they are ready."""
        for _ in range(number):
            self._start_process()

    def has_room(self) -> bool:
        """Whether another chunk may be put."""
        return any(len(worker.held) < _HELD for worker in self._working())

    def put(self, chunk: Chunk) -> None:
        """Hand over a chunk."""
        min(self._working(), key=lambda worker: len(worker.held)).put(chunk)

    def answers(self, seconds: float) -> list[Answer]:
        """Wait so long at most for answers."""
        found: list[Answer] = []
        if self._thread is not None and self._thread.held:
            seconds = min(seconds, _SECONDS_BETWEEN_LOOKS) if self._processes else seconds
            found += self._thread.hear(seconds)
            seconds = 0.0
        if self._processes:
            found += self._of_processes(seconds)
        now = time.monotonic()
        for worker in self._all():
            if worker.held and now - worker.heard > self._seconds:
                found += self._end(worker, "timeout")
        return found

    def close(self) -> None:
        """Give up what is under way."""
        for worker in self._all():
            worker.end()
        self._thread, self._processes = None, []

    def _all(self) -> Sequence[Worker]:
        return (*self._processes, *((self._thread,) if self._thread else ()))

    def _working(self) -> Sequence[Worker]:
        ready = [worker for worker in self._processes if worker.is_ready]
        if ready or not self._takes_threads:
            return ready
        if self._thread is None:
            self._thread = _ThreadWorker(self._read, self._options)
        return (self._thread,)

    def _start_process(self) -> None:
        from uidscope.core.read.process_worker import ProcessWorker  # noqa: PLC0415 - as said above

        try:
            self._processes.append(ProcessWorker(self._read, self._options))
        except OSError:
            self.processes_fail = True

    def _of_processes(self, seconds: float) -> list[Answer]:
        from uidscope.core.read.process_worker import with_news  # noqa: PLC0415 - as said above

        found: list[Answer] = []
        for process in with_news(self._processes, seconds):
            try:
                found += process.hear()
            except (EOFError, OSError):
                found += self._end(process, "died")
        return found

    def _end(self, worker: Worker, failure: str) -> list[Answer]:
        """End a worker, replace it, and hand back what it held: the first chunk was its end."""
        worker.end()
        if worker is self._thread:
            self._thread = None
        else:
            self._processes = [each for each in self._processes if each is not worker]
            if worker.is_ready:
                self._start_process()
            else:
                self.processes_fail = True  # the next would end as this did
        return [Answer(chunk, failure="" if number else failure) for number, chunk in enumerate(worker.held)]


class _ThreadWorker(Worker):
    """A thread that stands still for ever, over a dead share, is left to itself."""

    def __init__(self, read: ReadOne, options: ReadOptions) -> None:
        super().__init__()
        self.is_ready = True
        self._questions: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        reader = ChunkReader(read, options, self._is_alive)
        threading.Thread(target=self._serve, args=(reader,), name="reader", daemon=True).start()

    def hear(self, seconds: float) -> list[Answer]:
        """Wait so long at most for an answer."""
        try:
            return [self.taken(self._answers.get(timeout=seconds))]
        except queue.Empty:
            return []

    def end(self) -> None:
        """Let it go when it comes back."""
        self._questions.put(b"")

    def _ask(self, question: bytes) -> None:
        self._questions.put(question)

    def _serve(self, reader: ChunkReader) -> None:
        while question := self._questions.get():
            self._answers.put(reader.answer(question))

    def _is_alive(self) -> None:
        self.heard = time.monotonic()
