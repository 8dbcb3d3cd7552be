import pytest

from uidscope.core.errors import UsageError
from uidscope.core.plan.history import PlanHistory
from uidscope.core.plan.intention import (
    INTENTION_KINDS,
    Into,
    Plan,
    Selector,
    new_intention,
    parse_into,
    parse_selector,
)


@pytest.mark.parametrize("kind", INTENTION_KINDS)
def test_every_intention_has_an_id_of_its_own(kind: str) -> None:
    into = Into("study", "1.2.3") if kind == "move" else None
    assert new_intention(kind, into=into).id != new_intention(kind, into=into).id


def test_a_move_needs_one_place_to_go_and_nothing_else_has_one() -> None:
    assert parse_into(None, None) is None
    assert parse_into("1.2", None) == Into("study", "1.2")
    assert parse_into(None, "1.2") == Into("series", "1.2")
    with pytest.raises(UsageError, match="not both"):
        parse_into("1.2", "1.3")
    with pytest.raises(UsageError, match="needs the loaded study or series"):
        new_intention("move")
    with pytest.raises(UsageError, match="“move” only"):
        new_intention("copy", into=Into("study", "1.2"))


def test_an_unknown_intention_is_refused() -> None:
    with pytest.raises(UsageError, match="no intention “clone”"):
        new_intention("clone")


@pytest.mark.parametrize("description", ["x" * 65, "two\\values", "a\nb", "\x1b[31m"])
def test_a_series_description_that_no_file_holds_is_refused(description: str) -> None:
    with pytest.raises(UsageError, match="series description"):
        new_intention("derived-series", series_description=description)


def test_a_series_description_goes_with_derived_series_only() -> None:
    assert new_intention("derived-series", series_description="x" * 64).series_description == "x" * 64
    with pytest.raises(UsageError, match="derived-series"):
        new_intention("copy", series_description="MIP")


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ("series=1.2.3", Selector("series", "1.2.3")),
        ("patient=A=B", Selector("patient", "A=B")),
        ("file=a folder/1.dcm", Selector("file", "a folder/1.dcm")),
        ("rule=UID-S04", Selector("rule", "UID-S04")),
    ],
)
def test_a_selector_is_read(text: str, selector: Selector) -> None:
    assert parse_selector(text) == selector


@pytest.mark.parametrize("text", ["", "series", "series=", "=1.2.3", "frame=1.2.3", "Series=1.2.3"])
def test_what_is_no_selector_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="KIND=VALUE"):
        parse_selector(text)


def test_undo_takes_the_last_intention_away_and_redo_brings_the_same_back() -> None:
    first, second = new_intention("copy"), new_intention("instances")
    history = PlanHistory()
    history.add(first)
    assert history.add(second) == Plan((first, second))
    undone = history.undo()
    assert undone is not None
    assert (undone.code, undone.intention) == ("added", second)
    assert history.plan == Plan((first,))
    assert history.next_redo == undone
    assert history.redo() == undone
    assert history.plan == Plan((first, second))


def test_nothing_to_undo_and_nothing_to_redo() -> None:
    history = PlanHistory()
    assert history.undo() is None
    assert history.redo() is None
    assert (history.next_undo, history.next_redo) == (None, None)
    assert history.plan == Plan()


def test_a_new_intention_takes_the_place_of_what_was_undone() -> None:
    first, second, third = (new_intention("copy") for _ in range(3))
    history = PlanHistory()
    for intention in (first, second):
        history.add(intention)
    history.undo()
    history.undo()
    history.add(third)
    assert history.plan == Plan((third,))
    assert history.redo() is None
    assert history.next_undo is not None
    assert history.next_undo.intention == third


def test_a_history_goes_on_from_a_plan() -> None:
    plan = Plan((new_intention("copy"),))
    history = PlanHistory(plan)
    history.add(new_intention("instances"))
    history.undo()
    assert history.plan == plan
    assert history.undo() is None
