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

ARCHIVE_ENDING: Final = ".zip"
CROSSWALK_ENDING: Final = ".crosswalk.csv"

# A file takes whole blocks, and folders take some too.
_ROUNDED_UP_BY: Final = 4096


class Target(NamedTuple):
    """The folder an export makes, what may stand beside it, and where it is made.

    ``archive`` is the file that is made in the folder's stead, empty where none is; ``rejection`` is a
    folder.
    """

    folder: str
    crosswalk: str
    manifest: str
    old_uids: str
    change_record: str
    rejection: str
    staging: str
    archive: str = ""

    @property
    def published(self) -> str:
        """What the export is: the folder, or the archive."""
        return self.archive or self.folder

    @property
    def sidecars(self) -> tuple[str, ...]:
        """What may stand beside the export."""
        return self.crosswalk, self.manifest, self.old_uids, self.change_record, self.rejection

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name that must be free, the folder's among them."""
        return (self.folder, *filter(None, (self.archive,)), *self.sidecars)


def target_names(target: str, *, zipped: bool = False) -> Target:
    """Return the names that belong to a target, as absolute paths; ``X`` and ``X.zip`` mean one archive."""
    folder = os.path.abspath(target)
    if zipped and folder.lower().endswith(ARCHIVE_ENDING):
        folder = folder[: -len(ARCHIVE_ENDING)]
    return Target(
        folder,
        f"{folder}{CROSSWALK_ENDING}",
        f"{folder}.manifest.json",
        f"{folder}.old-uids.txt",
        f"{folder}.change-record.html",
        f"{folder}.rejection",
        f"{folder}.incomplete",
        f"{folder}{ARCHIVE_ENDING}" if zipped else "",
    )


def check_target(
    target: Target, sources: Iterable[str], files: Iterable[ExportFile], *, resume: bool = False
) -> None:
    """Raise ``OutputError`` where the target exists, lies inside a source, or has no folder to lie in.

    With ``resume`` an interrupted export may lie there, and the names that it had begun to give. Raises
    ``InputError`` where a source has gone.
    """
    resumes = resume and os.path.lexists(target.staging)
    if os.path.lexists(target.staging) and not resumes:
        raise OutputError(
            f"{shown(target.staging)} is there already, from an export that was interrupted or still runs;"
            " remove it, or choose another name."
        )
    for path in (target.folder, target.published) if resumes else target.all_names:
        if os.path.lexists(path):
            raise OutputError(f"{shown(path)} is there already; choose another name.")
    parent = os.path.dirname(target.folder)
    if not os.path.isdir(parent):
        raise OutputError(f"{shown(parent)} is not a folder; make it first, or choose another place.")
    linked = {folder for file in files for folder in _folders_on_the_way(file)}
    refuse_inside_sources(target.folder, (*sources, *linked))


def check_space(target: Target, files: Iterable[ExportFile]) -> None:
    """Raise ``OutputError`` where the disk has not room for the files, and for the archive of them.

    What an interrupted export has written needs no room again.
    """
    needed = sum(file.stamp.size + _ROUNDED_UP_BY for file in files)
    if target.archive:
        needed *= 2  # the files stay until the archive has been read back
    needed -= sum(_sizes_below(target.staging))
    free = shutil.disk_usage(os.path.dirname(target.folder)).free
    if free < needed:
        raise OutputError(
            f"{shown(os.path.dirname(target.folder))} has {free:,} bytes free, and the export needs"
            f" {needed:,}; make room, or choose another place."
        )


def _sizes_below(folder: str) -> Iterator[int]:
    for where, _, names in os.walk(folder):
        for name in names:
            yield os.lstat(os.path.join(where, name)).st_size


def _folders_on_the_way(file: ExportFile) -> Iterator[str]:
    """Yield the folders between a source and its file: where one is a link, what it leads to counts."""
    here = file.root
    for part in file.relative.split("/")[:-1]:
        here = os.path.join(here, part)
        yield here
