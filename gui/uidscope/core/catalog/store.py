"""The catalog's file, and one connection to it for each thread."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self, TypeVar, cast

from filelock import BaseFileLock, FileLock, Timeout

from uidscope.core.catalog.schema import EARLY_INDEXES, SCHEMA_VERSION, TABLES
from uidscope.core.errors import InputError, OutputError

Answer = TypeVar("Answer")

_PAGE_BYTES: Final = 8192
_CACHE_KIBIBYTES: Final = 16 * 1024
_SECONDS_TO_WAIT_FOR_A_WRITER: Final = 30.0
_ANSWERS_KEPT: Final = 64

_FOLDER_PREFIX: Final = "uidscope-catalog-"
_IN_USE: Final = "in-use.lock"


class Source(NamedTuple):
    """One path the user gave, absolute."""

    id: int
    path: str
    is_folder: bool


class Catalog:
    """An SQLite file that holds what was read, and what the checks found.

    Readers in any thread do not wait for the one writer; they see what it has committed.
    """

    def __init__(self, path: str, *, is_temporary: bool) -> None:
        self.path = path
        self.is_temporary = is_temporary
        self._threads = threading.local()
        self._open: weakref.WeakSet[_ThreadState] = weakref.WeakSet()
        self._open_lock = threading.Lock()
        self._closed = False
        self._discard: weakref.finalize[..., Catalog] | None = None
        if is_temporary:
            lock = FileLock(os.path.join(os.path.dirname(path), _IN_USE), mode=0o600, thread_local=False)
            lock.acquire(timeout=0)
            self._discard = weakref.finalize(self, _discard_folder, lock)

    @classmethod
    def create(cls, path: str | None = None) -> Catalog:
        """Make an empty catalog, readable by this user alone.

        Without a path it lives in a private temporary folder that ``close`` (or the end of the
        program) removes. Raises ``OutputError`` where a file stands there already or none can be made.
        """
        if path is None:
            path = os.path.join(tempfile.mkdtemp(prefix=_FOLDER_PREFIX), "catalog.sqlite")
            catalog = cls(path, is_temporary=True)
        else:
            catalog = cls(os.path.abspath(path), is_temporary=False)
        try:
            os.close(os.open(catalog.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            raise OutputError(f"There is a file already: {catalog.path}") from None
        except OSError as error:
            raise OutputError(f"No catalog can be made at {catalog.path}: {error.strerror}.") from error
        catalog._make_tables()
        return catalog

    @classmethod
    def open(cls, path: str) -> Catalog:
        """Open a catalog made before.

        Raises ``InputError`` where there is none, or where another version of the program made it.
        """
        catalog = cls(os.path.abspath(path), is_temporary=False)
        if not os.path.isfile(catalog.path):
            raise InputError(f"There is no catalog at {catalog.path}.")
        try:
            version = catalog.about("schema_version")
        except sqlite3.DatabaseError:
            version = None
        if version != str(SCHEMA_VERSION):
            catalog.close()
            raise InputError(f"This is no catalog of this version of the program: {catalog.path}")
        return catalog

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The calling thread's own connection, opened at the first use."""
        return self._thread_state().connection

    def sources(self) -> tuple[Source, ...]:
        """Return the paths the user gave, in their order."""
        rows = self.connection.execute("SELECT id, path, is_folder FROM source ORDER BY id")
        return tuple(Source(id_, os.fsdecode(path), bool(is_folder)) for id_, path, is_folder in rows)

    def about(self, key: str) -> str | None:
        """Return a fact about the catalog itself (``schema_version``, ``reader_version``, ...), or None."""
        row = self.connection.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_about(self, key: str, value: str) -> None:
        """Keep a fact about the catalog itself."""
        with self.connection as connection:
            connection.execute("INSERT OR REPLACE INTO about (key, value) VALUES (?, ?)", (key, value))

    def remembered(self, key: object, find: Callable[[], Answer]) -> Answer:
        """Return what ``find`` returned last for this key, and ask again once the catalog has changed."""
        return self._thread_state().remembered(key, find)

    def close(self) -> None:
        """Close every thread's connection, and remove a temporary catalog.

        No other thread may be asking it anything by then; any further use raises ``InputError``.
        """
        with self._open_lock:
            self._closed = True
            states = list(self._open)
        self._threads = threading.local()
        for state in states:
            state.close()
        if self._discard is not None:
            self._discard()

    def _thread_state(self) -> _ThreadState:
        state: _ThreadState | None = getattr(self._threads, "state", None)
        if state is None:
            with self._open_lock:
                if self._closed:
                    raise InputError("The catalog has been closed.")
                state = _ThreadState(self._connect())
                self._open.add(state)
            self._threads.state = state
        return state

    def _connect(self) -> sqlite3.Connection:
        address = f"{Path(self.path).as_uri()}?mode=rw"
        connection = sqlite3.connect(
            address, uri=True, timeout=_SECONDS_TO_WAIT_FOR_A_WRITER, check_same_thread=False
        )
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
        # What is temporary in a query may hold patient data: it never goes to a file.
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA synchronous = {'OFF' if self.is_temporary else 'NORMAL'}")
        return connection

    def _make_tables(self) -> None:
        connection = self.connection
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(TABLES + EARLY_INDEXES)
        with connection:
            connection.execute("INSERT INTO uid (id, value) VALUES (0, '')")
            connection.execute("INSERT INTO about VALUES ('schema_version', ?)", (str(SCHEMA_VERSION),))


def clear_left_behind() -> int:
    """Remove the temporary catalogs of this user that no running program uses; return how many.

    A program that was killed leaves its catalog behind, and with it what the files say of patients.
    """
    removed = 0
    for entry in os.scandir(tempfile.gettempdir()):
        lock_path = os.path.join(entry.path, _IN_USE)
        if not entry.name.startswith(_FOLDER_PREFIX) or not _is_own_folder(entry):
            continue
        # A folder without the lock may be one that is being made.
        if os.path.isfile(lock_path):
            lock = FileLock(lock_path, mode=0o600, thread_local=False)
            with contextlib.suppress(Timeout, OSError):
                lock.acquire(timeout=0)
                _discard_folder(lock)
                removed += 1
    return removed


def _discard_folder(lock: BaseFileLock) -> None:
    """Remove the folder that a lock of ours stands in."""
    lock.release()
    shutil.rmtree(os.path.dirname(lock.lock_file), ignore_errors=True)


def _is_own_folder(entry: os.DirEntry[str]) -> bool:
    """Anybody may put a folder or a link of any name where temporary files go."""
    if not entry.is_dir(follow_symlinks=False):
        return False
    return os.name == "nt" or entry.stat(follow_symlinks=False).st_uid == os.getuid()


class _ThreadState:
    """One thread's connection, and the answers it remembers; closed with its thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._answers: dict[object, object] = {}
        self._version: tuple[int, int] = (-1, -1)

    def remembered(self, key: object, find: Callable[[], Answer]) -> Answer:
        # data_version tells of commits by others, total_changes of writes of our own.
        (others,) = self.connection.execute("PRAGMA data_version").fetchone()
        version = (others, self.connection.total_changes)
        if version != self._version:
            self._answers.clear()
            self._version = version
        if key in self._answers:
            return cast("Answer", self._answers[key])
        if len(self._answers) >= _ANSWERS_KEPT:
            del self._answers[next(iter(self._answers))]
        answer = find()
        self._answers[key] = answer
        return answer

    def close(self) -> None:
        self.connection.close()

    def __del__(self) -> None:
        self.close()
