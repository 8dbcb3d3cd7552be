"""Whatever the core says in one language it says in each, with the same facts in it."""

from __future__ import annotations

import ast
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import uidscope.core
from uidscope.core import errors
from uidscope.core.judge.rule_table import rules
from uidscope.core.language import ENGLISH, LANGUAGES
from uidscope.core.uid.resource_files import resource_root

WORDS = resource_root() / "words"
OTHERS = [each for each in LANGUAGES if each != ENGLISH]
SUBJECTS = sorted(path.name.removesuffix(".en.json") for path in WORDS.glob("*.en.json"))
ERRORS = {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)
} | {"StructureFault"}
CODES = {"consequence", "anchor", "command", "picture"}
"""Entries that are the same in each language."""


def words(subject: str, language: str) -> Any:
    return json.loads((WORDS / f"{subject}.{language}.json").read_text("utf-8"))


def texts(entry: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text with its place."""
    if isinstance(entry, dict):
        for key, below in entry.items():
            yield from texts(below, f"{place}/{key}")
    elif isinstance(entry, list):
        for number, below in enumerate(entry):
            yield from texts(below, f"{place}/{number}")
    else:
        yield place, entry


def facts_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_both_languages_say_the_same_with_the_same_facts(subject: str, language: str) -> None:
    english, other = dict(texts(words(subject, ENGLISH))), dict(texts(words(subject, language)))
    assert other.keys() == english.keys()
    for place, text in english.items():
        assert facts_in(other[place]) == facts_in(text), place
        assert bool(other[place].strip()) == bool(text.strip()), place
        if place.rpartition("/")[2] in CODES:
            assert other[place] == text


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    """Sentences: names and short words may well be alike."""
    for subject in SUBJECTS:
        english, other = dict(texts(words(subject, ENGLISH))), dict(texts(words(subject, language)))
        same = [place for place, text in english.items() if text.endswith(".") and other[place] == text]
        assert same == [], subject


def template(node: ast.expr) -> str | None:
    """The text of a literal, with ``{}`` for what is put into it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "{}"
            for part in node.values
        )
    return None


def raised() -> Iterator[tuple[str, str]]:
    """Each sentence that the core raises, with the file it is raised in."""
    core = Path(uidscope.core.__file__).parent
    for path in sorted(core.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in ERRORS:
                continue
            for argument in node.args:
                text = template(argument)
                if text is not None and re.search("[a-z]{2} [a-z]", text):
                    yield path.relative_to(core).as_posix(), text


def phrases(language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((WORDS / f"phrases.{language}.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_every_error_is_translated(language: str) -> None:
    known = phrases(language)
    assert [(path, text) for path, text in raised() if text not in known] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_conditions_of_all_rules_are_translated(language: str) -> None:
    known = phrases(language)
    for rule in rules().values():
        assert rule.condition in known
        assert rule.one_finding_per in known


@pytest.mark.parametrize("language", OTHERS)
def test_what_reports_say_is_translated(language: str) -> None:
    known = phrases(language)
    said = {
        text
        for path in (resource_root() / "templates").glob("*.html")
        for text in re.findall(r'say\("([^"]+)"\)', path.read_text("utf-8"))
    }
    assert len(said) > 50
    assert said - known.keys() == set()


@pytest.mark.parametrize("language", OTHERS)
def test_translations_take_what_stands_in_a_phrase_by_its_place(language: str) -> None:
    for english, other in phrases(language).items():
        places = {str(number) for number in range(english.count("{}"))}
        assert facts_in(other) == places, english


def test_reports_hold_no_english_of_their_own() -> None:
    """Between the tags of a template stands what is said in the language, names, and nothing else."""
    names = {"DICOM", "DICOMDIRs", "SHA", "SOP", "Instance", "UID", "UIDscope"}
    for path in (resource_root() / "templates").glob("*.html"):
        body = path.read_text("utf-8").partition("<body>")[2]
        plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", " ", body, flags=re.DOTALL)
        assert set(re.findall(r"[A-Za-z]{2,}", plain)) <= names, path.name
