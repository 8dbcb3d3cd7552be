"""The faults that are put in, and the list of those that nobody could see."""

from __future__ import annotations

import ast

from tests.mutants.__main__ import ROOMS, equivalents, every_mutant, sampled
from tests.mutants.places import mutants_of

_SOURCE = b'''"""About it."""
from typing import Literal
Kind = Literal["a", "b"]
LIMIT: int = 3

def least(values: list[int], floor: int | None = None) -> list[int]:
    """The small ones."""
    if floor is None and not values:
        raise ValueError("nothing there")
    return [value + 1 for value in values if value < LIMIT]
'''


def test_each_fault_changes_one_place_and_still_compiles() -> None:
    mutants = mutants_of("room/module.py", _SOURCE)
    for mutant in mutants:
        changed = mutant.applied(_SOURCE)
        assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(_SOURCE))
        assert changed[: mutant.start] == _SOURCE[: mutant.start]
        assert changed.endswith(_SOURCE[mutant.end :])
    names = [mutant.name for mutant in mutants]
    assert len(names) == len(set(names))


def test_every_kind_of_fault_is_found_and_nothing_that_nobody_sees() -> None:
    told = {(mutant.function, mutant.old, mutant.new) for mutant in mutants_of("room/module.py", _SOURCE)}
    assert told == {
        ("", "3", "(4)"),
        ("", "3", "(2)"),
        ("least", "floor is None and not values", "(floor is None or not values)"),
        ("least", "floor is None and not values", "(not (floor is None and (not values)))"),
        ("least", "floor is None", "(floor is not None)"),
        ("least", "not values", "(values)"),
        ("least", 'raise ValueError("nothing there")', "pass"),
        ("least", "return [value + 1 for value in values if value < LIMIT]", "return []"),
        ("least", "value + 1", "(value - 1)"),
        ("least", "1", "(2)"),
        ("least", "1", "(0)"),
        ("least", "value < LIMIT", "(value <= LIMIT)"),
        ("least", "value < LIMIT", "(value >= LIMIT)"),
    }


def test_a_small_sample_is_the_beginning_of_a_large_one() -> None:
    every = mutants_of("room/module.py", _SOURCE)
    assert sampled(every, 4, seed=1) == sampled(every, 9, seed=1)[:4]
    assert sampled(every, 9, seed=1) != sampled(every, 9, seed=2)


def test_what_is_listed_as_equivalent_is_still_in_the_program_and_has_a_reason() -> None:
    names = {mutant.name for mutant in every_mutant(ROOMS)}
    for mutant, reason in equivalents().items():
        assert mutant in names, mutant
        assert reason.strip().endswith("."), mutant
