"""What references mean: the questions a plan leaves open, their answers, and the rules that answer many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Study, ct_series, rt_set
from tests.core.plan.carried_out import numbered
from tests.core.plan.planned import derive_plan
from tests.core.plan.test_offers import checked
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.history import PlanHistory, with_decisions
from uidscope.core.plan.intention import Decision, Plan, Selector, new_intention
from uidscope.core.plan.told.open_decisions import (
    DECISION_RULES,
    DecisionRule,
    decided_by_rule,
    open_decision_uids,
    open_decisions,
)
from uidscope.core.plan.told.step_words import step_sentence

ONE, TWO = Study(1), Study(2)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """A radiotherapy set whose first image has a twin with other pixels, in another study."""
    rt = rt_set(2, study=ONE)
    (twin,) = ct_series(1, study=TWO)
    twin.SOPInstanceUID = twin.file_meta.MediaStorageSOPInstanceUID = rt.images[0].SOPInstanceUID
    twin.PixelData = bytes(len(twin.PixelData))
    with checked(tmp_path, {**numbered(rt.all), "twin.dcm": twin}) as made:
        yield made


@pytest.fixture
def plan(catalog: Catalog) -> Plan:
    """The twin gets a UID of its own, and everything is written."""
    (source,) = catalog.sources()
    twin = Selector("file", str(Path(source.path) / "twin.dcm"))
    return Plan((new_intention("repair", (Selector("rule", "ENT-06"), twin)),))


def test_each_open_uid_has_its_objects_and_what_they_become(catalog: Catalog, plan: Plan) -> None:
    uid_map = derive_plan(catalog, plan)
    (asked,) = open_decisions(catalog, plan, uid_map, 10)
    assert open_decision_uids(uid_map) == (asked.uid,)
    assert [each.path for each in asked.alternatives] == ["1.dcm", "twin.dcm"]
    assert asked.new[0] is None
    assert asked.new[1] == next(iter(uid_map.own_instances.values())).new
    assert asked.references == 2
    assert len(asked.referring) == 1
    assert asked.decided is None


def test_a_decision_closes_the_question_and_can_be_changed(catalog: Catalog, plan: Plan) -> None:
    (asked,) = open_decisions(catalog, plan, derive_plan(catalog, plan), 10)
    for place in (1, 0):
        plan = with_decisions(plan, [asked.decision(place)])
        uid_map = derive_plan(catalog, plan)
        uid_map.require_decided()
        (again,) = open_decisions(catalog, plan, uid_map, 10)
        assert again.decided == place
    assert len(plan.decisions) == 1


@pytest.mark.parametrize(("rule", "place"), [("kept", 0), ("renewed", 1), ("same-study", 0)])
def test_a_rule_decides_what_it_tells_apart(
    catalog: Catalog, plan: Plan, rule: DecisionRule, place: int
) -> None:
    uid_map = derive_plan(catalog, plan)
    (asked,) = open_decisions(catalog, plan, uid_map, 10)
    assert rule in DECISION_RULES
    assert decided_by_rule(catalog, uid_map, rule) == (asked.decision(place),)


def test_a_rule_leaves_open_what_it_does_not_tell_apart(tmp_path: Path) -> None:
    rt = rt_set(1, study=ONE)
    (twin,) = ct_series(1, study=ONE)
    twin.PixelData = bytes(len(twin.PixelData))
    with checked(tmp_path / "one", {**numbered(rt.all), "twin.dcm": twin}) as catalog:
        path = str(tmp_path / "one" / "s" / "twin.dcm")
        selectors = (Selector("rule", "ENT-05"), Selector("file", path))
        uid_map = derive_plan(catalog, Plan((new_intention("repair", selectors),)))
        assert decided_by_rule(catalog, uid_map, "same-study") == ()


def test_decisions_are_steps_with_sentences() -> None:
    history = PlanHistory(Plan((new_intention("copy"),)))
    first, other = Decision("1.2.3", "/a"), Decision("1.2.4", "/b")
    said = []
    for step in (
        lambda: history.decide([first]),
        lambda: history.decide([Decision("1.2.3", "/c"), other]),
        lambda: history.leave_open(["1.2.4"]),
        history.acknowledge,
        lambda: history.set_leftovers(replaced=True),
        lambda: history.acknowledge(acknowledged=False),
        lambda: history.set_leftovers(replaced=False),
    ):
        assert step() is history.plan
        assert history.next_undo is not None
        said.append(step_sentence(history.next_undo))
    assert said == [
        "what references to 1.2.3 mean",
        "what references to 2 UIDs mean",
        "leaving open what references to 1.2.4 mean",
        "changing rejection notes, approved objects and verified reports too",
        "new UIDs in texts too",
        "not changing rejection notes, approved objects and verified reports",
        "leaving texts as they are",
    ]
    last = history.plan
    assert last.decisions == (Decision("1.2.3", "/c"),)
    while history.undo():
        pass
    assert history.plan.decisions == ()
    while history.redo():
        pass
    assert history.plan == last


def test_an_intention_comes_with_what_holds_of_the_whole_plan() -> None:
    history = PlanHistory()
    history.add(new_intention("copy"), acknowledged=True, replace_leftovers=True)
    assert (history.plan.acknowledged, history.plan.replace_leftovers) == (True, True)
    history.add(new_intention("copy"))
    assert (history.plan.acknowledged, history.plan.replace_leftovers) == (True, True)
    history.undo()
    history.undo()
    assert history.plan == Plan()
