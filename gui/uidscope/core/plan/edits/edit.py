"""What is to change in one file: plain values that say where, what and why.

``path`` is the element path with item numbers, as design and reports show it; ``reason`` is a code
for the words (``new-uid``, ``follows``, ``meta-follows``, ``signature``, ...).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from uidscope.core.read.structure import Element

# Never entered: the past as others recorded it, and signatures, which stand or fall as a whole.
CLOSED: Final = frozenset({0x0400_0561, 0x4FFE_0001, 0xFFFA_FFFA})
RE_ENCODED: Final = "re-encoded"  # the reason of an edit that leaves the value what it is


@dataclass(frozen=True, slots=True)
class SetValue:
    """Replace the value of an element that the file has; ``value`` is not padded yet."""

    element: Element
    path: str
    old: str
    value: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Take an element out, with all that it holds."""

    element: Element
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """Take one item out of a sequence; ``item`` counts from 1."""

    sequence: Element
    item: int
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class AddItem:
    """Put one more item behind those of a sequence; ``item`` is the whole item, encoded as they are."""

    sequence: Element
    item: bytes
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Put:
    """Set a top-level element, whether the file has it or not; ``value`` is not padded yet.

    That of a sequence is its whole items, encoded as the data set is.
    """

    tag: int
    vr: str
    value: bytes
    path: str
    reason: str
    in_meta: bool = False


Edit = SetValue | Remove | RemoveItem | AddItem | Put
