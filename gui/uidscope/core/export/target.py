"""The names an export will use, and whether it may use them: asked before anything is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from uidscope.core.errors import OutputError
from uidscope.core.export.request import ExportFile
from uidscope.core.export.source_guard import refuse_inside_sources
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


def check_space(target: Target, files: Iterable[ExportFile]) -> None:
    """Raise ``OutputError`` where the disk has not room for the files."""
    needed = sum(file.stamp.size + _ROUNDED_UP_BY for file in files)
    free = shutil.disk_usage(os.path.dirname(target.folder)).free
    if free < needed:
        raise OutputError(
            f"{shown(os.path.dirname(target.folder))} has {free:,} bytes free, and the export needs"
            f" {needed:,}; make room, or choose another place."
        )


def _folders_on_the_way(file: ExportFile) -> Iterator[str]:
    """Yield the folders between a source and its file: where one is a link, what it leads to counts."""
    here = file.root
    for part in file.relative.split("/")[:-1]:
        here = os.path.join(here, part)
        yield here
