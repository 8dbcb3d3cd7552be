"""What a written file must be beside its source: the edits as plain values, by where they are.

They name no object of a structure, so whoever verifies parses the source anew, in this process or another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from uidscope.core.plan.edits.edit import AddItem, Edit, Put, Remove, RemoveItem, SetValue


class PutValue(NamedTuple):
    """A top-level element that the file has at the end; ``value`` is not padded yet."""

    tag: int
    vr: str
    value: bytes
    path: str


class Expected(NamedTuple):
    """What is to have become of a source.

    ``values`` (not padded yet) and ``removed`` are by the offset where the element's header starts in the
    source, ``removed_items`` and ``added_items`` by that of their sequence; items count from 1. ``puts`` and
    ``meta_puts`` are by tag.
    """

    preamble: bytes
    values: Mapping[int, bytes]
    removed: frozenset[int]
    removed_items: frozenset[tuple[int, int]]
    added_items: Mapping[int, list[bytes]]
    puts: Mapping[int, PutValue]
    meta_puts: Mapping[int, PutValue]


def expected_of(preamble: bytes, edits: Iterable[Edit]) -> Expected:
    """Return what a file with this preamble and these edits must be."""
    values: dict[int, bytes] = {}
    removed: set[int] = set()
    removed_items: set[tuple[int, int]] = set()
    added_items: dict[int, list[bytes]] = {}
    puts: dict[int, PutValue] = {}
    meta_puts: dict[int, PutValue] = {}
    for edit in edits:
        match edit:
            case SetValue():
                values[edit.element.header_start] = edit.value
            case Remove():
                removed.add(edit.element.header_start)
            case RemoveItem():
                removed_items.add((edit.sequence.header_start, edit.item))
            case AddItem():
                added_items.setdefault(edit.sequence.header_start, []).append(edit.item)
            case Put():
                of_this_part = meta_puts if edit.in_meta else puts
                of_this_part[edit.tag] = PutValue(edit.tag, edit.vr, edit.value, edit.path)
    return Expected(
        preamble, values, frozenset(removed), frozenset(removed_items), added_items, puts, meta_puts
    )
