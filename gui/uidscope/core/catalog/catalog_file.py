"""A catalog in a file that the user names: whether it is one, whether it is sound, and who writes it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from typing import Final

from filelock import FileLock, Timeout

from uidscope.core.catalog.network_drive import is_on_network_drive
from uidscope.core.catalog.store import APPLICATION_ID, Catalog
from uidscope.core.errors import InputError, OutputError

_MAGIC: Final = b"SQLite format 3\0"
_HEAD: Final = 100
_SEALED: Final = "sealed"
_APPLICATION_ID: Final = slice(68, 72)  # https://sqlite.org/fileformat2.html, 1.3.12


class CatalogInUse(OutputError):
    """Another program writes this catalog."""


@contextlib.contextmanager
def held(path: str) -> Iterator[None]:
    """Keep other programs from writing this catalog meanwhile.

    Raises ``CatalogInUse`` where one does, and ``OutputError`` where the file would lie on a network drive,
    whose locks are not to be trusted, or where its folder cannot be written.
    """
    if is_on_network_drive(os.path.dirname(path)):
        raise OutputError(f"The catalog must lie on a drive of this computer, not on the network: {path}")
    lock = FileLock(f"{path}.lock", timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise CatalogInUse(f"Another program works on the catalog {path}; wait for it.") from None
    except OSError as error:
        raise OutputError(f"No catalog can be made at {path}: {error.strerror}.") from error
    try:
        yield
    finally:
        lock.release()


def open_sound(path: str) -> Catalog | None:
    """Open the catalog at a path; None where there is none, or one that is damaged or of another version.

    One that was sealed and has the same time and size is not read through.

    Raises ``OutputError`` where what stands there is no catalog at all: it is not ours to replace.
    """
    if not os.path.lexists(path):
        return None
    if not _is_ours(path):
        raise OutputError(f"There is a file already, and it is no catalog: {path}")
    try:
        catalog = Catalog.open(path)
    except InputError:
        return None
    if is_sealed(catalog) or catalog.is_sound():
        return catalog
    catalog.close()
    return None


def seal(catalog: Catalog, path: str | None = None) -> None:
    """Close a catalog whose pages fit together, so that the next to open it need not look.

    It is put at ``path``, if one is given, and gets the time that it names itself: whoever writes to it
    changes that. Raises ``OutputError`` where the disk fails or another program reads what was written last.
    """
    moment = time.time_ns()
    catalog.set_about(_SEALED, str(moment))
    catalog.settle()
    catalog.close()
    if path is not None:
        _publish(catalog.path, path)
    with contextlib.suppress(OSError):
        os.utime(path or catalog.path, ns=(moment, moment))


def break_seal(path: str) -> None:
    """Have the catalog at a path looked through when it is opened next."""
    with contextlib.suppress(OSError):
        os.utime(path)


def is_sealed(catalog: Catalog) -> bool:
    """Whether nothing was written to a catalog since it was sealed."""
    try:
        status = os.stat(catalog.path)
        (pages,) = catalog.connection.execute("PRAGMA page_count").fetchone()
        (page,) = catalog.connection.execute("PRAGMA page_size").fetchone()
        is_same = catalog.about(_SEALED) == str(status.st_mtime_ns) and pages * page == status.st_size
        return is_same and not _has_log(catalog.path)
    except (OSError, sqlite3.DatabaseError):
        return False


def _has_log(path: str) -> bool:
    """Whether something written is not yet in the one file."""
    try:
        return os.path.getsize(f"{path}-wal") > 0
    except OSError:
        return False


def _publish(name: str, path: str) -> None:
    try:
        for part in ("-wal", "-shm"):  # a log of the old one would be taken for the new one's
            with contextlib.suppress(FileNotFoundError):
                os.remove(path + part)
        os.replace(name, path)
    except OSError as error:
        raise OutputError(f"No catalog can be made at {path}: {error.strerror}.") from error


def open_beside_writer(path: str, unfinished: str) -> tuple[Catalog, str]:
    """Open a catalog to be read while another program makes a new one (``unfinished``) in its place.

    Also returned is a sentence that says whose it is. Raises ``CatalogInUse`` where there is nothing to be
    read yet.
    """
    writer = _writer(unfinished) or _writer(path) or "another program"
    try:
        catalog = Catalog.open(path, read_only=True)
    except InputError:
        raise CatalogInUse(f"The catalog {path} is being written by {writer}; wait for it.") from None
    return (
        catalog,
        f"The catalog {path} is being written by {writer}; what it held before is read, nothing else.",
    )


def _writer(path: str) -> str:
    with contextlib.suppress(InputError), Catalog.open(path, read_only=True) as catalog:
        return catalog.about("writer") or ""
    return ""


def _is_ours(path: str) -> bool:
    """Whether a file is a catalog, however damaged behind its head, or one that was never begun."""
    if os.path.islink(path) or not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {error.strerror}.") from error
    application_id = int.from_bytes(head[_APPLICATION_ID], "big")
    return not head or (head.startswith(_MAGIC) and application_id == APPLICATION_ID)
