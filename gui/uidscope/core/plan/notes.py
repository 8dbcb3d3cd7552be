"""What a plan has to say besides its map: codes and facts, and their sentences."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from uidscope.core.uid.resource_files import read_text


@dataclass(frozen=True, slots=True)
class PlanNote:
    """One thing to know, to decide or to resolve; ``occurrences`` are the files it is about."""

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    occurrences: tuple[int, ...] = ()


_COUNTED: Final = {
    "elements": ("element", "elements"),
    "files": ("file", "files"),
    "outside": ("file", "files"),
    "references": ("reference", "references"),
    "studies": ("study", "studies"),
    "values": ("value", "values"),
    "uids": ("UID", "UIDs"),
    "rows": ("UID", "UIDs"),
}


def sentence(note: PlanNote, language: str = "en") -> str:
    """Return a note as one plain sentence, from ``resources/words/plan.<language>.json``."""
    facts = {name: _shown(name, value) for name, value in note.facts.items()}
    return _sentences(language)[note.code].format(**facts)


@functools.cache
def _sentences(language: str) -> dict[str, str]:
    sentences: dict[str, str] = json.loads(read_text("words", f"plan.{language}.json"))
    return sentences


def _shown(name: str, value: str | int) -> str:
    if name in _COUNTED and isinstance(value, int):
        return f"{value:,} {_COUNTED[name][value != 1]}"
    return f"{value:,}" if isinstance(value, int) else value
