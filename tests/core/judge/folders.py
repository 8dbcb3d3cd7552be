"""Folders of real files, loaded and judged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.core.judge.scene import Judged
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.flow import load
from uidscope.core.judge.judge import judge
from uidscope.core.read.find_files import resolve_sources


@contextmanager
def loaded_folder(*folders: Path) -> Iterator[Catalog]:
    """A finished catalog of all files below these folders."""
    with Catalog.create() as catalog:
        load(catalog, resolve_sources([str(folder) for folder in folders]))
        yield catalog


def judged_catalog(catalog: Catalog) -> Judged:
    """What the checks find in a catalog."""
    findings = tuple(judge(catalog))
    ids = {id_ for finding in findings for id_ in finding.occurrences}
    return Judged(findings, display_paths(catalog, ids))


def judged_folder(*folders: Path) -> Judged:
    """What the checks find in the files below these folders."""
    with loaded_folder(*folders) as catalog:
        return judged_catalog(catalog)
