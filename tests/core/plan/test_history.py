"""Undo and redo over every sort of step, and their sentences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import Study, ct_series, rt_set
from tests.core.plan.carried_out import loaded, numbered, selecting, write_files
from tests.core.plan.planned import ALSO_SOUND, SOUND, derive_plan, new_uids
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.history import PlanHistory, Step, StepCode
from uidscope.core.plan.intention import INTENTION_KINDS, Intention, Plan, Selector
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.rows import row_of
from uidscope.core.plan.told.step_words import intention_words, selection_words, step_sentence

ONE, TWO = Study(1), Study(2)
ACTIONS = ("add", "take-out", "change", "off", "on", "set", "unset", "undo", "redo")


def act(history: PlanHistory, action: str, intentions: list[Intention], rows: list[RowKey], at: int) -> None:
    """Do one thing to a history, if it can be done."""
    there = history.plan.intentions
    row = rows[at % len(rows)]
    match action:
        case "add":
            history.add(intentions[at % len(intentions)])
        case "take-out" if there:
            history.take_out(there[at % len(there)])
        case "change" if there:
            chosen = there[at % len(there)]
            history.change(replace(chosen, with_referrers=not chosen.with_referrers))
        case "off":
            history.switch_off([row, rows[(at + 1) % len(rows)]])
        case "on":
            history.switch_on([row])
        case "set":
            history.set_by_hand(row, SOUND if at % 2 else ALSO_SOUND)
        case "unset":
            history.set_by_hand(row, "")
        case "undo":
            history.undo()
        case "redo":
            history.redo()


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 9)), min_size=20, max_size=20))
def test_undo_all_is_the_first_state_and_redo_all_the_last(
    tmp_path: Path, steps: list[tuple[str, int]]
) -> None:
    source = write_files(tmp_path / "s", numbered([*rt_set(2, study=ONE).all, *ct_series(2, study=TWO)]))
    intentions = [selecting("copy", ("study", ONE.uid())), selecting("instances", ("study", TWO.uid()))]
    issued, history = IssuedUids(), PlanHistory()
    with loaded(source) as catalog:
        whole = derive_plan(catalog, Plan(tuple(intentions)), issued)
        rows = [row for entry in whole.entries() if (row := row_of(whole, issued, entry)) is not None]
        for action, at in steps:
            act(history, action, intentions, rows, at)
        last = history.plan
        before = new_uids(derive_plan(catalog, last, issued))
        undone = []
        while (step := history.next_undo) is not None:
            back = history.plan_before
            assert history.undo() == step
            assert history.plan == back
            undone.append(step)
        assert history.plan == Plan()
        redone = []
        while (step := history.next_redo) is not None:
            forth = history.plan_after
            assert history.redo() == step
            assert history.plan == forth
            redone.append(step)
            if history.plan == last:
                break
        assert history.plan == last
        assert redone == undone[::-1][: len(redone)]
        assert new_uids(derive_plan(catalog, history.plan, issued)) == before


def test_an_intention_is_taken_out_of_the_middle() -> None:
    history = PlanHistory()
    first, second, third = (selecting("copy") for _ in range(3))
    for intention in (first, second, third):
        history.add(intention)
    assert history.take_out(second).intentions == (first, third)
    history.undo()
    assert history.plan.intentions == (first, second, third)


def test_a_changed_intention_keeps_its_place_and_its_uids(tmp_path: Path) -> None:
    source = write_files(tmp_path / "s", numbered(rt_set(study=ONE).all))
    history, issued = PlanHistory(), IssuedUids()
    first, second = selecting("instances", ("series", ONE.uid(2))), selecting("copy", ("series", "1.2.3"))
    history.add(first)
    history.add(second)
    changed = history.change(replace(first, with_referrers=True))
    assert [each.id for each in changed.intentions] == [first.id, second.id]
    with loaded(source) as catalog:
        before = derive_plan(catalog, Plan((first,)), issued)
        after = derive_plan(catalog, Plan(changed.intentions[:1]), issued)
        assert new_uids(after) == new_uids(before)
        assert len(after.outcomes) > len(before.outcomes)


def test_a_row_switched_off_and_typed_is_on() -> None:
    history, row = PlanHistory(Plan((selecting("copy"),))), RowKey("one", "1.2.3")
    history.switch_off([row])
    assert history.plan.kept == {row}
    assert history.set_by_hand(row, SOUND).kept == frozenset()
    assert history.plan.by_hand == ((row, SOUND),)
    assert history.set_by_hand(row, ALSO_SOUND).by_hand == ((row, ALSO_SOUND),)
    assert history.set_by_hand(row, "").by_hand == ()
    history.undo()
    assert history.plan.by_hand == ((row, ALSO_SOUND),)


def test_no_rows_are_no_step() -> None:
    history = PlanHistory()
    history.switch_off([])
    history.switch_on([])
    assert history.next_undo is None


COPY = selecting("copy", ("study", "1.2.3"))


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Step("added", COPY), "independent copy of the study 1.2.3"),
        (Step("taken-out", COPY), "taking out independent copy of the study 1.2.3"),
        (Step("changed", COPY), "other choices for independent copy of the study 1.2.3"),
        (Step("row-off", COPY, (RowKey("one", "1.2.3.4"),)), "keeping the UID 1.2.3.4"),
        (
            Step("row-off", COPY, (RowKey("one", "1.2.3.4"), RowKey("one", "1.2.3.5"))),
            "keeping 2 UIDs of independent copy of the study 1.2.3",
        ),
        (Step("row-on", COPY, (RowKey("one", "1.2.3.4"),)), "replacing the UID 1.2.3.4 after all"),
        (
            Step("row-on", COPY, (RowKey("one", "", b"|empty"),)),
            "replacing 1 UID of independent copy of the study 1.2.3 after all",
        ),
        (Step("row-set", COPY, (RowKey("one", "1.2.3.4"),), SOUND), f"1.2.3.4 becomes {SOUND}, by hand"),
        (
            Step("row-set", COPY, (RowKey("one", "1.2.3.4"),)),
            "1.2.3.4 becomes what was issued for it, not what was typed",
        ),
    ],
)
def test_a_step_is_said_in_words(step: Step, said: str) -> None:
    assert step_sentence(step) == said
    assert step.code in get_args(StepCode)


def test_a_step_is_said_in_the_words_of_the_caller() -> None:
    assert step_sentence(Step("added", COPY), "CT {axial}") == "independent copy of CT {axial}"


@pytest.mark.parametrize("kind", INTENTION_KINDS)
def test_every_intention_has_words(kind: str) -> None:
    words = {intention_words(Intention("one", each), "x") for each in INTENTION_KINDS}
    assert len(words) == len(INTENTION_KINDS)
    assert intention_words(Intention("one", kind)).endswith("everything loaded")  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["patient", "study", "series", "instance", "file", "rule"])
def test_selections_are_named_or_counted(kind: str) -> None:
    one, two = Selector(kind, "1.2.3"), Selector(kind, "1.2.4")  # type: ignore[arg-type]
    assert "1.2.3" in selection_words((one,))
    assert "2 " in selection_words((one, two))
    other = Selector("file" if kind != "file" else "rule", "x")
    assert selection_words((one, two, other)) == "3 places"
