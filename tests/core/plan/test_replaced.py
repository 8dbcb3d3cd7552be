"""Which old objects new ones take the place of, and what a new frame of reference tears apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Study, ct_series
from tests.core.plan.carried_out import derive, loaded, numbered, selecting, write_files
from tests.core.plan.test_move import RIGHT, WRONG, moving, two_studies
from uidscope.core.plan.replaced import replaced_occurrences


@pytest.mark.parametrize(
    ("kind", "is_replaced"),
    [("instances", True), ("derived-series", False), ("copy", False), ("pseudonymous", False)],
)
def test_what_stands_beside_the_old_replaces_nothing(tmp_path: Path, kind: str, is_replaced: bool) -> None:
    with loaded(write_files(tmp_path / "source", numbered(ct_series(2)))) as catalog:
        uid_map = derive(catalog, selecting(kind))
        assert len(uid_map.outcomes) == 2
        assert replaced_occurrences(uid_map) == (frozenset(uid_map.outcomes) if is_replaced else frozenset())


def test_what_is_moved_replaces_the_old(tmp_path: Path) -> None:
    files = two_studies(ct_series(2, study=WRONG), ct_series(1, study=RIGHT))
    with loaded(write_files(tmp_path / "source", files)) as catalog:
        uid_map = derive(catalog, moving(("study", WRONG.uid())))
        assert replaced_occurrences(uid_map) == frozenset(uid_map.outcomes)
        assert {entry.kind for entry in uid_map.entries()} >= {"instance", "series"}


def test_a_new_frame_of_reference_is_told_once(tmp_path: Path) -> None:
    images = ct_series(2, study=Study(1))
    with loaded(write_files(tmp_path / "source", numbered(images))) as catalog:
        uid_map = derive(catalog, selecting("derived-series", new_frame_of_reference=True))
        told = [note for note in uid_map.notes if note.code.startswith("frame-")]
    assert [(note.code, dict(note.facts)) for note in told] == [
        ("frame-apart-from-source", {"uid": images[0].FrameOfReferenceUID, "files": 2})
    ]


def test_a_frame_that_a_file_outside_shares_is_told_to_be_torn(tmp_path: Path) -> None:
    images = ct_series(3, study=Study(1))
    with loaded(write_files(tmp_path / "source", numbered(images))) as catalog:
        chosen = [("instance", image.SOPInstanceUID) for image in images[:2]]
        uid_map = derive(catalog, selecting("copy", *chosen, new_frame_of_reference=True))
        (told,) = [note for note in uid_map.notes if note.code == "frame-torn"]
    assert dict(told.facts) == {"uid": images[0].FrameOfReferenceUID, "outside": 1}
