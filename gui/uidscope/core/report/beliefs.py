"""The page of beliefs: what people are told about UIDs, and what is true.

``python -m uidscope.core.report.beliefs > docs/beliefs.md`` writes the page of the documentation.
"""

from __future__ import annotations

import json
import sys

from uidscope.core.report.help_page import Entry, HelpPage, Passage, Section, as_html, as_markdown
from uidscope.core.uid.resource_files import read_text


def beliefs_page(language: str = "en") -> HelpPage:
    """Return the page from ``words/beliefs.<language>.json``."""
    entries = tuple(
        Entry(
            each["anchor"],
            f"“{each['belief']}”",
            (Passage("", each["truth"]), Passage("Standard", each["section"])),
        )
        for each in json.loads(read_text("words", f"beliefs.{language}.json"))
    )
    about = (
        "Some things are said so often that they must be true. These are not, though there is a good reason"
        " behind most of them."
    )
    return HelpPage("Beliefs about UIDs", (about,), (Section("Often heard", "", entries),))


def beliefs_markdown() -> str:
    """Return the page as Markdown, as it stands in ``docs/beliefs.md``."""
    return as_markdown(beliefs_page())


def beliefs_html() -> str:
    """Return the page as an HTML fragment for the window's help."""
    return as_html(beliefs_page())


if __name__ == "__main__":
    sys.stdout.write(beliefs_markdown())
