"""What an element path (without item numbers) says of the element at its end."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Final

from uidscope.core.catalog.finding import Level
from uidscope.core.uid.elements import UiElement, identity_kind, reference_kind, ui_element_by_keyword

# The keys of the tree, in the order in which one of them is taken for what a value stands for.
_KEYS: Final = ("SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID", "FrameOfReferenceUID")
_LEVELS: Final[dict[str | None, Level]] = {
    "series": "series",
    "study": "study",
    "frame_of_reference": "frame_of_reference",
}


def leaf(pattern: str) -> str:
    """Return the keyword (or eight hex digits) of the element itself, without the number of a value."""
    return pattern.rpartition(".")[2].partition("(")[0]


def is_nested(pattern: str) -> bool:
    """Say whether the element stands in a sequence item."""
    return "[]" in pattern


def is_private(pattern: str) -> bool:
    """Say whether the element, or a sequence around it, is private or unknown."""
    return any(_is_number(part.partition("[")[0].partition("(")[0]) for part in pattern.split("."))


def ui_element_at(pattern: str) -> UiElement | None:
    """Return the standard UI element at the end of a path; None for private and unknown ones."""
    return ui_element_by_keyword(leaf(pattern))


@functools.lru_cache(maxsize=8192)
def level_of(pattern: str) -> Level:
    """Return the level of the entity that an element names; ``instance`` for what is no level of its own."""
    element = ui_element_at(pattern)
    kind = None if element is None else identity_kind(element.tag, is_nested(pattern))
    return _LEVELS.get(kind, "instance")


def defining(patterns: Iterable[str]) -> str:
    """Return the path that defines the entity a value stands for, else the first.

    An instance, series, study or frame of reference of the tree comes before other entities, an
    element of the data set before one of the file meta.
    """
    ordered = list(dict.fromkeys(patterns))
    for key in _KEYS:
        if key in ordered:
            return key
    return min(ordered, key=_rank)


def _rank(pattern: str) -> int:
    element = ui_element_at(pattern)
    if element is not None and element.defines_entity and reference_kind(pattern) is None:
        return 0
    return 2 if pattern.startswith("meta.") else 1


def _is_number(component: str) -> bool:
    return len(component) == 8 and all(digit in "0123456789ABCDEF" for digit in component)
