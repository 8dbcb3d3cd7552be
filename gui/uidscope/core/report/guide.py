"""The user guide: a page a job, what to do step by step, and the same on the command line.

``python -m uidscope.core.report.guide > docs/guide.md`` writes the page of the documentation.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from uidscope.core.language import ENGLISH
from uidscope.core.language import language as language_that_holds
from uidscope.core.report.help_page import Entry, HelpPage, Passage, Picture, Section, as_markdown
from uidscope.core.uid.word_files import read_words


def guide_page(language: str | None = None) -> HelpPage:
    """Return the guide from ``words/guide.<language>.json``, with the pictures of that language."""
    language = language or language_that_holds()
    words = read_words("guide", language)
    sections = tuple(
        Section(
            each["title"],
            each["about"],
            tuple(_entry(entry, words["command-label"], language) for entry in each["entries"]),
        )
        for each in words["sections"]
    )
    return HelpPage(words["title"], tuple(words["about"]), sections)


def guide_commands() -> tuple[str, ...]:
    """Return every command line that the guide names."""
    sections = read_words("guide", ENGLISH)["sections"]
    return tuple(entry["command"] for section in sections for entry in section["entries"] if entry["command"])


def guide_pictures(language: str) -> tuple[Picture, ...]:
    """Return every picture of the guide in a language."""
    entries = (entry for section in guide_page(language).sections for entry in section.entries)
    return tuple(entry.picture for entry in entries if entry.picture is not None)


def guide_markdown() -> str:
    """Return the guide as Markdown, in English, as it stands in ``docs/guide.md``."""
    return as_markdown(guide_page(ENGLISH))


def _entry(words: Mapping[str, Any], command_label: str, language: str) -> Entry:
    picture = words["picture"]
    return Entry(
        words["anchor"],
        words["title"],
        (Passage("", words["when"]),),
        Picture(f"guide/{language}/{picture}.png", words["alt"]) if picture else None,
        tuple(words["steps"]),
        (Passage("", words["after"]),) if words["after"] else (),
        Passage(command_label, words["command"]) if words["command"] else None,
    )


if __name__ == "__main__":
    sys.stdout.write(guide_markdown())
