"""The rule book: every rule with what it says, why, and what can be done, made from the rules themselves.

``python -m uidscope.core.report.rule_book > docs/rule-book.md`` writes the page of the documentation.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final

from uidscope.core.catalog.finding import Finding, Severity
from uidscope.core.errors import UidscopeError
from uidscope.core.judge.rule import Rule
from uidscope.core.judge.rule_settings import profile
from uidscope.core.judge.rule_table import rules, rules_edition
from uidscope.core.report.help_page import Entry, HelpPage, Overview, Passage, Section, as_html, as_markdown
from uidscope.core.report.words import message, rule_words
from uidscope.core.uid.resource_files import read_text

_SECTIONS: Final = (
    ("UID-S", "One UID", "What is asked of a single value: its form, the bytes it stands in, and its place."),
    ("ENT-", "Objects together", "What is asked of copies, series, studies, patients and references."),
    ("FILE-", "Files", "What is asked of a file as such."),
)
_SEVERITY_WORDS: Final[Mapping[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}
# The table's own words, too, where a severity stands for the explanation of a UID alone.
_NEVER_A_FINDING: Final = "never a finding"
_PROFILES: Final = {
    "strict": "Every rule as it stands above; what holds where nothing else is asked for.",
    "archive": "For objects on their way into an archive: what it refuses, loses or misfiles is grave.",
    "migration": "For what moves to another archive: what is not whole, or is there twice, is grave.",
}
_OWN_PROFILE: Final = (
    "A profile of your own is a text file (TOML). It begins with format = 1, a name and, where it changes"
    " another, based_on. Under [severity] stands a line for each rule that is changed, with error, warning,"
    " info or off. Under [[ignore]] stands what is set aside: the rule, the reason, and, so that it is not"
    " all of that rule, uid, series, study or device (a table with manufacturer, model, serial or software;"
    " all files of the finding must be of it). What is ignored is listed apart with its reason, and what is"
    " off is counted."
)
_REPAIRS: Final = {
    "none": "Nothing.",
    "new-uid": "Gives a new UID where you ask for it; whatever refers to the old one follows.",
    "re-encode": "Writes the same UID as it should be written; the identity stays.",
    "manual": "Nothing by itself: the right value must come from you.",
    "offered": "Gives new identifiers to what you choose; never unasked.",
    "meta": "Writes the file meta after the object; the object itself stays as it is.",
    "rebuild": "Nothing to the old DICOMDIR; an export makes a new one.",
}


def rule_book_page() -> HelpPage:
    """Return the rule book; raises ``UidscopeError`` where a rule lacks its words or its example."""
    sections = tuple(
        Section(
            title, about, tuple(_entry(rule) for rule in rules().values() if rule.code.startswith(family))
        )
        for family, title, about in _SECTIONS
    )
    return HelpPage(
        title="The rule book",
        about=(
            f"Every rule that UIDscope judges by, after DICOM {rules_edition()}. Errors are what a system may"
            " refuse, lose or misfile; warnings are what some systems stumble over; notes are for your"
            " information. A profile changes the severities, and says what is ignored.",
            "Nothing here is changed unless you ask for it, and never in the original files.",
        ),
        sections=(*sections, _profiles()),
        overview=Overview(
            ("Rule", "Severity", "What", "What comes of it"), tuple(map(_row, rules().values()))
        ),
    )


def rule_book_markdown() -> str:
    """Return the rule book as Markdown, as it stands in ``docs/rule-book.md``."""
    return as_markdown(rule_book_page())


def rule_book_html() -> str:
    """Return the rule book as an HTML fragment for the window's help; a rule's anchor is its code."""
    return as_html(rule_book_page())


def rule_examples(language: str = "en") -> dict[str, Finding]:
    """Return an invented finding for each rule, by its code; raises ``UidscopeError``."""
    try:
        entries: dict[str, dict[str, Any]] = json.loads(read_text("words", f"rule_examples.{language}.json"))
        return {code: _example(code, entry) for code, entry in entries.items()}
    except (OSError, ValueError, KeyError) as error:
        raise UidscopeError(f"The examples of the rules in “{language}” cannot be read.") from error


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


def _row(rule: Rule) -> tuple[str, ...]:
    words = rule_words(rule.code)
    return rule.code, _severity(rule), words.title, words.consequence


def _entry(rule: Rule) -> Entry:
    return Entry(rule.code, f"{rule.code}: {rule_words(rule.code).title}", tuple(_passages(rule)))


def _passages(rule: Rule) -> Iterator[Passage]:
    words = rule_words(rule.code)
    example = rule_examples().get(rule.code)
    if example is None:
        raise UidscopeError(f"There is no example for the rule {rule.code}.")
    severity = _severity(rule)
    if rule.severity_on_writing and _SEVERITY_WORDS[rule.severity_on_writing] != severity:
        severity += f"; {_SEVERITY_WORDS[rule.severity_on_writing]} if this program were to write it"
    yield Passage("Severity", f"{severity}; {words.consequence}")
    yield Passage("Condition", _sentence(rule.condition))
    yield Passage("For example", message(example))
    yield Passage("Why it matters", words.why)
    yield Passage("What to do", words.fix)
    yield Passage("Repair", _repair(rule.repair))
    yield Passage("One finding for each", rule.one_finding_per)
    yield Passage("Standard", rule.citation or "practice, no section of the standard")


def _profiles() -> Section:
    entries = [
        Entry(f"profile-{name}", name, (Passage("", about), *_changes(name)))
        for name, about in _PROFILES.items()
    ]
    own = Entry("profile-own", "A profile of your own", (Passage("", _OWN_PROFILE),))
    return Section("Profiles", "What the severities are, and what is ignored.", (*entries, own))


def _changes(name: str) -> Iterator[Passage]:
    by_severity: dict[str, list[str]] = {}
    for code, severity in profile(name).severities.items():
        by_severity.setdefault(severity, []).append(code)
    for severity, word in _SEVERITY_WORDS.items():
        if severity in by_severity:
            yield Passage(word.capitalize(), ", ".join(sorted(by_severity[severity])))


def _severity(rule: Rule) -> str:
    if _NEVER_A_FINDING in rule.condition:
        return _NEVER_A_FINDING
    return " or ".join(_SEVERITY_WORDS[severity] for severity in rule.severities) or _NEVER_A_FINDING


def _repair(text: str) -> str:
    """``new-uid (the lower entity), else manual`` in words."""
    first, _, rest = text.partition(", else ")
    what, remark = re.fullmatch(r"([\w-]+)(?: \((.*)\))?", first).groups()  # type: ignore[union-attr]
    told = _REPAIRS[what] + (f" ({_sentence(remark)})" if remark else "")
    return f"{told} Else: {_repair(rest)[0].lower()}{_repair(rest)[1:]}" if rest else told


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."


if __name__ == "__main__":
    sys.stdout.write(rule_book_markdown())
