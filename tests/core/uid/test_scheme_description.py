"""What is said of a scheme before it is used."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.errors import UsageError
from uidscope.core.uid.scheme_description import (
    describe_schemes,
    description_as_json,
    description_as_text,
    longest_roots,
    scheme_description,
)
from uidscope.core.uid.schemes import SCHEME_NAMES, SchemeOptions, make_scheme
from uidscope.core.uid.syntax import judge_value

KEY = b"k" * 32
ROOTS = st.sampled_from(
    ["", "1.3.6.1.4.1.32473", "2.16.756.99999999999999", "2.16.756." + "9" * 15, "x", "2.25"]
)
NUMBERS = st.sampled_from(["", "0", "7", "123456", "007", "A7", "1.2", "."])


def options(name: str, root: str) -> SchemeOptions:
    return SchemeOptions(name, root, serial="7", key=KEY)


@pytest.mark.parametrize("name", SCHEME_NAMES)
def test_the_length_is_told_before_use_and_holds(name: str) -> None:
    wanted = options(name, "" if name == "uuid" else "1.3.6.1.4.1.32473")
    described = scheme_description(wanted)
    assert described.budget is not None
    assert described.budget.longest + described.budget.remains == 64
    made = make_scheme(wanted)
    for at in range(200):
        assert len(made.new_uid("instance", f"1.2.{at}")) <= described.budget.longest
    assert judge_value(described.sample, writing=True) == ()
    assert described.refusal == ""


@pytest.mark.parametrize("name", SCHEME_NAMES)
def test_every_scheme_has_its_words_for_and_against(name: str) -> None:
    described = scheme_description(SchemeOptions(name))
    for words in (described.title, described.form):
        assert words
    for sentence in (described.speaks_for, described.speaks_against):
        assert sentence.endswith(".")
        assert sentence.count(". ") == 0


@pytest.mark.parametrize("name", [name for name in SCHEME_NAMES if name != "uuid"])
def test_the_longest_root_is_the_longest_that_fits(name: str) -> None:
    longest = scheme_description(options(name, "")).longest_root
    assert longest == longest_roots()[name]
    for length, fits in ((longest, True), (longest + 1, False)):
        described = scheme_description(options(name, "2.16.756." + "9" * (length - 9)))
        assert (described.budget is not None) == (described.refusal == "") == (described.sample != "") == fits


def test_a_root_too_long_is_refused_with_the_digits_that_remain() -> None:
    described = scheme_description(SchemeOptions("root-uuid", "1.3.6.1.4.1.32473.12345678"))
    assert "37 digits remain" in described.refusal
    assert described.longest_root == 24
    assert "37 digits remain" in description_as_text(described)
    assert description_as_json(described)["budget"] is None


def test_a_root_of_a_toolkit_is_warned_about() -> None:
    for root in ("1.2.826.0.1.3680043.8.498", "1.2.276.0.7230010.3"):
        (warning,) = scheme_description(SchemeOptions("root-random", root)).warnings
        assert "for development" in warning
        assert warning in description_as_text(scheme_description(SchemeOptions("root-random", root)))


def test_a_scheme_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="There is no scheme"):
        scheme_description(SchemeOptions("nothing"))


@given(
    st.builds(
        SchemeOptions,
        name=st.sampled_from(SCHEME_NAMES),
        root=ROOTS,
        product=NUMBERS,
        version=NUMBERS,
        site=NUMBERS,
        study=NUMBERS,
        series=NUMBERS,
        image=NUMBERS,
        serial=NUMBERS,
        key=st.sampled_from([None, KEY, b"short"]),
    )
)
def test_any_options_are_described(wanted: SchemeOptions) -> None:
    described = scheme_description(wanted)
    assert (described.sample == "") == (described.refusal != "") == (described.budget is None)
    if described.budget is not None:
        assert described.budget.remains >= 0
        assert len(described.sample) <= described.budget.longest <= 64
        assert judge_value(described.sample, writing=True) == ()
    assert json.loads(json.dumps(description_as_json(described)))["scheme"] == wanted.name
    assert description_as_text(described).startswith(wanted.name)


def test_all_schemes_are_described_with_one_root() -> None:
    described = describe_schemes(SchemeOptions(root="1.3.6.1.4.1.32473", serial="7"))
    assert tuple(each.name for each in described) == SCHEME_NAMES
    assert [each.name for each in described if each.refusal] == ["keyed"]
