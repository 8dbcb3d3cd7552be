"""The studies and series to move into, as one searches for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Study, ct_series
from tests.core.plan.carried_out import loaded, numbered, selecting, write_files
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.intention import Into, Plan
from uidscope.core.plan.told.intention_preview import preview_intention
from uidscope.core.plan.told.move_choices import move_choices

ONE = Study(1)
TWO = Study(2, patient_id="TEST-0002", patient_name="TEST^BETA", description="Second study")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    images = [*ct_series(2, study=ONE), *ct_series(2, study=ONE, series_number=3), *ct_series(2, study=TWO)]
    with loaded(write_files(tmp_path / "s", numbered(images))) as made:
        yield made


EVERYTHING = [
    Into("study", ONE.uid()),
    Into("series", ONE.uid(2)),
    Into("series", ONE.uid(3)),
    Into("study", TWO.uid()),
    Into("series", TWO.uid(2)),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", EVERYTHING),
        ("beta", EVERYTHING[3:]),
        ("TEST-0002", EVERYTHING[3:]),
        ("second", EVERYTHING[3:]),
        (ONE.uid(3), [EVERYTHING[0], EVERYTHING[2]]),
        (TWO.uid(2, 1), EVERYTHING[3:]),
        ("0003.dcm", []),
        ("nobody", []),
    ],
)
def test_places_are_found_by_what_stands_in_them(catalog: Catalog, text: str, found: list[Into]) -> None:
    assert [each.into for each in move_choices(catalog, text).found] == found


def test_a_place_says_whose_it_is(catalog: Catalog) -> None:
    study, series = move_choices(catalog, "beta").found
    assert (study.patient.name, study.study.description, study.series) == ("TEST^BETA", "Second study", None)
    assert series.series is not None
    assert series.series.modality == "CT"


def test_of_very_many_some_are_given(catalog: Catalog) -> None:
    some = move_choices(catalog, limit=2)
    assert ([each.into for each in some.found], some.is_cut) == (EVERYTHING[:2], True)
    assert not move_choices(catalog, limit=5).is_cut


def test_the_preview_says_what_is_taken_over(catalog: Catalog) -> None:
    move = selecting("move", ("study", ONE.uid()), into=Into("study", TWO.uid()))
    taken_over = dict(preview_intention(catalog, Plan(), None, move).taken_over)
    assert (taken_over["PatientID"], taken_over["PatientName"]) == ("TEST-0002", "TEST^BETA")
    copy = selecting("copy", ("study", ONE.uid()))
    assert preview_intention(catalog, Plan(), None, copy).taken_over == ()
