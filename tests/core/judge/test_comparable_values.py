"""Values that say the same are compared as equal, whatever their form; others never are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.judge.comparable_values import comparable, same_numbers


def forms(vr: str, *texts: str) -> set[str]:
    return set(comparable(texts, vr).values())


@pytest.mark.parametrize(
    ("vr", "texts"),
    [
        ("PN", ("TEST^ALPHA", "TEST^ALPHA^^^", "Test^Alpha", "TEST ALPHA ", "test^alpha=", "TEST^ALPHA^")),
        ("PN", ("Yamada^Tarou", "Yamada^Tarou=山田^太郎", "Yamada^Tarou=山田^太郎=やまだ^たろう")),
        ("PN", ("Müller^A", "M\\xfcller^A", "M\\xc3\\xbcller^A")),
        ("DA", ("19700102", "1970.01.02", "1970-01-02")),
        ("TM", ("101112", "10:11:12", "101112.000000", "101112.", "101112.123", "101112.123456")),
        ("TM", ("1011", "101100")),
        ("LO", ("A\\B", "A \\B ", " A\\ B")),
        ("SH", ("ＡＢＣ", "ABC")),
    ],
)
def test_one_value_in_several_forms(vr: str, texts: tuple[str, ...]) -> None:
    assert len(forms(vr, *texts)) == 1


@pytest.mark.parametrize(
    ("vr", "texts"),
    [
        ("PN", ("TEST^ALPHA", "TEST^BETA")),
        ("PN", ("Yamada^Tarou=山田^太郎", "Yamada^Tarou=山本^太郎")),
        ("DA", ("19700102", "19700201")),
        ("TM", ("101112", "101113")),
        ("TM", ("101112.1", "101112.2")),
        ("TM", ("101112.12", "101112.1", "101112.13")),
        ("LO", ("A\\B", "A")),
        ("LO", ("Chest", "CHEST")),
        ("DS", ("1", "1.0")),
    ],
)
def test_different_values(vr: str, texts: tuple[str, ...]) -> None:
    assert len(forms(vr, *texts)) > 1


@pytest.mark.parametrize("vr", ["PN", "DA", "TM", "LO"])
def test_the_empty_value_is_no_value_of_any_form(vr: str) -> None:
    assert comparable(["", "101112"], vr)[""] == ""
    assert comparable(["", "101112"], vr)["101112"] != ""


def test_only_carets_are_no_name() -> None:
    assert forms("PN", "^^^^", " ") == {""}


@pytest.mark.parametrize(
    ("left", "right", "is_same"),
    [
        ("1", "1.0", True),
        ("+70", "7e1", True),
        ("1\\2", "1.0\\2.00", True),
        ("1", "2", False),
        ("1", "one", False),
    ],
)
def test_numbers(left: str, right: str, is_same: bool) -> None:
    assert same_numbers([left, right], "DS") is is_same


def test_what_is_no_number_is_never_the_same_number() -> None:
    assert not same_numbers(["1", "1.0"], "LO")
    assert not same_numbers(["nan", "NaN"], "DS")
    assert not same_numbers(["sNaN", "1"], "IS")


names = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\\="), max_size=12)


@given(names, st.sampled_from([str.upper, lambda name: f"{name}^^", lambda name: f" {name} "]))
def test_no_form_of_a_name_is_another_name(name: str, form: Callable[[str], str]) -> None:
    if form is str.upper and name.casefold() != name.upper().casefold():
        return  # some letters have no upper case of their own
    assert len(forms("PN", name, form(name)) - {""}) <= 1


@given(st.times())
def test_the_length_of_a_fraction_is_form(time: object) -> None:
    text = f"{time:%H%M%S.%f}"
    assert len(forms("TM", text, text[:10], f"{time:%H:%M:%S}")) == 1
