"""The names an export will use, and whether it may use them: asked before anything is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from uidscope.core.errors import InputError, OutputError
from uidscope.core.export.request import ExportFile
from uidscope.core.read.byte_window import shown

# A file takes whole blocks, and folders take some too.
_ROUNDED_UP_BY: Final = 4096


class Target(NamedTuple):
    """The folder an export makes, what stands beside it, and where it is made."""

    folder: str
    crosswalk: str
    manifest: str
    old_uids: str
    staging: str

    @property
    def sidecars(self) -> tuple[str, str, str]:
        """The files beside the folder."""
        return self.crosswalk, self.manifest, self.old_uids


def target_names(target: str) -> Target:
    """Return the names that belong to a target, as absolute paths."""
    folder = os.path.abspath(target)
    return Target(
        folder,
        f"{folder}.crosswalk.csv",
        f"{folder}.manifest.json",
        f"{folder}.old-uids.txt",
        f"{folder}.incomplete",
    )


def check_target(target: Target, sources: Iterable[str], files: Iterable[ExportFile]) -> None:
    """Raise ``OutputError`` where the target exists, lies inside a source, or has no folder to lie in.

    Raises ``InputError`` where a source has gone.
    """
    if os.path.lexists(target.staging):
        raise OutputError(
            f"{shown(target.staging)} is there already, from an export that was interrupted or still runs;"
            " remove it, or choose another name."
        )
    for path in (target.folder, *target.sidecars):
        if os.path.lexists(path):
            raise OutputError(f"{shown(path)} is there already; choose another name.")
    parent = os.path.dirname(target.folder)
    if not os.path.isdir(parent):
        raise OutputError(f"{shown(parent)} is not a folder; make it first, or choose another place.")
    linked = {folder for file in files for folder in _folders_on_the_way(file)}
    refuse_inside_sources(target.folder, (*sources, *linked))


def refuse_inside_sources(path: str, sources: Iterable[str]) -> None:
    """Raise ``OutputError`` where ``path``, which need not exist, is a source or lies inside one.

    Folders are compared by the file system's own identity, so a link or another spelling hides nothing.
    Raises ``InputError`` where a source has gone.
    """
    path = os.path.abspath(path)
    above = _identities_above(path) | _identities_above(os.path.dirname(path))  # where a link is, and leads
    if any(_identity(source) in above for source in sources):
        raise OutputError(
            f"{shown(path)} lies inside a source, and sources are never changed; choose another place."
        )


def check_space(target: Target, files: Iterable[ExportFile]) -> None:
    """Raise ``OutputError`` where the disk has not room for the files."""
    needed = sum(file.stamp.size + _ROUNDED_UP_BY for file in files)
    free = shutil.disk_usage(os.path.dirname(target.folder)).free
    if free < needed:
        raise OutputError(
            f"{shown(os.path.dirname(target.folder))} has {free:,} bytes free, and the export needs"
            f" {needed:,}; make room, or choose another place."
        )


def _identities_above(path: str) -> set[tuple[int, int]]:
    """Return (device, inode) of a path and of all folders it lies in, as far as they exist."""
    here = os.path.realpath(path)
    identities: set[tuple[int, int]] = set()
    while True:
        if os.path.exists(here):
            identities.add(_identity(here))
        above = os.path.dirname(here)
        if above == here:
            return identities
        here = above


def _folders_on_the_way(file: ExportFile) -> Iterator[str]:
    """Yield the folders between a source and its file: where one is a link, what it leads to counts."""
    here = file.root
    for part in file.relative.split("/")[:-1]:
        here = os.path.join(here, part)
        yield here


def _identity(path: str) -> tuple[int, int]:
    try:
        status = os.stat(path)
    except OSError as error:
        raise InputError(f"{shown(path)} cannot be reached: {error.strerror}.") from error
    return status.st_dev, status.st_ino
