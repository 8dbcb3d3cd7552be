"""The page of beliefs: what people are told about UIDs, and what is true.

``python -m uidscope.core.report.beliefs > docs/beliefs.md`` writes the page of the documentation.
"""

from __future__ import annotations

import sys

from uidscope.core.language import ENGLISH
from uidscope.core.report.help_page import Entry, HelpPage, Passage, Section, as_html, as_markdown
from uidscope.core.uid.word_files import read_words


def beliefs_page(language: str | None = None) -> HelpPage:
    """Return the page from ``words/beliefs.<language>.json``."""
    words = read_words("beliefs", language)
    entries = tuple(
        Entry(
            each["anchor"],
            words["quoted"].format(belief=each["belief"]),
            (Passage("", each["truth"]), Passage(words["standard"], each["section"])),
        )
        for each in words["beliefs"]
    )
    return HelpPage(words["title"], (words["about"],), (Section(words["section"], "", entries),))


def beliefs_markdown() -> str:
    """Return the page as Markdown, in English, as it stands in ``docs/beliefs.md``."""
    return as_markdown(beliefs_page(ENGLISH))


def beliefs_html() -> str:
    """Return the page as an HTML fragment for the window's help."""
    return as_html(beliefs_page())


if __name__ == "__main__":
    sys.stdout.write(beliefs_markdown())
