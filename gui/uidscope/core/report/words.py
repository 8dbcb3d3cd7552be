"""Findings in words, from ``resources/words/findings.<language>.json``.

A sentence names facts in braces: ``{uid}``. Two forms depend on the fact:

- ``{files:file is|files are}`` counts: "1 file is", "3 files are";
- ``{path: in %|}`` says the first where the fact is there, with the fact for the ``%``, else the second.

Besides its own facts every finding has ``uid``, ``attribute``, ``path``, ``level`` and ``files``.
"""

from __future__ import annotations

import functools
import string
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from uidscope.core.catalog.finding import FactValue, Finding
from uidscope.core.catalog.findings import KeptFinding
from uidscope.core.errors import UidscopeError
from uidscope.core.language import language as language_that_holds
from uidscope.core.uid.phrases import phrase
from uidscope.core.uid.word_files import read_words

Consequence = Literal["rejected", "silently dropped", "misfiled", "broken link", "cosmetic"]

# Facts that are words of the program and not values of the files.
_FACTS_IN_WORDS: Final = frozenset(
    ("detail", "encodings", "found", "key_of", "kinds", "pixel_data", "pixel_form", "status", "wrong")
)
_LONGEST_VALUE: Final = 200
_VALUES_NAMED: Final = 4


class RuleWords(NamedTuple):
    """What there is to say about a rule.

    ``what`` is a sentence with facts in braces, which ``message`` fills in; ``why`` it matters and how
    to ``fix`` it are plain sentences; ``consequence`` is what a receiver does, in English in each
    language, since it is a code as well: ``consequence_words`` says it.
    """

    title: str
    what: str
    why: str
    fix: str
    consequence: Consequence


def rule_words(code: str, language: str | None = None) -> RuleWords:
    """Return the words of a rule in a language, in the one that holds where none is given.

    Raises ``UidscopeError`` where the language has none.
    """
    language = language or language_that_holds()
    words = _words(language).get(code)
    if words is None:
        raise UidscopeError(f"There are no words for the rule {code} in the language “{language}”.")
    return words


def consequence_words(consequence: Consequence, language: str | None = None) -> str:
    """Return what a receiver does, in the words of a language."""
    return phrase(consequence, language)


def message(finding: Finding | KeptFinding, language: str | None = None) -> str:
    """Return what a finding says, in one or two sentences of plain text.

    Characters that do not show, or that turn the direction of text, are written as escapes.
    """
    files = finding.file_count if isinstance(finding, KeptFinding) else len(finding.occurrences)
    facts = {
        **{name: _in_words(name, fact, language) for name, fact in finding.facts.items()},
        "uid": finding.uid,
        "attribute": finding.attribute,
        "path": finding.path,
        "level": phrase(finding.level.replace("_", " "), language),
        "files": files,
    }
    return _filled(rule_words(finding.rule, language).what, facts)


@functools.cache
def _words(language: str) -> dict[str, RuleWords]:
    try:
        entries = read_words("findings", language)
        return {code: RuleWords(**entry) for code, entry in entries.items()}
    except (TypeError, AttributeError) as error:
        raise UidscopeError(f"The words for findings in the language “{language}” cannot be read.") from error


def _in_words(name: str, fact: FactValue, language: str | None) -> FactValue:
    if name not in _FACTS_IN_WORDS or isinstance(fact, int):
        return fact
    if isinstance(fact, str):
        return phrase(fact, language)
    return tuple(phrase(one.replace("_", " "), language) for one in fact)


def _filled(sentence: str, facts: Mapping[str, object]) -> str:
    """The sentence with its facts; a fact is taken by its plain name alone, and one not there is empty."""
    return "".join(
        literal + ("" if name is None else _form(facts.get(name, ""), form or ""))
        for literal, name, form, _ in string.Formatter().parse(sentence)
    )


def _form(value: object, form: str) -> str:
    first, bar, second = form.partition("|")
    if not bar:
        return _text(value)
    if "%" in first:
        return first.replace("%", _text(value)) if value else second
    return f"{_text(value)} {first if value == 1 else second}"


def _text(value: object) -> str:
    if isinstance(value, tuple | list):
        named = ", ".join(_text(one) for one in value[:_VALUES_NAMED])
        more = len(value) - _VALUES_NAMED
        return f"{named} (+{more})" if more > 0 else named
    text = str(value)
    shown = "".join(_visible(character) for character in text[:_LONGEST_VALUE])
    return shown if len(text) <= _LONGEST_VALUE else f"{shown}…"


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return f"\\x{ord(character):02x}" if ord(character) < 0x100 else f"\\u{ord(character):04x}"
