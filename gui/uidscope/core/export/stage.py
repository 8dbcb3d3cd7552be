"""A folder that appears complete or not at all.

Everything is written in ``NAME.incomplete/``, beside the target, and brought to the disk. One rename of
the finished folder makes the export; the files beside it get their names just before. Whenever the
program stops, the target is absent or complete, and what was under way has a name that says so.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from typing import Final

from filelock import FileLock, Timeout

from uidscope.core.errors import OutputError
from uidscope.core.export.durable import create_file, sync_file, sync_folder
from uidscope.core.export.layout import is_inside
from uidscope.core.export.target import Target
from uidscope.core.read.byte_window import shown

FILE_MODE: Final = 0o644
_FOLDER_MODE: Final = 0o755
_PRIVATE_FILE_MODE: Final = 0o600
_PRIVATE_FOLDER_MODE: Final = 0o700

_FILES: Final = "files"
_LOCK: Final = "lock"
_PUBLISHING: Final = "publishing"


class Stage:
    """The folder an export is made in, until it is published."""

    def __init__(self, target: Target, lock: FileLock) -> None:
        self._target = target
        self._lock = lock
        self._sidecars: list[tuple[str, str]] = []  # (path here, final path)
        self._named: list[str] = []  # the sidecars that have their final name
        self.folder = os.path.join(target.staging, _FILES)
        self.published = False
        os.mkdir(self.folder, _FOLDER_MODE)
        self._folders = {self.folder}

    def path_of(self, name: str) -> str:
        """Return where the file of this relative name is until it is published."""
        if not is_inside(name):
            raise OutputError(f"{shown(name)} is no name that can be written inside a folder.")
        return os.path.join(self.folder, *name.split("/"))

    def create(self, name: str) -> int:
        """Create a file, and the folders on the way; return its descriptor for writing."""
        path = self.path_of(name)
        self._make_folders(os.path.dirname(path))
        return create_file(path, FILE_MODE)

    def write_sidecar(self, final_path: str, content: bytes) -> None:
        """Write a file that will stand beside the target, for its owner's eyes only."""
        path = os.path.join(self._target.staging, os.path.basename(final_path))
        self._write_private(path, content)
        self._sidecars.append((path, final_path))

    def publish(self) -> None:
        """Give everything its final name.

        Raises ``OutputError`` where one of the names has been taken meanwhile, and ``OSError``; the
        target does not exist then, unless only the last confirmation of the disk failed.
        """
        parent = os.path.dirname(self._target.folder)
        for folder in sorted(self._folders, reverse=True):
            sync_folder(folder)
        self._write_private(os.path.join(self._target.staging, _PUBLISHING), b"")
        sync_folder(self._target.staging)
        for path in (self._target.folder, *self._target.sidecars):
            if os.path.lexists(path):
                raise OutputError(f"{shown(path)} has appeared meanwhile; choose another name.")
        for path, final_path in self._sidecars:
            os.rename(path, final_path)
            self._named.append(final_path)
        sync_folder(parent)
        os.rename(self.folder, self._target.folder)
        self.published = True
        sync_folder(parent)

    def close(self) -> None:
        """Remove the staging folder, and, unless published, the names already given.

        What cannot be removed stays, under a name that says that it is incomplete.
        """
        if not self.published:
            for path in self._named:
                with contextlib.suppress(OSError):
                    os.unlink(path)
        self._lock.release()
        shutil.rmtree(self._target.staging, ignore_errors=True)

    def _make_folders(self, folder: str) -> None:
        if folder not in self._folders:
            self._make_folders(os.path.dirname(folder))
            os.mkdir(folder, _FOLDER_MODE)
            self._folders.add(folder)

    @staticmethod
    def _write_private(path: str, content: bytes) -> None:
        descriptor = create_file(path, _PRIVATE_FILE_MODE)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            sync_file(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def staging(target: Target) -> Iterator[Stage]:
    """Make the staging folder of a target, and take it away at the end whatever happens.

    Raises ``OSError``; the folder is made exclusively, so nothing of anybody else can stand in it.
    """
    os.mkdir(target.staging, _PRIVATE_FOLDER_MODE)
    lock = FileLock(os.path.join(target.staging, _LOCK))
    try:
        lock.acquire(timeout=0)
        stage = Stage(target, lock)
    except BaseException:
        lock.release()
        shutil.rmtree(target.staging, ignore_errors=True)
        raise
    try:
        yield stage
    finally:
        stage.close()


def clear_interrupted(target: Target) -> None:
    """Remove what an interrupted export left beside its target; a published one is kept.

    Raises ``OutputError`` where the folder is not one of ours, where an export still works in it, or
    where it cannot be removed.
    """
    lock_path = os.path.join(target.staging, _LOCK)
    if os.path.islink(target.staging) or not os.path.lexists(lock_path):
        with contextlib.suppress(OSError):
            os.rmdir(target.staging)  # stopped before it held anything: an empty folder is no loss
            return
        raise OutputError(f"{shown(target.staging)} was not made by an export; remove it yourself.")
    lock = FileLock(lock_path)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise OutputError(f"Another export still works in {shown(target.staging)}; wait for it.") from error
    # Sidecars under their final names belong to it: it would not have begun had there been any.
    was_publishing = os.path.lexists(os.path.join(target.staging, _PUBLISHING))
    try:
        if was_publishing and not os.path.lexists(target.folder):
            for path in target.sidecars:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(path)
        lock.release()
        shutil.rmtree(target.staging)
    except OSError as error:
        lock.release()
        raise OutputError(f"{shown(target.staging)} cannot be removed: {error.strerror}.") from error
