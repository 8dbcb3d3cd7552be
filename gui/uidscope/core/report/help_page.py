"""A page of help as plain values, written as Markdown for the documentation and as HTML for the window."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

_MARKDOWN_SIGNS: Final = re.compile(r"([\\`*_\[\]<>|#~])")


class Passage(NamedTuple):
    """A text with a word before it that says what it is; without one where ``label`` is empty."""

    label: str
    text: str


class Picture(NamedTuple):
    """A picture by its path below ``resources``, with slashes; ``shows`` says in words what is on it."""

    path: str
    shows: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the page explains; ``anchor`` is what a link to it names.

    The passages come first, then the picture, what is to be done step by step, ``closing``, and the same as
    a command line.
    """

    anchor: str
    title: str
    passages: tuple[Passage, ...]
    picture: Picture | None = None
    steps: tuple[str, ...] = ()
    closing: tuple[Passage, ...] = ()
    command: Passage | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """All that it says, in order."""
        told = (*self.passages, *self.closing, *([self.command] if self.command else []))
        return (self.anchor, self.title, *(passage.text for passage in told), *self.steps)


@dataclass(frozen=True, slots=True)
class Section:
    """Entries that belong together, below a sentence on them."""

    title: str
    about: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """A table at the top; the first cell of each row is a link, and names the entry it leads to."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class HelpPage:
    """A whole page; ``about`` are its first paragraphs."""

    title: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    overview: Overview | None = None


def as_markdown(page: HelpPage) -> str:
    """Return the page as Markdown."""
    return "\n\n".join(_markdown_blocks(page)) + "\n"


def as_html(page: HelpPage) -> str:
    """Return the page as an HTML fragment of plain elements.

    It has no styles, scripts, pictures or links outwards.
    """
    return "\n".join(_html_lines(page)) + "\n"


def _markdown_blocks(page: HelpPage) -> Iterator[str]:
    yield f"# {_plain(page.title)}"
    yield from map(_plain, page.about)
    if page.overview is not None:
        yield "\n".join(_markdown_table(page.overview))
    for section in page.sections:
        yield f"## {_plain(section.title)}"
        if section.about:
            yield _plain(section.about)
        for entry in section.entries:
            yield f'<a id="{entry.anchor}"></a>\n\n### {_plain(entry.title)}'
            yield from _markdown_entry(entry)


def _markdown_table(overview: Overview) -> Iterator[str]:
    yield f"| {' | '.join(map(_plain, overview.columns))} |"
    yield "|" + "---|" * len(overview.columns)
    for anchor, *cells in overview.rows:
        yield f"| {' | '.join((f'[{anchor}](#{anchor})', *map(_plain, cells)))} |"


def _markdown_entry(entry: Entry) -> Iterator[str]:
    yield "\n".join(_markdown_passages(entry.passages)).rstrip("\n")
    if entry.picture is not None:
        yield f"![{_plain(entry.picture.shows)}](../resources/{entry.picture.path})"
    if entry.steps:
        yield "\n".join(f"{number}. {_plain(step)}" for number, step in enumerate(entry.steps, 1))
    if entry.closing:
        yield "\n".join(_markdown_passages(entry.closing)).rstrip("\n")
    if entry.command is not None:
        yield f"**{_plain(entry.command.label)}**: `{entry.command.text}`"


def _markdown_passages(passages: tuple[Passage, ...]) -> Iterator[str]:
    for label, text in passages:
        yield f"- **{_plain(label)}**: {_plain(text)}" if label else f"{_plain(text)}\n"


def _plain(text: str) -> str:
    """The text so that Markdown takes no character of it for a sign."""
    return _MARKDOWN_SIGNS.sub(r"\\\1", text)


def _html_lines(page: HelpPage) -> Iterator[str]:
    yield f"<h1>{html.escape(page.title)}</h1>"
    yield from (f"<p>{html.escape(paragraph)}</p>" for paragraph in page.about)
    if page.overview is not None:
        yield from _html_table(page.overview)
    for section in page.sections:
        yield f"<h2>{html.escape(section.title)}</h2>"
        if section.about:
            yield f"<p>{html.escape(section.about)}</p>"
        for entry in section.entries:
            yield f'<h3 id="{html.escape(entry.anchor)}">{html.escape(entry.title)}</h3>'
            yield from map(_html_passage, entry.passages)
            if entry.steps:
                yield f"<ol>{''.join(f'<li>{html.escape(step)}</li>' for step in entry.steps)}</ol>"
            yield from map(_html_passage, entry.closing)
            if entry.command is not None:
                yield _html_passage(entry.command)


def _html_table(overview: Overview) -> Iterator[str]:
    yield "<table>"
    yield f"<tr>{''.join(f'<th>{html.escape(column)}</th>' for column in overview.columns)}</tr>"
    for anchor, *cells in overview.rows:
        name = html.escape(anchor)
        told = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
        yield f'<tr><td><a href="#{name}">{name}</a></td>{told}</tr>'
    yield "</table>"


def _html_passage(passage: Passage) -> str:
    label = f"<b>{html.escape(passage.label)}</b>: " if passage.label else ""
    return f"<p>{label}{html.escape(passage.text)}</p>"
