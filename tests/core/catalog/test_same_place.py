"""A place is found again after everything was read anew, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Study, ct_series, with_uids
from tests.core.judge.folders import loaded_folder
from tests.watch import SourceFolders
from uidscope.core.catalog.same_place import PlaceFinder, place_of
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT, Node, child_ids, level_below


def every_node(catalog: Catalog, above: Node = ROOT) -> list[Node]:
    level = level_below(above)
    below = [Node(level, id_) for id_ in child_ids(catalog, above)] if level else []
    return [node for each in below for node in (each, *every_node(catalog, each))]


@pytest.fixture
def folder(make_source: SourceFolders) -> Path:
    """Two studies, two objects of one UID, two without any, and a patient without ID."""
    plain, other = ct_series(2), ct_series(3, study=Study(number=2))
    same = with_uids(ct_series(2, study=Study(number=3)), {})
    same[1].SOPInstanceUID = same[0].SOPInstanceUID
    for image in other[:2]:
        image.SOPInstanceUID = ""
    nobody = ct_series(1, study=Study(number=4))
    nobody[0].PatientID = ""
    return make_source([*plain, *other, *same, *nobody])


def test_every_place_is_found_in_another_catalog_of_the_same_folder(folder: Path) -> None:
    with loaded_folder(folder) as before, loaded_folder(folder) as after:
        finder = PlaceFinder(after)
        nodes = every_node(before)
        assert {node.level for node in nodes} == {"patient", "study", "series", "instance", "file"}
        places = [place_of(before, node) for node in nodes]
        assert len(set(places)) == len(places)
        found = [finder.find(place) for place in places]
        assert [node and place_of(after, node) for node in found] == places


def test_what_is_not_there_any_more_is_not_found(folder: Path, make_source: SourceFolders) -> None:
    less = make_source(ct_series(1), folder="less")
    with loaded_folder(folder) as before, loaded_folder(less) as after:
        finder = PlaceFinder(after)
        kept = {place_of(after, node) for node in every_node(after)}
        for node in every_node(before):
            place = place_of(before, node)
            assert (finder.find(place) is not None) == (place in kept)


def test_all_there_is_is_its_own_place(folder: Path) -> None:
    with loaded_folder(folder) as catalog:
        assert place_of(catalog, ROOT) == ()
        assert PlaceFinder(catalog).find(()) == ROOT


def test_a_place_that_is_gone_has_none(folder: Path) -> None:
    with loaded_folder(folder) as catalog, pytest.raises(LookupError):
        place_of(catalog, Node("patient", 999_999))
