"""Numbers for patients: always the same, and in texts where a name or an ID stands as a whole word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uidscope.core.report.patient_numbers import PatientNumbers, Person

ALPHA, BETA = Person("TEST-0001", "TEST^ALPHA"), Person("TEST-0002", "TEST^BETA")


def test_who_has_an_id_and_a_name_has_one_number() -> None:
    numbers = PatientNumbers([ALPHA, BETA])
    assert (numbers.of_id("TEST-0001"), numbers.of_name("TEST^ALPHA")) == ("patient-001", "patient-001")
    assert (numbers.of_id("TEST-0002"), numbers.of_name("TEST^BETA")) == ("patient-002", "patient-002")
    assert numbers.of_id("") == numbers.of_name("TEST^GAMMA") == ""


@given(
    people=st.lists(st.builds(Person, st.text(max_size=3), st.text(max_size=3)), max_size=12),
    cut=st.integers(0, 12),
)
@settings(deadline=None)
def test_who_comes_later_changes_nothing(people: list[Person], cut: int) -> None:
    at_once, grown = PatientNumbers(people), PatientNumbers(people[:cut])
    before = [(grown.of_id(each.patient_id), grown.of_name(each.name)) for each in people[:cut]]
    grown.add(people[cut:])
    every = [(grown.of_id(each.patient_id), grown.of_name(each.name)) for each in people]
    assert every[:cut] == before
    assert every == [(at_once.of_id(each.patient_id), at_once.of_name(each.name)) for each in people]
    for of in (grown.of_id, grown.of_name):
        values = {each[0] if of == grown.of_id else each[1] for each in people} - {""}
        assert len({of(value) for value in values}) == len(values), "no two share a number"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("TEST^ALPHA", "patient-001"),
        ("of test^alpha, and of TEST^BETA.", "of patient-001, and of patient-002."),
        ("/import/TEST-0001/1.dcm", "/import/patient-001/1.dcm"),
        ("TEST^ALPHABET", "TEST^ALPHABET"),
        ("XTEST-0001", "XTEST-0001"),
        ("1.2.84012.5 and 84012", "1.2.84012.5 and patient-003"),
        ("84012.", "patient-003."),
        ("100 files", "100 files"),
        ("AB", "AB"),
        ("", ""),
    ],
)
def test_a_text_is_masked_where_one_stands_as_a_word(text: str, masked: str) -> None:
    people = [ALPHA, BETA, Person("84012", ""), Person("100", "AB")]
    assert PatientNumbers(people).masked(text) == masked


@given(
    name=st.text(st.sampled_from("abcdefgh^ -"), min_size=3, max_size=20).filter(str.strip),
    before=st.sampled_from(["", "of ", "/a/", "("]),
    after=st.sampled_from(["", ".", " is", ")", "/1.dcm"]),
)
@settings(deadline=None)
def test_no_name_that_is_a_word_is_left(name: str, before: str, after: str) -> None:
    bare = name.strip("^ -")
    if len(bare) < 3:
        return
    masked = PatientNumbers([Person("", name)]).masked(before + name + after)
    assert bare not in masked
    assert "patient-001" in masked
