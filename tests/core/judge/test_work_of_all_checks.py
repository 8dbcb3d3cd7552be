"""All checks together: ten times the objects are ten times the work, counted and not timed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.core.judge.scene import ROOT, an_object, instance, loaded, reference
from uidscope.core.judge.judge import judge
from uidscope.core.read.record import FileRecord

_STEPS = 1000
_SERIES = 100


def archive(count: int) -> Iterator[FileRecord]:
    """Series of a hundred images; each image names the one before, and one in a thousand is faulty."""
    for number in range(count):
        uid = f"{ROOT}.01.{number}" if number % 1000 == 7 else instance(number)
        named = [reference(instance(number - 1))] if number % _SERIES and (number - 1) % 1000 != 7 else []
        yield an_object(
            f"{number}",
            uid,
            references=named,
            attributes={
                "SeriesInstanceUID": f"{ROOT}.2.{number // _SERIES}",
                "StudyInstanceUID": f"{ROOT}.1.{number // (4 * _SERIES)}",
            },
        )


def work(count: int) -> tuple[int, int]:
    """How many findings all checks have, and how many thousand steps the database takes for them."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    with loaded(archive(count)) as catalog:
        catalog.connection.set_progress_handler(step, _STEPS)
        found = sum(1 for finding in judge(catalog, leftovers=False) if finding.rule == "UID-S04")
        catalog.connection.set_progress_handler(None, 0)
    return found, steps


@pytest.mark.timeout(300)
def test_work_grows_with_the_number_of_objects_and_no_faster() -> None:
    few, steps_for_few = work(10_000)
    many, steps_for_many = work(100_000)
    assert (few, many) == (10, 100)
    assert steps_for_many < 13 * steps_for_few
