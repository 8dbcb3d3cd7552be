"""Readers at work: a thread here, or processes that are watched and bounded.

One that dies, or lets nothing be heard for too long, is ended and replaced, and what it held is handed back.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from typing import Final, NamedTuple, Protocol

from uidscope.core.collector import SELDOM
from uidscope.core.read.find_files import FoundFile
from uidscope.core.read.read_chunk import ChunkReader, Packed, ReadOne, ReadOptions, packed_question

# The processes' own memory: a multiple of what the largest file within bounds takes.
MEMORY_BOUND: Final = 2 << 30
SECONDS_A_FILE: Final = 60.0

_HELD: Final = 2  # chunks: one at work, one that waits
_ALIVE_EVERY: Final = 1.0
_ALIVE, _READY = b"alive", b"ready"  # packed results begin with other bytes


class Slot:
    """The files of one batch, and what is known of them so far."""

    def __init__(self, files: list[FoundFile]) -> None:
        self.files = files
        self.results: list[Packed | None] = [None] * len(files)
        self.missing = len(files)
        self.answer = b""  # of one worker for all files
        self.began = time.monotonic()
        self.began_ns = time.time_ns()

    def fill(self, index: int, result: Packed) -> None:
        """Take in what was read of one file."""
        self.results[index] = result
        self.missing -= 1


class Chunk(NamedTuple):
    """Some files to be read by one worker, their slot and their indexes in it.

    ``failure`` says what happened to a worker that had them before.
    """

    files: Sequence[FoundFile]
    slot: Slot
    indexes: Sequence[int]
    failure: str = ""


class Answer(NamedTuple):
    """What became of a chunk: its results, packed; or why there are none.

    ``died`` and ``timeout`` say that the worker did not live through it; an empty ``failure`` without
    results, that it was not the chunk's turn yet.
    """

    chunk: Chunk
    results: bytes = b""
    failure: str = ""


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
        self._threads: list[_Worker] = []
        self._processes: list[_Worker] = []
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
        by_answers = {worker.answers: worker for worker in (*self._threads, *self._processes)}
        for answers in wait(list(by_answers), seconds):
            found += self._heard(by_answers[answers])  # type: ignore[index]  # what was put in comes back
        now = time.monotonic()
        for worker in (*self._threads, *self._processes):
            if worker.held and now - worker.heard > self._seconds:
                found += self._end(worker, "timeout")
        return found

    def close(self) -> None:
        """Give up what is under way."""
        for worker in (*self._threads, *self._processes):
            worker.end()
        self._threads, self._processes = [], []

    def _working(self) -> Sequence[_Worker]:
        ready = [worker for worker in self._processes if worker.is_ready]
        if ready or not self._takes_threads:
            return ready
        if not self._threads:
            self._threads.append(_Thread(self._read, self._options))
        return self._threads

    def _start_process(self) -> None:
        try:
            self._processes.append(_Process(self._read, self._options))
        except OSError:
            self.processes_fail = True

    def _heard(self, worker: _Worker) -> list[Answer]:
        worker.heard = time.monotonic()
        try:
            message = worker.answers.recv_bytes()
        except (EOFError, OSError):
            return self._end(worker, "died")
        if message == _READY:
            worker.is_ready = True
        elif message != _ALIVE:
            return [Answer(worker.held.popleft(), message)]
        return []

    def _end(self, worker: _Worker, failure: str) -> list[Answer]:
        """End a worker, replace it, and hand back what it held: the first chunk was its end."""
        worker.end()
        if worker in self._threads:
            self._threads.remove(worker)
        else:
            self._processes.remove(worker)
            if worker.is_ready:
                self._start_process()
            else:
                self.processes_fail = True  # the next would end as this did
        return [Answer(chunk, failure="" if number else failure) for number, chunk in enumerate(worker.held)]


class _Worker:
    """One reader: what it holds, and the two ends that are ours."""

    def __init__(self) -> None:
        self.held: deque[Chunk] = deque()
        self.heard = time.monotonic()
        self.is_ready = False
        self.answers, self._their_answers = multiprocessing.Pipe(duplex=False)
        self._their_questions, self._questions = multiprocessing.Pipe(duplex=False)

    def put(self, chunk: Chunk) -> None:
        if not self.held:
            self.heard = time.monotonic()
        self.held.append(chunk)
        with contextlib.suppress(OSError):  # its end is noticed where answers are waited for
            self._questions.send_bytes(packed_question(chunk.files))

    def end(self) -> None:
        self._questions.close()
        self.answers.close()


class _Thread(_Worker):
    """A thread that stands still for ever, over a dead share, is left to itself."""

    def __init__(self, read: ReadOne, options: ReadOptions) -> None:
        super().__init__()
        self.is_ready = True
        threading.Thread(
            target=_serve,
            args=(self._their_questions, self._their_answers, read, options),
            name="reader",
            daemon=True,
        ).start()


class _Process(_Worker):
    def __init__(self, read: ReadOne, options: ReadOptions) -> None:
        super().__init__()
        # A fork would copy the window's threads in whatever state they are.
        self._process = multiprocessing.get_context("spawn").Process(
            target=_serve_as_process,
            args=(self._their_questions, self._their_answers, read, options),
            name="reader",
            daemon=True,
        )
        try:
            self._process.start()
        except BaseException:
            super().end()
            raise
        finally:
            self._their_questions.close()
            self._their_answers.close()

    def end(self) -> None:
        super().end()
        self._process.kill()
        self._process.join()
        self._process.close()


def _serve_as_process(
    questions: Connection, answers: Connection, read: ReadOne, options: ReadOptions
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that started us says when to end
    _bound_memory()
    gc.freeze()  # what was imported stays
    gc.set_threshold(*SELDOM)  # reading makes many objects and no cycles
    _serve(questions, answers, read, options)


def _serve(questions: Connection, answers: Connection, read: ReadOne, options: ReadOptions) -> None:
    """Answer questions until the other side goes."""
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    # Questions are taken in at once, so that neither side ever waits for the other to read.
    threading.Thread(target=_take_in, args=(questions, inbox), daemon=True).start()
    voice = _Voice(answers)
    reader = ChunkReader(read, options, voice.alive)
    with contextlib.suppress(OSError):
        voice.say(_READY)
        while question := inbox.get():
            voice.say(reader.answer(question))
    with contextlib.suppress(OSError):
        answers.close()


def _take_in(questions: Connection, inbox: queue.SimpleQueue[bytes]) -> None:
    with contextlib.suppress(EOFError, OSError):
        while True:
            inbox.put(questions.recv_bytes())
    inbox.put(b"")
    questions.close()


class _Voice:
    """Says answers, and now and then between them that the worker is alive."""

    def __init__(self, answers: Connection) -> None:
        self._answers = answers
        self._speaking = threading.Lock()
        self._said = time.monotonic()

    def say(self, message: bytes) -> None:
        with self._speaking:
            self._answers.send_bytes(message)
            self._said = time.monotonic()

    def alive(self) -> None:
        if time.monotonic() - self._said > _ALIVE_EVERY:
            with contextlib.suppress(OSError):
                self.say(_ALIVE)


def _bound_memory() -> None:
    """Hold this process to ``MEMORY_BOUND``, where the system can (Linux): more raises MemoryError."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    bound = MEMORY_BOUND if hard == resource.RLIM_INFINITY else min(MEMORY_BOUND, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))
