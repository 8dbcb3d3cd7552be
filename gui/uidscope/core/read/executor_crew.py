"""Chunks read by an executor that the caller brings: a pool of threads, or the machines of a cluster."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait

from uidscope.core.read.read_chunk import ChunkReader, ReadOne, ReadOptions, packed_question
from uidscope.core.read.worker import Answer, Chunk

_HELD = 3  # chunks for each worker


class ExecutorCrew:
    """A ``workers.Crew`` over any ``concurrent.futures.Executor``; a broken one ``died``."""

    def __init__(self, executor: Executor, workers: int, read: ReadOne, options: ReadOptions) -> None:
        self._executor = executor
        self._most = workers * _HELD
        self._read = read
        self._options = options
        self._running: dict[Future[bytes], Chunk] = {}

    def has_room(self) -> bool:
        """Whether another chunk may be put."""
        return len(self._running) < self._most

    def put(self, chunk: Chunk) -> None:
        """Hand over a chunk."""
        question = packed_question(chunk.files)
        try:
            future = self._executor.submit(answer_question, question, self._read, self._options)
        except BrokenExecutor as broken:
            future = Future()
            future.set_exception(broken)
        self._running[future] = chunk

    def answers(self, seconds: float) -> list[Answer]:
        """Wait so long at most for answers."""
        done, _ = wait(self._running, timeout=seconds, return_when=FIRST_COMPLETED)
        found = []
        for future in done:
            chunk = self._running.pop(future)
            try:
                found.append(Answer(chunk, future.result()))
            except BrokenExecutor:
                found.append(Answer(chunk, b"", "died"))
        return found

    def close(self) -> None:
        """Give up what is under way."""
        for future in self._running:
            future.cancel()
        self._running.clear()


def answer_question(question: bytes, read: ReadOne, options: ReadOptions) -> bytes:
    """Read the files of one packed question, wherever that is."""
    return ChunkReader(read, options, lambda: None).answer(question)
