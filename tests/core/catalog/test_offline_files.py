"""Which loaded files are out of reach: a source, a folder, a file, and what it says at the places above."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Study, ct_series, write_folder
from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.node_counts import NodeCounts
from uidscope.core.catalog.offline_files import OfflineSearch
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT, children
from uidscope.core.flow import load
from uidscope.core.progress import CancelToken
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import ScanOptions

FIRST, SECOND = Study(1, "P-1", "TEST^ALPHA"), Study(2, "P-2", "TEST^BETA")


@pytest.fixture
def drives(tmp_path: Path) -> Path:
    """Two sources: a series of three in two folders, and a series of two, of which one file is a copy."""
    first = ct_series(3, study=FIRST)
    write_folder(first, tmp_path / "one", names=["a/1.dcm", "a/2.dcm", "b/3.dcm"])
    write_folder([*ct_series(2, study=SECOND), first[0]], tmp_path / "two", names=["1.dcm", "2.dcm", "3.dcm"])
    return tmp_path


@pytest.fixture
def catalog(drives: Path) -> Iterator[Catalog]:
    with Catalog.create() as made:
        load(made, resolve_sources([str(drives / "one"), str(drives / "two")]), ScanOptions(1))
        yield made


def of_patients(catalog: Catalog, counts: NodeCounts) -> list[int]:
    return [counts.at(row.node) for row in children(catalog, ROOT)]


def objects(catalog: Catalog, counts: NodeCounts, study: Study, *numbers: int) -> list[int]:
    nodes = [nodes_with_uid(catalog, study.uid(2, number)) for number in numbers]
    return [counts.at(next(node for node in each if node.level == "instance")) for each in nodes]


def test_nothing_is_offline_after_a_scan(catalog: Catalog) -> None:
    search = OfflineSearch(catalog)
    assert not search.look(CancelToken()).any()
    assert not search.has_changed(CancelToken())


def test_a_source_that_goes_takes_everything_with_it_and_brings_it_back(
    catalog: Catalog, drives: Path
) -> None:
    search = OfflineSearch(catalog)
    search.look(CancelToken())
    (drives / "one").rename(drives / "unplugged")
    assert search.has_changed(CancelToken())
    counts = search.look(CancelToken())
    assert of_patients(catalog, counts) == [3, 0]
    assert not search.has_changed(CancelToken())
    (drives / "unplugged").rename(drives / "one")
    assert search.has_changed(CancelToken())
    assert not search.look(CancelToken()).any()


def test_a_mount_point_that_stays_empty_is_no_drive(catalog: Catalog, drives: Path) -> None:
    (drives / "two").rename(drives / "unplugged")
    (drives / "two").mkdir()
    counts = OfflineSearch(catalog).look(CancelToken())
    assert objects(catalog, counts, SECOND, 1, 2) == [1, 1]
    # The copy of the first object is out of reach, its other file is not.
    assert objects(catalog, counts, FIRST, 1, 2, 3) == [1, 0, 0]
    first = next(node for node in nodes_with_uid(catalog, FIRST.uid(2, 1)) if node.level == "instance")
    assert sorted(counts.at(row.node) for row in children(catalog, first)) == [0, 1]


def test_a_folder_that_goes(catalog: Catalog, drives: Path) -> None:
    shutil.rmtree(drives / "one" / "a")
    counts = OfflineSearch(catalog).look(CancelToken())
    assert objects(catalog, counts, FIRST, 1, 2, 3) == [1, 1, 0]
    assert of_patients(catalog, counts) == [2, 0]


def test_of_a_folder_without_the_file_that_is_asked_for_the_others_are_there(
    catalog: Catalog, drives: Path
) -> None:
    (drives / "one" / "a" / "1.dcm").unlink()
    counts = OfflineSearch(catalog).look(CancelToken())
    assert objects(catalog, counts, FIRST, 1, 2, 3) == [1, 0, 0]
