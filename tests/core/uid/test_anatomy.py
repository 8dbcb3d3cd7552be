"""The anatomy of a UID, as values, as text and as JSON."""

from __future__ import annotations

import json
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.uid.anatomy import anatomy_words, explain
from uidscope.core.uid.anatomy_text import anatomy_as_json, anatomy_as_text
from uidscope.core.uid.syntax import faulty_parts, judge_value

GUID = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
GUID_UID = "2.25.329800735698586629295641978511506172918"

odd_text = st.one_of(
    st.text(max_size=120),
    st.text(alphabet="0123456789.", max_size=120),
    st.text(alphabet="0123456789abcdef-{}", min_size=30, max_size=40),
    st.sampled_from(["2.25." + "9" * 5000, "9" * 5000, "." * 3000, "\0", "urn:oid:", "urn:uuid:" + GUID]),
)


def codes(text: str) -> list[str]:
    return [item.code for item in explain(text).verdict]


def notes(text: str) -> list[str]:
    return [item.code for item in explain(text).notes]


def test_the_parts_of_a_vendors_uid() -> None:
    anatomy = explain("1.2.840.113619.2.55.3")
    assert [part.number for part in anatomy.parts] == ["1", "2", "840", "113619", "2", "55", "3"]
    assert [part.kind for part in anatomy.parts] == ["root"] * 4 + ["below"] * 3
    assert anatomy.owner is not None
    assert (anatomy.owner.root, anatomy.root_parts, anatomy.length) == ("1.2.840.113619", 4, 21)
    assert anatomy.verdict == ()


def test_a_registered_uid_is_named() -> None:
    anatomy = explain("1.2.840.10008.5.1.4.1.1.2")
    assert anatomy.registered is not None
    assert anatomy.registered.name == "CT Image Storage"
    assert anatomy.parts[-1].kind == "registered"
    assert "CT Image Storage" in anatomy.parts[-1].meaning
    assert "CT Image Storage" in anatomy_as_text(anatomy)
    assert "never-replaced" in notes("1.2.840.10008.5.1.4.1.1.2")
    assert "retired" in notes("1.2.840.10008.1.2.2")


def test_an_unregistered_value_under_the_root_of_the_standard_is_told() -> None:
    assert codes("1.2.840.10008.5.1.4.1.1.9999") == ["UID-S22"]
    assert codes("1.2.840.10008.5.1.4.1.1.2") == []


@pytest.mark.parametrize(
    "text",
    [
        GUID,
        GUID.upper(),
        f"{{{GUID}}}",
        f"({GUID})",
        f"urn:uuid:{GUID}",
        GUID.replace("-", ""),
        f"  {GUID}\n",
    ],
)
def test_a_uuid_in_any_usual_form_becomes_a_uid(text: str) -> None:
    anatomy = explain(text)
    assert anatomy.uid == GUID_UID
    assert anatomy.text == text
    assert "from-uuid" in notes(text)
    assert anatomy.uuid is not None
    assert anatomy.uuid.text == GUID


def test_the_other_reading_of_a_guid_is_shown() -> None:
    other = f"2.25.{int.from_bytes(uuid.UUID(GUID).bytes_le, 'big')}"
    assert other in anatomy_as_text(explain(f"{{{GUID}}}"))
    assert str(uuid.UUID(bytes_le=uuid.UUID(GUID).bytes)) in anatomy_as_text(explain(GUID_UID))


@given(st.uuids())
def test_a_uuid_and_its_number_are_the_same_uuid(value: uuid.UUID) -> None:
    from_text, from_number = explain(str(value)), explain(f"2.25.{value.int}")
    assert from_text.uid == from_number.uid
    assert from_text.uuid is not None
    assert from_text.uuid == from_number.uuid
    assert from_text.uuid.text == str(value)
    assert from_text.uuid.version == (value.version or 0)


def test_the_time_and_the_address_of_version_1() -> None:
    found = explain(GUID_UID).uuid
    assert found is not None
    assert (found.version, found.time, found.address) == (1, "1997-02-03T17:43:12.216Z", "00:a0:c9:1e:6b:f6")
    assert "address" in notes(GUID_UID)


@pytest.mark.parametrize(
    ("text", "version", "time"),
    [
        # the examples of RFC 9562, appendix A
        ("c232ab00-9414-11ec-b3c8-9f6bdeced846", 1, "2022-02-22T19:22:22.000Z"),
        ("1ec9414c-232a-6b00-b3c8-9f6bdeced846", 6, "2022-02-22T19:22:22.000Z"),
        ("017f22e2-79b0-7cc3-98c4-dc0c0c07398f", 7, "2022-02-22T19:22:22.000Z"),
        ("919108f7-52d1-4320-9bac-f847db4148a8", 4, ""),
        ("ffffffff-ffff-7fff-bfff-ffffffffffff", 7, ""),
    ],
)
def test_the_time_in_a_uuid(text: str, version: int, time: str) -> None:
    found = explain(text).uuid
    assert found is not None
    assert (found.version, found.time) == (version, time)


def test_a_random_node_is_no_address() -> None:
    text = "c232ab00-9414-11ec-b3c8-9f6bdeced846"
    found = explain(text).uuid
    assert found is not None
    assert found.random_node
    assert found.address == ""
    assert "no-address" in notes(text)


def test_bits_that_are_not_those_of_a_uuid_are_a_note() -> None:
    text = "2.25.340282366920938463463374607431768211455"
    assert codes(text) == ["UID-S19"]
    assert anatomy_as_json(explain(text))["valid"]


@pytest.mark.parametrize(
    ("uid", "first", "last", "date"),
    [
        ("1.2.840.113619.2.20240229.1", 5, 5, "2024-02-29"),
        ("1.3.51.20240131235958.7", 3, 3, "2024-01-31 23:59:58"),
        ("1.3.51.20240131235958123.7", 3, 3, "2024-01-31 23:59:58"),
        ("1.3.51.4.2024.1.31.23.59.58.123.1", 4, 9, "2024-01-31 23:59:58"),
        ("1.3.51.4.2024.1.31", 4, 6, "2024-01-31"),
    ],
)
def test_numbers_that_look_like_a_date_are_pointed_out(uid: str, first: int, last: int, date: str) -> None:
    found = explain(uid).date
    assert found is not None
    assert (found.first, found.last, found.text) == (first, last, date)
    assert all(part.kind == "date" for part in explain(uid).parts[first : last + 1])
    assert "date" in notes(uid)


@pytest.mark.parametrize(
    "uid", ["1.3.51.20230229", "1.3.51.20241301", "1.3.51.2024.13.1", "1.3.51.2024.1", "1.3.51.18991231"]
)
def test_other_numbers_are_no_date(uid: str) -> None:
    assert explain(uid).date is None


def test_faulty_parts_are_marked() -> None:
    anatomy = explain("1.02..x")
    assert [(part.kind, part.code) for part in anatomy.parts] == [
        ("root", ""),
        ("faulty", "UID-S04"),
        ("faulty", "UID-S03"),
        ("faulty", "UID-S01"),
    ]


@pytest.mark.parametrize(
    ("text", "uid", "note"),
    [
        (" 1.2.345 ", "1.2.345", "spaces"),
        ("1.2.345\0", "1.2.345", "pad"),
        ("urn:oid:1.2.345", "1.2.345", "from-oid-urn"),
        ("", "", "empty"),
        (" \0", "", "empty"),
    ],
)
def test_what_is_around_a_uid_is_left_out_and_told(text: str, uid: str, note: str) -> None:
    assert explain(text).uid == uid
    assert note in notes(text)


@given(odd_text)
def test_no_text_is_too_odd(text: str) -> None:
    anatomy = explain(text)
    assert ".".join(part.number for part in anatomy.parts) == anatomy.uid
    judged = judge_value(anatomy.uid)
    if anatomy.registered is None:
        assert [item.code for item in anatomy.verdict][: len(judged)] == list(judged)
    faulty = {fault.place for fault in faulty_parts(anatomy.uid)}
    assert {at for at, part in enumerate(anatomy.parts) if part.kind == "faulty"} == faulty
    assert json.loads(json.dumps(anatomy_as_json(anatomy)))["uid"] == anatomy.uid
    assert all(line.isprintable() for line in anatomy_as_text(anatomy).split("\n"))


def test_what_a_terminal_might_obey_is_shown_escaped() -> None:
    shown = anatomy_as_text(explain("\x1b[31m1.2"))
    assert "\x1b" not in shown
    assert r"\x1b[31m1" in shown


@pytest.mark.parametrize(
    ("text", "valid"), [("1.2.345", True), ("1.2.03", False), ("1.2.3", True), ("", False), ("3.1", True)]
)
def test_valid_means_that_no_rule_finds_an_error(text: str, valid: bool) -> None:
    assert anatomy_as_json(explain(text))["valid"] is valid


def test_the_json_names_rule_severity_and_section() -> None:
    (verdict,) = anatomy_as_json(explain("1.2.03"))["verdict"]
    assert (verdict["rule"], verdict["severity"], verdict["citation"]) == ("UID-S04", "error", "PS3.5 9.1")
    assert verdict["message"] == anatomy_words()["verdicts"]["UID-S04"]


@pytest.mark.parametrize(
    "code", ["UID-S01", "UID-S02", "UID-S03", "UID-S04", "UID-S05", "UID-S06", "UID-S07"]
)
def test_every_fault_has_its_words(code: str) -> None:
    assert anatomy_words()["faults"][code]
    assert anatomy_words()["verdicts"][code]
