"""The paths of occurrences, put together from source, folder and name."""

from __future__ import annotations

import os
from typing import NamedTuple

from uidscope.core.catalog.store import Catalog


class _Folder(NamedTuple):
    """A folder of a source, and what stands before the names of its files in a path."""

    source_id: int
    relative: str
    absolute: str
    named: str
    shown: str


class FilePaths:
    """Turns folder and name into a path; undecodable bytes become lone surrogates (``os.fsdecode``)."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self.sources = {source.id: source for source in catalog.sources()}
        self._folders: dict[int, _Folder] = {}

    def source_of(self, folder_id: int) -> int:
        """Return the id of the source that a folder belongs to."""
        return self._folder(folder_id).source_id

    def relative(self, folder_id: int, name: bytes) -> str:
        """Return the path relative to the source folder, with ``/``; the bare name for a lone file."""
        return self._folder(folder_id).relative + os.fsdecode(name)

    def absolute(self, folder_id: int, name: bytes) -> str:
        """Return the path that opens the file; for one from an archive, where it was unpacked to."""
        return self._folder(folder_id).absolute + os.fsdecode(name)

    def named(self, folder_id: int, name: bytes) -> str:
        """Return the absolute path as the user would write it; below an archive's own where it is in one."""
        return self._folder(folder_id).named + os.fsdecode(name)

    def shown(self, folder_id: int, name: bytes) -> str:
        """Return the path to show: relative, or absolute where several sources were given."""
        return self._folder(folder_id).shown + os.fsdecode(name)

    def shown_of_source(self, source_id: int, relative: str) -> str:
        """Return the path to show of a file that was found and not loaded."""
        source = self.sources[source_id]
        if source.unpacked and relative == ".":  # the archive as a whole
            return source.path if len(self.sources) > 1 else os.path.basename(source.path)
        if len(self.sources) < 2:
            return relative
        folder, slash, name = relative.rpartition("/")
        return _before(source.top, folder + slash) + name

    def _folder(self, folder_id: int) -> _Folder:
        folder = self._folders.get(folder_id)
        if folder is None:
            source_id, path = self._catalog.connection.execute(
                "SELECT source_id, path FROM folder WHERE id = ?", (folder_id,)
            ).fetchone()
            relative = os.fsdecode(path) + "/" if path else ""
            source = self.sources[source_id]
            named = _before(source.top, relative)
            shown = named if len(self.sources) > 1 else relative
            absolute = _before(source.top_on_disk, relative)
            folder = self._folders[folder_id] = _Folder(source_id, relative, absolute, named, shown)
        return folder


def _before(top: str, relative: str) -> str:
    """What stands before a name in the absolute path of a file of this folder below ``top``."""
    return os.path.join(top, *relative.split("/")) if relative else os.path.join(top, "")


def file_paths(catalog: Catalog) -> FilePaths:
    """Return the catalog's paths, as they are now."""
    return catalog.remembered("paths", lambda: FilePaths(catalog))
