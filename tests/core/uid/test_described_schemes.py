"""The description of a scheme as other programs read it, and as a terminal shows it."""

from __future__ import annotations

from uidscope.core.uid.scheme_description import (
    description_as_json,
    description_as_text,
    scheme_description,
)
from uidscope.core.uid.schemes import SchemeOptions

TOOLKIT = "1.2.826.0.1.3680043.8.498"


def test_another_program_reads_everything() -> None:
    described = scheme_description(SchemeOptions("root-random", TOOLKIT))
    assert described.budget is not None
    assert description_as_json(described) == {
        "scheme": "root-random",
        "title": described.title,
        "form": described.form,
        "for": described.speaks_for,
        "against": described.speaks_against,
        "longest_root": 32,
        "budget": {
            "limit": 64,
            "root": len(TOOLKIT),
            "scheme": described.budget.fixed,
            "longest": len(TOOLKIT) + described.budget.fixed,
            "remains": 64 - len(TOOLKIT) - described.budget.fixed,
        },
        "refusal": "",
        "warnings": list(described.warnings),
        "sample": described.sample,
    }
    assert "pydicom" in description_as_json(described)["warnings"][0]
    assert described.sample.startswith(TOOLKIT)


def test_a_terminal_shows_every_line_that_says_something() -> None:
    described = scheme_description(SchemeOptions("root-random", TOOLKIT))
    text = description_as_text(described)
    assert text.startswith(f"root-random: {described.title}\n")
    for said in (described.form, described.speaks_for, described.speaks_against, described.sample):
        assert f": {said}" in text
    assert f": {described.warnings[0]}" in text


def test_what_is_refused_has_its_reason_and_no_sample() -> None:
    described = scheme_description(SchemeOptions("root-random", "1.2." + "7" * 40))
    told = description_as_json(described)
    assert told["budget"] is None
    assert told["refusal"]
    assert told["sample"] == ""
    assert told["refusal"] in description_as_text(described)
