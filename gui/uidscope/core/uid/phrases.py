"""What the program says in English within its work, said in the language that holds.

Errors and details are made where something goes wrong, and stay English there: logs, JSON and the command
line hold them as they are. Who shows them to the user asks here. ``resources/words/phrases.<language>.json``
has the translation of each by its English text, with ``{}`` for what stands in it; the translation takes
these by their place: ``{0}`` as it stands, ``{0:word}`` where it is a phrase as well.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from uidscope.core.language import ENGLISH, language
from uidscope.core.uid.word_files import read_words

_GAP: Final = "{}"
# "{} files": asked for as it stands, and never found in a sentence that happens to end so.
_COUNTED_NOUN: Final = re.compile(r"\{\} [\w ]+")
_REMEMBERED: Final = 256


class _Phrase(NamedTuple):
    pattern: re.Pattern[str]
    translation: str


class _Part(NamedTuple):
    """What stands in a gap: a value as it is, or with ``word`` a phrase of its own."""

    text: str
    spoken: str

    def __format__(self, form: str) -> str:
        return _translated(self.text, self.spoken) if form == "word" else self.text


def phrase(text: str, spoken: str | None = None) -> str:
    """Return an English text in a language; one that is not known there stays as it is."""
    spoken = spoken or language()
    return text if spoken == ENGLISH else _translated(text, spoken)


@functools.lru_cache(_REMEMBERED)
def _translated(text: str, spoken: str) -> str:
    phrases: Mapping[str, str] = read_words("phrases", spoken)
    if text in phrases:
        return phrases[text]
    for pattern, translation in _with_gaps(spoken):
        found = pattern.fullmatch(text)
        if found:
            return translation.format(*(_Part(part, spoken) for part in found.groups()))
    return text


@functools.cache
def _with_gaps(spoken: str) -> tuple[_Phrase, ...]:
    """The phrases in which something stands, the most words of their own first."""
    phrases: Mapping[str, str] = read_words("phrases", spoken)
    sentences = (each for each in phrases if _GAP in each and not _COUNTED_NOUN.fullmatch(each))
    with_gaps = sorted(sentences, key=_own_length)
    return tuple(_Phrase(_pattern(english), phrases[english]) for english in with_gaps)


def _own_length(english: str) -> int:
    return -len(english.replace(_GAP, ""))


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, english.split(_GAP))), re.DOTALL)
