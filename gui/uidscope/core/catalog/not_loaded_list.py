"""The files that were found and not loaded, for a list that reads them a page at a time."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Sequence

from uidscope.core.catalog.lookup import NotLoadedRow
from uidscope.core.catalog.paths import file_paths
from uidscope.core.catalog.store import Catalog


def not_loaded_ids(catalog: Catalog) -> array[int]:
    """Return the ids of all files not loaded, by source and path, 8 bytes each."""
    rows = catalog.connection.execute("SELECT id FROM not_loaded ORDER BY source_id, path, id")
    return array("q", [id_ for (id_,) in rows])


def not_loaded_rows(catalog: Catalog, ids: Sequence[int]) -> list[NotLoadedRow]:
    """Return the rows of these ids, in their order."""
    shown = file_paths(catalog).shown_of_source
    found = {
        id_: NotLoadedRow(shown(source_id, os.fsdecode(path)), reason, detail)
        for id_, source_id, path, reason, detail in catalog.connection.execute(
            "SELECT id, source_id, path, reason, detail FROM not_loaded"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
    }
    return [found[id_] for id_ in ids if id_ in found]


def not_loaded_reasons(catalog: Catalog) -> dict[str, int]:
    """Return how many files were not loaded for each reason."""
    return dict(
        catalog.connection.execute("SELECT reason, COUNT(*) FROM not_loaded GROUP BY reason ORDER BY reason")
    )
