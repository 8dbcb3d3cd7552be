"""What a plan has to say besides its map: codes and facts, and their sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class PlanNote:
    """One thing to know, to decide or to resolve; ``occurrences`` are the files it is about."""

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    occurrences: tuple[int, ...] = ()


_SENTENCES: Final = {
    # conflicts
    "selected-twice": "{files} would be treated by two steps of the plan; the first file is {file}.",
    "part-of-concatenation": (
        "Only {selected} of the {loaded} files of the concatenation {uid} would be written: "
        "select all of them or none."
    ),
    "part-of-pyramid": (
        "Only {selected} of the {loaded} files of the pyramid {uid} would be written: "
        "select all of them or none."
    ),
    # decisions
    "ambiguous-reference": (
        "{uid} is named by {references} in {files}, but different objects bear it: "
        "it is not clear which of them is meant. The first file is {file}."
    ),
    "split-series-reference": (
        "{file} names objects of the series {uid} under one Series Instance UID, "
        "but the plan puts them into different series."
    ),
    "split-study-reference": (
        "{file} names objects of the study {uid} under one Study Instance UID, "
        "but the plan puts them into different studies."
    ),
    # notes
    "frame-kept": "{uid} is kept, since this {kind} is shared with {outside} outside the selection.",
    "registered-kept": "{uid} is registered in PS3.6 and is kept, though an object bears it as its key.",
    "accession-kept": (
        "The Accession Number is kept in {studies}: "
        "the copy and its original would both be filed under that order."
    ),
    "signatures-removed": (
        "Digital signatures would be false after the change and are removed from {files}."
    ),
    "referrers-left-out": ("The references into the selection from {files} outside it keep the old UIDs."),
    "references-of-two-series": (
        "Of the objects of the series {uid} only some are in the output: in {files} they are named "
        "with others under one Series Instance UID, which follows those in the output."
    ),
    "references-of-two-studies": (
        "Of the objects of the study {uid} only some are in the output: in {files} they are named "
        "with others under one Study Instance UID, which follows those in the output."
    ),
}

_COUNTED: Final = {
    "files": ("file", "files"),
    "outside": ("file", "files"),
    "references": ("reference", "references"),
    "studies": ("study", "studies"),
}


def sentence(note: PlanNote) -> str:
    """Return a note as one plain sentence."""
    return _SENTENCES[note.code].format(**{name: _shown(name, value) for name, value in note.facts.items()})


def _shown(name: str, value: str | int) -> str:
    if name in _COUNTED and isinstance(value, int):
        return f"{value:,} {_COUNTED[name][value != 1]}"
    return f"{value:,}" if isinstance(value, int) else value
