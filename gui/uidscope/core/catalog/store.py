"""The catalog's file, and one connection to it for each thread."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import getpass
import os
import platform
import re
import sqlite3
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Concatenate, Final, NamedTuple, ParamSpec, Self, TypeVar, cast

from uidscope.core.catalog.failures import failure_of, failures_told
from uidscope.core.catalog.schema import EARLY_INDEXES, SCHEMA_VERSION, TABLES
from uidscope.core.errors import InputError, OutputError
from uidscope.core.private_folder import PrivateFolder

Answer = TypeVar("Answer")
Arguments = ParamSpec("Arguments")

# In the file's head (https://sqlite.org/fileformat2.html, 1.3.12), so that a damaged one is known as ours.
APPLICATION_ID: Final = 0x55494453
_TABLE_NAME: Final = re.compile(r"CREATE (?:TABLE|VIEW) (\w+)")

_PAGE_BYTES: Final = 8192
_CACHE_KIBIBYTES: Final = 16 * 1024
_SMALL_CACHE_KIBIBYTES: Final = 4 * 1024
_SECONDS_TO_WAIT_FOR_A_WRITER: Final = 30.0
_ANSWERS_KEPT: Final = 64


class Source(NamedTuple):
    """One path the user gave, absolute; ``unpacked`` is where the files of an archive lie, else empty."""

    id: int
    path: str
    is_folder: bool
    unpacked: str = ""

    @property
    def top(self) -> str:
        """The folder whose path stands before those of the files, as the user would write them."""
        return self.path if self.is_folder else os.path.dirname(self.path)

    @property
    def top_on_disk(self) -> str:
        """The folder below which the files are opened."""
        return self.unpacked or self.top


class Catalog:
    """An SQLite file that holds what was read, and what the checks found.

    Readers in any thread do not wait for the one writer; they see what it has committed.
    """

    def __init__(
        self,
        path: str,
        room: PrivateFolder | None = None,
        *,
        read_only: bool = False,
    ) -> None:
        self.path = path
        self.is_temporary = room is not None
        self.is_read_only = read_only
        self._room = room
        self._unpacked = 0
        self._threads = threading.local()
        self._open: weakref.WeakSet[_ThreadState] = weakref.WeakSet()
        self._open_lock = threading.Lock()
        self._closed = False

    @classmethod
    def create(cls, path: str | None = None) -> Catalog:
        """Make an empty catalog, readable by this user alone.

        Without a path it lives in a private temporary folder that ``close`` (or the end of the
        program) removes; a named one says who makes it (``about``: ``writer``). Raises ``OutputError``
        where a file stands there already or none can be made.
        """
        if path is None:
            room = PrivateFolder("catalog")
            catalog = cls(os.path.join(room.path, "catalog.sqlite"), room)
        else:
            catalog = cls(os.path.abspath(path))
        try:
            os.close(os.open(catalog.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            with failures_told(catalog.path):
                catalog._make_tables()
        except FileExistsError:
            catalog.close()
            raise OutputError(f"There is a file already: {catalog.path}") from None
        except OSError as error:
            catalog.close()
            raise OutputError(f"No catalog can be made at {catalog.path}: {error.strerror}.") from error
        except OutputError:
            catalog.close()
            for part in ("-wal", "-shm", ""):
                with contextlib.suppress(OSError):
                    os.unlink(catalog.path + part)
            raise
        return catalog

    @classmethod
    def open(cls, path: str, *, read_only: bool = False) -> Catalog:
        """Open a catalog made before; ``read_only`` also while another program writes it.

        Raises ``InputError`` where there is none, or where another version of the program made it.
        """
        catalog = cls(os.path.abspath(path), read_only=read_only)
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
        if isinstance(error, sqlite3.Error) and (failure := failure_of(error, self.path)) is not None:
            raise failure from error

    @property
    def connection(self) -> sqlite3.Connection:
        """The calling thread's own connection, opened at the first use."""
        return self._thread_state().connection

    def sources(self) -> tuple[Source, ...]:
        """Return the paths the user gave, in their order."""
        rows = self.connection.execute("SELECT id, path, is_folder, unpacked FROM source ORDER BY id")
        return tuple(
            Source(id_, os.fsdecode(path), bool(is_folder), os.fsdecode(unpacked))
            for id_, path, is_folder, unpacked in rows
        )

    def new_folder(self) -> str:
        """Make an empty folder of this user alone, to unpack an archive in; it goes with the catalog.

        Raises ``OutputError`` where none can be made.
        """
        if self._room is None:
            self._room = PrivateFolder("archive")
        self._unpacked += 1
        folder = os.path.join(self._room.path, f"unpacked-{self._unpacked}")
        try:
            os.mkdir(folder, 0o700)
        except OSError as error:
            raise OutputError(f"No temporary folder can be made: {error.strerror}.") from error
        return folder

    def about(self, key: str) -> str | None:
        """Return a fact about the catalog itself (``schema_version``, ``reader_version``, ...), or None."""
        row = self.connection.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_about(self, key: str, value: str) -> None:
        """Keep a fact about the catalog itself."""
        with self.connection as connection:
            connection.execute("INSERT OR REPLACE INTO about (key, value) VALUES (?, ?)", (key, value))

    def keep_little_in_memory(self) -> None:
        """Let the calling thread hold less of the file: it stays, and asks for a few rows at a time."""
        self.connection.execute(f"PRAGMA cache_size = -{_SMALL_CACHE_KIBIBYTES}")

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
        if self._room is not None:
            self._room.close()

    def settle(self) -> None:
        """Bring all that was written into the one file, which may then be moved once the catalog is closed.

        Raises ``OutputError`` where the disk fails, or where another program reads what was written last.
        """
        with failures_told(self.path):
            busy, *_ = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise OutputError(f"Another program works on the catalog {self.path}; wait for it.")

    def is_sound(self) -> bool:
        """Say whether the file's pages fit together and every table is there; reads the whole file."""
        try:
            (said,) = self.connection.execute("PRAGMA quick_check(1)").fetchone()
            there = {name for (name,) in self.connection.execute("SELECT name FROM sqlite_master")}
        except sqlite3.DatabaseError:
            return False
        return said == "ok" and there.issuperset(_TABLE_NAME.findall(TABLES))

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
        address = f"{Path(self.path).as_uri()}?mode={'ro' if self.is_read_only else 'rw'}"
        connection = sqlite3.connect(
            address, uri=True, timeout=_SECONDS_TO_WAIT_FOR_A_WRITER, check_same_thread=False
        )
        try:
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
            # What is temporary in a query may hold patient data: it never goes to a file.
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute(f"PRAGMA synchronous = {'OFF' if self.is_temporary else 'NORMAL'}")
        except BaseException as error:
            connection.close()
            if isinstance(error, UnicodeDecodeError):  # SQLite quotes a damaged schema that is no text
                raise _damaged() from error
            raise
        return connection

    def _make_tables(self) -> None:
        connection = self.connection
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(TABLES + EARLY_INDEXES)
        with connection:
            connection.execute("INSERT INTO uid (id, value) VALUES (0, '')")
            connection.execute("INSERT INTO about VALUES ('schema_version', ?)", (str(SCHEMA_VERSION),))
            if not self.is_temporary:
                connection.execute("INSERT INTO about VALUES ('writer', ?)", (_this_program(),))


def tells_failures(
    work: Callable[Concatenate[Catalog, Arguments], Answer],
) -> Callable[Concatenate[Catalog, Arguments], Answer]:
    """Have some work on a catalog raise ``OutputError`` where the disk or the file below it fails."""

    @functools.wraps(work)
    def told(catalog: Catalog, /, *arguments: Arguments.args, **named: Arguments.kwargs) -> Answer:
        with failures_told(catalog.path):
            return work(catalog, *arguments, **named)

    return told


def _damaged() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("malformed database schema")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _this_program() -> str:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # no name for this user
        user = "somebody"
    now = dt.datetime.now().astimezone()
    computer = platform.node() or "this computer"
    return f"{user} on {computer}, process {os.getpid()}, since {now:%Y-%m-%d %H:%M}"


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
