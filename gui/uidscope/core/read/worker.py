"""One reader at work, whatever it is: the chunks that it holds, and what became of one."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from uidscope.core.read.find_files import FoundFile
from uidscope.core.read.read_chunk import Packed, packed_question


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


class Worker(ABC):
    """Takes chunks and reads one after the other; ``heard`` is when it last showed that it lives."""

    def __init__(self) -> None:
        self.held: deque[Chunk] = deque()
        self.heard = time.monotonic()
        self.is_ready = False

    def put(self, chunk: Chunk) -> None:
        """Hand over a chunk."""
        if not self.held:
            self.heard = time.monotonic()
        self.held.append(chunk)
        self._ask(packed_question(chunk.files))

    def taken(self, results: bytes) -> Answer:
        """Take in the results of the chunk that was handed over first."""
        self.heard = time.monotonic()
        return Answer(self.held.popleft(), results)

    @abstractmethod
    def end(self) -> None:
        """Give up what is under way."""

    @abstractmethod
    def _ask(self, question: bytes) -> None:
        """Let the reader have a packed question."""
