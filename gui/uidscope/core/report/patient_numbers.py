"""Numbers for patients: the same person is ``patient-001`` wherever a run of the program masks names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

# Shorter ones in a text are more often something else; so are short numbers.
_SHORTEST_IN_TEXT: Final = 3
_SHORTEST_NUMBER_IN_TEXT: Final = 5
_EDGES: Final = re.compile(r"^\W+|\W+$")
_WORD_START: Final = re.compile(r"(?<!\w)(?<!\d\.)\w")
_GOES_ON: Final = re.compile(r"\w|\.\d")


class Person(NamedTuple):
    """What tells a patient from others, as the files say it."""

    patient_id: str
    name: str


class PatientNumbers:
    """Masks for IDs and for names; who has both has one number, as far as that goes.

    One ID is always the same number, whatever the names it stands with, and the other way round. Numbers
    are given in the order in which patients are added, and never change.
    """

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._used_for_ids: set[str] = set()
        self._used_for_names: set[str] = set()
        self._taken = 0
        self._in_text: dict[str, str] = {}
        self._lengths: tuple[int, ...] = ()
        self.add(people)

    def add(self, people: Iterable[Person]) -> None:
        """Number these too; who is known keeps their number."""
        for person in people:
            mask = self._ids.get(person.patient_id) or self._names.get(person.name) or ""
            for value, masks, used in (
                (person.patient_id, self._ids, self._used_for_ids),
                (person.name, self._names, self._used_for_names),
            ):
                if not value or value in masks:
                    continue
                if not mask or mask in used:
                    self._taken += 1
                    mask = f"patient-{self._taken:03}"
                masks[value] = mask
                used.add(mask)
                self._know_in_text(value, mask)
        self._lengths = tuple(sorted({len(text) for text in self._in_text}, reverse=True))

    def of_id(self, patient_id: str) -> str:
        """Return the mask of an ID; empty where it is empty or not known."""
        return self._ids.get(patient_id, "")

    def of_name(self, name: str) -> str:
        """Return the mask of a name; empty where it is empty or not known."""
        return self._names.get(name, "")

    def masked(self, text: str) -> str:
        """Return a text with the names and IDs in it that are known, where they stand as whole words, masked.

        Very short ones, and what is part of a number or of a UID, are left as they are.
        """
        pieces, done = [], 0
        for start in _WORD_START.finditer(text):
            if start.start() < done:
                continue
            length, mask = self._known_at(text, start.start())
            if mask:
                pieces += [text[done : start.start()], mask]
                done = start.start() + length
        return "".join([*pieces, text[done:]]) if pieces else text

    def _know_in_text(self, value: str, mask: str) -> None:
        """A value is looked for without the marks at its edges, which are no part of a word."""
        bare = _EDGES.sub("", value).casefold()
        shortest = _SHORTEST_NUMBER_IN_TEXT if bare.isdecimal() else _SHORTEST_IN_TEXT
        if len(bare) >= shortest:
            self._in_text.setdefault(bare, mask)

    def _known_at(self, text: str, start: int) -> tuple[int, str]:
        """The longest known value that stands here, by its length, and its mask."""
        for length in self._lengths:
            mask = self._in_text.get(text[start : start + length].casefold())
            if mask and not _GOES_ON.match(text, start + length):
                return length, mask
        return 0, ""
