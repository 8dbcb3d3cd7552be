"""The form of UIDs and of the bytes they stand in."""

from __future__ import annotations

import csv
import pathlib
import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.uid.resource_files import read_table
from uidscope.core.uid.syntax import (
    LARGEST_UUID,
    FaultyPart,
    faulty_parts,
    has_uuid_bits,
    is_plainly_encoded,
    is_well_formed,
    judge_encoding,
    judge_value,
    split_field,
    strip_value,
    uuid_number,
)
from uidscope.core.uid.use import judge_use

SOP_INSTANCE_UID = 0x00080018
FORM_RULES = {f"UID-S0{number}" for number in range(1, 8)}
MEANING_RULES = {"UID-S16", "UID-S17", "UID-S18", "UID-S19", "UID-S26"}
GOOD_FORM = re.compile(rb"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))+")

with (pathlib.Path(__file__).parent / "data" / "uid_test_vectors.csv").open(
    encoding="utf-8", newline=""
) as _file:
    VECTORS = [tuple(row.values()) for row in csv.DictReader(_file)]

numbers = st.integers(min_value=0, max_value=10**12).map(str)
dotted = st.lists(numbers, min_size=1, max_size=8).map(".".join)
nearly_uids = st.text(alphabet="0123456789.", max_size=70)
raw_fields = st.one_of(
    st.binary(max_size=40),
    st.lists(st.sampled_from([b"1.2.345", b"1.2.34", b"\0", b" ", b"\\", b"0"]), max_size=8).map(b"".join),
)


def codes_of_field(raw: bytes, *, writing: bool = False) -> set[str]:
    """Every code that a field of a SOP Instance UID (VM 1) gets."""
    codes = set(judge_encoding(raw, multiple_allowed=False))
    for raw_value in split_field(raw):
        value = strip_value(raw_value)
        codes |= set(judge_value(value, writing=writing))
        codes |= set(judge_use(SOP_INSTANCE_UID, value, nested=False))
    return codes


@pytest.mark.parametrize(("raw_hex", "display", "length", "expected", "note"), VECTORS)
def test_every_vector_gets_its_rule(
    raw_hex: str, display: str, length: str, expected: str, note: str
) -> None:
    raw = bytes.fromhex(raw_hex)
    assert len(raw) == int(length)
    if expected == "ok":
        assert codes_of_field(raw) == set()
    elif expected == "UID-S13/S14":
        assert all(strip_value(value) == "" for value in split_field(raw))
        assert codes_of_field(raw) == ({"UID-S09"} if raw else set())
    elif expected == "UID-S19":
        assert codes_of_field(raw) == set()
        assert codes_of_field(raw, writing=True) == {"UID-S19"}
    elif expected == "UID-S11":
        assert codes_of_field(raw) == {"UID-S11", "UID-S12"}
        assert judge_encoding(raw, multiple_allowed=True) == ("UID-S11",)
    else:
        assert codes_of_field(raw) == {expected}


def test_the_vectors_are_all_there() -> None:
    assert len(VECTORS) == 42


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("", ()),
        ("1.2.840.10008.1.2", ()),
        ("2.5", ()),
        ("1.2", ()),
        ("0.39.1", ()),
        ("1.039", ("UID-S04",)),
        ("1.100.1", ("UID-S07",)),
        ("3", ("UID-S05", "UID-S06")),
        ("..", ("UID-S03",)),
        ("ANON", ("UID-S01",)),
        ("1.2 .3", ("UID-S01",)),
        ("1.2.00a", ("UID-S01",)),
        ("1.02." + "9" * 70, ("UID-S02", "UID-S04")),
        ("2.25", ("UID-S17",)),
        ("2.25.0.1", ("UID-S17",)),
        ("2.25.18446744073709551615", ("UID-S18",)),
        ("2.25.18446744073709551616", ()),
        ("2.250.1", ()),
        ("1.2.3.4", ("UID-S26",)),
        ("1.2.3.4.5.6.7.8.9.10.11", ("UID-S26",)),
        ("1.2.3.5", ()),
        ("1.2.34", ()),
        ("1.1", ("UID-S26",)),
        ("1.1.1.1", ("UID-S26",)),
        ("1.1.2", ()),
        ("2.2.2.2", ("UID-S26",)),
        ("1.2.333.444.55.6.7", ("UID-S26",)),
        ("1.2.333.444.551", ()),
        ("1.9.999.999.99", ("UID-S26",)),
    ],
)
def test_a_value_gets_the_rules_that_it_breaks(value: str, codes: tuple[str, ...]) -> None:
    assert judge_value(value) == codes


def test_an_escaped_byte_counts_as_one_character() -> None:
    value = strip_value(b"1." + b"2" * 61 + b"\xff")
    assert judge_value(value) == ("UID-S01",)


@given(st.one_of(dotted, nearly_uids, st.text(max_size=80)))
def test_only_values_of_good_form_pass(value: str) -> None:
    parts = value.split(".")
    good = (
        value.isascii()
        and GOOD_FORM.fullmatch(value.encode()) is not None
        and len(value) <= 64
        and parts[0] in ("0", "1", "2")
        and (parts[0] == "2" or int(parts[1]) <= 39)
    )
    codes = set(judge_value(value, writing=True))
    assert bool(codes & FORM_RULES) == (not good and value != "")
    assert not (codes & FORM_RULES and codes & MEANING_RULES)
    assert list(codes) == [] or sorted(codes) == list(judge_value(value, writing=True))


@given(st.one_of(dotted, nearly_uids))
def test_writing_is_never_laxer_than_reading(value: str) -> None:
    assert set(judge_value(value)) <= set(judge_value(value, writing=True))
    assert is_well_formed(value) == (value != "" and judge_value(value, writing=True) == ())


@given(st.uuids())
def test_every_uuid_is_a_good_value_on_reading(value: uuid.UUID) -> None:
    codes = judge_value(f"2.25.{value.int}")
    assert codes == () if value.int >= 2**64 else codes == ("UID-S18",)


@given(st.uuids(version=4))
def test_a_random_uuid_may_be_written(value: uuid.UUID) -> None:
    assert has_uuid_bits(value.int)
    assert is_well_formed(f"2.25.{value.int}")


@given(st.integers(min_value=0, max_value=10**60))
def test_the_number_of_a_uuid_is_read_within_its_range_only(number: int) -> None:
    assert uuid_number(f"2.25.{number}") == (number if number <= LARGEST_UUID else None)


@given(st.text(max_size=50))
def test_other_text_has_no_uuid_number(text: str) -> None:
    assert uuid_number(f"1.25.{text}") is None
    assert uuid_number(f"2.25.x{text}") is None


@given(raw_fields)
def test_the_values_of_a_field_make_up_the_field(raw: bytes) -> None:
    values = split_field(raw)
    assert b"\\".join(values) == raw
    assert not any(b"\\" in value for value in values)


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_different_values_never_become_the_same_text(one: bytes, other: bytes) -> None:
    same = one.strip(b"\0 ") == other.strip(b"\0 ")
    assert (strip_value(one) == strip_value(other)) == same


@given(st.binary(max_size=40))
def test_a_stripped_value_is_printable_ascii(raw: bytes) -> None:
    value = strip_value(raw)
    assert value.isascii()
    assert value.isprintable() or value == ""


def test_odd_bytes_are_shown_in_hex() -> None:
    assert strip_value(b" 1.2.\xd9\n\\x0a\0") == r"1.2.\xd9\x0a\x5cx0a"


@given(st.binary(max_size=30))
def test_an_escape_stands_for_a_byte_that_was_there(raw: bytes) -> None:
    shown = re.sub(
        rb"\\x([0-9a-f]{2})", lambda hit: bytes.fromhex(hit[1].decode()), strip_value(raw).encode()
    )
    assert shown == raw.strip(b"\0 ")


@given(raw_fields)
def test_a_plainly_encoded_field_breaks_no_rule_of_encoding(raw: bytes) -> None:
    broken = judge_encoding(raw, multiple_allowed=True)
    assert is_plainly_encoded(raw) == (broken == ())


@given(st.lists(st.sampled_from([b"1.2.345", b"1.2.34"]), min_size=1, max_size=4))
def test_a_field_as_the_standard_wants_it_is_plain(values: list[bytes]) -> None:
    field = b"\\".join(values)
    assert is_plainly_encoded(field + b"\0" * (len(field) % 2))
    assert judge_encoding(field + b"\0" * (len(field) % 2), multiple_allowed=True) == ()


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        (b"", ()),
        (b"1.2.34", ()),
        (b"1.2.345\0", ()),
        (b"1.2.345", ("UID-S15",)),
        (b"1.2.34\0", ("UID-S09", "UID-S15")),
        (b"1.2.345 ", ("UID-S08",)),
        (b"1.2.345   ", ("UID-S08",)),
        (b"1.2.345 \0\0", ("UID-S09",)),
        (b"\0001.2.34\0", ("UID-S10",)),
        (b"  ", ("UID-S08",)),
        (b"1.2 \\1.2", ("UID-S11",)),
        (b"1.2\\ 1.22", ("UID-S10", "UID-S15")),
    ],
)
def test_the_bytes_of_a_field_get_the_rules_that_they_break(raw: bytes, codes: tuple[str, ...]) -> None:
    assert judge_encoding(raw, multiple_allowed=True) == codes


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1.2.3456", ()),
        ("1.02..x", ((1, "UID-S04"), (2, "UID-S03"), (3, "UID-S01"))),
        ("3.1.2", ((0, "UID-S06"),)),
        ("1.40.1", ((1, "UID-S07"),)),
        ("7", ((0, "UID-S05"), (0, "UID-S06"))),
        ("2.25", ((1, "UID-S17"),)),
        ("2.25.5.6.7", ((3, "UID-S17"), (4, "UID-S17"))),
        ("2.25.5", ((2, "UID-S18"),)),
        ("1.2." + "3" * 60 + ".4", ((3, "UID-S02"),)),
        ("1.2." + "3" * 61 + ".4", ((2, "UID-S02"),)),
    ],
)
def test_the_faulty_parts_are_named(value: str, expected: tuple[tuple[int, str], ...]) -> None:
    assert faulty_parts(value) == tuple(FaultyPart(index, code) for index, code in expected)


@given(st.one_of(nearly_uids, st.text(max_size=80)))
def test_faulty_parts_are_parts_of_a_value_that_breaks_a_rule(value: str) -> None:
    found = faulty_parts(value)
    assert {fault.code for fault in found} <= set(judge_value(value))
    assert all(0 <= fault.place <= value.count(".") for fault in found)
    assert found or not set(judge_value(value)) - {"UID-S26"}


def test_every_code_has_its_row_in_the_table() -> None:
    table = {row["id"]: row for row in read_table("syntax_rules")}
    assert len(table) == 28
    judged_here = FORM_RULES | MEANING_RULES
    assert all(table[code]["judges"] == "value" for code in judged_here)
    assert {code for code, row in table.items() if row["judges"] == "encoding"} == {
        "UID-S08",
        "UID-S09",
        "UID-S10",
        "UID-S11",
        "UID-S12",
        "UID-S15",
    }
