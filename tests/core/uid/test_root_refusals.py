"""Why a root is refused, or what speaks against it, in the sentence that is shown; and which schemes fit."""

from __future__ import annotations

import pytest

from uidscope.core.uid.root_check import root_refusal, validate_root
from uidscope.core.uid.root_report import report_on_root, ways_as_json, ways_as_text, ways_to_a_root
from uidscope.core.uid.schemes import SchemeOptions, make_scheme


@pytest.mark.parametrize(
    ("root", "sentence"),
    [
        ("", "A root is needed: the number that your organization was assigned."),
        ("1.2.x", "The root “1.2.x” has a character other than digits and points."),
        ("1." + "2" * 63, f"The root 1.{'2' * 63} is longer than a whole UID may be (64 characters)."),
        ("1.2.", "The root 1.2. begins or ends with a point, or has two in a row."),
        ("1.2.03", "The root 1.2.03 has a number with a leading zero."),
        ("2", "The root 2 has one number only; a root has at least two."),
        ("3.2", "The root 3.2 must begin with 0, 1 or 2."),
        ("1.40.1", "The second number of the root 1.40.1 must be 39 or less."),
        (
            "1.2.840.10008.9",
            "The root 1.2.840.10008.9 lies under 1.2.840.10008,"
            " which only the standard itself uses (PS3.5 9).",
        ),
        ("2.25", "The root 2.25 is that of UUIDs; the scheme “uuid” makes UIDs there (PS3.5 B.2)."),
        ("2.25.7", "The root 2.25.7 is that of UUIDs; the scheme “uuid” makes UIDs there (PS3.5 B.2)."),
    ],
)
def test_a_root_that_cannot_be_used_has_one_sentence(root: str, sentence: str) -> None:
    assert root_refusal(root) == sentence
    assert validate_root(root) == (sentence,)
    assert report_on_root(root).sentences[0] == report_on_root(root).refusal


@pytest.mark.parametrize(
    ("root", "sentences"),
    [
        ("1.2.826.0.1.3680043.77", ()),
        ("1.2.40", ("The root 1.2.40 is very short: most likely it belongs to a registration authority.",)),
        (
            "1.3.12.2.1107",
            (
                "The root 1.3.12.2.1107 is known as that of Siemens;"
                " use it only where it was assigned to you.",
            ),
        ),
        (
            "1.2.826.0.1.3680043.8.498",
            (
                "The root 1.2.826.0.1.3680043.8.498 is known as that of pydicom; it is for development and"
                " tests, so products and clinical use need a root of their own.",
            ),
        ),
        ("2.999", ("2.999 is meant for examples only.",)),
        ("2.999.1.1", ("2.999 is meant for examples only.",)),
    ],
)
def test_what_speaks_against_a_root_is_told_and_it_can_be_used(root: str, sentences: tuple[str, ...]) -> None:
    assert root_refusal(root) is None
    assert validate_root(root) == sentences


def test_a_scheme_fits_a_root_exactly_where_it_can_be_made() -> None:
    for length in range(20, 40):
        root = "1.2.826.0.1.3680043." + "7" * (length - 20) if length > 20 else "1.2.826.0.1.36800437"
        report = report_on_root(root)
        assert report.digits == 63 - len(root)
        for name in ("root-random", "root-uuid", "date-counter", "long"):
            try:
                make_scheme(SchemeOptions(name, root))
            except Exception:  # noqa: BLE001 - refused, whatever for
                assert name in report.does_not_fit
            else:
                assert name in report.fits


def test_the_ways_to_a_root_are_all_told_with_example_and_cost() -> None:
    text = ways_as_text()
    for number, way in enumerate(ways_to_a_root(), start=1):
        assert f"\n{number}. {way.title}\n   {way.text}\n   " in text
        assert f": {way.example}\n" in text
        assert f": {way.cost}" in text
    assert text.endswith(ways_as_json()["warning"])
    assert [each["title"] for each in ways_as_json()["ways"]] == [way.title for way in ways_to_a_root()]
