"""Which loaded files are out of reach now: a drive unplugged, a folder moved, a file deleted."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import chain

from uidscope.core.catalog.node_counts import NodeCounts, count_instances
from uidscope.core.catalog.paths import file_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.progress import CancelToken
from uidscope.core.read.out_of_reach import PATIENCE, KnownFile, Lost, ReachCheck


class OfflineSearch:
    """Looks for the files of a catalog that is loaded, as often as one likes; by one thread at a time.

    Of each folder one file is asked for, and the folder read only where that is missing. So a drive or a
    folder that is gone is found with everything in it, and a single deleted file where it was that one.
    A file system that does not answer for ``patience`` seconds is out of reach.
    """

    def __init__(self, catalog: Catalog, patience: float = PATIENCE) -> None:
        self._catalog = catalog
        self._known: dict[int, list[KnownFile]] | None = None  # by source
        self._checks = {source.id: ReachCheck(patience) for source in catalog.sources()}
        self._lost_sources: set[int] = set()

    def look(self, cancel: CancelToken) -> NodeCounts:
        """Count the instances of which a file is out of reach, at and above each; raises ``Cancelled``."""
        known = self._known_files()
        lost = (self._checks[source].lost(files, cancel) for source, files in known.items())
        folders = {each.number: each for each in chain.from_iterable(lost)}
        self._lost_sources = {source for source, files in known.items() if files[0].number in folders}
        return count_instances(self._catalog, self._files_of(folders))

    def has_changed(self, cancel: CancelToken) -> bool:
        """Say whether a source has gone or come back since the last look: one file of each is asked for."""
        lost = {
            source
            for source, files in self._known_files().items()
            if self._checks[source].lost(files[:1], cancel)
        }
        return lost != self._lost_sources

    def _known_files(self) -> dict[int, list[KnownFile]]:
        if self._known is None:
            paths = file_paths(self._catalog)
            self._known = {}
            for folder_id, name, _first in self._catalog.connection.execute(
                "SELECT folder_id, name, MIN(id) FROM occurrence GROUP BY folder_id ORDER BY 3"
            ):
                file = KnownFile(folder_id, paths.absolute(folder_id, b""), os.fsdecode(name))
                self._known.setdefault(paths.source_of(folder_id), []).append(file)
        return self._known

    def _files_of(self, folders: dict[int, Lost]) -> Iterator[int]:
        """The files of these folders that are not there."""
        found = self._catalog.connection.execute(
            "SELECT id, folder_id, name FROM occurrence WHERE folder_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(folders)),),
        )
        return (id_ for id_, folder, name in found if os.fsdecode(name) not in folders[folder].names)
