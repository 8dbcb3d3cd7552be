"""Serial numbers as numbers of a UID."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.errors import UsageError
from uidscope.core.uid.organization.installation_serial import (
    SERIAL_DIGITS,
    look_alike,
    number_to_serial,
    serial_to_number,
)
from uidscope.core.uid.syntax import judge_value

SERIALS = st.text(alphabet=sorted(SERIAL_DIGITS), min_size=1, max_size=12).filter(
    lambda serial: serial == serial.strip()
)


@pytest.mark.parametrize(
    ("serial", "number"),
    [
        ("372764", "372764"),
        ("9", "9"),
        ("0372764", "0.10372764"),
        ("0", "0.10"),
        ("A19", "0.1900199"),
        ("a-Z_./ 0", "0.19309609259619629639640"),
    ],
)
def test_the_number_is_the_documented_one(serial: str, number: str) -> None:
    assert serial_to_number(serial) == number
    assert number_to_serial(number) == serial


@given(SERIALS)
def test_the_table_can_be_read_back(serial: str) -> None:
    number = serial_to_number(serial)
    assert number_to_serial(number) == serial
    assert judge_value(f"1.3.6.1.4.1.9.2.{number}") == ()


@given(SERIALS, SERIALS)
def test_two_serial_numbers_never_share_a_number_and_none_lies_under_another(one: str, other: str) -> None:
    first, second = serial_to_number(one), serial_to_number(other)
    assert (first == second) == (one == other)
    assert not second.startswith(f"{first}.")


@given(st.text(alphabet="0123456789.", max_size=20))
def test_only_what_the_table_writes_is_read(number: str) -> None:
    serial = number_to_serial(number)
    assert serial is None or serial_to_number(serial) == number


@pytest.mark.parametrize("serial", ["", " 1", "1 ", "1\n", "ä", "1\0", "٣", "x" * 65, "=1"])
def test_others_are_refused_in_one_sentence(serial: str) -> None:
    with pytest.raises(UsageError) as raised:
        serial_to_number(serial)
    assert re.fullmatch(r"[^\n]+\.", str(raised.value))


@pytest.mark.parametrize(("one", "other"), [("0372764", "372764"), ("ab-1", "AB1"), ("0", "00")])
def test_serial_numbers_that_people_take_for_the_same(one: str, other: str) -> None:
    assert look_alike(one) == look_alike(other)
    assert look_alike(one) != look_alike("77")
