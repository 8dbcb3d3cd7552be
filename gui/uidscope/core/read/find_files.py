"""What lies below the paths a user gives: every file, or why one is not read.

No file is opened here but those the user names: they may be archives, and these are unpacked.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from uidscope.core.errors import InputError
from uidscope.core.progress import CancelToken
from uidscope.core.read.archive_head import is_archive
from uidscope.core.read.record import NotLoaded


class Source(NamedTuple):
    """A path the user gave, made absolute; ``name`` is what to call a file source in records.

    A ZIP archive counts as a folder; it needs an empty folder ``unpack_to`` before its files can be found.
    """

    number: int
    path: str
    is_folder: bool
    is_archive: bool = False
    unpack_to: str = ""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return os.path.basename(self.path)


class FoundFile(NamedTuple):
    """A regular file: its source, its path relative to it with ``/``, and where it is."""

    source: int
    path: str
    file: str


def resolve_sources(paths: Sequence[str]) -> tuple[Source, ...]:
    """Make sources of the paths a user gave; a DICOMDIR stands for the folder it lies in.

    Raises InputError where a path is not there.
    """
    sources = []
    for number, given in enumerate(paths):
        path = os.path.abspath(given)
        try:
            mode = os.stat(path).st_mode
        except OSError as error:
            raise InputError(f"{_shown(given)}: {error.strerror}.") from error
        if stat.S_ISREG(mode) and os.path.basename(path).upper() == "DICOMDIR":
            path, mode = os.path.dirname(path), stat.S_IFDIR
        if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
            raise InputError(f"{_shown(given)} is neither a folder nor a file.")
        archive = stat.S_ISREG(mode) and is_archive(path)
        sources.append(Source(number, path, archive or stat.S_ISDIR(mode), archive))
    return tuple(sources)


def find_files(
    sources: Sequence[Source], *, follow_links: bool = False, cancel: CancelToken | None = None
) -> Iterator[FoundFile | NotLoaded]:
    """Walk the sources in order, each folder's entries by name; never follows a loop.

    A folder or file that is met a second time through another source or a link is named
    ``same-file``; links are ``special-file`` unless followed. The files of an archive are unpacked as they
    are asked for, in its own order; after ``cancel`` no more are.
    """
    finder = _Finder(follow_links=follow_links)
    for source in sources:
        if source.is_archive:
            yield from finder.unpacked(source, cancel or CancelToken())
        elif source.is_folder:
            yield from finder.walk(source)
        else:
            yield finder.single(source)


class _Finder:
    def __init__(self, *, follow_links: bool) -> None:
        self._follow = follow_links
        self._folders: set[tuple[int, int]] = set()
        self._singles: set[tuple[int, int]] = set()
        self._inodes: set[int] = set()
        self._archives: set[tuple[int, int]] = set()

    def single(self, source: Source) -> FoundFile | NotLoaded:
        status = os.stat(source.path)
        identity = (status.st_dev, status.st_ino)
        folder = os.stat(os.path.dirname(source.path))
        if identity in self._singles or (folder.st_dev, folder.st_ino) in self._folders:
            return NotLoaded(source.number, source.name, "same-file", "loaded already")
        self._singles.add(identity)
        self._inodes.add(status.st_ino)
        return FoundFile(source.number, source.name, source.path)

    def unpacked(self, source: Source, cancel: CancelToken) -> Iterator[FoundFile | NotLoaded]:
        from uidscope.core.read.archive import Refused, unpack  # noqa: PLC0415 - few sources are one

        if not source.unpack_to:
            raise ValueError("an archive needs a folder to unpack it to")
        status = os.stat(source.path)
        identity = (status.st_dev, status.st_ino)
        if identity in self._archives:
            yield NotLoaded(source.number, ".", "same-file", "loaded already")
            return
        self._archives.add(identity)
        for entry in unpack(source.path, source.unpack_to, cancel):
            if isinstance(entry, Refused):
                yield entry.not_loaded(source.number)
            else:
                yield FoundFile(source.number, entry.path, entry.file)

    def walk(self, source: Source) -> Iterator[FoundFile | NotLoaded]:
        pending = [(source.path, "", False)]
        while pending:
            folder, relative, known = pending.pop()
            try:
                status = os.stat(folder)
                with os.scandir(folder) as found:
                    entries = sorted(found, key=lambda entry: entry.name)
            except OSError as error:
                yield NotLoaded(source.number, relative or ".", "unreadable", error.strerror or "")
                continue
            identity = (status.st_dev, status.st_ino)
            if identity in self._folders:
                if known:
                    continue  # a loop of links
                known = True
            self._folders.add(identity)
            below = []
            for entry in entries:
                path = f"{relative}/{entry.name}" if relative else entry.name
                if self._is_folder(entry):
                    below.append((entry.path, path, known))
                else:
                    yield self._entry(source, entry, path, known=known)
            pending.extend(reversed(below))

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir(follow_symlinks=self._follow)
        except OSError:
            return False

    def _entry(
        self, source: Source, entry: os.DirEntry[str], path: str, *, known: bool
    ) -> FoundFile | NotLoaded:
        try:
            if entry.is_symlink() and not self._follow:
                return NotLoaded(source.number, path, "special-file", "a link, not followed")
            if not entry.is_file(follow_symlinks=self._follow):
                return NotLoaded(source.number, path, "special-file", "not a regular file")
            if known or self._is_single(entry):
                return NotLoaded(source.number, path, "same-file", "loaded already")
        except OSError as error:
            return NotLoaded(source.number, path, "unreadable", error.strerror or "")
        return FoundFile(source.number, path, entry.path)

    def _is_single(self, entry: os.DirEntry[str]) -> bool:
        if not self._inodes or entry.inode() not in self._inodes:
            return False
        status = entry.stat(follow_symlinks=self._follow)
        return (status.st_dev, status.st_ino) in self._singles


def _shown(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")
