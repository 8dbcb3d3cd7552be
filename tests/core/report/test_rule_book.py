"""The pages made from the rules and the beliefs: complete, current, and safe to show."""

from __future__ import annotations

import html.parser
import json
import re
import string
from pathlib import Path

import pytest

from uidscope.core.judge.rule_settings import PROFILES
from uidscope.core.judge.rule_table import rules, rules_edition
from uidscope.core.language import LANGUAGES
from uidscope.core.report.beliefs import beliefs_html, beliefs_markdown, beliefs_page
from uidscope.core.report.guide import guide_markdown
from uidscope.core.report.help_page import Entry, HelpPage, Passage, Section, as_html, as_markdown
from uidscope.core.report.rule_book import rule_book_html, rule_book_markdown, rule_book_page, rule_examples
from uidscope.core.report.words import message, rule_words
from uidscope.core.uid.entity_attributes import modules_edition
from uidscope.core.uid.resource_files import dicom_edition, read_text

DOCS = Path(__file__).resolve().parents[3] / "docs"
EVERY_FINDING_HAS = {"uid", "attribute", "path", "level", "files"}


def names_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_rule_has_one_entry_and_every_entry_a_rule() -> None:
    page = rule_book_page()
    *families, profiles = page.sections
    assert [entry.anchor for section in families for entry in section.entries] == list(rules())
    assert [entry.anchor for entry in profiles.entries] == [f"profile-{name}" for name in (*PROFILES, "own")]
    assert page.overview is not None
    assert [row[0] for row in page.overview.rows] == list(rules())


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    assert json.loads(read_text("words", "rule_examples.json")).keys() == rules().keys()


@pytest.mark.parametrize("code", rules())
def test_an_example_gives_every_fact_its_sentence_names(code: str) -> None:
    example = rule_examples()[code]
    assert names_in(rule_words(code).what) <= EVERY_FINDING_HAS | example.facts.keys()
    assert message(example) in {passage.text for passage in passages(code)}


def passages(code: str) -> tuple[Passage, ...]:
    (entry,) = (
        entry for section in rule_book_page().sections for entry in section.entries if entry.anchor == code
    )
    return entry.passages


def test_a_profile_says_what_it_changes() -> None:
    told = dict(passages("profile-migration"))
    assert "ENT-50" in told["Error"].split(", ")
    assert "UID-S08" in told["Note"].split(", ")
    assert dict(passages("profile-strict")).keys() == {""}


def test_an_entry_says_all_there_is_to_know() -> None:
    told = dict(passages("UID-S08"))
    assert told["Severity"] == "warning; error if this program were to write it; broken link"
    assert told["Standard"] == "PS3.5 6.2, 9.1"
    assert told["What to do"] == rule_words("UID-S08").fix
    assert "the identity stays" in told["Repair"]
    assert dict(passages("ENT-13"))["One finding for each"] == "Series Instance UID"
    assert dict(passages("UID-S13"))["Repair"].count("Else:") == 1


@pytest.mark.parametrize("code", ["UID-S14", "UID-S19", "UID-S27", "ENT-26"])
def test_what_is_never_a_finding_says_so(code: str) -> None:
    assert dict(passages(code))["Severity"].startswith("never a finding")


@pytest.mark.parametrize(
    ("page", "made", "module"),
    [
        ("rule-book.md", rule_book_markdown, "uidscope.core.report.rule_book"),
        ("beliefs.md", beliefs_markdown, "uidscope.core.report.beliefs"),
        ("guide.md", guide_markdown, "uidscope.core.report.guide"),
    ],
)
def test_the_page_of_the_documentation_is_current(page: str, made: object, module: str) -> None:
    assert callable(made)
    assert (DOCS / page).read_text("utf-8") == made(), f"python -m {module} > docs/{page}"


def test_every_link_of_the_rule_book_leads_somewhere() -> None:
    for page in (rule_book_markdown(), beliefs_markdown()):
        anchors = re.findall(r'<a id="([^"]+)"></a>', page)
        assert len(anchors) == len(set(anchors))
        assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= set(anchors)


class Elements(html.parser.HTMLParser):
    """The elements, ids and links of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.kinds: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.kinds.add(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_book_says_of_which_edition_its_tables_are(language: str) -> None:
    about = " ".join(rule_book_page(language).about)
    for edition in (f"DICOM {rules_edition()}", f"PS3.6 {dicom_edition()}", f"PS3.3 {modules_edition()}"):
        assert edition in about
        assert re.search(r" 20\d\d", edition)


@pytest.mark.parametrize("made", [rule_book_html, beliefs_html])
def test_the_fragment_is_plain_and_whole(made: object) -> None:
    assert callable(made)
    page = Elements(made())
    assert page.open == []
    assert page.kinds <= {"h1", "h2", "h3", "p", "b", "a", "table", "tr", "th", "td"}
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_text_is_text_in_both_forms() -> None:
    odd = "<b>_x_ | `y` [1]* & \\"
    page = HelpPage(odd, (odd,), (Section(odd, odd, (Entry("a", odd, (Passage(odd, odd),)),)),))
    assert "<b>_" not in as_html(page)
    assert "&lt;b&gt;_x_ | `y` [1]* &amp; \\" in as_html(page)
    assert r"\<b\>\_x\_ \| \`y\` \[1\]\* & \\" in as_markdown(page)


def test_every_belief_is_answered_with_its_section() -> None:
    (section,) = beliefs_page().sections
    assert len(section.entries) == 9
    for entry in section.entries:
        truth, standard = entry.passages
        assert truth.text.endswith(".")
        assert re.match(r"PS3\.\d+ [A-Z0-9]", standard.text)
