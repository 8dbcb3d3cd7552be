"""What an intention would come to: the numbers of the plan that has it, with nothing issued for it."""

from pathlib import Path

import pytest

from tests.builders import Study, ct_series, rt_set
from tests.core.plan.carried_out import derive, loaded, numbered, selecting, write_files
from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.errors import Cancelled
from uidscope.core.plan.intention import INTENTION_KINDS, Into, Plan
from uidscope.core.plan.told.intention_preview import preview_intention, selected
from uidscope.core.progress import CancelToken

ONE, TWO = Study(1), Study(2)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_files(tmp_path / "s", numbered([*rt_set(study=ONE).all, *ct_series(3, study=TWO)]))


# A repair writes everything, whoever refers to what.
@pytest.mark.parametrize(
    ("kind", "with_referrers"),
    [
        (kind, along)
        for kind in INTENTION_KINDS
        for along in (False, True)
        if not (kind == "repair" and along)
    ],
)
def test_the_numbers_are_those_of_the_plan(source: Path, kind: str, with_referrers: bool) -> None:
    first = selecting("instances", ("study", TWO.uid()))
    into = Into("study", TWO.uid()) if kind == "move" else None
    second = selecting(kind, ("series", ONE.uid(2)), with_referrers=with_referrers, into=into)
    with loaded(source) as catalog:
        before, after = derive(catalog, first), derive(catalog, first, second)
        preview = preview_intention(catalog, Plan((first,)), before, second)
        assert preview.new_uids == after.new_uid_count() - before.new_uid_count()
        assert preview.files == len(after.outcomes) - len(before.outcomes)
        assert list(preview.notes) == [note for note in after.notes if note not in before.notes]
        assert (preview.conflicts, preview.decisions) == ((), ())


def test_a_first_intention_stands_alone(source: Path) -> None:
    with loaded(source) as catalog:
        preview = preview_intention(catalog, Plan(), None, selecting("instances", ("study", TWO.uid())))
        assert (preview.new_uids, preview.files) == (3, 3)


def test_a_conflict_with_the_plan_is_told(source: Path) -> None:
    first = selecting("instances", ("series", TWO.uid(2)))
    with loaded(source) as catalog:
        preview = preview_intention(
            catalog, Plan((first,)), derive(catalog, first), selecting("copy", ("study", TWO.uid()))
        )
        assert [note.code for note in preview.conflicts] == ["selected-twice"]


def test_a_selection_is_counted_with_what_refers_into_it(source: Path) -> None:
    with loaded(source) as catalog:
        (series,) = nodes_with_uid(catalog, ONE.uid(2))
        found = selected(catalog, [series])
        assert (found.files, found.referrers) == (3, 1)
        assert [tuple(selector) for selector in found.selectors] == [("series", ONE.uid(2))]
        everything = selected(catalog, [])
        assert (everything.selectors, everything.files, everything.referrers) == ((), 9, 0)


def test_it_can_be_cancelled(source: Path) -> None:
    token = CancelToken()
    token.cancel()
    with loaded(source) as catalog, pytest.raises(Cancelled):
        preview_intention(catalog, Plan(), None, selecting("copy"), token)
