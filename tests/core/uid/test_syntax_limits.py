"""The edges of the rules on a UID: what just passes, what just does not, and which part is to blame."""

from __future__ import annotations

import pytest

from uidscope.core.uid.syntax import (
    FaultyPart,
    faulty_parts,
    is_plainly_encoded,
    judge_encoding,
    judge_value,
    uuid_number,
)

LARGEST = 2**128 - 1


def test_a_uuid_has_a_number_up_to_the_largest() -> None:
    assert uuid_number(f"2.25.{LARGEST}") == LARGEST
    assert uuid_number(f"2.25.{LARGEST + 1}") is None
    assert uuid_number(f"2.25.{'9' * 39}") is None
    assert uuid_number(f"2.25.1{'0' * 39}") is None
    assert uuid_number(f"2.25.{'9' * 38}") == int("9" * 38)
    assert uuid_number("2.25.0") == 0
    assert uuid_number("2.25.01") is None
    assert uuid_number("2.26.1") is None
    assert uuid_number("2.25.1.1") is None


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        (f"2.25.{LARGEST}", ()),
        (f"2.25.{LARGEST + 1}", ("UID-S16",)),
        ("2.25", ("UID-S17",)),
        ("2.25.7.7", ("UID-S17",)),
        ("2.25.7", ("UID-S18",)),
        ("1.2", ()),
        ("1.2.3", ("UID-S26",)),
        ("1.2.3.4.5", ("UID-S26",)),
        ("1.2.3.4.6", ()),
        ("1.1", ("UID-S26",)),
        ("0.39.5", ()),
        ("0.40.5", ("UID-S07",)),
        ("1.100.5", ("UID-S07",)),
        ("2.40.5", ()),
        ("1." + "2" * 62, ("UID-S07",)),
        ("1.3." + "2" * 60, ()),
        ("1.3." + "2" * 61, ("UID-S02",)),
    ],
)
def test_a_value_at_an_edge(value: str, codes: tuple[str, ...]) -> None:
    assert judge_value(value) == codes


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ("1.3." + "2" * 61, 2),
        ("1.3." + "2" * 60 + ".5", 3),
        ("1.3." + "2" * 59 + ".5", 3),
        ("1.3." + "2" * 56 + ".5.6.7", 5),
        ("1.3." + ".".join(["44"] * 25), 22),
    ],
)
def test_the_part_that_is_too_much_is_named(value: str, part: int) -> None:
    assert [fault for fault in faulty_parts(value) if fault.code == "UID-S02"] == [
        FaultyPart(part, "UID-S02")
    ]


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        (b"1.2.3\0", ()),
        (b"1.22.3", ()),
        (b"", ()),
        (b"\0\0", ("UID-S09",)),
        (b"1.22.3\0\0", ("UID-S09",)),
        (b"1.2.3 ", ("UID-S08",)),
        (b" 1.2.3", ("UID-S10",)),
        (b"1.2.3", ("UID-S15",)),
        (b"1.2.3\\1.2.4\0", ()),
        (b"1.22.3 \\1.2.4", ("UID-S11",)),
    ],
)
def test_a_field_at_an_edge(raw: bytes, codes: tuple[str, ...]) -> None:
    found = judge_encoding(raw, multiple_allowed=True)
    if codes:
        assert set(codes) <= set(found)
    else:
        assert found == ()
    assert is_plainly_encoded(raw) == (found == ())


def test_two_values_where_one_is_allowed() -> None:
    assert judge_encoding(b"1.2.3\\1.2.4\0", multiple_allowed=False) == ("UID-S12",)
