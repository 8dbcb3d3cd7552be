"""The verbs of the plan: what they do to the state, and that undo and redo bring the same UIDs."""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, rt_set
from tests.core.plan.planned import SOUND
from tests.qt.plan_scene import Scene, scene
from tests.watch import SourceFolders
from uidscope.core.catalog.lookup import occurrences_below
from uidscope.core.catalog.plan_questions import absolute_paths
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.intention import Plan, Selector
from uidscope.core.plan.rows import row_of
from uidscope.core.uid.schemes import SchemeOptions
from uidscope.qt.planning.plan_operations import (
    PlanOptions,
    acknowledge,
    add_intention,
    clear_plan,
    decide_by_rule,
    include_referrers,
    redo,
    redo_text,
    remap,
    set_by_hand,
    set_leftovers,
    switch_group,
    switch_rows,
    undo,
    undo_text,
)

ONE, TWO = Study(1), Study(2)
PLANNED = tuple[str, str, str]


@pytest.fixture
def work(qtbot: QtBot, make_source: SourceFolders) -> Iterator[Scene]:
    folder = make_source([*rt_set(study=ONE).all, *ct_series(study=TWO)])
    with scene(qtbot, folder) as made:
        yield made


def planned(work: Scene) -> list[PLANNED]:
    uid_map = work.state.uid_map
    return [] if uid_map is None else [(entry.old, entry.new, entry.kind) for entry in uid_map.entries()]


def do(work: Scene, verb: Callable[..., None]) -> None:
    verb(work.state, work.runner)
    work.settle()


def test_an_intention_about_a_place_makes_a_map(work: Scene) -> None:
    work.plan("derived-series", work.node(TWO.uid(2), "series"))
    assert [kind for _, _, kind in planned(work)] == ["series", "instance", "instance", "instance"]
    assert {old for old, _, _ in planned(work)} == {TWO.uid(2), *(TWO.uid(2, n) for n in (1, 2, 3))}
    assert not work.state.is_exported


def test_an_intention_without_places_is_about_everything(work: Scene) -> None:
    work.plan("copy")
    assert {old for old, _, kind in planned(work) if kind == "study"} == {ONE.uid(), TWO.uid()}


def test_undo_takes_away_and_redo_brings_back_the_same_uids(work: Scene) -> None:
    work.plan("instances", work.node(TWO.uid(2, 1), "instance"))
    first = planned(work)
    work.plan("copy", work.node(ONE.uid(), "study"))
    second = planned(work)
    do(work, undo)
    assert planned(work) == first
    do(work, undo)
    assert work.state.uid_map is None
    assert work.state.history.plan.intentions == ()
    do(work, redo)
    assert planned(work) == first
    do(work, redo)
    assert planned(work) == second


def test_with_nothing_to_undo_or_redo_nothing_happens(work: Scene) -> None:
    do(work, undo)
    do(work, redo)
    assert planned(work) == []
    assert (undo_text(work.state), redo_text(work.state)) == ("", "")


def test_what_undo_and_redo_would_do_is_said_in_a_sentence(work: Scene) -> None:
    work.plan("derived-series", work.node(TWO.uid(2), "series"))
    assert undo_text(work.state) == "Undo: new derived series from CT axial"
    work.plan("instances", *(work.node(ONE.uid(2, n), "instance") for n in (1, 2)))
    assert undo_text(work.state) == "Undo: new identifiers for 2 instances"
    do(work, undo)
    assert undo_text(work.state) == "Undo: new derived series from CT axial"
    assert redo_text(work.state) == "Redo: new identifiers for 2 instances"


def test_a_file_is_called_by_its_name_and_where_there_is_room_by_its_path(work: Scene) -> None:
    (file,) = occurrences_below(work.catalog, work.node(ONE.uid(2, 1), "instance"))
    path = absolute_paths(work.catalog, [file])[file]
    work.plan("instances", options=PlanOptions(selectors=(Selector("file", path),)))
    name = os.path.basename(path)
    assert name != path
    assert undo_text(work.state) == f"Undo: new identifiers for {name}"
    assert undo_text(work.state, whole_paths=True) == f"Undo: new identifiers for {path}"
    do(work, undo)
    assert redo_text(work.state).endswith(f" {name}")
    assert redo_text(work.state, whole_paths=True).endswith(f" {path}")


def test_clearing_takes_every_step_back_and_redo_brings_them(work: Scene) -> None:
    work.plan("instances", work.node(TWO.uid(2, 1), "instance"))
    work.plan("instances", work.node(TWO.uid(2, 2), "instance"))
    before = planned(work)
    do(work, clear_plan)
    assert work.state.uid_map is None
    assert work.state.is_exported
    do(work, redo)
    do(work, redo)
    assert planned(work) == before


def test_steps_asked_for_at_once_are_taken_one_after_the_other(work: Scene) -> None:
    for number in (1, 2, 3):
        work.plan("instances", work.node(TWO.uid(2, number), "instance"))
    before = planned(work)
    for verb in (undo, undo, undo, redo):
        verb(work.state, work.runner)
    work.settle()
    assert len(work.state.history.plan.intentions) == 1
    for verb in (redo, redo):
        verb(work.state, work.runner)
    work.settle()
    assert planned(work) == before


def test_after_twenty_actions_undo_all_is_the_first_state_and_redo_all_the_last(work: Scene) -> None:
    choose = random.Random(20260418)
    nodes = [work.node(TWO.uid(2, number), "instance") for number in (1, 2, 3)]
    for _ in range(20):
        verb = choose.choice(("add", "undo", "redo"))
        if verb == "add":
            kind = choose.choice(("instances", "derived-series", "copy"))
            work.plan(kind, choose.choice(nodes))
        else:
            do(work, undo if verb == "undo" else redo)
    while redo_text(work.state):
        do(work, redo)
    last, steps = planned(work), len(work.state.history.plan.intentions)
    assert steps
    for _ in range(steps):
        do(work, undo)
    assert (work.state.uid_map, undo_text(work.state)) == (None, "")
    for _ in range(steps):
        do(work, redo)
    assert planned(work) == last


def test_a_scheme_holds_from_then_on_and_issued_uids_stay(work: Scene) -> None:
    work.plan("instances", work.node(TWO.uid(2, 1), "instance"))
    before = planned(work)
    own = SchemeOptions("root-random", "1.3.6.1.4.1.32473.7")
    work.plan("instances", work.node(TWO.uid(2, 2), "instance"), options=PlanOptions(scheme=own))
    assert work.state.scheme == own
    assert planned(work)[0] == before[0]
    assert planned(work)[1][1].startswith("1.3.6.1.4.1.32473.7.")
    do(work, remap)
    assert planned(work)[0] == before[0]


def test_what_cannot_be_planned_leaves_the_plan_as_it_was(work: Scene, qtbot: QtBot) -> None:
    work.plan("instances", work.node(TWO.uid(2, 1), "instance"))
    before, history = planned(work), work.state.history.plan
    with qtbot.waitSignal(work.runner.failed) as failed:
        work.plan(
            "derived-series",
            work.node(TWO.uid(2), "series"),
            options=PlanOptions(series_description="x" * 65),
        )
    assert failed.args == ["A series description has at most 64 characters; this one has 65."]
    assert (planned(work), work.state.history.plan) == (before, history)


def test_a_cancelled_step_leaves_plan_and_map_in_line(work: Scene) -> None:
    add_intention(work.state, work.runner, "copy", ())
    work.runner.cancel()
    work.settle()
    assert bool(work.state.history.plan.intentions) == (work.state.uid_map is not None)


def test_a_step_about_what_is_gone_is_dropped(work: Scene) -> None:
    work.plan("instances", work.node(TWO.uid(2, 1), "instance"))
    undo(work.state, work.runner)
    work.state.replace_catalog(None, ())
    fresh = work.state.history
    work.settle()
    assert work.state.history is fresh
    assert (undo_text(work.state), redo_text(work.state), work.state.uid_map) == ("", "", None)


def test_after_twenty_actions_of_every_sort_undo_all_is_the_first_state_and_redo_all_the_last(
    qtbot: QtBot, make_source: SourceFolders
) -> None:
    """Check 8 with rows, decisions, what is acknowledged, and what comes along."""
    rt = rt_set(2, study=ONE)
    twins = ct_series(2, study=ONE)
    for twin in twins:
        twin.PixelData = bytes(len(twin.PixelData))
    with scene(qtbot, make_source([*rt.all, *twins, *ct_series(3, study=TWO)])) as work:
        choose = random.Random(20260419)
        work.plan("instances", work.node(TWO.uid(2), "series"))
        tried = set()
        for _ in range(20):
            action = choose.choice(list(ACTIONS))
            tried.add(action)
            ACTIONS[action](work, choose)
            work.settle()
        assert len(tried) > len(ACTIONS) // 2
        last, plan = planned(work), work.state.history.plan
        steps = 0
        while undo_text(work.state):
            do(work, undo)
            steps += 1
        assert work.state.uid_map is None
        assert work.state.history.plan == Plan()
        for _ in range(steps):
            assert redo_text(work.state)
            do(work, redo)
        assert (planned(work), work.state.history.plan) == (last, plan)


def _add(work: Scene, choose: random.Random) -> None:
    kind = choose.choice(("instances", "derived-series", "copy", "pseudonymous"))
    add_intention(work.state, work.runner, kind, (work.node(ONE.uid(2), "series"),))


def _any_row(work: Scene, choose: random.Random) -> RowKey | None:
    uid_map, issued = work.state.uid_map, work.state.issued
    rows = [row_of(uid_map, issued, entry) for entry in uid_map.entries()] if uid_map is not None else []
    known = sorted(row for row in rows if row is not None)
    return choose.choice(known) if known else None


def _off(work: Scene, choose: random.Random) -> None:
    row = _any_row(work, choose)
    if row is not None:
        switch_rows(work.state, work.runner, (row,), on=False)


def _type(work: Scene, choose: random.Random) -> None:
    row = _any_row(work, choose)
    if row is not None:
        set_by_hand(work.state, work.runner, row, choose.choice((SOUND, "")))


def _include(work: Scene, _choose: random.Random) -> None:
    for intention in work.state.history.plan.intentions[-1:]:
        changed = replace(intention, with_referrers=not intention.with_referrers)
        include_referrers(work.state, work.runner, changed)


ACTIONS: dict[str, Callable[[Scene, random.Random], None]] = {
    "add": _add,
    "off": _off,
    "group off": lambda work, _: switch_group(work.state, work.runner, "series", on=False),
    "group on": lambda work, _: switch_group(work.state, work.runner, "instance", on=True),
    "type": _type,
    "decide": lambda work, _: decide_by_rule(work.state, work.runner, "renewed"),
    "acknowledge": lambda work, _: acknowledge(work.state, work.runner),
    "leftovers": lambda work, choose: set_leftovers(
        work.state, work.runner, replaced=choose.choice((True, False))
    ),
    "include": _include,
    "undo": lambda work, _: undo(work.state, work.runner),
    "redo": lambda work, _: redo(work.state, work.runner),
}
