"""What a plan has to say besides its map: codes and facts, and their sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from uidscope.core.language import number_in
from uidscope.core.uid.phrases import phrase
from uidscope.core.uid.word_files import read_words


@dataclass(frozen=True, slots=True)
class PlanNote:
    """One thing to know, to decide or to resolve; ``occurrences`` are the files it is about."""

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    occurrences: tuple[int, ...] = ()


# Facts that count something stand in a sentence with what they count, and are named so.
_COUNTED: Final = (
    *("elements", "files", "findings", "outside", "references", "studies", "values", "uids", "rows"),
)
# Facts that are words of the program and not values of the files.
_NAMED: Final = ("kind", "level")


def sentence(note: PlanNote, language: str | None = None) -> str:
    """Return a note as one plain sentence, from ``resources/words/plan.<language>.json``."""
    words: dict[str, str] = read_words("plan", language)
    facts = {name: _shown(name, value, words, language) for name, value in note.facts.items()}
    return words[note.code].format(**facts)


def _shown(name: str, value: str | int, words: Mapping[str, str], language: str | None) -> str | _Count:
    if isinstance(value, int):
        one_or_many = words[f"counted-{name}"] if name in _COUNTED else ""
        return _Count(value, number_in(value, language), one_or_many)
    if name in _NAMED:
        return phrase(value.replace("_", " "), language)
    return value


@dataclass(frozen=True, slots=True)
class _Count:
    """A number in a sentence: ``{files}`` is "3 files", ``{files:file is|files are}`` "3 files are"."""

    number: int
    text: str
    one_or_many: str

    def __format__(self, form: str) -> str:
        one, bar, many = (form or self.one_or_many).partition("|")
        if not bar:
            return self.text
        return f"{self.text} {one if self.number == 1 else many}"
