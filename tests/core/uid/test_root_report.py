"""What is said of a root while it is typed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.uid.root_report import report_on_root, ways_as_json, ways_as_text, ways_to_a_root


def test_a_root_of_ones_own_can_be_used_by_every_scheme() -> None:
    report = report_on_root("1.3.6.1.4.1.99999")
    assert (report.refusal, report.warnings, report.does_not_fit) == ("", (), ())
    assert report.digits == 46
    assert report.owner == "IANA Private Enterprise Numbers arc"
    assert report.sentences[0] == "This root can be used."
    assert "46 digits remain" in report.sentences[1]


def test_the_number_of_examples_is_told_as_such() -> None:
    report = report_on_root("1.3.6.1.4.1.32473")
    assert report.owner == "Example Enterprise (for documentation, RFC 5612)"
    assert "assigned to you" in " ".join(report.warnings)


@pytest.mark.parametrize(
    ("root", "owner"),
    [
        ("1.2.826.0.1.3680043.8.498", "pydicom"),
        ("1.2.826.0.1.3680043.10.511.3", "highdicom"),
        ("1.2.826.0.1.3680043.9.3811.1", "pynetdicom"),
    ],
)
def test_the_root_of_a_toolkit_is_warned_about(root: str, owner: str) -> None:
    report = report_on_root(root)
    assert report.refusal == ""
    assert report.owner == owner
    assert owner in report.sentences[0]
    assert "development" in report.sentences[0]


def test_a_long_root_names_the_schemes_that_do_not_fit() -> None:
    report = report_on_root("1.2.826.0.1.3680043.10.1234567")
    assert report.fits == ("root-random", "installation", "keyed")
    assert report.does_not_fit == ("root-uuid", "date-counter", "long")
    assert "root-uuid" in report.sentences[-1]


@pytest.mark.parametrize("root", ["", "x", "1.2.840.10008.5", "2.25", "1.02.3", "1.2.3."])
def test_a_root_that_is_refused_has_that_one_sentence(root: str) -> None:
    report = report_on_root(root)
    assert report.sentences == (report.refusal,)
    assert report.fits == report.does_not_fit == ()


@given(st.text(max_size=80))
def test_any_text_gets_an_answer(root: str) -> None:
    assert all(sentence.endswith(".") for sentence in report_on_root(root).sentences)


def test_how_to_get_a_root() -> None:
    text = ways_as_text()
    for name in ("IANA", "Medical Connections", "1.3.6.1.4.1", "pydicom", "highdicom"):
        assert name in text
    assert all(way.title in text for way in ways_to_a_root())
    assert len(json.loads(json.dumps(ways_as_json()))["ways"]) == len(ways_to_a_root())
