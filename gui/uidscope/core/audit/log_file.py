"""The files of the audit log: JSON lines, for this user's eyes only; a full file makes room for a new one.

Several programs write into one log at once: each line is one write at the end of the file, and files are
renamed by whoever holds the lock. A line that a kill or a full disk cut short stays alone on its line and
is counted, not read.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import platformdirs
from filelock import FileLock, Timeout

from uidscope.core.private_folder import make_private

MOST_BYTES: Final = 1_000_000
MOST_FILES: Final = 5

_NAME: Final = "audit"
_ENDING: Final = ".jsonl"
_SECONDS_TO_WAIT: Final = 2.0
_APPEND: Final = (
    os.O_RDWR
    | os.O_APPEND
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def audit_folder() -> str:
    """The folder of the log, in the user's data folder."""
    return os.path.join(platformdirs.user_data_dir("uidscope", appauthor=False), "audit")


class AuditRecords(NamedTuple):
    """The records there are, the oldest first; ``damaged`` lines could not be read."""

    records: tuple[dict[str, Any], ...]
    damaged: int


class AuditLogFile:
    """The log in one folder: at most ``most_files`` files of about ``most_bytes``."""

    def __init__(
        self, folder: str | None = None, *, most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES
    ) -> None:
        self.folder = folder or audit_folder()
        self._most_bytes, self._most_files = most_bytes, most_files

    def append(self, record: dict[str, Any]) -> None:
        """Write a record at the end, by one write. Raises ``OSError``."""
        line = json.dumps(record, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
        make_private(self.folder)
        with self._locked() as is_alone:
            if is_alone:
                self._make_room(len(line))
            descriptor = os.open(self._path(0), _APPEND, 0o600)
            try:
                if not _ends_a_line(descriptor):
                    line = b"\n" + line
                written = os.write(descriptor, line)
            finally:
                os.close(descriptor)
        if written != len(line):
            raise OSError(f"only {written} of {len(line)} bytes were written")

    def paths(self) -> tuple[str, ...]:
        """Return the files there are, the oldest first."""
        there = (self._path(place) for place in reversed(range(self._most_files)))
        return tuple(path for path in there if os.path.isfile(path))

    def records(self) -> AuditRecords:
        """Return what the log holds. Raises ``OSError`` where a file cannot be read."""
        found, damaged = [], 0
        with self._locked() if os.path.isdir(self.folder) else contextlib.nullcontext():
            lines = [line for path in self.paths() for line in _lines(path)]
        for line in lines:
            record = _record(line)
            if record is None:
                damaged += 1
            else:
                found.append(record)
        return AuditRecords(tuple(found), damaged)

    def _path(self, place: int) -> str:
        """The file at a place: 0 is the one that grows, the others are older and older."""
        return os.path.join(self.folder, f"{_NAME}.{place}{_ENDING}" if place else f"{_NAME}{_ENDING}")

    def _make_room(self, more: int) -> None:
        """Where so many bytes do not fit, let every file take the place of the one older than it."""
        try:
            size = os.path.getsize(self._path(0))
        except FileNotFoundError:
            return
        if size == 0 or size + more <= self._most_bytes:
            return
        for place in reversed(range(self._most_files - 1)):
            with contextlib.suppress(FileNotFoundError):
                os.replace(self._path(place), self._path(place + 1))
        if self._most_files == 1:
            os.remove(self._path(0))

    @contextlib.contextmanager
    def _locked(self) -> Iterator[bool]:
        """Hold the lock, or do without it where another program does not let go or there can be none.

        Lines are whole then too; only no file makes room then.
        """
        path = os.path.join(self.folder, f"{_NAME}.lock")
        lock = FileLock(path, timeout=_SECONDS_TO_WAIT, mode=0o600, thread_local=False)
        try:
            lock.acquire()
        except (Timeout, OSError):
            yield False
            return
        try:
            yield True
        finally:
            lock.release()


def _ends_a_line(descriptor: int) -> bool:
    end = os.lseek(descriptor, 0, os.SEEK_END)
    if end == 0:
        return True
    os.lseek(descriptor, end - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"


def _lines(path: str) -> list[bytes]:
    with open(path, "rb") as file:
        return [line for line in file.read().split(b"\n") if line.strip()]


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and "EventIdentification" in found else None
