"""A folder that appears complete or not at all.

Everything is written in ``NAME.incomplete/``, beside the target, and brought to the disk. One rename of
the finished folder makes the export; the files beside it get their names just before. Whenever the
program stops, the target is absent or complete, and what was under way has a name that says so.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from filelock import FileLock, Timeout

from uidscope.core.errors import OutputError
from uidscope.core.export.durable import FILE_MODE, create_file, sync_file, sync_folder
from uidscope.core.export.journal import Journal, journal_lines, read_journal
from uidscope.core.export.layout import is_inside
from uidscope.core.export.target import Target
from uidscope.core.read.byte_window import shown

_FOLDER_MODE: Final = 0o755
_PRIVATE_FILE_MODE: Final = 0o600
_PRIVATE_FOLDER_MODE: Final = 0o700

_FILES: Final = "files"
_LOCK: Final = "lock"
_JOURNAL: Final = "journal"
_PUBLISHING: Final = "publishing"


class Stage:
    """The folder an export is made in, until it is published."""

    def __init__(self, target: Target, lock: FileLock) -> None:
        self._target = target
        self._lock = lock
        self._sidecars: list[tuple[str, str]] = []  # (path here, final path)
        self._named: list[str] = []  # the sidecars that have their final name
        self.folder = os.path.join(target.staging, _FILES)
        self._finished = self.folder  # what gets the target's name
        self.published = False
        self._folders = {self.folder}
        if os.path.lexists(self.folder):  # of the interrupted export that is resumed
            self._folders.update(folder for folder, _, _ in _walk(self.folder))
        else:
            os.mkdir(self.folder, _FOLDER_MODE)

    def path_of(self, name: str) -> str:
        """Return where the file of this relative name is until it is published."""
        if not is_inside(name):
            raise OutputError(f"{shown(name)} is no name that can be written inside a folder.")
        return os.path.join(self.folder, *name.split("/"))

    def make_way(self, name: str) -> str:
        """Make the folders on the way to a file; return its path."""
        path = self.path_of(name)
        self._make_folders(os.path.dirname(path))
        return path

    def create(self, name: str) -> int:
        """Create a file, and the folders on the way; return its descriptor for writing."""
        return create_file(self.make_way(name), FILE_MODE)

    def has(self, name: str) -> bool:
        """Say whether an interrupted export has left a file of this name."""
        return os.path.lexists(self.path_of(name))

    def remove(self, name: str) -> None:
        """Remove a file that an interrupted export has left."""
        os.unlink(self.path_of(name))

    def remove_all_but(self, names: Iterable[str]) -> None:
        """Remove what an interrupted export has left besides the files of these names."""
        wanted = {self.path_of(name) for name in names}
        for folder, _, files in _walk(self.folder, topdown=False):
            for path in {os.path.join(folder, file) for file in files} - wanted:
                os.unlink(path)
            if folder != self.folder and not os.listdir(folder):
                os.rmdir(folder)
                self._folders.discard(folder)

    def create_archive(self) -> tuple[int, str]:
        """Create the file that is to be published in the folder's stead; return its descriptor and path."""
        self._finished = os.path.join(self._target.staging, os.path.basename(self._target.archive))
        return create_file(self._finished, FILE_MODE), self._finished

    def write_sidecar_folder(self, final_path: str, contents: Mapping[str, bytes]) -> None:
        """Write a folder of files that will stand beside the target, for its owner's eyes only."""
        folder = os.path.join(self._target.staging, os.path.basename(final_path))
        os.mkdir(folder, _PRIVATE_FOLDER_MODE)
        for name, content in contents.items():
            _write_private(os.path.join(folder, name), [content])
        sync_folder(folder)
        self._sidecars.append((folder, final_path))

    def write_sidecar(self, final_path: str, content: bytes) -> None:
        """Write a file that will stand beside the target, for its owner's eyes only."""
        path = os.path.join(self._target.staging, os.path.basename(final_path))
        _write_private(path, [content])
        self._sidecars.append((path, final_path))

    def publish(self) -> None:
        """Give everything its final name.

        Raises ``OutputError`` where one of the names has been taken meanwhile, and ``OSError``; the
        target does not exist then, unless only the last confirmation of the disk failed.
        """
        parent = os.path.dirname(self._target.folder)
        for folder in sorted(self._folders, reverse=True):
            sync_folder(folder)
        names = [os.path.basename(path) for path, _ in self._sidecars]
        mark = json.dumps({"finished": os.path.basename(self._finished), "sidecars": names})
        _write_private(os.path.join(self._target.staging, _PUBLISHING), [mark.encode("ascii")])
        sync_folder(self._target.staging)
        for path in self._target.all_names:
            if os.path.lexists(path):
                raise OutputError(f"{shown(path)} has appeared meanwhile; choose another name.")
        for path, final_path in self._sidecars:
            os.rename(path, final_path)
            self._named.append(final_path)
        sync_folder(parent)
        os.rename(self._finished, self._target.published)
        self.published = True
        sync_folder(parent)

    def close(self) -> None:
        """Remove the staging folder, and, unless published, the names already given.

        What cannot be removed stays, under a name that says that it is incomplete. Where a name cannot be
        taken back, the whole folder stays, which knows of it.
        """
        if self.published or self._take_names_back():
            _remove_staging(self._target, self._lock)
        else:
            self._lock.release()

    def _take_names_back(self) -> bool:
        """Remove what has its final name already; say whether nothing of it is left."""
        for path in self._named:
            with contextlib.suppress(OSError):
                _remove(path)
        if self._named:
            with contextlib.suppress(OSError):
                sync_folder(os.path.dirname(self._target.folder))
        return not any(os.path.lexists(path) for path in self._named)

    def _make_folders(self, folder: str) -> None:
        if folder not in self._folders:
            self._make_folders(os.path.dirname(folder))
            os.mkdir(folder, _FOLDER_MODE)
            self._folders.add(folder)


@contextlib.contextmanager
def staging(target: Target, journal: Journal | None = None, *, resume: bool = False) -> Iterator[Stage]:
    """Make the staging folder of a target, and take it away at the end whatever happens.

    The folder is made exclusively, so nothing of anybody else can stand in it; with ``resume`` the one
    that an interrupted export left is taken, with its files. What cannot be taken away, as after a kill,
    ``find_interrupted`` finds. Raises ``OSError``, and ``OutputError`` where what lies there was not made
    by an export, or where one still works in it.
    """
    taken_over = resume and os.path.lexists(target.staging)
    if taken_over:
        lock = _hold(target)
    else:
        os.mkdir(target.staging, _PRIVATE_FOLDER_MODE)
        lock = FileLock(os.path.join(target.staging, _LOCK))
    try:
        if not taken_over:
            lock.acquire(timeout=0)
        else:
            _forget_all_but(target, _FILES, _JOURNAL)
        journal_path = os.path.join(target.staging, _JOURNAL)
        if not os.path.lexists(journal_path):
            _write_private(journal_path, journal_lines(journal) if journal else [])
            sync_folder(target.staging)
        stage = Stage(target, lock)
    except BaseException:
        if taken_over:
            lock.release()
        else:
            _remove_staging(target, lock)
        raise
    try:
        yield stage
    finally:
        stage.close()


class Interrupted(NamedTuple):
    """What an interrupted export left.

    ``files`` and ``total_bytes`` count what it had written. ``published`` says that the export is
    complete and only the staging folder remained. Without a ``journal`` it can be cleared, not resumed.
    """

    staging: str
    files: int
    total_bytes: int
    published: bool
    journal: Journal | None


def find_interrupted(target: Target) -> Interrupted | None:
    """Return what an interrupted export left beside its target; None where nothing lies there.

    Raises ``OutputError`` where the folder is not one of ours, where an export still works in it, or
    where it cannot be read.
    """
    if not os.path.lexists(target.staging):
        return None
    lock = _hold(target)
    try:
        files, total_bytes = _files_and_bytes(os.path.join(target.staging, _FILES))
        journal = _kept_journal(os.path.join(target.staging, _JOURNAL))
        mark = _publishing_mark(target.staging)
    except OSError as error:
        raise OutputError(f"{shown(target.staging)} cannot be read: {error.strerror}.") from error
    finally:
        lock.release()
    published = os.path.lexists(target.published) or (mark is not None and mark.is_published)
    return Interrupted(target.staging, files, total_bytes, published, journal)


def clear_interrupted(target: Target) -> None:
    """Remove what an interrupted export left beside its target; a published one is kept.

    Raises ``OutputError`` where the folder is not one of ours, where an export still works in it, or
    where it cannot be removed.
    """
    lock = _hold(target)
    try:
        _forget_all_but(target, _JOURNAL)
        lock.release()
        _remove_all(target.staging)
    except OSError as error:
        lock.release()
        raise OutputError(f"{shown(target.staging)} cannot be removed: {error.strerror}.") from error


def _hold(target: Target) -> FileLock:
    """Return the lock of a staging folder, held: nobody else works in it now."""
    lock_path = os.path.join(target.staging, _LOCK)
    is_folder = os.path.isdir(target.staging) and not os.path.islink(target.staging)
    # One that was stopped before it held anything is empty; some systems remove a lock that is released.
    names = os.listdir(target.staging) if is_folder else []
    if not is_folder or (names and _LOCK not in names and _JOURNAL not in names):
        raise OutputError(f"{shown(target.staging)} was not made by an export; remove it yourself.")
    lock = FileLock(lock_path)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise OutputError(f"Another export still works in {shown(target.staging)}; wait for it.") from error
    except OSError as error:
        raise OutputError(f"{shown(target.staging)} cannot be written: {error.strerror}.") from error
    return lock


def _forget_all_but(target: Target, *kept: str) -> None:
    """Remove what an interrupted export left, and the names it had given; its lock stays."""
    for path in _names_given(target):
        with contextlib.suppress(FileNotFoundError):
            _remove(path)
    _forget_names(target.staging)
    for name in os.listdir(target.staging):
        if name not in (*kept, _LOCK):
            _remove(os.path.join(target.staging, name))


def _names_given(target: Target) -> list[str]:
    """The sidecars that have their final names of an export that was not published.

    They are those that it meant to name and no longer has: a file of that name beside one that it still
    has is somebody else's.
    """
    mark = _publishing_mark(target.staging)
    if mark is None or mark.is_published:
        return []
    return [
        path
        for path in target.sidecars
        if os.path.basename(path) in mark.sidecars
        and not os.path.lexists(os.path.join(target.staging, os.path.basename(path)))
    ]


class _Mark(NamedTuple):
    """Which sidecars a publication names, and whether it came to its end: its last rename."""

    sidecars: tuple[str, ...]
    is_published: bool


def _publishing_mark(staging: str) -> _Mark | None:
    """What a publication said before it named anything; None where it did not come so far."""
    try:
        with open(os.path.join(staging, _PUBLISHING), "rb") as file:
            mark = json.loads(file.read())
    except (FileNotFoundError, ValueError):
        return None
    finished = os.path.join(staging, mark["finished"])
    return _Mark(tuple(mark["sidecars"]), not os.path.lexists(finished))


def _forget_names(staging: str) -> None:
    """Take away what says which names were given, before anything else of the folder goes."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(os.path.join(staging, _PUBLISHING))


def _remove_staging(target: Target, lock: FileLock) -> None:
    lock.release()
    with contextlib.suppress(OSError):
        _remove_all(target.staging)


def _remove_all(staging: str) -> None:
    """Remove a staging folder; what it is known for ours by goes last."""
    _forget_names(staging)
    for name in set(os.listdir(staging)) - {_LOCK, _JOURNAL}:
        _remove(os.path.join(staging, name))
    shutil.rmtree(staging)


def _remove(path: str) -> None:
    """Remove a file or a folder."""
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        os.unlink(path)


def _walk(folder: str, *, topdown: bool = True) -> Iterator[tuple[str, list[str], list[str]]]:
    """Walk as ``os.walk`` does, but raise what cannot be read."""

    def stop(error: OSError) -> None:
        raise error

    return os.walk(folder, topdown=topdown, onerror=stop)


def _files_and_bytes(folder: str) -> tuple[int, int]:
    if not os.path.lexists(folder):
        return 0, 0
    found = [os.path.join(where, name) for where, _, names in _walk(folder) for name in names]
    return len(found), sum(os.lstat(path).st_size for path in found)


def _kept_journal(path: str) -> Journal | None:
    try:
        with open(path, "rb") as lines:
            return read_journal(lines)
    except FileNotFoundError:
        return None


def _write_private(path: str, pieces: Iterable[bytes]) -> None:
    descriptor = create_file(path, _PRIVATE_FILE_MODE)
    try:
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        sync_file(descriptor)
    finally:
        os.close(descriptor)
