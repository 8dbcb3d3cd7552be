"""Readers that are processes of their own, bounded in memory; what a reader's process does.

Where few files are read there are none, and this is not loaded.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import queue
import signal
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from typing import Final

from uidscope.core.collector import SELDOM
from uidscope.core.read.read_chunk import ChunkReader, ReadOne, ReadOptions
from uidscope.core.read.worker import Answer, Worker

# The processes' own memory: a multiple of what the largest file within bounds takes.
MEMORY_BOUND: Final = 2 << 30

_ALIVE_EVERY: Final = 1.0
_ALIVE, _READY = b"alive", b"ready"  # packed results begin with other bytes


class ProcessWorker(Worker):
    """A process; is ready when it says so. Raises ``OSError`` where none can be started."""

    def __init__(self, read: ReadOne, options: ReadOptions) -> None:
        super().__init__()
        self.answers, their_answers = multiprocessing.Pipe(duplex=False)
        their_questions, self._questions = multiprocessing.Pipe(duplex=False)
        # A fork would copy the window's threads in whatever state they are.
        self._process = multiprocessing.get_context("spawn").Process(
            target=_serve, args=(their_questions, their_answers, read, options), name="reader", daemon=True
        )
        try:
            self._process.start()
        except BaseException:
            self._close()
            raise
        finally:
            their_questions.close()
            their_answers.close()

    def hear(self) -> list[Answer]:
        """Take in what it has said. Raises ``EOFError`` or ``OSError`` where it has died."""
        message = self.answers.recv_bytes()
        if message not in (_READY, _ALIVE):
            return [self.taken(message)]
        self.heard = time.monotonic()
        self.is_ready = True
        return []

    def end(self) -> None:
        """Give up what is under way, and end the process."""
        self._close()
        self._process.kill()
        self._process.join()
        self._process.close()

    def _ask(self, question: bytes) -> None:
        with contextlib.suppress(OSError):  # its end is noticed where answers are waited for
            self._questions.send_bytes(question)

    def _close(self) -> None:
        self._questions.close()
        self.answers.close()


def with_news(workers: Sequence[ProcessWorker], seconds: float) -> list[ProcessWorker]:
    """Return those that have said something or died, after so long at most."""
    by_answers = {worker.answers: worker for worker in workers}
    return [by_answers[answers] for answers in wait(list(by_answers), seconds)]  # type: ignore[index]  # what was put in comes back


def _serve(questions: Connection, answers: Connection, read: ReadOne, options: ReadOptions) -> None:
    """Answer questions until the other side goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that started us says when to end
    _bound_memory()
    gc.freeze()  # what was imported stays
    gc.set_threshold(*SELDOM)  # reading makes many objects and no cycles
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
