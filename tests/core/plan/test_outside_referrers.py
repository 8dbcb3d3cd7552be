"""Files outside the selection that refer into it: which, what becomes of them, and with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import Study, ct_series, rt_set
from tests.core.plan.carried_out import loaded, numbered, selecting, write_files
from tests.core.plan.planned import derive_plan, new_uids, rows_for
from uidscope.core.catalog.tree import InstanceRow, row
from uidscope.core.plan.history import PlanHistory
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.told.notes import sentence
from uidscope.core.plan.told.outside_referrers import outside_referrers

ONE, TWO = Study(1), Study(2)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """1-3: CT, 4: structure set of them, 5: plan of that, 6: dose of that, 7-8: CT of another study."""
    return write_files(tmp_path / "s", numbered([*rt_set(study=ONE).all, *ct_series(2, study=TWO)]))


@pytest.mark.parametrize("kind", ["instances", "derived-series", "copy", "pseudonymous"])
def test_they_are_named_and_counted_for_each_intention(source: Path, kind: str) -> None:
    first = selecting(kind, ("series", ONE.uid(2)))
    second = selecting(kind, ("study", TWO.uid()))
    with loaded(source) as catalog:
        plan = Plan((first, second))
        (found,) = outside_referrers(catalog, plan, derive_plan(catalog, plan))
        assert (found.intention, found.files) == (first, 1)
        (named,) = found.named
        assert named.path == "4.dcm"
        assert named.name == "RTSTRUCT Structures"
        place = row(catalog, named.node)
        assert isinstance(place, InstanceRow)
        assert place.uid == rt_set(study=ONE).structure_set.SOPInstanceUID
        assert sentence(found.if_left_out).startswith("1 file outside the selection")


def test_included_they_come_along_and_nothing_is_left_out_but_what_refers_to_them(source: Path) -> None:
    intention = selecting("instances", ("series", ONE.uid(2)))
    history, issued = PlanHistory(), IssuedUids()
    history.add(intention)
    with loaded(source) as catalog:
        before = derive_plan(catalog, history.plan, issued)
        (found,) = outside_referrers(catalog, history.plan, before)
        history.change(found.included)
        after = derive_plan(catalog, history.plan, issued)
        assert new_uids(after) == new_uids(before)
        assert len(after.outcomes) == len(before.outcomes) + found.files
        assert outside_referrers(catalog, history.plan, after) == ()
        history.undo()
        assert outside_referrers(catalog, history.plan, before) == (found,)


def test_what_only_moves_is_referred_to_as_well(source: Path) -> None:
    plan = Plan((selecting("copy", ("series", ONE.uid(2))),))
    with loaded(source) as catalog:
        olds = [image.SOPInstanceUID for image in rt_set(study=ONE).images]
        kept = replace(plan, kept=rows_for(catalog, plan, olds))
        (found,) = outside_referrers(catalog, kept, derive_plan(catalog, kept))
        assert found.files == 1


@pytest.mark.parametrize("kind", ["instances", "repair"])
def test_where_everything_is_written_nobody_is_outside(source: Path, kind: str) -> None:
    with loaded(source) as catalog:
        plan = Plan((selecting(kind),))
        assert outside_referrers(catalog, plan, derive_plan(catalog, plan)) == ()
