"""The language that holds: chosen once, seen by all, and never where another program reads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.judge.scene import ROOT, an_object, loaded
from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.findings import keep_findings
from uidscope.core.errors import UidscopeError, UsageError, tell_errors_with
from uidscope.core.judge.rule_table import rules
from uidscope.core.language import LANGUAGES, language, nearest_language, number_in, set_language
from uidscope.core.plan.told.notes import PlanNote, sentence
from uidscope.core.report.beliefs import beliefs_markdown, beliefs_page
from uidscope.core.report.csv_table import findings_csv
from uidscope.core.report.html import inspection_html
from uidscope.core.report.inspection import inspection
from uidscope.core.report.rule_book import rule_book_markdown, rule_book_page, rule_examples
from uidscope.core.report.words import message, rule_words
from uidscope.core.uid.anatomy import explain
from uidscope.core.uid.phrases import phrase
from uidscope.core.uid.root_check import root_refusal

FAULTY = f"{ROOT}.01"
ZERO = Finding(
    "UID-S04",
    "error",
    "instance",
    FAULTY,
    "SOPInstanceUID",
    "SOPInstanceUID",
    (1,),
    {"part": "01", "position": 8},
)


@pytest.fixture
def german() -> Iterator[None]:
    """German holds for the test."""
    set_language("de")
    yield
    set_language("en")


def test_english_holds_until_another_is_chosen() -> None:
    assert language() == "en"


def test_what_is_not_spoken_is_refused() -> None:
    with pytest.raises(UsageError, match="“xx” is none of them"):
        set_language("xx")
    assert language() == "en"


@pytest.mark.usefixtures("german")
def test_every_thread_sees_it() -> None:
    seen: list[str] = []
    thread = threading.Thread(target=lambda: seen.append(language()))
    thread.start()
    thread.join()
    assert seen == ["de"]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (("de-AT", "en-US"), "de"),
        (("de_DE",), "de"),
        (("DE",), "de"),
        (("fr-FR", "de-DE"), "de"),
        (("fr-FR",), "en"),
        (("den",), "en"),
        ((), "en"),
    ],
)
def test_the_nearest_language(tags: tuple[str, ...], expected: str) -> None:
    assert nearest_language(tags) == expected


def test_numbers_are_written_as_the_language_does() -> None:
    assert number_in(12_345, "en") == "12,345"
    assert number_in(12_345, "de") == "12.345"


def test_a_finding_is_said_in_the_language_with_its_facts() -> None:
    found = Finding(
        "UID-S28", "error", "study", f"{ROOT}.1", "StudyInstanceUID", "", (1,), {"kinds": ("study", "series")}
    )
    assert message(found, "de") == f"„{ROOT}.1“ kennzeichnet mehr als eine Art von Ding: Studie, Serie."
    assert message(found) == f"“{ROOT}.1” identifies more than one kind of thing: study, series."


@pytest.mark.usefixtures("german")
def test_every_rule_is_told_in_german() -> None:
    for code, example in rule_examples().items():
        assert rule_words(code) != rule_words(code, "en")
        assert message(example) != message(example, "en")
        assert "{" not in message(example)


@pytest.mark.usefixtures("german")
def test_counts_of_a_plan_stand_in_their_form() -> None:
    one = sentence(PlanNote("signatures-removed", {"files": 1}))
    many = sentence(PlanNote("signatures-removed", {"files": 1_200}))
    assert one.endswith("aus 1 Datei entfernt.")
    assert many.endswith("aus 1.200 Dateien entfernt.")
    assert sentence(PlanNote("signatures-removed", {"files": 1_200}), "en").endswith("from 1,200 files.")


@pytest.mark.usefixtures("german")
def test_a_uid_is_explained_in_german() -> None:
    assert "Deutschland" in [part.meaning for part in explain("1.2.276.1").parts]


def test_a_phrase_takes_what_stands_in_it() -> None:
    assert phrase("There is no rule called “UID-X”.", "de") == "Es gibt keine Regel „UID-X“."
    assert phrase("A product “x” was retired with the number 5; this one gets another.", "de") == (
        "Produkt „x“ wurde mit der Nummer 5 stillgelegt; dies hier bekommt eine andere."
    )


def test_a_value_is_no_phrase() -> None:
    """A file that is named like a word of the program keeps its name."""
    assert phrase("study is there already; choose another name.", "de").startswith("study ist schon da")


def test_what_nobody_translated_stays() -> None:
    assert phrase("Nobody says this.", "de") == "Nobody says this."
    assert phrase("nobody counts an error", "de") == "nobody counts an error"


def test_errors_are_told_in_the_language_where_a_window_asks_for_it(german: None) -> None:
    refusal = root_refusal("")
    assert refusal is not None
    assert str(UidscopeError(refusal)) == refusal
    tell_errors_with(phrase)
    try:
        assert str(UidscopeError(refusal)).startswith("Eine Wurzel wird gebraucht")
    finally:
        tell_errors_with(str)


@pytest.mark.usefixtures("german")
def test_what_programs_read_and_the_documentation_stay_english(tmp_path: Path) -> None:
    with loaded([an_object("one", FAULTY)], tmp_path) as catalog:
        keep_findings(catalog, [ZERO])
        document = inspection(catalog)
        table = "".join(findings_csv(catalog))
        page = "".join(inspection_html(catalog))
    assert [each["message"] for each in document["findings"]] == [message(ZERO, "en")]
    assert message(ZERO, "en") in table
    assert '<html lang="de">' in page
    assert message(ZERO, "de") in page
    assert rule_book_markdown().startswith("# The rule book")
    assert beliefs_markdown().startswith("# Beliefs about UIDs")
    assert rule_book_page().title == "Das Regelbuch"
    assert beliefs_page().title == "Irrtümer über UIDs"


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_each_rule_stands_in_the_rule_book_of_each_language(spoken: str) -> None:
    page = rule_book_page(spoken)
    anchors = [entry.anchor for section in page.sections for entry in section.entries]
    assert set(rules()) <= set(anchors)
