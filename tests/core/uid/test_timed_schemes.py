"""Clocks and numbers of processes: each moment once, each number within its digits."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from uidscope.core.errors import UsageError
from uidscope.core.uid.scheme_parts import SchemeOptions
from uidscope.core.uid.timed_schemes import (
    INSTALLATION_SUFFIX,
    ProcessNumber,
    SteadyClock,
    Tick,
    make_date_counter_scheme,
    make_installation_scheme,
    make_long_scheme,
)

ROOT = "1.2.826.0.1.3680043.77"
MOMENT = int(dt.datetime(2024, 2, 3, 4, 5, 6, 7000, tzinfo=dt.UTC).timestamp() * 1_000_000) * 1000


@pytest.mark.parametrize(("per_second", "at"), [(1, MOMENT // 10**9), (1000, MOMENT // 10**6)])
def test_a_tick_is_the_moment_in_units_of_the_clock(per_second: int, at: int) -> None:
    clock = SteadyClock(per_second, 2, now_ns=lambda: MOMENT)
    assert [clock.next_tick() for _ in range(5)] == [
        Tick(at, 1),
        Tick(at, 2),
        Tick(at + 1, 1),
        Tick(at + 1, 2),
        Tick(at + 2, 1),
    ]


def test_the_number_of_a_process_is_never_0_and_has_no_more_digits_than_told() -> None:
    drawn = {ProcessNumber(1).value() for _ in range(400)}
    assert drawn == set(range(1, 10))


def test_every_field_of_the_date_form_is_where_it_belongs() -> None:
    scheme = make_date_counter_scheme(
        SchemeOptions("date-counter", ROOT), SteadyClock(1000, 99, now_ns=lambda: MOMENT)
    )
    first, second = (scheme.new_uid("instance", "").removeprefix(ROOT + ".").split(".") for _ in range(2))
    assert first[1:] == ["2024", "2", "3", "4", "5", "6", "7", "1"]
    assert second[1:] == ["2024", "2", "3", "4", "5", "6", "7", "2"]
    assert first[0] == second[0]
    assert 0 < int(first[0]) < 10**8


@pytest.mark.parametrize(
    ("kind", "number"), [("study", "1"), ("series", "2"), ("instance", "3"), ("frame_of_reference", "4")]
)
def test_every_field_of_an_installation_is_where_it_belongs(kind: str, number: str) -> None:
    scheme = make_installation_scheme(
        SchemeOptions("installation", ROOT, serial="7"), SteadyClock(1000, 99, now_ns=lambda: MOMENT)
    )
    branch, of_kind, process, at, counter = (
        scheme.new_uid(kind, "").removeprefix(ROOT + ".").removeprefix("2.").split(".")
    )
    assert (branch, of_kind, at, counter) == ("7", number, str(MOMENT // 10**6), "1")
    assert 0 < int(process) < 10**6


def test_a_root_has_the_room_that_an_installation_needs_and_no_more() -> None:
    longest = 64 - INSTALLATION_SUFFIX - len(".2.7")
    root = "1.2." + "9" * (longest - 4)
    assert len(make_installation_scheme(SchemeOptions("installation", root, serial="7")).new_uid("study", ""))
    with pytest.raises(UsageError):
        make_installation_scheme(SchemeOptions("installation", root + "9", serial="7"))


def _long(**more: Any) -> list[list[str]]:
    clock = SteadyClock(1, 99_999, now_ns=lambda: MOMENT)
    scheme = make_long_scheme(
        replace(SchemeOptions("long", "1.2.3", product="4", version="5.6", site="7"), **more), clock
    )
    kinds = ("study", "series", "instance", "instance", "study", "series")
    return [scheme.new_uid(kind, "").removeprefix("1.2.3.4.5.6.7.").split(".") for kind in kinds]


def test_the_long_form_counts_studies_series_and_images() -> None:
    made = _long()
    assert [fields[:3] for fields in made] == [
        ["1", "0", "1"],
        ["1", "1", "2"],
        ["1", "1", "3"],
        ["1", "1", "4"],
        ["2", "1", "5"],
        ["2", "2", "6"],
    ]
    assert {fields[3] for fields in made} == {"20240203040506"}
    assert len({fields[4] for fields in made}) == 1


def test_the_long_form_takes_what_is_given_and_counts_in_its_last_number() -> None:
    made = _long(study="21", series="31", image="41")
    assert {tuple(fields[:4]) for fields in made} == {("21", "31", "41", "20240203040506")}
    assert [fields[4][-5:] for fields in made] == ["00001", "00002", "00003", "00004", "00005", "00006"]


def test_the_numbers_of_the_long_form_begin_anew_where_their_digits_end() -> None:
    scheme = make_long_scheme(
        SchemeOptions("long", "1.2.3", product="4", version="5", site="6"),
        SteadyClock(1, 99_999, now_ns=lambda: MOMENT),
    )
    studies = [int(scheme.new_uid("study", "").split(".")[6]) for _ in range(101)]
    assert studies == [*range(1, 100), 1, 2]
    series = [int(scheme.new_uid("series", "").split(".")[7]) for _ in range(1001)]
    assert series == [*range(1, 1000), 1, 2]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"product": "x"}, "product number"),
        ({"version": "1.x"}, "version"),
        ({"site": "x"}, "site number"),
        ({"study": "x"}, "study number"),
        ({"series": "x"}, "series number"),
        ({"image": "x"}, "image number"),
    ],
)
def test_a_field_that_is_no_number_is_named(wrong: dict[str, Any], told: str) -> None:
    given = SchemeOptions("long", "1.2.3", product="4", version="5", site="6")
    with pytest.raises(UsageError, match=told):
        make_long_scheme(replace(given, **wrong))
