"""What the checks find in the files of a folder, read as the program reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.core.judge.scene import Judged
from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.judge.judge import judge
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import scan


def judged_folder(folder: Path, then: Callable[[], object] | None = None) -> Judged:
    """The findings of all files below a folder; ``then`` is called between the scan and the checks."""
    sources = resolve_sources([str(folder)])
    with Catalog.create() as catalog:
        writer = CatalogWriter(catalog)
        writer.add_sources([(source.path, source.is_folder) for source in sources])
        for batch in scan(sources):
            writer.add(batch.records)
        writer.finish()
        if then is not None:
            then()
        findings = tuple(judge(catalog))
        ids = {id_ for finding in findings for id_ in finding.occurrences}
        return Judged(findings, display_paths(catalog, ids))
