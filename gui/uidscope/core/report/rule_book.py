"""The rule book: every rule with what it says, why, and what can be done, made from the rules themselves.

``python -m uidscope.core.report.rule_book > docs/rule-book.md`` writes the page of the documentation.
"""

from __future__ import annotations

import functools
import json
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final

from uidscope.core.catalog.finding import SEVERITIES, Finding
from uidscope.core.errors import UidscopeError
from uidscope.core.judge.rule import Rule
from uidscope.core.judge.rule_settings import profile
from uidscope.core.judge.rule_table import rules, rules_edition
from uidscope.core.language import ENGLISH
from uidscope.core.language import language as language_that_holds
from uidscope.core.report.help_page import Entry, HelpPage, Overview, Passage, Section, as_html, as_markdown
from uidscope.core.report.words import RuleWords, consequence_words, message, rule_words
from uidscope.core.uid.entity_attributes import modules_edition
from uidscope.core.uid.phrases import phrase
from uidscope.core.uid.resource_files import dicom_edition, read_text
from uidscope.core.uid.word_files import read_words

# The families of the rules, by the beginning of their codes, in the order in which they are told.
_FAMILIES: Final = ("UID-S", "ENT-", "FILE-")
# The table's own words, too, where a severity stands for the explanation of a UID alone.
_NEVER_A_FINDING: Final = "never a finding"
_PROFILES: Final = ("strict", "archive", "migration")


def rule_book_page(language: str | None = None) -> HelpPage:
    """Return the rule book in a language, in the one that holds where none is given.

    Raises ``UidscopeError`` where a rule lacks its words or its example.
    """
    told = _Teller(language or language_that_holds())
    return HelpPage(
        title=told.words["title"],
        about=tuple(each.format(**_editions()) for each in told.words["about"]),
        sections=(*map(told.section, _FAMILIES), told.profiles()),
        overview=Overview(tuple(told.words["columns"]), tuple(map(told.row, rules().values()))),
    )


def _editions() -> dict[str, str]:
    """Of the standard: that of the rules, of the dictionaries, and of the tables of modules."""
    return {"edition": rules_edition(), "dictionary": dicom_edition(), "modules": modules_edition()}


def rule_book_markdown() -> str:
    """Return the rule book as Markdown, in English, as it stands in ``docs/rule-book.md``."""
    return as_markdown(rule_book_page(ENGLISH))


def rule_book_html() -> str:
    """Return the rule book as an HTML fragment for the window's help; a rule's anchor is its code."""
    return as_html(rule_book_page())


@functools.cache
def rule_examples() -> dict[str, Finding]:
    """Return an invented finding for each rule, by its code; raises ``UidscopeError``."""
    try:
        entries: dict[str, dict[str, Any]] = json.loads(read_text("words", "rule_examples.json"))
        return {code: _example(code, entry) for code, entry in entries.items()}
    except (OSError, ValueError, KeyError) as error:
        raise UidscopeError("The examples of the rules cannot be read.") from error


def _example(code: str, entry: Mapping[str, Any]) -> Finding:
    facts = {name: tuple(fact) if isinstance(fact, list) else fact for name, fact in entry["facts"].items()}
    return Finding(
        rule=code,
        severity=next(iter(rules()[code].severities), "info"),
        level=entry["level"],
        uid=entry["uid"],
        attribute=entry["attribute"],
        path=entry["path"],
        occurrences=tuple(range(entry["files"])),
        facts=facts,
    )


class _Teller:
    """Tells of rules and profiles in one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.words: Mapping[str, Any] = read_words("rule_book", language)
        self._labels: Mapping[str, str] = self.words["labels"]

    def section(self, family: str) -> Section:
        """The rules of a family."""
        words = self.words["sections"][family]
        entries = [self._entry(rule) for rule in rules().values() if rule.code.startswith(family)]
        return Section(words["title"], words["about"], tuple(entries))

    def row(self, rule: Rule) -> tuple[str, ...]:
        """A rule in the overview."""
        words = rule_words(rule.code, self._language)
        consequence = consequence_words(words.consequence, self._language)
        return rule.code, self._severity(rule), words.title, consequence

    def profiles(self) -> Section:
        """What profiles change, and how to make one."""
        words = self.words["profiles"]
        entries = [
            Entry(f"profile-{name}", name, (Passage("", words[name]), *self._changes(name)))
            for name in _PROFILES
        ]
        own = Entry("profile-own", words["own_title"], (Passage("", words["own"]),))
        return Section(words["title"], words["about"], (*entries, own))

    def _entry(self, rule: Rule) -> Entry:
        title = f"{rule.code}: {rule_words(rule.code, self._language).title}"
        return Entry(rule.code, title, tuple(self._passages(rule)))

    def _passages(self, rule: Rule) -> Iterator[Passage]:
        words = rule_words(rule.code, self._language)
        example = rule_examples().get(rule.code)
        if example is None:
            raise UidscopeError(f"There is no example for the rule {rule.code}.")
        for label, text in (
            ("severity", self._severity_and_consequence(rule, words)),
            ("condition", _sentence(self._phrase(rule.condition))),
            ("example", message(example, self._language)),
            ("why", words.why),
            ("fix", words.fix),
            ("repair", self._repair(rule.repair)),
            ("one_finding_per", self._phrase(rule.one_finding_per)),
            ("standard", rule.citation or self.words["practice"]),
        ):
            yield Passage(self._labels[label], text)

    def _severity_and_consequence(self, rule: Rule, words: RuleWords) -> str:
        severity = self._severity(rule)
        on_writing = rule.severity_on_writing
        if on_writing and self.words["severities"][on_writing] != severity:
            severity += self.words["on_writing"].format(severity=self.words["severities"][on_writing])
        return f"{severity}; {consequence_words(words.consequence, self._language)}"

    def _severity(self, rule: Rule) -> str:
        named: Mapping[str, str] = self.words["severities"]
        never = named["never"]
        if _NEVER_A_FINDING in rule.condition:
            return never
        return self.words["or"].join(named[severity] for severity in rule.severities) or never

    def _changes(self, name: str) -> Iterator[Passage]:
        by_severity: dict[str, list[str]] = {}
        for code, severity in profile(name).severities.items():
            by_severity.setdefault(severity, []).append(code)
        for severity in SEVERITIES:
            if severity in by_severity:
                word = self.words["severities"][severity]
                yield Passage(word.capitalize(), ", ".join(sorted(by_severity[severity])))

    def _repair(self, text: str) -> str:
        """``new-uid (the lower entity), else manual`` in words."""
        first, _, rest = text.partition(", else ")
        what, remark = re.fullmatch(r"([\w-]+)(?: \((.*)\))?", first).groups()  # type: ignore[union-attr]
        told: str = self.words["repairs"][what]
        if remark:
            told += f" ({_sentence(self._phrase(remark))})"
        if not rest:
            return told
        other = self._repair(rest)
        otherwise: str = self.words["else"]
        return otherwise.format(first=told, other=f"{other[0].lower()}{other[1:]}")

    def _phrase(self, english: str) -> str:
        return phrase(english, self._language)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."


if __name__ == "__main__":
    sys.stdout.write(rule_book_markdown())
